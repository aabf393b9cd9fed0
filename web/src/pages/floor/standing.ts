import type { QueueLive, SeatLive } from '../../../../src/floor/schema.ts';
import { homeOf } from './memberships.ts';
import type { Move } from './moves.ts';

/** One queue's area with the seats that stand in it. */
export interface Standing {
  queueId: string;
  queue: QueueLive | undefined;
  seats: SeatLive[];
}

/**
 * Every seat in the area of its best queue, or where it was ordered to go. Areas in the queues'
 * order, seats in theirs: nothing jumps when a state changes. Seats in no queue come last.
 */
export function standingOf(
  queues: readonly QueueLive[],
  seats: readonly SeatLive[],
  moves: ReadonlyMap<string, Move>,
): Standing[] {
  const areas = new Map<string, Standing>(
    queues.map((queue) => [queue.queueId, { queueId: queue.queueId, queue, seats: [] }]),
  );
  const nowhere: Standing = { queueId: '', queue: undefined, seats: [] };
  for (const seat of seats) {
    const at = moves.get(seat.seatId)?.to ?? homeOf(seat);
    (areas.get(at) ?? nowhere).seats.push(seat);
  }
  return [...areas.values(), ...(nowhere.seats.length > 0 ? [nowhere] : [])];
}

/** All seats from one to the other in reading order, both included. */
export function rangeOf(areas: readonly Standing[], from: string, to: string): string[] {
  const all = areas.flatMap(({ seats }) => seats.map(({ seatId }) => seatId));
  const ends = [all.indexOf(from), all.indexOf(to)].toSorted((a, b) => a - b);
  const [start = -1, end = -1] = ends;
  return start < 0 ? [to] : all.slice(start, end + 1);
}
