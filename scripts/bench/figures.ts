/** What a set of measured values looks like. */
export interface Figures {
  min: number | null;
  p50: number | null;
  p95: number | null;
  p99: number | null;
  max: number | null;
}

/** Figures of a row that measures no such thing. */
export const noFigures: Figures = { min: null, p50: null, p95: null, p99: null, max: null };

/** The percentiles of some values, each one a value that was measured (nearest rank). */
export function figuresOf(values: Iterable<number>): Figures {
  const sorted = Float64Array.from(values).sort();
  return {
    min: sorted.at(0) ?? null,
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    p99: percentile(sorted, 0.99),
    max: sorted.at(-1) ?? null,
  };
}

/** The smallest value that at least `share` of all do not exceed; null when there are none. */
export function percentile(sorted: ArrayLike<number>, share: number): number | null {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

/** Ours over the control's; null where either is missing. */
export function ratioOf(ours: number | null, control: number | null): number | null {
  return ours === null || control === null || control === 0 ? null : ours / control;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Half the width of the 95 % confidence interval of the mean of values that are independent, by the
 * normal law: give it twenty values or more.
 */
export function confidence(values: readonly number[]): number {
  const middle = mean(values);
  const variance =
    values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
  return 1.96 * Math.sqrt(variance / values.length);
}
