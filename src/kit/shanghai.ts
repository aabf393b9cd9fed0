const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;
/** China keeps one zone and has had no summer time since 1991, so the offset is a constant. */
const OFFSET_MS = 8 * 3_600_000;

/** Number of the day in Asia/Shanghai that contains `at` (milliseconds since the epoch). */
export function shanghaiDay(at: number): number {
  return Math.floor((at + OFFSET_MS) / DAY_MS);
}

/** When the day in Asia/Shanghai that contains `at` began, milliseconds since the epoch. */
export function shanghaiMidnight(at: number): number {
  return shanghaiDay(at) * DAY_MS - OFFSET_MS;
}

/** Which quarter of an hour of its day contains `at`: 0 to 95. */
export function shanghaiQuarter(at: number): number {
  return Math.floor((at - shanghaiMidnight(at)) / QUARTER_MS);
}

/** `2026-11-21`, the date in Asia/Shanghai. */
export function shanghaiDate(at: number): string {
  return shanghaiTime(at).slice(0, 10);
}

/** `2026-11-21 14:03:22.123` in Asia/Shanghai. */
export function shanghaiTime(at: number): string {
  return new Date(at + OFFSET_MS).toISOString().replace('T', ' ').replace('Z', '');
}
