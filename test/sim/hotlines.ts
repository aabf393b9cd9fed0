import { type Hotline, hotlineSchema } from '../../config/hotline.ts';
import { loadHotlineExample } from '../../config/load.ts';

/**
 * The example city, and the same as an administrator may change it while calls are going on: tight
 * limits, another strategy, a pool that widens, a queue taken away.
 */
export const hotlines: [Hotline, ...Hotline[]] = [
  loadHotlineExample(),
  changed((doc) => {
    for (const queue of doc.queues) {
      queue.maxWaiting = 2;
      queue.maxWaitMs = 40_000;
      queue.ringTimeoutMs = 8_000;
      queue.wrapUpMs = 10_000;
    }
  }),
  changed((doc) => {
    for (const queue of doc.queues) {
      queue.widening = [
        { afterMs: 5_000, level: 2 },
        { afterMs: 20_000, level: 9 },
      ];
    }
  }),
  changed((doc) => {
    for (const queue of doc.queues) {
      queue.strategy = queue.code < 'Q06' ? 'fewest-calls' : 'round-robin';
      queue.onNobody =
        queue.id === 'general' ? { do: 'call-back' } : { do: 'queue', queue: 'general' };
    }
  }),
  changed((doc) => withoutQueue(doc, 'foreign')),
];

function changed(change: (doc: Hotline) => void): Hotline {
  const doc = loadHotlineExample();
  change(doc);
  return hotlineSchema.parse(doc);
}

function withoutQueue(doc: Hotline, queueId: string): void {
  doc.queues = doc.queues.filter(({ id }) => id !== queueId);
  const text = JSON.stringify(doc).replaceAll(`"queue":"${queueId}"`, '"queue":"general"');
  Object.assign(doc, JSON.parse(text));
}

const calling = new WeakMap<Hotline, Hotline>();

/** The same with a place kept for whoever asks soon, and callers who gave up called back. */
export function withCallBacks(hotline: Hotline): Hotline {
  const known = calling.get(hotline);
  if (known) return known;
  const made = structuredClone(hotline);
  calling.set(hotline, made);
  for (const queue of made.queues) {
    const rules = { offerAfterMs: 10_000, attempts: 2, pauseMs: 60_000, ringTimeoutMs: 20_000 };
    queue.callBack = { ...rules, missed: queue.code < 'Q04' ? 'dial' : 'list' };
  }
  return made;
}
