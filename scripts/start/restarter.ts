import { sleep } from '../../src/kit/abort.ts';
import type { Clock } from '../../src/kit/clock.ts';
import type { Log } from './apt.ts';
import type { TakeOverWish } from './take-over-wish.ts';

const firstPauseMs = 1_000;
const longestPauseMs = 30_000;
/** What has run for so long is sound: its next end is a new story. */
const soundAfterMs = 60_000;
/** From so many starts in a row on the log says what can be done. */
const manyStarts = 4;

export interface RestartSurroundings {
  clock: Clock;
  log: Log;
  /** Ends every pause. */
  stop: AbortSignal;
}

/**
 * Starts what has ended until it runs, after pauses that grow from one second to thirty and are short
 * again once it has run for a minute. It never gives up: what is up meanwhile has calls to keep.
 * @param wish cuts a pause short: a new build is there to be tried at once.
 * @returns a function that resolves with what was started, or null when `stop` came first.
 */
export function restarter<P>(
  what: string,
  start: () => Promise<P>,
  { clock, log, stop }: RestartSurroundings,
  wish?: TakeOverWish,
): () => Promise<P | null> {
  let upSince = clock.now();
  let starts = 0;
  const pause = async () => {
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** starts);
    starts += 1;
    log(
      `⚠ ${what} 异常退出，${pauseMs / 1_000} 秒后重启 / ended unexpectedly, starting it again in ${pauseMs / 1_000} s`,
    );
    if (starts >= manyStarts)
      log(`✗ ${what} 反复退出（${starts}） / keeps ending${wish ? `. ${advice}` : ''}`);
    await pauseOrWish(clock, pauseMs, stop, wish);
  };
  return async () => {
    if (clock.now() - upSince >= soundAfterMs) starts = 0;
    for (;;) {
      await pause();
      if (stop.aborted) return null;
      try {
        const started = await start();
        upSince = clock.now();
        wish?.answer(null);
        return started;
      } catch (error) {
        if (stop.aborted) return null;
        log(String(error));
        wish?.answer(String(error));
      }
    }
  };
}

const advice = `来电由 Asterisk 照看，不会因此挂断。请按日志排除原因；若因新版本所致，改回先前的版本并运行 npm start -- --take-over，会立即重试。
  Asterisk keeps the callers: music, the emergency seats, a call-back. Put right what the log says; if a new version is the cause, go back to the former one and run npm start -- --take-over, which tries at once.`;

/** Waits; somebody who wishes the end, or a new start, waits no longer. */
async function pauseOrWish(
  clock: Clock,
  pauseMs: number,
  stop: AbortSignal,
  wish: TakeOverWish | undefined,
): Promise<void> {
  const wished = new AbortController();
  void wish?.heard.then(() => wished.abort());
  const signal = AbortSignal.any([stop, wished.signal]);
  await sleep(clock, pauseMs, signal).catch(() => {});
  if (wished.signal.aborted) wish?.takeUp();
}
