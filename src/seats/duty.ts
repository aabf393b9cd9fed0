import { shanghaiMidnight, shanghaiTime } from '../kit/shanghai.ts';
import type { Roster } from '../store/tables/seats.ts';

const MINUTE_MS = 60_000;

/** Who is on duty, and until when (milliseconds since the epoch). */
export interface Duty {
  who: string;
  until: number;
}

/**
 * Who is on duty at a moment (Asia/Shanghai). A date that is named replaces its weekday, also with no
 * shift at all. A night is two shifts: to 24:00, and from 00:00.
 */
export function onDuty({ weekly, dates }: Roster, at: number): Duty | null {
  const midnight = shanghaiMidnight(at);
  const date = shanghaiTime(at).slice(0, 10);
  const named = dates.find((each) => each.date === date);
  const day = weekdayOf(date);
  const shifts = named?.shifts ?? weekly.filter(({ days }) => days.includes(day));
  const minute = (at - midnight) / MINUTE_MS;
  const shift = shifts.find(({ from, to }) => minuteOf(from) <= minute && minute < minuteOf(to));
  return shift ? { who: shift.who, until: midnight + minuteOf(shift.to) * MINUTE_MS } : null;
}

/** 1 = Monday … 7 = Sunday. */
function weekdayOf(date: string): number {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay();
  return day === 0 ? 7 : day;
}

function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}
