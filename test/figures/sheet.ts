import { type Count, noSums, type Sums } from '../../src/counting/counters.ts';
import type { DomainEvent, NewEvent } from '../../src/events.ts';

/** Answered within so long is in time, in every queue. */
export const levelMs = () => 15_000;

/** The events as the log numbers them. */
export const numbered = (events: Iterable<NewEvent>): DomainEvent[] =>
  [...events].map((event, at) => ({ ...event, seq: at + 1 }));

/** Sums by cell, and a `count` that fills them. */
export function sheet() {
  const cells = new Map<string, Sums>();
  const count: Count = ({ quarterAt, queueId, entryId, agentId }, counter, by) => {
    const key = `${quarterAt}|${queueId}|${entryId}|${agentId}`;
    const sums = cells.get(key) ?? noSums();
    sums[counter] += by;
    cells.set(key, sums);
  };
  return { cells, count };
}

/** Over all quarters and entries, of one queue (or over all) and one agent (or all). */
export function totalOf(cells: ReadonlyMap<string, Sums>, queueId: string, agentId = ''): Sums {
  const total = noSums();
  for (const [key, sums] of cells) {
    const [, queue, , agent] = key.split('|');
    if (queue !== queueId || agent !== agentId) continue;
    for (const [counter, value] of Object.entries(sums)) total[counter as keyof Sums] += value;
  }
  return total;
}
