import type { HolidayConfig, HoursConfig } from '../../config/hotline.ts';
import { shanghaiDate, shanghaiDay, shanghaiMidnight } from '../kit/shanghai.ts';

const MINUTE_MS = 60_000;
/** 1 January 1970 was a Thursday. */
const EPOCH_WEEKDAY = 4;

/**
 * Are these hours (Asia/Shanghai) open at this moment? A holiday is closed all day; a make-up day
 * has the hours of the weekday it stands for. An interval includes its start only.
 */
export function isOpen(
  hours: HoursConfig,
  holidays: readonly HolidayConfig[],
  at: number,
): boolean {
  const weekday = openWeekday(hours.keepsHolidays ? holidays : [], at);
  const minute = Math.floor((at - shanghaiMidnight(at)) / MINUTE_MS);
  return hours.open.some(
    ({ days, from, to }) =>
      weekday !== null &&
      days.includes(weekday) &&
      minute >= minuteOf(from) &&
      minute < minuteOf(to),
  );
}

/** The weekday whose hours hold, 1 = Monday … 7 = Sunday; null on a closed day. */
function openWeekday(holidays: readonly HolidayConfig[], at: number): number | null {
  const date = shanghaiDate(at);
  // Dates as texts compare like dates.
  const holiday = holidays.find(({ from, to }) => from <= date && date <= to);
  return holiday ? holiday.openAs : ((shanghaiDay(at) + EPOCH_WEEKDAY - 1) % 7) + 1;
}

/** Minutes since midnight, of `09:30`. */
export function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}
