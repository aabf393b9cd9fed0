import { Worker } from 'node:worker_threads';
import type { Clock } from '../kit/clock.ts';
import type { Log } from '../kit/log.ts';
import { watchdogThread } from './watchdog-thread.ts';

const BEAT_MS = 100;
/** A loop held up longer is worth a line in the log, and a word at `/readyz` for a while. */
const LATE_MS = 500;
const TOLD_FOR_MS = 60_000;

/** Watches whether the event loop, on which all calls run, moves on. */
export interface Watchdog {
  /** For `/readyz`: `ok`, or how long the loop was held up within the last minute. */
  words(): string;
  stop(): void;
}

interface WatchdogOptions {
  clock: Clock;
  log: Pick<Log, 'error'>;
  /** A loop that stands still for so long ends the process: started again, it takes up its calls. */
  endAfterMs: number;
}

/**
 * Sets a thread beside the loop. The loop beats; a beat that is late is on the log, with what was
 * running, and one that does not come ends the process, because nothing else could.
 */
export function startWatchdog({ clock, log, endAfterMs }: WatchdogOptions): Watchdog {
  const beats = new SharedArrayBuffer(4);
  const count = new Int32Array(beats);
  const workerData = { beats, everyMs: BEAT_MS, tellAfterMs: LATE_MS, endAfterMs };
  const thread = new Worker(watchdogThread, { eval: true, workerData, execArgv: [] });
  thread.unref();
  thread.on('error', (error) =>
    log.error({ err: error }, 'nobody watches the event loop any more'),
  );
  let worst: { at: number; lateMs: number } | null = null;
  let beatAt = clock.now();
  let cancel = clock.after(BEAT_MS, beat);

  function beat(): void {
    const at = clock.now();
    const lateMs = at - beatAt - BEAT_MS;
    beatAt = at;
    Atomics.add(count, 0, 1);
    if (worst !== null && at - worst.at > TOLD_FOR_MS) worst = null;
    if (lateMs > LATE_MS) {
      log.error({ lateMs }, 'the event loop was held up');
      if (worst === null || lateMs >= worst.lateMs) worst = { at, lateMs };
    }
    cancel = clock.after(BEAT_MS, beat);
  }

  return {
    words() {
      if (worst === null || clock.now() - worst.at > TOLD_FOR_MS) return 'ok';
      return `held up for ${worst.lateMs} ms, ${Math.round((clock.now() - worst.at) / 1_000)} s ago`;
    },
    stop() {
      cancel();
      void thread.terminate();
    },
  };
}
