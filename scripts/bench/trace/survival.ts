import type { Random } from '../../../src/staffing/random.ts';

/** A time that was seen to its end, or only known to be longer. */
export interface Seen {
  time: number;
  ended: boolean;
}

/** How long something lasts, learnt from times many of which were cut short. */
export interface Survival {
  /** A time by chance among those that last longer than `known`. */
  drawBeyond(known: number, random: Random): number;
  /** Share that lasts longer than `time`. */
  longerThan(time: number): number;
}

/**
 * The estimate of Kaplan and Meier (1958). What was cut at a time counts as outlasting that time; the
 * longest time of all counts as seen to its end (Efron 1967), or some would last for ever.
 */
export function kaplanMeier(seen: readonly Seen[]): Survival {
  const sorted = seen.toSorted((a, b) => a.time - b.time || Number(b.ended) - Number(a.ended));
  const steps: { time: number; left: number }[] = [];
  const longest = sorted.at(-1)?.time ?? 0;
  let left = 1;
  let atRisk = sorted.length;
  for (const { time, ended } of sorted) {
    if (ended) {
      left *= 1 - 1 / atRisk;
      steps.push({ time, left });
    }
    atRisk -= 1;
  }

  function longerThan(time: number): number {
    return steps[countUntil(steps, (step) => step.time > time) - 1]?.left ?? 1;
  }

  return {
    drawBeyond(known, random) {
      const chance = longerThan(known) * random.next();
      const reached = steps[countUntil(steps, (step) => step.left <= chance)];
      return reached?.time ?? Math.max(known, longest);
    },
    longerThan,
  };
}

/** How many items stand before the first one that is so, when all behind it are so too. */
function countUntil<T>(items: readonly T[], isSo: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && isSo(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
