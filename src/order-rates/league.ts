import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { Clock } from '../kit/clock.ts';
import { type CountedRate, countedRates, rateDefinitions } from './definitions.ts';
import type { RatesRepo } from './repo.ts';
import type { League } from './schema.ts';

type Row = League['groups'][number]['units'][number];
type Figures = Row['figures'];
/** A rate, and what it weighs in the score. */
export type Weights = readonly (readonly [rate: CountedRate, weight: number])[];

const known = z.partialRecord(z.enum(countedRates), z.number());

interface Parts {
  readonly repo: RatesRepo;
  readonly clock: Pick<Clock, 'now'>;
  readonly unit: (unitId: string) => { name: string; peers: string };
  readonly config: {
    readonly weights: Readonly<Record<string, number>>;
    readonly leastOrders: number;
  };
}

/** Its denominator is what was closed in the period. */
const ofClosed: CountedRate = 'rework';

/**
 * The table of units (效能榜) over [from, to): the published rates of each unit, weighted; units only
 * beside units they can be compared with. Gives way to calls between two rates.
 * @returns a function of the period
 * @throws ZodError for a weight on a rate that is not published
 */
export function createLeague({ repo, clock, unit, config }: Parts) {
  const weights = Object.entries(known.parse(config.weights)) as [CountedRate, number][];
  return async (from: number, to: number): Promise<League> => {
    const asked = { from, to, at: clock.now(), unitIds: null, matter: '', area: '' };
    const byUnit = new Map<string, Figures>();
    for (const rate of new Set([ofClosed, ...weights.map(([name]) => name)])) {
      for (const { key, n, d } of repo.count(rateDefinitions[rate], asked, 'unit')) {
        if (key !== '') byUnit.set(key, { ...byUnit.get(key), [rate]: { n, d } });
      }
      await setImmediate();
    }
    const groups = new Map<string, Row[]>();
    for (const [unitId, figures] of byUnit) {
      const { name, peers } = unit(unitId);
      const orders = figures[ofClosed]?.d ?? 0;
      const score = orders < config.leastOrders ? null : scoreOf(figures, weights);
      const row = { unitId, name, orders, rank: null, score, figures };
      groups.set(peers, [...(groups.get(peers) ?? []), row]);
    }
    return {
      measures: weights.map(([rate, weight]) => {
        const { name, isAgainst = false } = rateDefinitions[rate];
        return { rate, name, isAgainst, weight };
      }),
      leastOrders: config.leastOrders,
      groups: [...groups]
        .map(([peers, rows]) => ({ peers, units: peers === '' ? unranked(rows) : ranked(rows) }))
        .toSorted((a, b) => a.peers.localeCompare(b.peers, 'zh')),
    };
  };
}

/** The weighted mean of the rates there are, 0 to 100 with one decimal; null without any. */
export function scoreOf(figures: Figures, weights: Weights): number | null {
  let sum = 0;
  let weight = 0;
  for (const [rate, own] of weights) {
    const { n, d } = figures[rate] ?? { n: 0, d: 0 };
    if (d === 0) continue;
    sum += (own * (rateDefinitions[rate].isAgainst ? d - n : n)) / d;
    weight += own;
  }
  return weight === 0 ? null : Math.round((sum / weight) * 1_000) / 10;
}

/** Equal scores share a rank. */
function ranked(rows: readonly Row[]): Row[] {
  const sorted = rows.toSorted((a, b) => (b.score ?? -1) - (a.score ?? -1) || b.orders - a.orders);
  return sorted.map((row) => ({
    ...row,
    rank: row.score === null ? null : sorted.findIndex(({ score }) => score === row.score) + 1,
  }));
}

/** Units nobody put into a group are shown and not ranked. */
function unranked(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => b.orders - a.orders);
}
