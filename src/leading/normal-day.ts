const WEEK_MS = 7 * 86_400_000;

/** Offered per quarter of an hour, 96 of them. */
export type Day = readonly number[];

interface Normal {
  normal: number[];
  /** How many days it is the mean of. */
  days: number;
}

/**
 * What a day like this usually brings: the mean of the same weekday in the weeks before, worked out
 * once a day.
 * @param offeredOn the day that begins at a midnight; null when nothing is known of it
 */
export function normalDay(offeredOn: (midnight: number) => Day | null, weeks: number) {
  let kept: (Normal & { of: number }) | null = null;
  return (midnight: number): Normal => {
    if (kept?.of !== midnight) {
      const found = Array.from({ length: weeks }, (_, n) =>
        offeredOn(midnight - (n + 1) * WEEK_MS),
      );
      const days = found.filter((day) => day !== null);
      const mean = (at: number) =>
        Math.round((days.reduce((sum, day) => sum + (day[at] ?? 0), 0) / days.length) * 10) / 10;
      const normal = days.length === 0 ? [] : Array.from({ length: 96 }, (_, at) => mean(at));
      kept = { of: midnight, normal, days: days.length };
    }
    const { normal, days } = kept;
    return { normal, days };
  };
}
