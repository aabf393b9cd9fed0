import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../../../src/staffing/random.ts';
import { openStore } from '../../../src/store/db.ts';
import { type Figures, figuresOf, ratioOf } from '../figures.ts';
import {
  areas,
  as,
  foundUnits,
  importRules,
  matterOf,
  numberOf,
  type OrderHouse,
  openOrderHouse,
  phoneOf,
} from '../order-city.ts';
import { fillOrders } from '../order-rows.ts';
import type { Row } from '../row.ts';

const GOAL_MS = 50;
const PAGE = 50;

export const orders: Row = {
  name: 'orders',
  title:
    'ms to read of a million work orders and 39,000 rules: to-do list, search by number or phone, dispatch decision; control: as many rows by primary key with better-sqlite3 alone',
  async run({ tiny, progress }) {
    const folder = mkdtempSync(join(tmpdir(), 'yihao-bench-orders-'));
    const file = join(folder, 'orders.sqlite');
    const store = openStore(file);
    try {
      const house = openOrderHouse(store);
      const count = tiny ? 2_000 : 1_000_000;
      const began = performance.now();
      const handling = foundUnits(house);
      const rules = tiny ? 1_000 : 39_000;
      await importRules(house, rules, handling);
      const importSeconds = (performance.now() - began) / 1_000;
      // Nothing of it has to outlive a power cut before it is measured.
      store.sql.pragma('synchronous = OFF');
      await fillOrders(house, count, handling, (done) =>
        progress(`${done} of ${count} orders written`),
      );
      store.sql.pragma('wal_checkpoint(TRUNCATE)');
      store.sql.pragma('synchronous = FULL');
      const buildSeconds = (performance.now() - began) / 1_000;
      progress('asking');
      const asked = ask(house, count, rules, tiny ? 20 : 200);
      const slowest = asked.reduce((a, b) => ((b.figures.p95 ?? 0) > (a.figures.p95 ?? 0) ? b : a));
      const control = figuresOf(controlTimes(house, count, tiny ? 20 : 200));
      const { figures } = slowest;
      return {
        samples: asked.reduce((sum, { samples }) => sum + samples, 0),
        ours: figures,
        control,
        ratio: { p50: ratioOf(figures.p50, control.p50), p99: ratioOf(figures.p99, control.p99) },
        goal: `each kind of question p95 ≤ ${GOAL_MS} ms (figures: the slowest kind)`,
        met: tiny ? null : asked.every(({ figures: { p95 } }) => (p95 ?? Infinity) <= GOAL_MS),
        notes: [
          ...asked.map(
            ({ what, figures: { p50, p95, max } }) =>
              `${what}: ${ms(p50)} ms p50, ${ms(p95)} p95, ${ms(max)} max.`,
          ),
          `The control reads ${PAGE} whole rows by primary key.`,
          `${count} orders (three in a hundred open) of ${handling.length} units and ${rules} rules, ${(statSync(file).size / 1e9).toFixed(2)} GB, built in ${buildSeconds.toFixed(0)} s; the rules' checked import took ${importSeconds.toFixed(1)} s of it. Orders are copies of orders that went the real way, so their events are few; no question here reads events.`,
        ],
      };
    } finally {
      store.close();
      rmSync(folder, { recursive: true });
    }
  },
};

interface Asked {
  what: string;
  samples: number;
  figures: Figures;
}

/** Every kind of question, in turns, so that none has the cache to itself. */
function ask(
  { reading, rules }: OrderHouse,
  count: number,
  ruleCount: number,
  times: number,
): Asked[] {
  const random = createRandom(7);
  const anOrder = () => random.below(count);
  const base = { view: 'mine' as const, limit: PAGE };
  const unit = (id: string) => as('unit-operator', `${id}-person`);
  const kinds: Record<string, () => unknown> = {
    'To-do list of a dispatcher': () => reading.list(base, as('dispatcher')),
    'To-do list of a reviewer': () => reading.list(base, as('reviewer')),
    'To-do list of a visitor': () => reading.list(base, as('visitor')),
    'To-do list of the agents': () => reading.list(base, as('agent')),
    'To-do list of an office': () => reading.list(base, unit('d0-office0')),
    'To-do list of a district with all below it': () => reading.list(base, unit('d0')),
    'To-do list of the city with all below it': () => reading.list(base, unit('city')),
    'All orders, for the hotline': () => reading.list({ ...base, view: 'all' }, as('dispatcher')),
    'All orders of a district': () => reading.list({ ...base, view: 'all' }, unit('d0')),
    'All orders of the city with all below it': () =>
      reading.list({ ...base, view: 'all' }, unit('city')),
    'Closed orders, for the hotline': () =>
      reading.list({ ...base, state: 'closed' }, as('dispatcher')),
    'By number': () => reading.list({ ...base, number: numberOf(anOrder()) }, as('agent')),
    'By phone': () => reading.list({ ...base, caller: phoneOf(anOrder()) }, as('agent')),
    'Dispatch decision': () =>
      rules.propose(
        matterOf(random.below(Math.ceil(ruleCount / areas.length) + 2)),
        areas[random.below(areas.length)] ?? '',
      ),
  };
  const spent = new Map(Object.keys(kinds).map((what) => [what, [] as number[]]));
  for (let round = 0; round < times; round += 1) {
    for (const [what, question] of Object.entries(kinds)) {
      const before = performance.now();
      question();
      spent.get(what)?.push(performance.now() - before);
    }
  }
  return [...spent].map(([what, values]) => ({
    what,
    samples: values.length,
    figures: figuresOf(values),
  }));
}

function controlTimes({ store }: OrderHouse, count: number, times: number): number[] {
  const random = createRandom(8);
  const byId = store.sql.prepare<[string]>('SELECT * FROM orders WHERE id = ?');
  return Array.from({ length: times }, () => {
    const before = performance.now();
    for (let row = 0; row < PAGE; row += 1) {
      byId.get(`01ORDER${String(random.below(count)).padStart(19, '0')}`);
    }
    return performance.now() - before;
  });
}

function ms(value: number | null): string {
  return value === null ? '–' : value.toPrecision(3);
}
