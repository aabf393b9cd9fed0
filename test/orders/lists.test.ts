import { expect, test } from 'vitest';
import { orderStateNames } from '../../src/order-rules/words.ts';
import { OrderLists, type Reach } from '../../src/orders/lists.ts';
import { createRandom } from '../../src/staffing/random.ts';
import { openStore } from '../../src/store/db.ts';
import { as, buildHouse, dispatched, lamp } from './rig.ts';

const UNITS = ['a', 'b', 'c', 'd', null] as const;

/** Orders anywhere, in any state, with a clock and without; no two of the same moment. */
function someOrders() {
  const store = openStore(':memory:');
  const random = createRandom(5);
  const orders = Array.from({ length: 600 }, (_, at) => ({
    id: `order-${at}`,
    state: orderStateNames[random.below(orderStateNames.length)] ?? 'draft',
    unit: UNITS[random.below(UNITS.length)] ?? null,
    createdAt: (at * 7_919) % 600,
    dueAt: random.next() < 0.4 ? 10_000 + ((at * 104_729) % 600) : null,
  }));
  const insert = store.sql.prepare<[object]>(
    `INSERT INTO orders (id, state, handlingUnitId, createdAt, dueAt, type, urgency, matter, area,
       sealed, title, content, place, callerName, callerNumber, createdBy, supervision, folded)
     VALUES (@id, @state, @unit, @createdAt, @dueAt, '', '', '', '', 0, '', '', '', '', '', '', 0, '{}')`,
  );
  for (const order of orders) insert.run(order);
  const idOf = store.sql.prepare<[number], string>('SELECT id FROM orders WHERE rowid = ?').pluck();
  const lists = new OrderLists(store);
  return {
    orders,
    list: (reach: Reach, limit: number) => lists.rowsOf(reach, limit).map((row) => idOf.get(row)),
  };
}

test('a list is what sorting all orders within reach would give, at any length', () => {
  const { orders, list } = someOrders();
  const reaches: Reach[] = [
    { unitIds: null },
    { unitIds: null, states: ['review', 'rework'] },
    { unitIds: null, states: ['draft'] },
    { unitIds: ['a', 'b', 'c', 'd', 'nowhere'] },
    { unitIds: ['b', 'd'], states: ['handling', 'dispatched', 'closed'] },
    { unitIds: ['nowhere'] },
    { unitIds: [] },
  ];
  for (const reach of reaches) {
    const { unitIds, states } = reach;
    const sorted = orders
      .filter(({ unit }) => unitIds === null || (unit !== null && unitIds.includes(unit)))
      .filter(({ state }) => states === undefined || states.includes(state))
      .toSorted((a, b) =>
        a.dueAt === null || b.dueAt === null
          ? Number(a.dueAt === null) - Number(b.dueAt === null) || b.createdAt - a.createdAt
          : a.dueAt - b.dueAt,
      )
      .map(({ id }) => id);
    for (const limit of [1, 3, 20, 200, 700]) {
      expect(list(reach, limit), `${JSON.stringify(reach)} ${limit}`).toEqual(
        sorted.slice(0, limit),
      );
    }
  }
});

test('what burns first at the top, behind it what no clock runs for, the newest first', async () => {
  const house = buildHouse();
  const drafts = [house.orders.open(lamp, as('agent')).id];
  await house.clock.advance(1_000);
  drafts.push(house.orders.open(lamp, as('agent')).id);
  const later = dispatched(house);
  const elsewhere = house.orders.open(
    { ...lamp, matter: 'M905', urgency: 'emergency' },
    as('agent'),
  ).id;
  house.act(elsewhere, { do: 'submit' }, as('agent'));
  const ids = (query: object, who = as('dispatcher')) =>
    house.reading.list({ view: 'all', limit: 50, ...query }, who).map(({ id }) => id);
  expect(ids({})).toEqual([elsewhere, later, ...drafts.toReversed()]);
  expect(ids({ limit: 3 })).toEqual([elsewhere, later, drafts[1]]);
  expect(ids({ state: 'draft' })).toEqual(drafts.toReversed());
  expect(ids({ state: 'dispatched', limit: 1 })).toEqual([elsewhere]);
  expect(ids({}, as('unit-operator'))).toEqual([later]);
  house.act(later, { do: 'withdraw', why: '来电人撤回', callId: 'call-1' }, as('agent'));
  expect(ids({}, as('unit-operator'))).toEqual([later]);
  expect(ids({ view: 'mine' }, as('unit-operator'))).toEqual([]);
});
