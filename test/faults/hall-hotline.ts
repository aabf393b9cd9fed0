import type { Hotline } from '../../config/hotline.ts';
import { queueOf } from '../support/quick-hotline.ts';

/** The number people dial, and the queue they come to at once. */
export const DIALLED = '12315';
export const QUEUE = 'consumer';

/** Nobody is sent away, nobody rates: what ends a call in these tests is the caller. */
export function everybodyWaits(doc: Hotline): void {
  const queue = queueOf(doc, QUEUE);
  queue.maxWaiting = null;
  queue.maxWaitMs = null;
  queue.ringTimeoutMs = 60_000;
  for (const entry of doc.entries) {
    if (!entry.numbers.includes(DIALLED)) continue;
    entry.greeting = ['rating-thanks'];
    entry.queue = QUEUE;
  }
}
