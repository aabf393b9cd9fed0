import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ensureMusic } from '../prompts/music.ts';
import type { Log } from '../start/apt.ts';
import { assertPortFree } from '../start/ports.ts';
import { ensureAsterisk } from './install.ts';
import { stopLeftover } from './leftover.ts';
import type { AsteriskProgram } from './program.ts';
import {
  type AsteriskPorts,
  ariPasswordOf,
  ariUser,
  asteriskFolders,
  loopbackTrunk,
  makeFolders,
  renderConfiguration,
  type Trunk,
  type WithoutServer,
} from './render.ts';

/** What `launchAsterisk` needs to know. */
export interface LaunchOptions extends AsteriskPorts {
  /** Everything this Asterisk writes goes below `asterisk/` in here. */
  dataDir: string;
  log: Log;
  /** Whose calls are accepted; the machine itself unless said otherwise. */
  trunks?: readonly Trunk[];
  /** What callers meet while no server is connected. */
  withoutServer?: WithoutServer;
  /** Text for the end of configuration files, by their name: what a test or a bench needs beside ours. */
  additions?: Readonly<Record<string, string>>;
}

/** A running Asterisk that answers on ARI. */
export interface RunningAsterisk {
  pid: number;
  /** Without a trailing slash, e.g. `http://127.0.0.1:8088`. */
  ariUrl: string;
  ariUser: string;
  ariPassword: string;
  /** Where a seat's leg records itself: `<recording id>.raw`. */
  recordingSpool: string;
  /** Resolves when the process is gone, whoever ended it. */
  exited: Promise<void>;
  /** Ends the calls and the process; kills it after ten seconds. Safe to call twice. */
  stop(): Promise<void>;
  /** Ends the process at once, as a crash would. */
  kill(): Promise<void>;
}

const startTimeoutMs = 30_000;
const stopTimeoutMs = 10_000;

/**
 * Starts an Asterisk of its own for this data folder and waits until ARI answers. One that a crashed
 * run left behind is stopped first. Its output goes to `asterisk/log/console.log`.
 * @throws Problem when Asterisk cannot be had or a port is taken; Error when it does not come up.
 */
export async function launchAsterisk(options: LaunchOptions): Promise<RunningAsterisk> {
  const program = await ensureAsterisk(options.log);
  const folders = asteriskFolders(options.dataDir);
  makeFolders(folders);
  await stopLeftover(folders, options.log);
  await assertPortsFree(options);
  ensureMusic(folders.music);
  const trunks = options.trunks ?? [loopbackTrunk];
  const configuration = renderConfiguration(
    options.dataDir,
    program,
    options,
    trunks,
    options.withoutServer,
    options.additions,
  );

  const logFile = join(folders.log, 'console.log');
  const logStart = existsSync(logFile) ? statSync(logFile).size : 0;
  const child = startProcess(program, configuration, logFile);
  // It does not outlive us, unless we are killed without a word; then the next launch finds it.
  const onExit = () => child.kill('SIGKILL');
  process.once('exit', onExit);
  const exited = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('close', () => resolve());
  }).finally(() => process.off('exit', onExit));
  const running = handleOf(child, exited, options, folders.spool);
  const ready = await Promise.race([waitForAri(running), exited.then(() => false)]);
  if (!ready) {
    await running.kill();
    const said = readFileSync(logFile, 'utf8').slice(logStart).trim().split('\n').slice(-15);
    throw new Error(`Asterisk did not come up; the end of ${logFile}:\n${said.join('\n')}`);
  }
  options.log(`Asterisk ${program.version}, SIP ${options.bind}:${options.sipPort}`);
  return running;
}

async function assertPortsFree(ports: AsteriskPorts): Promise<void> {
  const sip = { protocol: 'udp', host: ports.bind, port: ports.sipPort } as const;
  const ari = { protocol: 'tcp', host: '127.0.0.1', port: ports.ariPort } as const;
  await assertPortFree({ ...sip, setting: 'YIHAO_SIP_PORT' });
  await assertPortFree({ ...ari, setting: 'YIHAO_ARI_PORT' });
}

/** In a session of its own, so that a Ctrl-C at the keyboard does not end the calls. */
function startProcess(
  program: AsteriskProgram,
  configuration: string,
  logFile: string,
): ChildProcess {
  const output = openSync(logFile, 'a', 0o640);
  try {
    return spawn(program.command, [...program.args, '-f', '-C', configuration], {
      detached: true,
      stdio: ['ignore', output, output],
    });
  } finally {
    closeSync(output);
  }
}

function handleOf(
  child: ChildProcess,
  exited: Promise<void>,
  options: LaunchOptions,
  spool: string,
): RunningAsterisk {
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  return {
    pid: child.pid ?? 0,
    ariUrl: `http://127.0.0.1:${options.ariPort}`,
    ariUser,
    ariPassword: ariPasswordOf(options.dataDir),
    recordingSpool: join(spool, 'monitor'),
    exited,
    kill,
    async stop() {
      child.kill('SIGTERM');
      const inTime = await Promise.race([
        exited.then(() => true),
        pause(stopTimeoutMs, false, { ref: false }),
      ]);
      if (!inTime) await kill();
    },
  };
}

/** ARI answers 503 until every module is up, so the first 200 means that calls can come. */
async function waitForAri(asterisk: RunningAsterisk): Promise<boolean> {
  const login = Buffer.from(`${asterisk.ariUser}:${asterisk.ariPassword}`).toString('base64');
  const giveUpAt = performance.now() + startTimeoutMs;
  while (performance.now() < giveUpAt) {
    try {
      const answer = await fetch(`${asterisk.ariUrl}/ari/asterisk/info?only=status`, {
        headers: { authorization: `Basic ${login}` },
        signal: AbortSignal.timeout(2_000),
      });
      await answer.body?.cancel();
      if (answer.ok) return true;
    } catch {
      // Not listening yet.
    }
    await pause(100);
  }
  return false;
}
