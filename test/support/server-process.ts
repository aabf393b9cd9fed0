import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { goFirst } from '../../scripts/start/priority.ts';
import { projectRoot } from '../../src/kit/root.ts';

/** Starts the server as a process of its own, which writes `server.log`; waits until it serves. */
export async function startProcess(
  dataDir: string,
  environment: Record<string, string>,
  built: boolean | undefined,
  onStart: (child: ChildProcess) => void,
): Promise<void> {
  const logFile = join(dataDir, 'server.log');
  const output = openSync(logFile, 'a');
  const child = fork(join(projectRoot, built ? 'dist/src/main.js' : 'src/main.ts'), {
    execArgv: built ? [] : ['--import', 'tsx'],
    // As `npm start` does: a session of its own.
    detached: true,
    env: { ...process.env, ...environment },
    stdio: ['ignore', output, output, 'ipc'],
  });
  if (child.pid !== undefined) goFirst(child.pid);
  closeSync(output);
  // It does not outlive a run that is cut off.
  const onExit = () => child.kill('SIGKILL');
  process.once('exit', onExit);
  child.once('exit', () => process.off('exit', onExit));
  onStart(child);
  await new Promise<void>((resolve, reject) => {
    child.on('message', (word: object) => 'ready' in word && resolve());
    child.once('exit', () => reject(new Error(readFileSync(logFile, 'utf8').slice(-2_000))));
  });
}

/** Ends a server's process as a crash does, if it still runs. */
export async function killed(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}
