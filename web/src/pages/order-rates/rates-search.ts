import type { RateGrouping, RateId } from '../../../../src/order-rates/schema.ts';

export const spans = { week: 7, month: 30, quarter: 90, year: 365 } as const;
export type Span = keyof typeof spans;
const sides = ['others', 'numerator', 'denominator'] as const;
export type Side = (typeof sides)[number];
export const groups: readonly RateGrouping[] = ['all', 'unit', 'matter', 'area'];

/** What stands in the address bar. */
export interface RatesSearch {
  span?: Span;
  by?: RateGrouping;
  rate?: RateId;
  side?: Side;
  /** The group whose orders are shown. */
  key?: string;
}

/** The address bar's words; whatever is not understood is dropped. */
export function readRatesSearch(raw: Record<string, unknown>): RatesSearch {
  const { span, by, rate, side, key } = raw;
  const isSpan = typeof span === 'string' && span in spans;
  const group = groups.find((each) => each === by);
  const shown = sides.find((each) => each === side);
  return {
    ...(isSpan && { span: span as Span }),
    ...(group && { by: group }),
    // The server knows which there are; one it does not know is answered as such.
    ...(typeof rate === 'string' && { rate: rate as RateId }),
    ...(shown && { side: shown }),
    ...((typeof key === 'string' || typeof key === 'number') && { key: String(key).slice(0, 64) }),
  };
}
