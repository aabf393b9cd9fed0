import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cell, counters, noSums, type Sums } from '../../src/counting/counters.ts';
import { createCounting } from '../../src/counting/fold.ts';
import type { DomainEvent, NewEvent } from '../../src/events.ts';
import { createFiguresBook } from '../../src/figures/book.ts';
import { createFiguresRepo, type FiguresRepo } from '../../src/figures/repo.ts';
import { createFloorFold, type FloorFold } from '../../src/floor/fold.ts';
import { openStore, type Store } from '../../src/store/db.ts';
import { createEventLog, type EventLog } from '../../src/store/event-log.ts';
import { queueIds } from '../figures/city.ts';
import { cityDay } from '../figures/city-day.ts';
import { limitsOf } from '../support/limits.ts';

const midnight = Date.parse('2026-11-21T00:00:00+08:00');
const dayMs = 86_400_000;
const serviceLevelOf = (queueId: string) => (queueId === 'foreign' ? 30_000 : 15_000);
/** 50,000 calls that come within the day; the house stays open until the last has ended. */
const city = { calls: 50_000, seats: 250, from: midnight, seed: 12_345 };

let store: Store;
let log: EventLog;
let repo: FiguresRepo;
let live: FloorFold;
let now = midnight;
const counted: NewEvent[] = [];

/** The house as it runs: events stored, then told to the wall and to the book of figures. */
beforeAll(async () => {
  store = openStore(':memory:');
  log = createEventLog(store, [], { error: () => expect.unreachable('a subscriber failed') });
  repo = createFiguresRepo(store);
  live = createFloorFold(limitsOf(serviceLevelOf));
  log.subscribe((event) => {
    // What the wall shows at midnight is what the day was.
    if (event.at < midnight + dayMs) live.apply(event);
    now = event.at;
  });
  const clock = { now: () => now };
  const book = createFiguresBook({ repo, eventLog: log, clock, limits: limitsOf(serviceLevelOf) });
  await book.follow(async () => {});
  let batch: NewEvent[] = [];
  for (const event of cityDay(city)) {
    counted.push(event);
    if (batch.length > 0 && event.at !== batch[0]?.at) {
      log.append(batch);
      batch = [];
    }
    batch.push(event);
    // Somebody looks now and then, in the middle of everything.
    if (counted.length % 50_000 === 0) book.flush();
  }
  log.append(batch);
  book.flush();
}, 300_000);
afterAll(() => store.close());

const wholeDay = { from: midnight, to: midnight + dayMs, queue: null, agent: null };

/** The sums of the whole log, folded anew by cell. */
function foldAnew(events: Iterable<DomainEvent>, until: number): Map<string, Sums> {
  const cells = new Map<string, Sums>();
  const counting = createCounting({ limits: limitsOf(serviceLevelOf), count: adder(cells) });
  for (const event of events) counting.apply(event);
  counting.cut(until);
  return cells;
}

function adder(cells: Map<string, Sums>) {
  return (cell: Cell, counter: keyof Sums, by: number) => {
    const key = [cell.quarterAt, cell.queueId, cell.entryId, cell.agentId].join('|');
    const sums = cells.get(key) ?? noSums();
    sums[counter] += by;
    cells.set(key, sums);
  };
}

function keptCells(spanMs: number): Map<string, Sums> {
  const rows = store.sql
    .prepare<[number], Sums & { startAt: number } & Omit<Cell, 'quarterAt'>>(
      'SELECT * FROM figure_sums WHERE spanMs = ?',
    )
    .all(spanMs);
  return new Map(
    rows.map((row) => {
      const sums = Object.fromEntries(counters.map((counter) => [counter, row[counter]]));
      return [[row.startAt, row.queueId, row.entryId, row.agentId].join('|'), sums as Sums];
    }),
  );
}

const withoutEmpty = (cells: Map<string, Sums>) =>
  Object.fromEntries([...cells].filter(([, sums]) => Object.values(sums).some((n) => n !== 0)));

