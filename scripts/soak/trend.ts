/** One quantity over the calls that were made. */
export interface Series {
  /** How many calls had been made at each sample. */
  at: readonly number[];
  values: readonly number[];
}

/** What a rise is held against. */
export interface Limits {
  /** Eight hours of a rise may come to so much, in the quantity's unit. */
  harmless: number;
  /** A rise of so much per thousand calls would have shown: the 95 % interval is narrower. */
  visible: number;
  /** Calls of eight hours at this rate. */
  callsOfShift: number;
}

/**
 * `flat`: nothing says that it rises, and a rise that matters would have shown; or eight hours of what
 * it rises are harmless. `grows`: it does, and they are not. `unclear`: too much noise to tell.
 */
type Verdict = 'flat' | 'grows' | 'unclear';

/** A straight line through the samples. */
export interface Trend {
  mean: number;
  perThousandCalls: number;
  /** Half the width of the slope's 95 % interval, per thousand calls. */
  plusMinus: number;
  verdict: Verdict;
}

/**
 * Least squares. Neighbouring samples resemble each other, so there are fewer of them than it seems:
 * the interval is widened by what each still has of the one before it.
 */
export function trendOf({ at, values }: Series, limits: Limits): Trend {
  const n = values.length;
  const mean = average(values);
  const middle = average(at);
  const spread = at.reduce((sum, x) => sum + (x - middle) ** 2, 0);
  const together = at.reduce((sum, x, i) => sum + (x - middle) * ((values[i] ?? 0) - mean), 0);
  const slope = spread === 0 ? 0 : together / spread;
  const left = at.map((x, i) => (values[i] ?? 0) - mean - slope * (x - middle));
  const leftSquared = left.reduce((sum, value) => sum + value ** 2, 0);
  const error =
    n > 2 && spread > 0 ? Math.sqrt(leftSquared / (n - 2) / spread) : Number.POSITIVE_INFINITY;
  const plusMinus = 1.96 * error * widening(left, leftSquared) * 1_000;
  const perThousandCalls = slope * 1_000;
  return { mean, perThousandCalls, plusMinus, verdict: judge(perThousandCalls, plusMinus, limits) };
}

function judge(perThousandCalls: number, plusMinus: number, limits: Limits): Verdict {
  const thousands = limits.callsOfShift / 1_000;
  if ((perThousandCalls + plusMinus) * thousands <= limits.harmless) return 'flat';
  const isRise = perThousandCalls > plusMinus;
  if (isRise) return perThousandCalls * thousands <= limits.harmless ? 'flat' : 'grows';
  return plusMinus <= limits.visible ? 'flat' : 'unclear';
}

/** By how much the error of a slope is larger when what is left of each sample goes on in the next. */
function widening(left: readonly number[], leftSquared: number): number {
  const lagged = left.reduce((sum, value, i) => sum + value * (left[i + 1] ?? 0), 0);
  const likeness = leftSquared === 0 ? 0 : Math.min(0.9, Math.max(0, lagged / leftSquared));
  return Math.sqrt((1 + likeness) / (1 - likeness));
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
