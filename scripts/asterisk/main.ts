import { loadServerConfig } from '../../config/load.ts';
import { report } from '../start/problem.ts';
import { asteriskPorts } from '../start/settings.ts';
import { launchAsterisk } from './launch.ts';

/** Asterisk alone, in the foreground, for a container of its own: the same settings, no server. */
try {
  const config = loadServerConfig();
  const asterisk = await launchAsterisk({
    ...asteriskPorts(config),
    dataDir: config.dataDir,
    trunks: config.sip.trunks,
    log: (line) => console.log(line),
  });
  let isAsked = false;
  const stop = () => {
    isAsked = true;
    void asterisk.stop();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  await asterisk.exited;
  process.exitCode = isAsked ? 0 : 1;
} catch (error) {
  report(error);
}
