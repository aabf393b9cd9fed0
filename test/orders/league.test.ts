import { beforeEach, describe, expect, test } from 'vitest';
import { registerRates } from '../../src/app/order-rates.ts';
import { createLeague, scoreOf, type Weights } from '../../src/order-rates/league.ts';
import { createOrderRates } from '../../src/order-rates/service.ts';
import { openRoleServer } from '../support/role-server.ts';
import { as, buildHouse, dispatched, type House, replied } from './rig.ts';

const day = 86_400_000;
let house: House;

beforeEach(() => {
  house = buildHouse();
});

/** An order that is done, the first time and to the caller's satisfaction. */
function closed(): void {
  const id = replied(house);
  house.act(id, { do: 'accept-reply' }, as('reviewer'));
  house.act(id, { do: 'close', satisfied: true, rating: 5 }, as('visitor'));
}

function tableOf(leastOrders: number, weights = house.supervision.league.weights) {
  const { facts: repo, clock, units } = house;
  const unit = (id: string) => ({ name: units.nameOf(id), peers: units.find(id)?.peers ?? '' });
  return createLeague({ repo, clock, unit, config: { weights, leastOrders } });
}

describe('the score', () => {
  const weights: Weights = [
    ['on-time-close', 50],
    ['satisfaction', 30],
    ['rework', 20],
  ];
  const figures = {
    'on-time-close': { n: 8, d: 10 },
    satisfaction: { n: 0, d: 0 },
    rework: { n: 1, d: 10 },
  };

  test('is the weighted mean of the rates there are; one that counts against goes in as the rest', () => {
    // (50 × 0.8 + 20 × 0.9) ÷ 70
    expect(scoreOf(figures, weights)).toBe(82.9);
    expect(scoreOf({ ...figures, satisfaction: { n: 1, d: 2 } }, weights)).toBe(73);
    expect(scoreOf({}, weights)).toBeNull();
  });

  test('is made of published rates only', () => {
    expect(() => tableOf(1, { luck: 100 })).toThrow();
  });
});

test('ranks units among their peers only, with enough orders only', async () => {
  for (const unit of house.units.all()) house.units.put({ ...unit, peers: '市直部门' });
  closed();
  const now = house.clock.now();
  const period = [now - day, now + 7 * day] as const;
  expect((await tableOf(1)(...period)).groups).toMatchObject([
    { peers: '市直部门', units: [{ unitId: 'traffic', rank: 1, score: 100, orders: 1 }] },
  ]);
  expect((await tableOf(2)(...period)).groups[0]?.units[0]).toMatchObject({
    rank: null,
    score: null,
  });
  house.units.put({
    id: 'traffic',
    parentId: null,
    name: 'T',
    dutyPersonId: null,
    enabled: true,
    peers: '',
  });
  expect((await tableOf(1)(...period)).groups).toMatchObject([
    { peers: '', units: [{ name: 'T', rank: null, score: 100 }] },
  ]);
  expect((await tableOf(1)(now + 8 * day, now + 9 * day)).groups).toEqual([]);
});

test('its figures are the published ones of the same unit and period', async () => {
  closed();
  dispatched(house);
  await house.clock.advance(20 * day);
  const { facts: repo, clock, units } = house;
  const [from, to] = [clock.now() - 30 * day, clock.now()];
  const unitsBelow = (id: string) => units.below(id);
  const rates = createOrderRates({
    repo,
    clock,
    unitsBelow,
    nameOf: (_by, id) => units.nameOf(id),
  });
  const published = (await rates.rates({ from, to, by: 'unit' }, null)).rows;
  const { groups, measures } = await tableOf(1)(from, to);
  const row = groups[0]?.units[0];
  expect(row).toMatchObject({ unitId: 'traffic', orders: 1 });
  // One of two replied in time, and none of it is counted a second way.
  expect(row?.figures['on-time-close']).toEqual({ n: 1, d: 2 });
  for (const { rate } of measures)
    expect([rate, row?.figures[rate] ?? { n: 0, d: 0 }]).toEqual([
      rate,
      published.find(({ key }) => key === 'traffic')?.figures[rate] ?? { n: 0, d: 0 },
    ]);
});

test('an order that came under supervision counts against its unit', async () => {
  const id = replied(house);
  house.act(id, { do: 'supervise', level: 1, why: '群众多次催办' }, as('supervisor'));
  house.act(id, { do: 'accept-reply' }, as('reviewer'));
  house.act(id, { do: 'close', satisfied: true, rating: 5 }, as('visitor'));
  closed();
  const now = house.clock.now();
  const [group] = (await tableOf(1)(now - day, now + day)).groups;
  expect(group?.units[0]?.figures.supervised).toEqual({ n: 1, d: 2 });
});

test('the doors: for those who supervise, and for leaders of units; a year at most', async () => {
  const { app, ask } = await openRoleServer((server) => registerRates(server, house));
  const status = async (period: string, role: string) =>
    (await ask('GET', `/api/supervision/league?${period}`, undefined, role)).statusCode;
  expect(await status('from=2026-05-01&to=2026-05-31', 'supervisor')).toBe(200);
  expect(await status('from=2026-05-01&to=2026-05-31', 'unit-leader')).toBe(200);
  expect(await status('from=2026-05-01&to=2026-05-31', 'unit-operator')).toBe(403);
  expect(await status('from=2024-05-01&to=2026-05-31', 'supervisor')).toBe(422);
  await app.close();
});
