import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { goFirst } from './priority.ts';
import { Problem } from './problem.ts';

const largestLogBytes = 50_000_000;

/** What the server tells its parent once it takes calls. */
const readyMessage = z.object({
  ready: z.literal(true),
  /** The first administrator; the password only at the very first start. */
  adminLogin: z.string().optional(),
  adminPassword: z.string().nullish(),
});
export type ReadyMessage = z.infer<typeof readyMessage>;

/** What a successor tells before it takes the events of the server that runs, or when it could not. */
const eventsMessage = z.object({ takesEvents: z.boolean() });

/** Why it does not start, if it can still say it; its standard error shows it in full. */
const failedMessage = z.object({ failed: z.string() });

export interface ServerStart {
  /** Ends what is still being started. */
  signal?: AbortSignal;
  /**
   * Given, the new server takes over from the one that runs. Called when it is about to take that
   * one's events: from then on only the new one can serve; with `false` when it was refused them.
   */
  onEvents?: (takes: boolean) => void;
}

/** The server's process. */
export interface ServerProcess {
  ready: ReadyMessage;
  exited: Promise<number | null>;
  /** Asks it to drain: no new calls, live calls go on. */
  drain(): void;
  kill(): void;
}

export function serverLogFile(dataDir: string): string {
  return join(dataDir, 'log', 'server.log');
}

function pidFile(dataDir: string): string {
  return join(dataDir, 'server.pid');
}

/**
 * Ends the server of a start that was killed. At once: the next server takes its live calls over.
 * The number may belong to another program by now, so its command line is looked at.
 */
export function endLeftoverServer(dataDir: string): void {
  if (!existsSync(pidFile(dataDir))) return;
  const pid = Number.parseInt(readFileSync(pidFile(dataDir), 'utf8'), 10);
  try {
    if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('dist/src/main.js')) return;
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone.
  }
}

/**
 * Starts the built server and waits until it is ready. Its log goes to a file; what it says on
 * standard error is shown.
 * @param env goes over our own environment.
 * @throws Problem when it ends before it is ready
 */
export async function startServer(
  projectFolder: string,
  dataDir: string,
  env: Record<string, string>,
  { signal, onEvents }: ServerStart = {},
): Promise<ServerProcess> {
  const output = openLog(dataDir);
  // In a session of its own: a Ctrl-C at the keyboard must reach it as an order to drain, once.
  const child = spawn(process.execPath, [join(projectFolder, 'dist/src/main.js')], {
    cwd: projectFolder,
    detached: true,
    stdio: ['ignore', output, 'inherit', 'ipc'],
    env: { ...process.env, ...env, ...(onEvents && { YIHAO_TAKE_OVER: '1' }) },
  });
  if (child.pid !== undefined) goFirst(child.pid);
  closeSync(output);
  const noteNumber = () => writeFileSync(pidFile(dataDir), `${child.pid}\n`);
  // A successor's only when it serves: until then the other one is the server.
  if (!onEvents) noteNumber();
  const onExit = () => child.kill('SIGKILL');
  process.once('exit', onExit);
  const exited = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', resolve);
  }).finally(() => process.off('exit', onExit));
  signal?.addEventListener('abort', onExit);
  let reason: string | undefined;
  child.on('message', (message) => {
    reason = failedMessage.safeParse(message).data?.failed ?? reason;
  });
  const ready = await Promise.race([messageFrom(child, onEvents), exited.then(() => undefined)]);
  signal?.removeEventListener('abort', onExit);
  if (!ready) {
    await lastWords(child);
    throw failureOf(dataDir, reason);
  }
  noteNumber();
  return {
    ready,
    exited,
    drain: () => child.kill('SIGTERM'),
    kill: () => child.kill('SIGKILL'),
  };
}

function messageFrom(
  child: ChildProcess,
  onEvents: ServerStart['onEvents'],
): Promise<ReadyMessage> {
  return new Promise((resolve) => {
    child.on('message', (message) => {
      const events = eventsMessage.safeParse(message);
      if (events.success) onEvents?.(events.data.takesEvents);
      const checked = readyMessage.safeParse(message);
      if (checked.success) resolve(checked.data);
    });
  });
}

function failureOf(dataDir: string, reason: string | undefined): Problem {
  if (reason !== undefined) {
    return new Problem('服务器未能启动：', `The server did not start:\n${reason}`);
  }
  const log = serverLogFile(dataDir);
  const end = readFileSync(log, 'utf8').trim().split('\n').slice(-5).join('\n');
  return new Problem(
    `服务器未能启动，原因见上；日志 ${log} 的最后几行如下。`,
    `The server did not start, see above. The end of its log (${log}):\n${end}`,
  );
}

/** What a process said just before its end may be read after its end was told. */
async function lastWords(child: ChildProcess): Promise<void> {
  if (!child.connected) return;
  await once(child, 'disconnect', { signal: AbortSignal.timeout(1_000) }).catch(() => {});
}

/** Opens the log for appending; one that has grown large is put aside first. */
function openLog(dataDir: string): number {
  const file = serverLogFile(dataDir);
  mkdirSync(join(dataDir, 'log'), { recursive: true, mode: 0o750 });
  if (existsSync(file) && statSync(file).size > largestLogBytes) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o640);
}
