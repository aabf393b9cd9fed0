import type { HolidayConfig, HoursConfig } from '../../config/hotline.ts';
import { shanghaiMidnight } from '../kit/shanghai.ts';
import { isOpen, minuteOf } from './opening.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** The longest holiday is shorter. */
const LOOKED_AHEAD_DAYS = 30;

/** The moment itself when the hours are open, or when they open next; the moment if they never do. */
export function nextOpening(
  hours: HoursConfig,
  holidays: readonly HolidayConfig[],
  at: number,
): number {
  if (isOpen(hours, holidays, at)) return at;
  for (let day = 0; day <= LOOKED_AHEAD_DAYS; day += 1) {
    const midnight = shanghaiMidnight(at + day * DAY_MS);
    const starts = hours.open
      .map(({ from }) => midnight + minuteOf(from) * MINUTE_MS)
      .filter((start) => start > at && isOpen(hours, holidays, start));
    if (starts.length > 0) return Math.min(...starts);
  }
  return at;
}
