import type { HoursConfig } from '../../config/hotline.ts';
import { shanghaiDay, shanghaiMidnight } from '../kit/shanghai.ts';

const MINUTE_MS = 60_000;
/** 1 January 1970 was a Thursday. */
const EPOCH_WEEKDAY = 4;

/** Are these weekly hours (Asia/Shanghai) open at this moment? An interval includes its start only. */
export function isOpen(hours: HoursConfig, at: number): boolean {
  const weekday = ((shanghaiDay(at) + EPOCH_WEEKDAY - 1) % 7) + 1;
  const minute = Math.floor((at - shanghaiMidnight(at)) / MINUTE_MS);
  return hours.open.some(
    ({ days, from, to }) =>
      days.includes(weekday) && minute >= minuteOf(from) && minute < minuteOf(to),
  );
}

function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}
