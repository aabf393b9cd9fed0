/** One quantity over the calls that were made. */
export interface Series {
  /** How many calls had been made at each sample. */
  at: readonly number[];
  values: readonly number[];
}

/** A straight line through the samples. */
export interface Trend {
  mean: number;
  perThousandCalls: number;
  /** Half the width of the slope's 95 % interval, per thousand calls. */
  plusMinus: number;
  /** Nothing says that it grows, or it grows so little that eight hours of it would not matter. */
  isFlat: boolean;
}

/** What eight hours of growth may come to, of the mean. */
const harmless = 0.1;

/**
 * Least squares. Neighbouring samples resemble each other, so the interval is rather too narrow.
 * @param callsOfShift calls of eight hours at this rate
 */
export function trendOf({ at, values }: Series, callsOfShift: number): Trend {
  const n = values.length;
  const mean = average(values);
  const middle = average(at);
  let spread = 0;
  let together = 0;
  for (const [i, x] of at.entries()) {
    spread += (x - middle) ** 2;
    together += (x - middle) * ((values[i] ?? 0) - mean);
  }
  const slope = spread === 0 ? 0 : together / spread;
  let left = 0;
  for (const [i, x] of at.entries()) left += ((values[i] ?? 0) - mean - slope * (x - middle)) ** 2;
  const error = n > 2 && spread > 0 ? Math.sqrt(left / (n - 2) / spread) : 0;
  const plusMinus = 1.96 * error;
  const isFlat = slope <= plusMinus || slope * callsOfShift <= harmless * mean;
  return { mean, perThousandCalls: slope * 1_000, plusMinus: plusMinus * 1_000, isFlat };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
