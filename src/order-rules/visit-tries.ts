import { shanghaiDay, shanghaiMidnight } from '../kit/shanghai.ts';
import type { Order } from './order.ts';

/** Why somebody who was to be visited was not heard. */
export const triedWords = ['no-answer', 'busy', 'wrong-number', 'call-later'] as const;
export type Tried = (typeof triedWords)[number];

/** A visit that was tried in vain. */
export interface VisitTry {
  readonly at: number;
  readonly personId: string;
  readonly why: Tried;
  /** When somebody who asked for it is to be called again. */
  readonly until: number | null;
}

/** How far a visit is from being given up. */
export interface VisitStanding {
  /** Tries that count so far, of those needed. */
  readonly counted: number;
  readonly needed: number;
  readonly mayClose: boolean;
  /** From when on another try counts; null when no more are needed. */
  readonly nextAt: number | null;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Morning, afternoon and evening: the hours at which each begins to be a time to call. */
const parts = [8, 12, 18] as const;
/** People who work in the mornings are not there in the mornings. */
const PARTS_NEEDED = 2;

/** One part of one day. */
interface Slot {
  readonly day: number;
  readonly part: number;
}

/**
 * May a visit be given up? After so many tries, each in another part of a day (morning, afternoon,
 * evening), and not all in the same. Who asked to be called later was reached: it is counted anew from
 * the time they named.
 */
export function visitStanding(
  { visitTries }: Pick<Order, 'visitTries'>,
  needed: number,
  now: number,
): VisitStanding {
  const agreed = visitTries.findLast(({ why }) => why === 'call-later');
  const since = agreed?.until ?? 0;
  const vain = visitTries.filter(({ at, why }) => why !== 'call-later' && at >= since);
  const slots = new Map(vain.map(({ at }) => [nameOf(slotOf(at)), slotOf(at)]));
  const tried = new Set([...slots.values()].map(({ part }) => part));
  const wanted = Math.min(PARTS_NEEDED, needed);
  const mayClose = slots.size >= needed && tried.size >= wanted;
  const counted = mayClose ? needed : Math.min(slots.size, needed - 1);
  if (mayClose) return { counted, needed, mayClose, nextAt: null };
  const isLast = slots.size >= needed - 1;
  const counts = (slot: Slot) =>
    !slots.has(nameOf(slot)) && !(isLast && tried.size === wanted - 1 && tried.has(slot.part));
  return { counted, needed, mayClose, nextAt: nextThat(counts, Math.max(now, since)) };
}

/** The first moment from `from` on that lies in a part of the day which counts. */
function nextThat(counts: (slot: Slot) => boolean, from: number): number {
  if (counts(slotOf(from))) return from;
  const midnight = shanghaiMidnight(from);
  const starts = [0, 1, 2].flatMap((days) =>
    parts.map((hour) => midnight + days * DAY_MS + hour * HOUR_MS),
  );
  return starts.find((at) => at > from && counts(slotOf(at))) ?? from + DAY_MS;
}

function slotOf(at: number): Slot {
  const hour = (at - shanghaiMidnight(at)) / HOUR_MS;
  const part = parts.findLastIndex((begins) => hour >= begins);
  // Before the morning's beginning is still the morning.
  return { day: shanghaiDay(at), part: Math.max(0, part) };
}

function nameOf({ day, part }: Slot): string {
  return `${day} ${part}`;
}
