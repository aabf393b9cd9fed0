import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../kit/clock.ts';
import { AppError } from '../kit/errors.ts';
import { threeRate } from './catalogue.ts';
import { countedRates, rateDefinitions } from './definitions.ts';
import type { Asked, RatesRepo } from './repo.ts';
import type { BehindQuery, Rates, RatesQuery, RatesRow } from './schema.ts';

const DAY_MS = 86_400_000;
const USUAL_DAYS = 30;
const LONGEST_DAYS = 1_100;

export interface RatesParts {
  readonly repo: RatesRepo;
  readonly clock: Pick<Clock, 'now'>;
  /** A unit with all below it. */
  readonly unitsBelow: (unitId: string) => readonly string[];
  /** What a unit, matter or area is called; the key where it has no name. */
  readonly nameOf: (by: 'unit' | 'matter' | 'area', key: string) => string;
}

/** The rates of work orders. `mine` are the units somebody may see; null is all. */
export interface OrderRates {
  /** @throws AppError `invalid-input` for an empty period, or one of more than three years */
  rates(query: RatesQuery, mine: readonly string[] | null): Promise<Rates>;
  /** Ids of the orders behind a figure. @throws AppError as `rates`; `not-found` for a composed score */
  behind(query: BehindQuery, mine: readonly string[] | null): string[];
}

export function createOrderRates({ repo, clock, unitsBelow, nameOf }: RatesParts): OrderRates {
  function asked(query: RatesQuery, mine: readonly string[] | null): Asked {
    const at = clock.now();
    const to = query.to ?? at + 1;
    const from = query.from ?? to - USUAL_DAYS * DAY_MS;
    if (to <= from || to - from > LONGEST_DAYS * DAY_MS) throw new AppError('invalid-input');
    const wanted = query.unit === undefined ? null : unitsBelow(query.unit);
    const unitIds = wanted && mine ? wanted.filter((id) => mine.includes(id)) : (wanted ?? mine);
    return { from, to, at, unitIds, matter: query.matter ?? '', area: query.area ?? '' };
  }

  return {
    async rates(query, mine) {
      const question = asked(query, mine);
      const rows = new Map<string, RatesRow['figures']>();
      const total: RatesRow['figures'] = {};
      for (const rate of countedRates) {
        const counted = repo.count(rateDefinitions[rate], question, query.by);
        for (const { key, n, d } of counted) {
          const row = rows.get(key) ?? {};
          row[rate] = { n, d };
          rows.set(key, row);
        }
        total[rate] = {
          n: counted.reduce((sum, { n }) => sum + n, 0),
          d: counted.reduce((sum, { d }) => sum + d, 0),
        };
        // A year of orders is a tenth of a second a rate: calls come in between.
        await setImmediate();
      }
      const { from, to, at } = question;
      const isTime = query.by === 'day' || query.by === 'month';
      const sorted = [...rows].sort(([a], [b]) =>
        isTime ? Number(a) - Number(b) : a < b ? -1 : 1,
      );
      return {
        from,
        to,
        at,
        by: query.by,
        rows: query.by === 'all' ? [] : sorted.map(([key, figures]) => rowOf(key, figures, query)),
        total: { key: '', name: '', figures: withScore(total) },
      };
    },
    behind(query, mine) {
      if (query.rate === 'three-rate') throw new AppError('not-found');
      return repo.behind(rateDefinitions[query.rate], asked(query, mine), query);
    },
  };

  function rowOf(key: string, figures: RatesRow['figures'], { by }: RatesQuery): RatesRow {
    const isNamed = by === 'unit' || by === 'matter' || by === 'area';
    const name = isNamed && key !== '' ? nameOf(by, key) : key;
    return { key, name, figures: withScore(figures) };
  }
}

/** With the composed score, in hundredths of a per cent, where all its parts have something to say. */
function withScore(figures: RatesRow['figures']): RatesRow['figures'] {
  let score = 0;
  for (const { rate, weight } of threeRate) {
    const part = figures[rate];
    if (!part || part.d === 0) return figures;
    score += (100 * weight * part.n) / part.d;
  }
  return { ...figures, 'three-rate': { n: Math.round(score), d: 10_000 } };
}
