import type { EventEmitter } from 'node:events';
import { atMost, deferred } from '../../src/kit/abort.ts';
import type { Clock } from '../../src/kit/clock.ts';
import type { RunningAsterisk } from '../asterisk/launch.ts';
import type { Log } from './apt.ts';
import { restarter } from './restarter.ts';
import type { ServerProcess, ServerStart } from './server.ts';
import { TakeOverWish } from './take-over-wish.ts';

/** A server that has handed over ends at once. */
const handOverMs = 5_000;

export interface Supervised {
  asterisk: RunningAsterisk | undefined;
  server: ServerProcess;
}

export interface Launchers {
  asterisk: () => Promise<RunningAsterisk>;
  server: (options: ServerStart) => Promise<ServerProcess>;
}

export interface Surroundings {
  clock: Clock;
  /** Who is told SIGINT, SIGTERM and SIGUSR2: the process. */
  signals: EventEmitter;
  drainSeconds: number;
  log: Log;
  /** Told how a take-over somebody asked for went: null when the new server serves, or what failed. */
  onTakeOver: (failure: string | null) => void;
}

interface Watch extends Surroundings {
  running: Supervised;
  launch: Launchers;
  wish: TakeOverWish;
  /** The first request to end. */
  stop: AbortSignal;
  /** The second one. */
  stopAtOnce: AbortSignal;
}

/**
 * Keeps both processes running, each by itself, until somebody asks for the end (Ctrl-C, SIGTERM): a
 * server that dies is started again and takes up the live calls; an Asterisk that dies is started
 * again. Neither is ever given up, nor ended for the other's sake: without a server Asterisk keeps the
 * callers. First request: drain, then stop. Second request: stop at once.
 * @returns the exit code; what was being started then may still have to be ended by leaving.
 */
export async function supervise(
  running: Supervised,
  launch: Launchers,
  surroundings: Surroundings,
): Promise<number> {
  const { signals, drainSeconds, log, onTakeOver } = surroundings;
  const [stop, stopAtOnce] = [new AbortController(), new AbortController()];
  const onSignal = () => (stop.signal.aborted ? stopAtOnce : stop).abort();
  signals.on('SIGINT', onSignal);
  signals.on('SIGTERM', onSignal);
  const wish = new TakeOverWish(onTakeOver);
  signals.on('SIGUSR2', () => wish.hear());
  const asked = { stop: stop.signal, stopAtOnce: stopAtOnce.signal };
  const watch = { ...surroundings, running, launch, wish, ...asked };
  void keepAsterisk(watch);
  const kept = keepServer(watch);
  await abortOf(asked.stop);
  log(
    `正在停机：不再接新来电，通话中的最多再等 ${drainSeconds} 秒；再按一次 Ctrl-C 立即结束 / draining: no new calls, live calls may go on for ${drainSeconds} s; Ctrl-C again ends at once`,
  );
  const drained = kept.then(() => {
    running.server.drain();
    return running.server.exited;
  });
  await Promise.race([drained, abortOf(asked.stopAtOnce)]);
  running.server.kill();
  await running.asterisk?.stop();
  log('已停止 / stopped');
  return 0;
}

async function keepAsterisk(watch: Watch): Promise<void> {
  const { running, launch, stop } = watch;
  const restart = restarter('Asterisk', launch.asterisk, watch);
  while (running.asterisk) {
    await running.asterisk.exited;
    const next = stop.aborted ? null : await restart();
    if (!next) return;
    running.asterisk = next;
  }
}

/** Resolves when somebody has asked for the end, with the server that is to be drained. */
async function keepServer(watch: Watch): Promise<void> {
  const { running, launch, wish, stop } = watch;
  const start = () => launch.server({ signal: stop });
  const restart = restarter('服务器 / the server', start, watch, wish);
  const stopped = abortOf(stop).then(() => 'stop' as const);
  for (;;) {
    const what = await Promise.race([
      stopped,
      running.server.exited.then(() => 'end' as const),
      wish.heard.then(() => 'take-over' as const),
    ]);
    if (what === 'stop') return;
    if (what === 'take-over') await takeOver(watch);
    else running.server = (await restart()) ?? running.server;
  }
}

/**
 * The newly built server beside the one that runs. Until it takes that one's events nothing has been
 * taken: if it fails, the other serves on. After that the other one is deaf, and is ended: a fresh
 * start takes the calls up.
 */
async function takeOver(watch: Watch): Promise<void> {
  const { running, launch, wish, clock, log, stop, stopAtOnce } = watch;
  wish.takeUp();
  log('新版本正在接管 / the new version is taking over');
  const old = running.server;
  const tooLate = new AbortController();
  const onStop = () => tooLate.abort();
  stop.addEventListener('abort', onStop);
  let hasBegun = false;
  const onEvents = (takes: boolean) => {
    hasBegun = takes;
    // One of the two has to be left to drain: now that is the new one.
    stop.removeEventListener('abort', onStop);
  };
  try {
    const signal = AbortSignal.any([stopAtOnce, tooLate.signal]);
    running.server = await launch.server({ onEvents, signal });
    await atMost(clock, handOverMs, old.exited);
    old.kill();
    log('接管完成 / taken over');
    wish.answer(null);
  } catch (error) {
    if (hasBegun) old.kill();
    const failure = `${messageOf(error)}\n${hasBegun ? failedMidway : failedBefore}`;
    log(`✗ 接管失败 / the take-over failed: ${failure}`);
    wish.answer(failure);
  } finally {
    stop.removeEventListener('abort', onStop);
  }
}

const failedBefore = `原服务器继续工作。但 dist 中已是新版本，再启动的就是它：请排除上述原因，或改回先前的版本，再运行 npm start -- --take-over。
The former server serves on. But dist holds the new version, and that is what any restart starts: put right what is said above, or go back to the former version, and run npm start -- --take-over.`;

const failedMidway = `新版本已开始接手，因此将重新启动它；来电暂由 Asterisk 照看。
The new version had begun to take the calls, so it is started afresh; meanwhile Asterisk keeps the callers.`;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function abortOf(signal: AbortSignal): Promise<void> {
  const aborted = deferred<void>();
  if (signal.aborted) aborted.resolve();
  signal.addEventListener('abort', () => aborted.resolve(), { once: true });
  return aborted.promise;
}
