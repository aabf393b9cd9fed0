import type { DueTimes } from './due-times.ts';

interface LateOnesOptions {
  due: DueTimes;
  /** What the moments and the alerts of these people are called. */
  name: string;
  /** How long one may wait in a queue; null = for ever. */
  limitOf(queueId: string): number | null;
  /** Somebody has passed the limit of the queue. */
  raise(key: string, about: { callId: string; queueId: string; limitMs: number | null }): void;
  /** Nobody of the queue is late any more. */
  calm(key: string): void;
}

/** People who wait, each for the limit of their queue: one alert per queue, however many are late. */
export class LateOnes {
  readonly #options: LateOnesOptions;
  readonly #waiting = new Map<string, { queueId: string; since: number }>();
  /** Those beyond the limit, by queue. */
  readonly #late = new Map<string, Set<string>>();

  constructor(options: LateOnesOptions) {
    this.#options = options;
  }

  /** Since when somebody waits, or undefined. */
  since(callId: string): number | undefined {
    return this.#waiting.get(callId)?.since;
  }

  enter(callId: string, queueId: string, since: number): void {
    this.leave(callId);
    this.#waiting.set(callId, { queueId, since });
    this.#setLimit(callId, queueId, since);
  }

  leave(callId: string): void {
    const waits = this.#waiting.get(callId);
    if (!waits) return;
    const { due, name, calm } = this.#options;
    this.#waiting.delete(callId);
    due.clear(`${name} ${callId}`);
    const late = this.#late.get(waits.queueId);
    if (late?.delete(callId) && late.size === 0) calm(`${name}:${waits.queueId}`);
  }

  /** A moment set by `enter` has come; false when it is none of these people's. */
  onDue(key: string): boolean {
    const { name, limitOf, raise } = this.#options;
    if (!key.startsWith(`${name} `)) return false;
    const callId = key.slice(name.length + 1);
    const queueId = this.#waiting.get(callId)?.queueId;
    if (queueId === undefined) return true;
    this.#late.set(queueId, (this.#late.get(queueId) ?? new Set()).add(callId));
    raise(`${name}:${queueId}`, { callId, queueId, limitMs: limitOf(queueId) });
    return true;
  }

  /** Other limits hold for those who wait already. */
  newLimits(): void {
    for (const [callId, { queueId, since }] of this.#waiting) {
      if (this.#late.get(queueId)?.has(callId) !== true) this.#setLimit(callId, queueId, since);
    }
  }

  #setLimit(callId: string, queueId: string, since: number): void {
    const { due, name, limitOf } = this.#options;
    const limitMs = limitOf(queueId);
    if (limitMs === null) due.clear(`${name} ${callId}`);
    else due.set(`${name} ${callId}`, since + limitMs);
  }
}
