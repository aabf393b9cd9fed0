import type { Floor, QueueLive, SeatLive } from '../../../../src/floor/schema.ts';
import { markOf } from '../../parts/mark-of.ts';
import type { Mark } from '../../theme.ts';

/** The standard's floor for the connect rate (GB/T 33358-2016). */
export const connectTarget = 0.95;

/** Callers waiting in all queues. */
export function waitingNow(floor: Floor): number {
  return floor.queues.reduce((sum, queue) => sum + queue.waiting, 0);
}

/** The queue whose caller waits longest, or null. */
export function longestQueue(floor: Floor): { queueId: string; since: number } | null {
  let found: { queueId: string; since: number } | null = null;
  for (const { queueId, longestSince } of floor.queues) {
    if (longestSince !== null && (found === null || longestSince < found.since)) {
      found = { queueId, since: longestSince };
    }
  }
  return found;
}

/** The rows a wall has room for: all when they fit, else the longest waiting. Order stays calm. */
export function rowsFor(
  queues: readonly QueueLive[],
  room: number,
): { rows: QueueLive[]; hidden: number } {
  if (queues.length <= room) return { rows: [...queues], hidden: 0 };
  const worst = new Set(
    queues
      .toSorted((a, b) => (a.longestSince ?? Infinity) - (b.longestSince ?? Infinity))
      .slice(0, room)
      .map((queue) => queue.queueId),
  );
  return {
    rows: queues.filter((queue) => worst.has(queue.queueId)),
    hidden: queues.length - room,
  };
}

/** The order of states on a ribbon: busy first, away last. */
export const ribbonOrder: readonly Mark[] = [
  'talking',
  'hold',
  'ringing',
  'ready',
  'wrap-up',
  'not-ready',
  'rest',
];

/** Signed-in seats by the mark they wear. */
export function seatsByMark(seats: readonly SeatLive[]): Map<Mark, number> {
  const counts = new Map<Mark, number>();
  for (const seat of seats) {
    const mark = markOf(seat.state, seat.reason);
    if (mark !== 'offline') counts.set(mark, (counts.get(mark) ?? 0) + 1);
  }
  return counts;
}
