import { setImmediate } from 'node:timers/promises';
import type { OrderRow } from '../../src/orders/repo.ts';
import { type ActBody, newOrderSchema } from '../../src/orders/schema.ts';
import type { Visitor } from '../../src/orders/service.ts';
import { createRandom, type Random } from '../../src/staffing/random.ts';
import {
  areas,
  as,
  districtCode,
  matterOf,
  numberOf,
  type OrderHouse,
  phoneOf,
} from './order-city.ts';

const DAY_MS = 86_400_000;
const TWO_YEARS_MS = 2 * 365 * DAY_MS;
/** Of all orders, those somebody still has to act on. */
const OPEN_SHARE = 0.03;
const STEP = 20_000;
/** Who has the patterns; copies name another unit. */
const OFFICE = 'd0-office0';

const request = newOrderSchema.parse({
  type: 'help',
  // No rule names it: a dispatcher decides.
  matter: 'M9999',
  area: districtCode(0),
  title: '路口信号灯不亮，早高峰车辆抢行',
  content: '来电人反映路口南北向信号灯自昨晚起不亮，学生过马路危险，希望尽快修复。'.repeat(3),
  place: '体育西路 101 号路口',
  callerName: '王女士',
  callerNumber: '13912345678',
});

/** One order at each stop of its way, moved there by the real rules. */
function patterns(house: OrderHouse): { open: OrderRow[]; ended: OrderRow[] } {
  const { orders } = house;
  const operator = as('unit-operator', 'd0-office0-person');
  const head = as('unit-leader', 'd0-office0-person');
  const steps: readonly (readonly [ActBody, Visitor])[] = [
    [{ do: 'submit' }, as('agent')],
    [{ do: 'dispatch', unitId: 'd0-office0' }, as('dispatcher')],
    [{ do: 'sign', owner: 'd0-office0-person' }, operator],
    [{ do: 'contact', proof: '已通话' }, operator],
    [{ do: 'reply', publicReply: '已安排人员处理完毕。' }, operator],
    [{ do: 'approve-reply' }, head],
    [{ do: 'accept-reply' }, as('reviewer')],
    [{ do: 'close', satisfied: true, why: '已解决' }, as('visitor')],
  ];
  const rows = steps.map((_, stop) => {
    const { id } = orders.open(request, as('agent'));
    for (const [act, by] of steps.slice(0, stop + 1)) orders.act(id, act, by);
    return orders.find(id);
  });
  return {
    open: rows.filter(({ endedAt }) => endedAt === null),
    ended: rows.filter(({ endedAt }) => endedAt !== null),
  };
}

/**
 * Fills the table of orders: copies of orders that went the real way, each with number, caller, unit
 * and times of its own, three in a hundred still open. Indexes are made afterwards, which is quicker.
 */
export async function fillOrders(
  house: OrderHouse,
  count: number,
  handling: readonly string[],
  onProgress: (done: number) => void,
): Promise<void> {
  const { sql } = house.store;
  const { open, ended } = patterns(house);
  const makeIndexes = dropIndexes(house);
  const columns = Object.keys(open[0] ?? {});
  const insert = sql.prepare<[object]>(
    `INSERT INTO orders (${columns.join()}) VALUES (${columns.map((name) => `@${name}`).join()})`,
  );
  const random = createRandom(12_345);
  const city = { handling, random, now: house.clock.now() };
  for (let from = 0; from < count; from += STEP) {
    const until = Math.min(count, from + STEP);
    house.store.transaction(() => {
      for (let order = from; order < until; order += 1) {
        const among = random.next() < OPEN_SHARE ? open : ended;
        const pattern = among[random.below(among.length)];
        if (pattern) insert.run(copyOf(pattern, order, city));
      }
    });
    onProgress(until);
    await setImmediate();
  }
  makeIndexes();
  sql.exec('ANALYZE');
}

interface City {
  handling: readonly string[];
  random: Random;
  now: number;
}

function copyOf(pattern: OrderRow, order: number, { handling, random, now }: City): object {
  const isOpen = pattern.endedAt === null;
  const unit = pattern.handlingUnitId && (handling[random.below(handling.length)] ?? OFFICE);
  const id = `01ORDER${String(order).padStart(19, '0')}`;
  const age = isOpen ? random.exponential(4 * DAY_MS) : random.next() * TWO_YEARS_MS;
  const createdAt = Math.floor(now - age);
  const folded = JSON.stringify(pattern.folded).replaceAll(pattern.id, id);
  return {
    ...pattern,
    id,
    number: numberOf(order),
    callerNumber: phoneOf(order),
    matter: matterOf(random.below(200)),
    area: areas[random.below(areas.length)] ?? '',
    sealed: 0,
    answers: null,
    createdAt,
    dueAt: isOpen && pattern.dueAt !== null ? createdAt + 5 * DAY_MS : null,
    wakeAt: null,
    endedAt: isOpen ? null : createdAt + 3 * DAY_MS,
    leadUnitId: unit,
    handlingUnitId: unit,
    folded: unit === null ? folded : folded.replaceAll(OFFICE, unit),
  };
}

/** Takes the indexes of the orders away. @returns what makes them again */
function dropIndexes({ store: { sql } }: OrderHouse): () => void {
  const indexes = sql
    .prepare<[], { name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_schema
       WHERE type = 'index' AND tbl_name = 'orders' AND sql IS NOT NULL`,
    )
    .all();
  for (const { name } of indexes) sql.exec(`DROP INDEX ${name}`);
  return () => {
    for (const index of indexes) sql.exec(index.sql);
  };
}