describe('a day of 50,000 calls', () => {
  it('is a busy one in which everything happens', () => {
    const all = repo.sums({ ...wholeDay, by: 'all' }).get('') ?? noSums();
    const never = counters.filter((counter) => all[counter] === 0);
    expect(never).toEqual([]);
    expect(counted.filter(({ kind }) => kind === 'call.arrived')).toHaveLength(50_000);
    expect(all.offered).toBeGreaterThan(45_000);
  });

  it('shows on the wall what history says, to the last unit', () => {
    const byQueue = repo.sums({ ...wholeDay, by: 'queue' });
    const total = repo.sums({ ...wholeDay, by: 'all' });
    // Calls of the day that ended after midnight: history knows them, the wall was already clean.
    const late = lateOf(counted);
    for (const [queueId, kept] of [...byQueue, ...total]) {
      const shown = live.figures(queueId);
      const rest = late.figures(queueId);
      expect([queueId, shown]).toEqual([queueId, subtract(kept, rest)]);
    }
    expect(byQueue.size).toBe(queueIds.length);
  });

  it('is the same folded again from the log, cell by cell', () => {
    const anew = withoutEmpty(foldAnew(log.readSince({ afterSeq: 0 }), now));
    expect(withoutEmpty(keptCells(900_000))).toEqual(anew);
    expect(Object.keys(anew).length).toBeGreaterThan(10_000);
  }, 120_000);

  it('adds up: days are sums of quarters, queues are sums of their entries, agents of their queues', () => {
    const { offered } = repo.sums({ ...wholeDay, by: 'all' }).get('') ?? noSums();
    for (const by of ['quarter', 'hour', 'day', 'entry'] as const) {
      const rows = [...repo.sums({ ...wholeDay, by }).values()];
      expect([by, sum(rows, 'offered')]).toEqual([by, offered]);
    }
    const house = repo.sums({ ...wholeDay, by: 'all' }).get('') ?? noSums();
    const agents = [...repo.sums({ ...wholeDay, by: 'agent' }).values()];
    for (const counter of [
      'conversations',
      'transfers',
      'talkMs',
      'holdMs',
      'wrapUpMs',
      'readyMs',
      'notReadyMs',
      'ringMs',
      'ratingAsked',
      'rated',
      'ratingSum',
    ] as const) {
      expect([counter, sum(agents, counter)]).toEqual([counter, house[counter]]);
    }
  });
});

/** What the events after midnight still add to the day before. */
function lateOf(events: readonly NewEvent[]): { figures(queueId: string): Sums } {
  const whole = new Map<string, Sums>();
  const cut = new Map<string, Sums>();
  for (const [cells, until] of [
    [whole, Number.POSITIVE_INFINITY],
    [cut, midnight + dayMs],
  ] as const) {
    const counting = createCounting({
      limits: limitsOf(serviceLevelOf),
      count(cell, counter, by) {
        if (cell.agentId !== '' || cell.quarterAt >= midnight + dayMs) return;
        const sums = cells.get(cell.queueId) ?? noSums();
        sums[counter] += by;
        cells.set(cell.queueId, sums);
      },
    });
    events.forEach((event, at) => {
      if (event.at < until) counting.apply({ ...event, seq: at + 1 });
    });
  }
  return {
    figures(queueId) {
      const late = noSums();
      for (const counter of counters) {
        late[counter] = (whole.get(queueId)?.[counter] ?? 0) - (cut.get(queueId)?.[counter] ?? 0);
      }
      return late;
    },
  };
}

function subtract(kept: Sums, late: Sums) {
  const at = (counter: keyof Sums) => kept[counter] - late[counter];
  return {
    offered: at('offered'),
    answered: at('answered'),
    answeredInTime: at('answeredInTime'),
    abandoned: at('abandoned'),
    abandonedShort: at('abandonedShort'),
    turnedAway: at('turnedAway') + at('refused'),
    waitedMs: at('waitedMs'),
    talkMs: at('conversationMs'),
    rated: at('rated'),
    ratingSum: at('ratingSum'),
  };
}

function sum(rows: readonly Sums[], counter: keyof Sums): number {
  return rows.reduce((all, row) => all + row[counter], 0);
}
