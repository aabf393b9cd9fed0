import type { CallFilter } from '../../../../src/calls/schema.ts';

export type CallClass = NonNullable<CallFilter['class']>;
/** The times people ask for; `other` is whatever else stands in the address bar. */
export type Span = 'any' | 'today' | 'yesterday' | 'week' | 'other';

const dayMs = 86_400_000;

interface Times {
  from: number | undefined;
  to: number | undefined;
}

/** From (included) and to (excluded) of a span, `today` being the start of the city's day. */
export function timesOf(span: Span, today: number): Times {
  if (span === 'today') return { from: today, to: undefined };
  if (span === 'yesterday') return { from: today - dayMs, to: today };
  if (span === 'week') return { from: today - 6 * dayMs, to: undefined };
  return { from: undefined, to: undefined };
}

/** Which span a filter stands for. */
export function spanOf(filter: CallFilter, today: number): Span {
  const spans: Span[] = ['any', 'today', 'yesterday', 'week'];
  return (
    spans.find((span) => {
      const { from, to } = timesOf(span, today);
      return filter.from === from && filter.to === to;
    }) ?? 'other'
  );
}

/** Live calls have no ending yet, so the two filters exclude each other. */
export function withOutcome(outcome: CallClass | 'live' | ''): {
  class: CallClass | undefined;
  live: 'yes' | undefined;
  ending: undefined;
} {
  return {
    class: outcome === '' || outcome === 'live' ? undefined : outcome,
    live: outcome === 'live' ? 'yes' : undefined,
    ending: undefined,
  };
}
