import type { Hotline, QueueConfig } from '../../config/hotline.ts';
import type { EmergencyProfile, EmergencyQueueChange } from '../../config/hotline-leading.ts';

type Field = keyof EmergencyQueueChange & keyof QueueConfig;
const fields = [
  'priority',
  'hours',
  'wrapUpMs',
  'announceEveryMs',
  'maxWaiting',
  'onClosed',
  'onFull',
] as const satisfies readonly Field[];

/** The hotline as it is while the profile is on. */
export function withProfile(hotline: Hotline, profile: EmergencyProfile): Hotline {
  return {
    ...hotline,
    entries: hotline.entries.map((entry) => ({
      ...entry,
      greeting: [...profile.greeting, ...entry.greeting],
    })),
    queues: hotline.queues.map((queue) => changed(queue, profile.queues[queue.id] ?? {})),
  };
}

/**
 * The hotline without the profile: whatever it changed is as `before`, whatever somebody else
 * changed meanwhile stays. Equals `before` when nobody did.
 */
export function withoutProfile(now: Hotline, before: Hotline, profile: EmergencyProfile): Hotline {
  const entriesBefore = new Map(before.entries.map((entry) => [entry.id, entry]));
  const queuesBefore = new Map(before.queues.map((queue) => [queue.id, queue]));
  return {
    ...now,
    entries: now.entries.map((entry) => {
      const greeting = entriesBefore.get(entry.id)?.greeting;
      return greeting && profile.greeting.length > 0 ? { ...entry, greeting } : entry;
    }),
    queues: now.queues.map((queue) => {
      const was = queuesBefore.get(queue.id);
      const touched = profile.queues[queue.id];
      return was && touched ? changed(queue, onlyOf(was, touched)) : queue;
    }),
  };
}

/** The fields of a queue that a change names, as the queue has them. */
function onlyOf(queue: QueueConfig, named: EmergencyQueueChange): EmergencyQueueChange {
  const kept = fields.flatMap((field) =>
    named[field] === undefined ? [] : [[field, queue[field]]],
  );
  return Object.fromEntries(kept);
}

function changed(queue: QueueConfig, change: EmergencyQueueChange): QueueConfig {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return { ...queue, ...Object.fromEntries(given) };
}
