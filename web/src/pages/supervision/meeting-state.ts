import type { HeldMeeting, MeetingView, TaskView } from '../../../../src/orders/schema.ts';
import { day, endOfDay, moment, shortClock } from '../../text/format.ts';

type Held = Pick<MeetingView, 'at' | 'heldAt' | 'isCancelled'>;

/** To come, over but without minutes, held, or cancelled. */
export function stateOf(
  { at, heldAt, isCancelled }: Held,
  now: number,
): 'planned' | 'due' | 'held' | 'cancelled' {
  if (heldAt !== null) return 'held';
  if (isCancelled) return 'cancelled';
  return at > now ? 'planned' : 'due';
}

/** Those that want minutes first, the earliest on top; behind them what is over, the latest first. */
export function meetingOrder(a: Held, b: Held): number {
  if (isOver(a) !== isOver(b)) return isOver(a) ? 1 : -1;
  return isOver(a) ? b.at - a.at : a.at - b.at;
}

/** Nothing is to be done about it any more. */
export function isOver({ heldAt, isCancelled }: Omit<Held, 'at'>): boolean {
  return heldAt !== null || isCancelled;
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

/** As a field for a local time shows it: `2026-11-30T09:30`, in the hotline's zone. */
export function fieldOf(at: number): string {
  return `${day(at)}T${shortClock(at)}`;
}

/** What was typed into such a field: it names no zone, and the hotline's is Shanghai's. */
export function timeIn(field: string): number {
  return Date.parse(`${field}:00+08:00`);
}

/** A moment without its seconds. */
export function minuteOf(at: number, now: number): string {
  return moment(at, now).slice(0, -3);
}
