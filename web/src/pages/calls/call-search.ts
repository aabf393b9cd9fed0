import type { CallFilter } from '../../../../src/calls/schema.ts';
import { type EndingSlug, endingClasses, endings } from '../../../../src/ending.ts';

const classes = endingClasses;

const textField = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 40) : undefined;
const whole = (value: unknown): number | undefined => {
  const n = Number(value ?? Number.NaN);
  return Number.isSafeInteger(n) ? n : undefined;
};
const oneOf = <T extends string>(value: unknown, allowed: readonly T[]): T | undefined =>
  allowed.find((each) => each === value);

/** The filter in the address bar; whatever is not understood is dropped rather than sent. */
export function readCallSearch(raw: Record<string, unknown>): CallFilter {
  const caller = textField(raw.caller);
  const rating = whole(raw.rating);
  const filter: { [K in keyof CallFilter]: CallFilter[K] | undefined } = {
    from: whole(raw.from),
    to: whole(raw.to),
    queue: textField(raw.queue),
    agent: textField(raw.agent),
    seat: textField(raw.seat),
    ending: oneOf(raw.ending, Object.keys(endings) as EndingSlug[]),
    class: oneOf(raw.class, classes),
    rating: rating !== undefined && rating >= 1 && rating <= 5 ? rating : undefined,
    caller: caller !== undefined && /^\d{4,20}$/.test(caller) ? caller : undefined,
    live: oneOf(raw.live, ['yes', 'no']),
  };
  return Object.fromEntries(
    Object.entries(filter).filter(([, value]) => value !== undefined),
  ) as CallFilter;
}

/** The same filter as the query string of the HTTP contract. */
export function callQuery(filter: CallFilter, more: Record<string, string> = {}): string {
  const query = new URLSearchParams(more);
  for (const [name, value] of Object.entries(filter)) query.set(name, String(value));
  const said = query.toString();
  return said === '' ? '' : `?${said}`;
}
