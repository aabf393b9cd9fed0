import { z } from 'zod';
import { shanghaiDay } from './shanghai.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const OFFSET_MS = 8 * HOUR_MS;

/**
 * One year's official notice on days off and make-up working days (调休补班), as published by the
 * State Council each autumn. A notice may name days of the years beside its own: the first days off
 * of a year are sometimes paid for in December.
 */
export const officialNotice = z.object({
  year: z.int().min(1949).max(2200),
  /** Where the notice was published. */
  papers: z.array(z.string().max(500)).max(20).optional(),
  days: z.array(
    z.object({ name: z.string().optional(), date: z.iso.date(), isOffDay: z.boolean() }),
  ),
});
export type OfficialNotice = z.infer<typeof officialNotice>;

/** What makes a notice unfit to be taken in; `nothing-off`: a year without any day off was never published. */
export interface NoticeFault {
  readonly fault: 'twice' | 'other-year' | 'nothing-off';
  /** Empty when it is about the notice as a whole. */
  readonly date: string;
}

/** How long somebody has: exactly one of the three. */
export type TimeLimit =
  | { readonly workdays: number }
  | { readonly naturalDays: number }
  | { readonly hours: number };

/** A day that is a working day with a notice and was none before, or the other way round. */
export interface DayChange {
  readonly date: string;
  readonly works: boolean;
}

/** When a limit ends. */
export interface Due {
  /** Milliseconds since the epoch; for days it is 24:00 of the last one in Asia/Shanghai. */
  readonly at: number;
  /** Years the count went through without an official notice: weekends were assumed to be off. */
  readonly unknownYears: readonly number[];
}

/**
 * The calendar of lawful working days: Monday to Friday, but for what the official notices say.
 * Where two years' notices speak of one day, the later year's counts.
 */
export class WorkingDays {
  readonly #said = new Map<number, boolean>();
  readonly #notices = new Map<number, OfficialNotice>();

  constructor(notices: Iterable<OfficialNotice>) {
    for (const notice of notices) this.put(notice);
  }

  /** Takes a notice in; a corrected one takes the place of the earlier one of its year. */
  put(notice: OfficialNotice): void {
    this.#notices.set(notice.year, notice);
    this.#said.clear();
    const inOrder = [...this.#notices.values()].sort((a, b) => a.year - b.year);
    for (const { days } of inOrder) {
      for (const { date, isOffDay } of days) this.#said.set(dayOfDate(date), !isOffDay);
    }
  }

  /** Whether people work on this day of Asia/Shanghai (`shanghaiDay`). */
  isWorking(day: number): boolean {
    // Day 0, 1 January 1970, was a Thursday.
    const weekday = (((day + 4) % 7) + 7) % 7;
    return this.#said.get(day) ?? (weekday !== 0 && weekday !== 6);
  }

  /** Whether the notice of a year has been imported. */
  knows(year: number): boolean {
    return this.#notices.has(year);
  }

  /** The days on which a notice would turn work into rest or rest into work, in order. */
  changesBy(notice: OfficialNotice): DayChange[] {
    const after = new WorkingDays([...this.#notices.values(), notice]);
    const named = [...(this.#notices.get(notice.year)?.days ?? []), ...notice.days];
    const dates = [...new Set(named.map(({ date }) => date))].sort();
    return dates
      .map((date) => ({ date, works: after.isWorking(dayOfDate(date)) }))
      .filter(({ date, works }) => this.isWorking(dayOfDate(date)) !== works);
  }

  /**
   * When a limit that starts at `from` (milliseconds since the epoch) ends. Hours run round the
   * clock. Of days, the one of receipt is not counted, and the last ends at 24:00.
   */
  due(from: number, limit: TimeLimit): Due {
    if ('hours' in limit) return { at: from + limit.hours * HOUR_MS, unknownYears: [] };
    const received = shanghaiDay(from);
    if ('naturalDays' in limit)
      return { at: endOf(received + limit.naturalDays), unknownYears: [] };
    const unknown = new Set<number>();
    let last = received;
    for (let counted = 0; counted < limit.workdays; ) {
      last += 1;
      if (this.isWorking(last)) counted += 1;
      const year = yearOf(last);
      if (!this.knows(year) && !this.#said.has(last)) unknown.add(year);
    }
    return { at: endOf(last), unknownYears: [...unknown] };
  }
}

/** What is wrong with a notice as a whole, beyond its shape; nothing is wrong with a published one. */
export function faultsOf({ year, days }: OfficialNotice): NoticeFault[] {
  const faults: NoticeFault[] = [];
  const seen = new Set<string>();
  for (const { date } of days) {
    if (seen.has(date)) faults.push({ fault: 'twice', date });
    seen.add(date);
    if (Math.abs(Number(date.slice(0, 4)) - year) > 1) faults.push({ fault: 'other-year', date });
  }
  const hasRest = days.some(({ date, isOffDay }) => isOffDay && Number(date.slice(0, 4)) === year);
  return hasRest ? faults : [...faults, { fault: 'nothing-off', date: '' }];
}

/** Number of the day a date `2026-02-14` names. */
export function dayOfDate(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

/** `2026-02-14` for the number of a day. */
export function dateOfDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

function endOf(day: number): number {
  return (day + 1) * DAY_MS - OFFSET_MS;
}

function yearOf(day: number): number {
  return new Date(day * DAY_MS).getUTCFullYear();
}
