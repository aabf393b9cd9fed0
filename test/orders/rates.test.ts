import { beforeEach, describe, expect, test } from 'vitest';
import { registerRates } from '../../src/app/order-rates.ts';
import { rateCatalogue } from '../../src/order-rates/catalogue.ts';
import { countedRates, rateDefinitions } from '../../src/order-rates/definitions.ts';
import { recompute } from '../../src/order-rates/repo.ts';
import { createOrderRates, type OrderRates } from '../../src/order-rates/service.ts';
import { partsOf, possibleMoves } from '../../src/orders/parts.ts';
import type { ActBody } from '../../src/orders/schema.ts';
import { createRandom } from '../../src/staffing/random.ts';
import { openRoleServer } from '../support/role-server.ts';
import { as, buildHouse, dispatched, type House, lamp, replied } from './rig.ts';

const HOUR_MS = 3_600_000;
let house: House;
let rates: OrderRates;

beforeEach(() => {
  house = buildHouse();
  rates = ratesOf(house);
});

function ratesOf({ facts, clock, units }: House): OrderRates {
  return createOrderRates({
    repo: facts,
    clock,
    unitsBelow: (id) => units.below(id),
    nameOf: (by, key) => (by === 'unit' ? units.nameOf(key) : `${by} ${key}`),
  });
}

const from = Date.parse('2026-01-01T00:00:00+08:00');
const wide = { from, to: from + 1_000 * 24 * HOUR_MS, by: 'all' as const };
const total = async () => (await rates.rates(wide, null)).total.figures;

describe('rates of one order', () => {
  test('signed, contacted, replied and visited in time: everything counts for it', async () => {
    const id = replied(house);
    house.act(id, { do: 'accept-reply' }, as('reviewer'));
    house.act(
      id,
      { do: 'close', satisfied: true, solved: 'solved', rating: 5, why: '满意' },
      as('visitor'),
    );
    const figures = await total();
    const whole = [
      'on-time-sign',
      'first-contact',
      'on-time-close',
      'close',
      'visit',
      'valid-visit',
    ];
    for (const rate of [...whole, 'response', 'resolve', 'satisfaction', 'dispatch-accuracy']) {
      expect([rate, figures[rate as 'close']]).toEqual([rate, { n: 1, d: 1 }]);
    }
    expect(figures['direct-answer']).toEqual({ n: 0, d: 1 });
    expect(figures['three-rate']).toEqual({ n: 10_000, d: 10_000 });
  });

  test('what is late counts without anybody doing anything', async () => {
    const id = dispatched(house);
    expect((await total())['on-time-sign']).toEqual({ n: 0, d: 0 });
    await house.clock.advance(30 * 24 * HOUR_MS);
    expect((await total())['on-time-sign']).toEqual({ n: 0, d: 1 });
    expect((await total())['on-time-close']).toEqual({ n: 0, d: 1 });
    expect(rates.behind({ ...wide, rate: 'on-time-sign', side: 'others', limit: 9 }, null)).toEqual(
      [id],
    );
  });

  test('the same person for the same again within fifteen days', async () => {
    const first = dispatched(house);
    await house.clock.advance(24 * HOUR_MS);
    const second = dispatched(house);
    const figures = await total();
    expect(figures['first-resolution']).toEqual({ n: 1, d: 2 });
    expect(figures.repeat).toEqual({ n: 1, d: 2 });
    const behind = (rate: 'repeat' | 'first-resolution', side: 'numerator' | 'others') =>
      rates.behind({ ...wide, rate, side, limit: 9 }, null);
    expect(behind('repeat', 'numerator')).toEqual([second]);
    expect(behind('first-resolution', 'others')).toEqual([first]);
  });

  test('a unit’s people see their own unit’s figures, and those below', async () => {
    dispatched(house);
    const { figures } = (await rates.rates(wide, house.units.below('water'))).total;
    expect(figures.return).toEqual({ n: 0, d: 0 });
    const own = await rates.rates({ ...wide, by: 'unit' }, house.units.below('traffic'));
    expect(own.rows).toMatchObject([
      { key: 'traffic', name: 'traffic unit', figures: { return: { n: 0, d: 1 } } },
    ]);
  });
});

const ways = new Set<string>(['withdraw', 'refuse', 'answer', 'hand-outside', 'merge', 'archive']);

