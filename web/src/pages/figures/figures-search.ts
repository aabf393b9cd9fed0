import type { FiguresQuery, Grouping } from '../../../../src/figures/schema.ts';

export const groupings: readonly Grouping[] = [
  'queue',
  'agent',
  'team',
  'entry',
  'quarter',
  'hour',
  'day',
];
/** Which columns are shown: of callers, the same without short abandons, or of agents' work. */
export const views = ['service', 'exact', 'work'] as const;
export type View = (typeof views)[number];

/** What stands in the address bar: the question to the server, and the choice of columns. */
export type FiguresSearch = Partial<FiguresQuery> & { view?: View };

const word = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 40) : undefined;
const whole = (value: unknown): number | undefined => {
  const n = Number(value ?? Number.NaN);
  return Number.isSafeInteger(n) && n >= 0 ? n : undefined;
};

/** The filter in the address bar; whatever is not understood is dropped rather than sent. */
export function readFiguresSearch(raw: Record<string, unknown>): FiguresSearch {
  const search: { [K in keyof FiguresSearch]: FiguresSearch[K] | undefined } = {
    from: whole(raw.from),
    to: whole(raw.to),
    by: groupings.find((each) => each === raw.by),
    queue: word(raw.queue),
    agent: word(raw.agent),
    view: views.find((each) => each === raw.view),
  };
  return defined(search);
}

/** Without the fields that are not set. */
export function defined(
  search: {
    [K in keyof FiguresSearch]: FiguresSearch[K] | undefined;
  },
): FiguresSearch {
  const set = Object.entries(search).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set) as FiguresSearch;
}

/** The question as the query string of the HTTP contract. */
export function figuresQuery({ view: _view, ...asked }: FiguresSearch): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) query.set(name, String(value));
  const said = query.toString();
  return said === '' ? '' : `?${said}`;
}
