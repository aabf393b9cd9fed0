import { setImmediate } from 'node:timers/promises';
import type { Order } from '../order-rules/order.ts';
import type { SupervisionConfig } from '../order-rules/supervision.ts';
import type { OrdersRepo } from './repo.ts';
import type { League } from './supervision-schema.ts';
import type { Units } from './units.ts';

type Weights = SupervisionConfig['league']['weights'];
type Indicator = keyof Weights;
type Share = { of: number; from: number };
type Row = League['groups'][number]['units'][number];

interface Parts {
  readonly repo: OrdersRepo;
  readonly units: Units;
  readonly league: SupervisionConfig['league'];
}

/** Does the order count for a share, and well? Null leaves the share alone. */
const counts: Record<Indicator, (order: Order) => boolean | null> = {
  onTime({ clocks }) {
    const reply = clocks.find(({ kind }) => kind === 'reply');
    return reply ? (reply.stoppedAt ?? Infinity) <= reply.dueAt : null;
  },
  satisfied: ({ satisfied }) => satisfied,
  firstTime: ({ reworks }) => reworks === 0,
  accepted: ({ improperReturns }) => improperReturns === 0,
  unsupervised: ({ supervision }) => supervision === 0,
};
const indicators = Object.keys(counts) as Indicator[];

/**
 * The table of units (效能榜): the orders that ended in [from, to), by the unit that led them; units only
 * beside units they can be compared with. Gives way to calls between two pages of rows.
 */
export async function leagueOf(
  { repo, units, league }: Parts,
  from: number,
  to: number,
): Promise<League> {
  const shares = new Map<string, { orders: number; shares: Record<Indicator, Share> }>();
  for (const page of repo.endedBetween(from, to)) {
    for (const order of page) {
      if (order.leadUnitId === null || order.state === 'merged') continue;
      const sums = shares.get(order.leadUnitId) ?? { orders: 0, shares: noShares() };
      shares.set(order.leadUnitId, sums);
      sums.orders += 1;
      for (const name of indicators) {
        const good = counts[name](order);
        if (good !== null) sums.shares[name].from += 1;
        if (good) sums.shares[name].of += 1;
      }
    }
    await setImmediate();
  }
  const groups = new Map<string, Row[]>();
  for (const [unitId, { orders, shares: own }] of shares) {
    const score = orders < league.leastOrders ? null : scoreOf(own, league.weights);
    const { peers = '', name = unitId } = units.find(unitId) ?? {};
    const row = { unitId, name, orders, rank: null, score, shares: own };
    groups.set(peers, [...(groups.get(peers) ?? []), row]);
  }
  return {
    weights: league.weights,
    leastOrders: league.leastOrders,
    groups: [...groups]
      .map(([peers, rows]) => ({ peers, units: peers === '' ? unranked(rows) : ranked(rows) }))
      .toSorted((a, b) => a.peers.localeCompare(b.peers, 'zh')),
  };
}

/** The weighted mean of the shares there are, 0 to 100 with one decimal. */
export function scoreOf(shares: Record<Indicator, Share>, weights: Weights): number | null {
  let sum = 0;
  let weight = 0;
  for (const name of indicators) {
    const { of, from } = shares[name];
    if (from === 0) continue;
    sum += (weights[name] * of) / from;
    weight += weights[name];
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

function noShares(): Record<Indicator, Share> {
  const none = () => ({ of: 0, from: 0 });
  return {
    onTime: none(),
    satisfied: none(),
    firstTime: none(),
    accepted: none(),
    unsupervised: none(),
  };
}
