import type { Random } from '../../staff/random.ts';

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
    const after = steps.findLastIndex((step) => step.time <= time);
    return steps[after]?.left ?? 1;
  }

  return {
    drawBeyond(known, random) {
      const chance = longerThan(known) * random.next();
      return firstWhere(steps, (step) => step.left <= chance)?.time ?? Math.max(known, longest);
    },
    longerThan,
  };
}

/** The first of some steps that are all false, then all true. */
function firstWhere<T>(steps: readonly T[], is: (step: T) => boolean): T | undefined {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const step = steps[middle];
    if (step !== undefined && is(step)) high = middle;
    else low = middle + 1;
  }
  return steps[low];
}
