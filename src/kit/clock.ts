/** Undoes what it was returned for; calling it again does nothing. */
export type Cancel = () => void;

/**
 * The only source of time. Everything that waits or stamps takes one, so a test can hold time still.
 */
export interface Clock {
  /**
   * Milliseconds since the Unix epoch, whole, never going backwards while the process lives: the
   * wall clock read once at start plus the monotonic clock since. Comparable across restarts, and
   * safe for measuring durations when somebody sets the machine's clock.
   */
  now(): number;
  /** Runs `action` once, `delayMs` from now, unless cancelled. */
  after(delayMs: number, action: () => void): Cancel;
}

/** Time as the machine has it. */
export const systemClock: Clock = {
  now: () => Math.floor(performance.timeOrigin + performance.now()),
  after(delayMs, action) {
    const timer = setTimeout(action, Math.max(0, delayMs));
    return () => clearTimeout(timer);
  },
};
