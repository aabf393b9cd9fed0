import type { CallBackConfig } from '../../config/hotline.ts';
import type { EndingSlug } from '../ending.ts';
import { type House, queueConfig } from './house.ts';
import type { CallRecord } from './repo.ts';

/** Endings of callers nobody served, beside those who gave up while waiting. */
const missedEndings: ReadonlySet<EndingSlug> = new Set([
  'queue-full',
  'queue-closed',
  'waited-too-long',
  'nobody-signed-in',
]);

/** Of a queue that was taken away: nobody is dialled again. */
const ofNoQueue: CallBackConfig = {
  offerAfterMs: null,
  attempts: 1,
  pauseMs: 0,
  ringTimeoutMs: 30_000,
  missed: 'off',
};

/** How callers of a queue are called back. */
export function rulesOf(parts: Pick<House, 'hotline'>, queueId: string): CallBackConfig {
  return queueConfig(parts, queueId)?.callBack ?? ofNoQueue;
}

/** Gave up after more than a moment, or was turned away. */
export function wasMissed({ ending, waitedMs }: CallRecord, shortAbandonMs: number): boolean {
  if (ending === 'left-while-waiting' || ending === 'left-while-ringing') {
    return (waitedMs ?? 0) >= shortAbandonMs;
  }
  return missedEndings.has(ending as EndingSlug);
}
