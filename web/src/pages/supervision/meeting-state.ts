import type { HeldMeeting, MeetingView, TaskView } from '../../../../src/orders/schema.ts';
import { endOfDay } from '../../text/format.ts';

type Held = Pick<MeetingView, 'at' | 'heldAt'>;

/** To come, over but without minutes, or held. */
export function stateOf({ at, heldAt }: Held, now: number): 'planned' | 'due' | 'held' {
  if (heldAt !== null) return 'held';
  return at > now ? 'planned' : 'due';
}

/** Those without minutes first, the earliest on top; behind them those that were held, the latest first. */
export function meetingOrder(a: Held, b: Held): number {
  if (a.heldAt === null && b.heldAt === null) return a.at - b.at;
  if (a.heldAt !== null && b.heldAt !== null) return b.at - a.at;
  return a.heldAt === null ? -1 : 1;
}

/** How a decision stands: it is settled by who supervises, after the unit has answered. */
export function standingOf(
  { closedAt, feedback, dueAt }: Pick<TaskView, 'closedAt' | 'feedback' | 'dueAt'>,
  now: number,
): 'settled' | 'answered' | 'late' | 'owed' {
  if (closedAt !== null) return 'settled';
  if (feedback !== null) return 'answered';
  return dueAt !== null && dueAt < now ? 'late' : 'owed';
}

/** What was typed about one order; all of it empty: nothing is decided. */
export interface TypedDecision {
  text: string;
  unitId: string;
  coUnitIds: string[];
  /** A day, `2026-11-30`. */
  until: string;
}
export const undecided: TypedDecision = { text: '', unitId: '', coUnitIds: [], until: '' };

/** Something was filled in, so that the decision wants words. */
export function isBegun({ unitId, coUnitIds, until }: TypedDecision): boolean {
  return unitId !== '' || coUnitIds.length > 0 || until !== '';
}

/** The decisions with words, as they are sent; of orders that are over meanwhile nothing is. */
export function decisionsOf(
  orders: readonly Pick<MeetingView['orders'][number], 'id' | 'mayDecide'>[],
  typed: Readonly<Record<string, TypedDecision>>,
): HeldMeeting['decisions'] {
  return orders.flatMap(({ id, mayDecide }) => {
    const { text, unitId, coUnitIds, until } = typed[id] ?? undecided;
    if (!mayDecide || text.trim() === '') return [];
    return {
      orderId: id,
      text: text.trim(),
      ...(unitId !== '' && { unitId }),
      ...(coUnitIds.length > 0 && { coUnitIds }),
      ...(until !== '' && { until: endOfDay(until) }),
    };
  });
}