/** Lets people do whatever they may, at random, on orders at random, while time runs. */
async function wander(seed: number, steps: number): Promise<string[]> {
  const random = createRandom(seed);
  const pick = <T>(list: readonly T[]): T | undefined => list[random.below(list.length)];
  const roles = [
    'agent',
    'dispatcher',
    'reviewer',
    'unit-operator',
    'unit-leader',
    'visitor',
    'supervisor',
    'leader',
  ] as const;
  const ids: string[] = [];
  for (let step = 0; step < steps; step += 1) {
    await house.clock.advance(random.below(20) * HOUR_MS);
    if (random.next() < 0.1 || ids.length === 0) {
      const matter = pick(['M704', 'M905', 'M000']) ?? 'M704';
      ids.push(
        house.orders.open(
          { ...lamp, matter, callerNumber: `1390000000${random.below(3)}` },
          as('agent'),
        ).id,
      );
      continue;
    }
    const id = pick(ids) ?? '';
    const { folded } = house.orders.find(id);
    // Of what anybody could do now; ways out are taken seldom, or no order gets far.
    const could = roles.flatMap((role) => {
      const who = as(role);
      const { id: personId } = who.person;
      const hand = { personId, unitId: house.units.of(personId) };
      return possibleMoves(folded, partsOf([role]), hand, house.units).map((act) => ({ act, who }));
    });
    const onward = could.filter(({ act }) => !ways.has(act) || random.next() < 0.05);
    const { act, who } = pick(onward) ?? {};
    if (act === undefined || who === undefined) continue;
    const body: ActBody = {
      do: act,
      why: '原因',
      ground: '职责不符',
      unitId: pick(['traffic', 'water', 'market']),
      workdays: 2,
      publicReply: '已办结',
      proof: '已通话',
      plan: '计划',
      callId: 'call-1',
      satisfied: random.next() < 0.7,
      rating: 1 + random.below(5),
      solved: pick(['solved', 'partly', 'not']),
      notReached: random.next() < 0.2,
    };
    try {
      house.act(id, body, who);
    } catch {
      // Refused by a guard: that is not what is tested here.
    }
  }
  return ids;
}

test('matters and areas are called by their names', async () => {
  dispatched(house);
  const names = async (by: 'matter' | 'area') =>
    (await rates.rates({ ...wide, by }, null)).rows.map(({ key, name }) => [key, name]);
  expect(await names('matter')).toEqual([['M704', 'matter M704']]);
  expect(await names('area')).toEqual([['440105', 'area 440105']]);
});

test.each([1, 2, 3])(
  'whatever happens: live figures are those of the log, and numerators lie in denominators (%d)',
  async (seed) => {
    const ids = await wander(seed, 400);
    for (const id of ids) expect(house.facts.factsOf(id)).toEqual(recompute(house.chain.of(id)));
    const all = await rates.rates(wide, null);
    const byUnit = await rates.rates({ ...wide, by: 'unit' }, null);
    const byDay = await rates.rates({ ...wide, by: 'day' }, null);
    let counted = 0;
    for (const rate of countedRates) {
      const { n, d } = all.total.figures[rate] ?? { n: -1, d: -1 };
      const behind = (side: 'denominator' | 'numerator' | 'others') =>
        rates.behind({ ...wide, rate, side, limit: 200 }, null);
      const [whole, good, others] = [behind('denominator'), behind('numerator'), behind('others')];
      expect([rate, whole.length, good.length, others.length]).toEqual([rate, d, n, d - n]);
      expect(new Set([...good, ...others])).toEqual(new Set(whole));
      for (const rows of [byUnit.rows, byDay.rows]) {
        expect([rate, rows.reduce((sum, row) => sum + (row.figures[rate]?.d ?? 0), 0)]).toEqual([
          rate,
          d,
        ]);
      }
      counted += d;
    }
    expect(counted).toBeGreaterThan(50);
  },
);

test('every rate is published in both languages, twenty-two indicators in all', () => {
  expect(rateCatalogue.rates).toHaveLength(countedRates.length + 1);
  for (const { name, numerator, denominator, basis, source } of rateCatalogue.rates) {
    for (const { zh, en } of [name, numerator, denominator, basis, source]) {
      expect([zh === '', en === '']).toEqual([false, false]);
    }
  }
  expect(Object.keys(rateDefinitions)).toEqual(countedRates);
});

test('the doors: definitions, figures by unit, the orders behind one; units see their own only', async () => {
  const server = await openRoleServer((app) => registerRates(app, house));
  const id = dispatched(house);
  const period = `from=${wide.from}&to=${wide.to}`;
  const definitions = await server.ask('GET', '/api/order-rates/definitions', undefined, 'agent');
  expect(definitions.json()).toEqual(rateCatalogue);
  const figures = await server.ask(
    'GET',
    `/api/order-rates?${period}&by=unit`,
    undefined,
    'supervisor',
  );
  expect(figures.json()).toMatchObject({ rows: [{ name: 'traffic unit' }], total: { key: '' } });
  const behind = `/api/order-rates/orders?${period}&rate=direct-answer&side=others`;
  const rows = await server.ask('GET', behind, undefined, 'supervisor');
  expect(rows.json()).toMatchObject({ rows: [{ id, leadUnit: 'traffic unit' }] });
  // The unit of nobody: the role server's person acts for none.
  const unit = await server.ask('GET', behind, undefined, 'unit-operator');
  expect(unit.json()).toEqual({ rows: [] });
  expect((await server.ask('GET', '/api/order-rates', undefined, 'admin')).statusCode).toBe(403);
  const upside = await server.ask('GET', '/api/order-rates?from=2&to=1', undefined, 'supervisor');
  expect(upside.statusCode).toBe(422);
  await server.app.close();
});

test('orders older than the rates are folded from the log at the start', () => {
  const id = replied(house);
  const before = house.facts.factsOf(id);
  house.store.sql.exec('DELETE FROM order_facts');
  house.facts.catchUp((orderId) => house.chain.of(orderId));
  expect(house.facts.factsOf(id)).toEqual(before);
});
