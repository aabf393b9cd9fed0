import type { Hotline } from '../../../../config/hotline.ts';
import type { SeatLive } from '../../../../src/floor/schema.ts';
import type { Seat } from '../../../../src/seats/schema.ts';

type Memberships = Seat['queues'];

/** The area a seat stands in: its best queue, which the stream names first; '' without any. */
export function homeOf(seat: Pick<SeatLive, 'queueIds'>): string {
  return seat.queueIds[0] ?? '';
}

/** The queues that help others out: callers overflow to them, or a menu ends there. */
export function fallbackQueues(hotline: Hotline | undefined): Set<string> {
  const found = new Set<string>();
  for (const { onClosed, onNobody, onFull, onTooLong } of hotline?.queues ?? []) {
    for (const outcome of [onClosed, onNobody, onFull, onTooLong]) {
      if (outcome.do === 'queue') found.add(outcome.queue);
    }
  }
  for (const entry of hotline?.entries ?? []) if (entry.mode === 'menu') found.add(entry.queue);
  return found;
}

/** A seat's queues after a move: the target first, and what it helped out in before, behind it. */
export function movedTo(
  before: Memberships,
  target: string,
  fallbacks: ReadonlySet<string>,
): Memberships {
  const kept = before.filter(({ queueId }) => queueId !== target && fallbacks.has(queueId));
  return [
    { queueId: target, level: 1 },
    ...kept.map(({ queueId, level }) => ({ queueId, level: Math.max(2, level) })),
  ];
}
