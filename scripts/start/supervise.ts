import { setTimeout as pause } from 'node:timers/promises';
import type { RunningAsterisk } from '../asterisk/launch.ts';
import type { Log } from './apt.ts';
import type { ServerProcess } from './server.ts';

const restartPauseMs = 1_000;
/** A server that has handed over ends at once. */
const handOverMs = 5_000;
/** More crashes than this within a minute mean that starting again does not help. */
const crashesAllowed = 5;
const crashWindowMs = 60_000;

export interface Supervised {
  asterisk: RunningAsterisk | undefined;
  server: ServerProcess;
}

export interface Launchers {
  asterisk: () => Promise<RunningAsterisk>;
  /** `takesOver`: the one that runs hands its calls over to it. */
  server: (takesOver?: boolean) => Promise<ServerProcess>;
}

/**
 * Keeps both processes running until somebody asks for the end (Ctrl-C, SIGTERM): a server that dies
 * is started again and takes up the live calls; an Asterisk that dies is started again.
 * First request: drain, then stop. Second request: stop at once.
 * @returns the exit code.
 */
export async function supervise(
  running: Supervised,
  launch: Launchers,
  drainSeconds: number,
  log: Log,
): Promise<number> {
  let requests = 0;
  const asked = new Promise<void>((resolve) => {
    const onSignal = () => {
      requests++;
      if (requests > 1) running.server.kill();
      else resolve();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
  let onTakeOver: () => void = () => {};
  process.on('SIGUSR2', () => onTakeOver());
  const crashes: number[] = [];
  // Each round ends with a process that ended by itself, or with somebody's wish to stop.
  for (;;) {
    const what = await Promise.race([
      asked.then(() => 'stop' as const),
      new Promise<'take-over'>((resolve) => {
        onTakeOver = () => resolve('take-over');
      }),
      running.server.exited.then(() => 'server' as const),
      running.asterisk?.exited.then(() => 'asterisk' as const) ?? new Promise<never>(() => {}),
    ]);
    if (what === 'stop') break;
    if (what === 'take-over') {
      await takeOver(running, launch, log);
      continue;
    }
    crashes.push(performance.now());
    if (crashes.filter((at) => at > performance.now() - crashWindowMs).length > crashesAllowed) {
      log(`✗ ${what} 反复异常退出 / keeps ending, giving up`);
      await end(running);
      return 1;
    }
    log(`⚠ ${what} 异常退出，正在重启 / ended unexpectedly, starting it again`);
    await pause(restartPauseMs);
    try {
      if (what === 'server') running.server = await launch.server();
      else running.asterisk = await launch.asterisk();
    } catch (error) {
      // The other process may be full of calls: what does not start now is tried again, up to the limit.
      log(String(error));
    }
  }
  log(
    `正在停机：不再接新来电，通话中的最多再等 ${drainSeconds} 秒；再按一次 Ctrl-C 立即结束 / draining: no new calls, live calls may go on for ${drainSeconds} s; Ctrl-C again ends at once`,
  );
  running.server.drain();
  await running.server.exited;
  await running.asterisk?.stop();
  log('已停止 / stopped');
  return 0;
}

/** The newly built server beside the one that runs. If it fails, the loop starts one afresh. */
async function takeOver(running: Supervised, launch: Launchers, log: Log): Promise<void> {
  log('新版本正在接管 / the new version is taking over');
  const old = running.server;
  try {
    running.server = await launch.server(true);
    const inTime = await Promise.race([old.exited.then(() => true), pause(handOverMs, false)]);
    if (!inTime) old.kill();
    log('接管完成 / taken over');
  } catch (error) {
    log(`✗ 接管失败 / the take-over failed: ${String(error)}`);
    old.kill();
  }
}

async function end(running: Supervised): Promise<void> {
  running.server.kill();
  await running.asterisk?.stop();
}
