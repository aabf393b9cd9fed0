const shanghaiMs = 8 * 3_600_000;
const dayMs = 86_400_000;

const two = (n: number) => String(n).padStart(2, '0');

/** A moment as the city's wall clock shows it (Asia/Shanghai has kept +08:00 since 1991). */
function wall(at: number): Date {
  return new Date(at + shanghaiMs);
}

/** `14:36:20` */
export function clock(at: number): string {
  return wall(at).toISOString().slice(11, 19);
}

/** `14:36` */
export function shortClock(at: number): string {
  return wall(at).toISOString().slice(11, 16);
}

/** `14:36:20.123` */
export function exactClock(at: number): string {
  return wall(at).toISOString().slice(11, 23);
}

/** `2026-11-21` */
export function day(at: number): string {
  return wall(at).toISOString().slice(0, 10);
}

/** Start of the day in the city, milliseconds since the epoch. */
export function startOfDay(at: number): number {
  return Math.floor((at + shanghaiMs) / dayMs) * dayMs - shanghaiMs;
}

/** The last second of a day given as `2026-11-30`, milliseconds since the epoch. */
export function endOfDay(date: string): number {
  return Date.parse(`${date}T23:59:59+08:00`);
}

/** Today only the time, else `11-20 14:36:20`; of another year the whole date. */
export function moment(at: number, now: number): string {
  if (day(at) === day(now)) return clock(at);
  return day(at).slice(0, 4) === day(now).slice(0, 4)
    ? `${day(at).slice(5)} ${clock(at)}`
    : `${day(at)} ${clock(at)}`;
}

/** A duration as a clock: `0:07`, `12:40`, `1:02:03`. Never negative. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`;
}

/** A share of 1 as `97.3 %`; a dash when there was nothing to divide by. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '–';
  return part === whole ? '100%' : `${((part / whole) * 100).toFixed(1)}%`;
}

/** `1.4 MB` */
export function bytes(n: number): string {
  return n < 1_048_576 ? `${Math.round(n / 1024)} KB` : `${(n / 1_048_576).toFixed(1)} MB`;
}

/** How bad a wait is against its target: amber after it, red at four times it. */
export function waitTone(waitedMs: number, targetMs: number): 'calm' | 'warn' | 'alert' {
  if (waitedMs >= targetMs * 4) return 'alert';
  return waitedMs > targetMs ? 'warn' : 'calm';
}
