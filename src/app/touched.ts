import type { Hotline } from '../../config/hotline.ts';
import type { QueueStatus, SeatStatus } from '../acd/types.ts';
import type { ConfiguredSeat } from '../floor/service.ts';
import type { Touched } from '../hotline/schema.ts';

/** Where it is looked up who is there now. */
export interface TouchedSources {
  configuredSeats: () => readonly ConfiguredSeat[];
  seats: () => readonly SeatStatus[];
  queue: (queueId: string) => QueueStatus | null;
  queueOfCall: (callId: string) => string | null;
}

/**
 * Queues that a change would remove or alter, with who waits, talks and sits there at this moment.
 * Talks go on whatever is changed; who waits in a removed queue meets its outcome.
 */
export function touchedBy(before: Hotline, after: Hotline, sources: TouchedSources): Touched[] {
  const next = new Map(after.queues.map((queue) => [queue.id, queue]));
  const signedIn = new Map(sources.seats().map((seat) => [seat.seatId, seat]));
  return before.queues.flatMap((queue): Touched[] => {
    const now = next.get(queue.id);
    if (now && JSON.stringify(now) === JSON.stringify(queue)) return [];
    const isTalking = ({ state, callId }: SeatStatus) =>
      (state === 'talking' || state === 'hold') &&
      callId !== null &&
      sources.queueOfCall(callId) === queue.id;
    const seats = now
      ? []
      : sources
          .configuredSeats()
          .filter(({ queues }) => queues.some(({ queueId }) => queueId === queue.id))
          .map(({ id, name }) => ({ seatId: id, seatName: name, signedIn: signedIn.has(id) }));
    return [
      {
        queueId: queue.id,
        name: queue.name,
        kind: now ? 'changed' : 'removed',
        waiting: sources.queue(queue.id)?.waiting ?? 0,
        talking: [...signedIn.values()].filter(isTalking).length,
        seats,
      },
    ];
  });
}
