import type { Clock } from './clock.ts';

/** A promise together with the functions that settle it. */
export interface Deferred<T> {
  promise: Promise<T>;
  resolve(value: T): void;
  reject(reason: unknown): void;
}

/** Makes a promise that somebody else settles. */
export function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/**
 * Waits for `promise`, or throws the reason of the first of the signals that aborts. The promise itself
 * is not stopped; only the waiting ends, and its later rejection is swallowed. Several signals in one
 * wait: of two waits, one inside the other, the inner one would go on listening to a caller's line
 * until the caller leaves.
 */
export async function waitOrAbort<T>(
  promise: Promise<T>,
  ...signals: readonly AbortSignal[]
): Promise<T> {
  const over = signals.find(({ aborted }) => aborted);
  if (over) {
    promise.catch(() => {});
    throw over.reason;
  }
  const aborted = deferred<never>();
  const onAbort = ({ target }: Event) => aborted.reject((target as AbortSignal).reason);
  for (const signal of signals) signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', onAbort);
    promise.catch(() => {});
  }
}

/** Waits for something, but no longer than this; what becomes of it is not told. */
export async function atMost(clock: Clock, maxMs: number, work: Promise<unknown>): Promise<void> {
  const enough = deferred<void>();
  const cancel = clock.after(maxMs, () => enough.resolve());
  await Promise.race([work.catch(() => {}), enough.promise]);
  cancel();
}

/** Waits `delayMs`, or throws the signal's reason as soon as it aborts. */
export async function sleep(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  const done = deferred<void>();
  const cancel = clock.after(delayMs, () => done.resolve());
  try {
    await waitOrAbort(done.promise, signal);
  } finally {
    cancel();
  }
}
