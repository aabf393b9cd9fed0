import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadHotlineExample } from '../../config/load.ts';
import { loadPromptCatalogue } from '../../config/prompt-catalogue.ts';
import type { ServerConfig } from '../../config/server.ts';
import { systemClock } from '../../src/kit/clock.ts';
import { ensureAsterisk } from '../asterisk/install.ts';
import { launchAsterisk, type RunningAsterisk } from '../asterisk/launch.ts';
import { stopLeftover } from '../asterisk/leftover.ts';
import { asteriskFolders } from '../asterisk/render.ts';
import { buildPrompts } from '../prompts/build.ts';
import { aptNeeds, ensurePackages, type Log } from './apt.ts';
import { buildProducts } from './build.ts';
import { cardText } from './card.ts';
import { claimFolder } from './one-copy.ts';
import { report } from './problem.ts';
import { endLeftoverServer, type ServerProcess, type ServerStart, startServer } from './server.ts';
import { assertPortsFree, asteriskPorts, readSettings } from './settings.ts';
import { supervise } from './supervise.ts';
import { noteOutcome, takeOverRunning } from './take-over.ts';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
const startedAt = performance.now();
const secondsSoFar = () => (performance.now() - startedAt) / 1_000;
const log: Log = (line) => console.log(line);
const step = (text: string) => log(`[${secondsSoFar().toFixed(1).padStart(5)} s] ${text}`);

/** Everything that can be wrong is found out before anything but the folder is made. */
async function check(): Promise<ServerConfig> {
  step('检查配置、目录和端口 / checking settings, folder and ports');
  const config = readSettings();
  asteriskPorts(config);
  loadHotlineExample();
  loadPromptCatalogue(promptFile());
  // Ours, before anything is ended that another start could have begun.
  claimFolder(config.dataDir);
  endLeftoverServer(config.dataDir);
  await stopLeftover(asteriskFolders(config.dataDir), log);
  await assertPortsFree(config);
  return config;
}

async function prepare(config: ServerConfig): Promise<void> {
  step('检查软件包和 Asterisk / checking packages and Asterisk');
  await ensurePackages([aptNeeds.espeak], log);
  if (!config.ari.external) await ensureAsterisk(log);
  step('检查构建 / checking the build');
  await buildProducts(projectFolder, log);
  step('检查提示音 / checking the prompts');
  const catalogue = loadPromptCatalogue(promptFile());
  await buildPrompts(catalogue, join(config.dataDir, 'prompts'), false, log);
}

async function run(config: ServerConfig): Promise<number> {
  let asterisk: RunningAsterisk | undefined;
  const launch = {
    asterisk: () =>
      launchAsterisk({
        ...asteriskPorts(config),
        dataDir: config.dataDir,
        trunks: config.sip.trunks,
        withoutServer: config.withoutServer,
        log: step,
      }),
    server: (options: ServerStart = {}) =>
      startServer(projectFolder, config.dataDir, ariSettings(asterisk), options),
  };
  if (!config.ari.external) {
    step('启动 Asterisk / starting Asterisk');
    asterisk = await launch.asterisk();
  }
  step('启动服务器 / starting the server');
  let server: ServerProcess;
  try {
    server = await launch.server();
  } catch (error) {
    await asterisk?.stop();
    throw error;
  }
  console.log(cardText(config, server.ready, secondsSoFar()));
  process.off('SIGINT', endAtOnce);
  process.off('SIGTERM', endAtOnce);
  process.off('SIGUSR2', nothingYet);
  return supervise({ asterisk, server }, launch, {
    clock: systemClock,
    signals: process,
    drainSeconds: config.drainSeconds,
    log: step,
    onTakeOver: (failure) => noteOutcome(config.dataDir, { failure }),
  });
}

/** How the server finds the Asterisk we started. */
function ariSettings(asterisk: RunningAsterisk | undefined): Record<string, string> {
  if (!asterisk) return {};
  return {
    YIHAO_ARI_URL: `${asterisk.ariUrl}/ari`,
    YIHAO_ARI_USER: asterisk.ariUser,
    YIHAO_ARI_PASSWORD: asterisk.ariPassword,
  };
}

function promptFile(): string {
  return join(projectFolder, 'config/hotline.example/prompts.yaml');
}

/** Until everything runs, a Ctrl-C ends it all at once; from then on it means: drain. */
const endAtOnce = () => process.exit(130);
process.on('SIGINT', endAtOnce);
process.on('SIGTERM', endAtOnce);
/** There is nothing to take over from yet; without anybody to hear it the signal would end us. */
const nothingYet = () => {};
process.on('SIGUSR2', nothingYet);

try {
  if (process.argv.includes('--take-over')) {
    await buildProducts(projectFolder, log);
    await takeOverRunning(readSettings(), log);
    process.exit(0);
  }
  const config = await check();
  await prepare(config);
  // What was still being started ends with us.
  process.exit(await run(config));
} catch (error) {
  report(error);
}
