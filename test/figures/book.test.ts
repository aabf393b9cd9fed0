import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noSums } from '../../src/counting/counters.ts';
import type { NewEvent } from '../../src/events.ts';
import { createFiguresBook, type FiguresBook } from '../../src/figures/book.ts';
import { createFiguresRepo, type FiguresRepo } from '../../src/figures/repo.ts';
import { openStore, type Store } from '../../src/store/db.ts';
import { createEventLog, type EventLog } from '../../src/store/event-log.ts';
import { limitsOf } from '../support/limits.ts';
import { cityDay } from './city-day.ts';

const from = Date.parse('2026-11-21T22:30:00+08:00');
const events = [...cityDay({ calls: 400, seats: 14, from, spreadMs: 7_200_000, seed: 7 })];
const end = (events.at(-1)?.at ?? from) + 60_000;

let store: Store;
let log: EventLog;
let repo: FiguresRepo;
let now = from;
beforeEach(() => {
  store = openStore(':memory:');
  log = createEventLog(store, [], { error: () => expect.unreachable('a subscriber failed') });
  repo = createFiguresRepo(store);
  now = from;
});
afterEach(() => store.close());

const nextTurn = () => Promise.resolve();

async function openBook(eventLog: EventLog = log): Promise<FiguresBook> {
  const clock = { now: () => now };
  const book = createFiguresBook({ repo, eventLog, clock, limits: limitsOf(() => 15_000) });
  await book.follow(nextTurn);
  return book;
}

function tell(some: readonly NewEvent[]): void {
  for (const event of some) {
    now = event.at;
    log.append([event]);
  }
}

/** All kept sums, as rows. */
function kept(): unknown[] {
  return store.sql
    .prepare('SELECT * FROM figure_sums ORDER BY spanMs, agentId, startAt, queueId, entryId')
    .all()
    .filter((row) => Object.values(row as object).filter((value) => value !== 0).length > 5);
}

/** What a house that never stopped would have kept. */
async function wanted(): Promise<unknown[]> {
  const other = openStore(':memory:');
  const otherLog = createEventLog(other, [], { error: () => {} });
  const mine = [store, log, repo] as const;
  [store, log, repo] = [other, otherLog, createFiguresRepo(other)];
  const book = await openBook();
  tell(events);
  now = end;
  book.flush();
  const rows = kept();
  [store, log, repo] = mine;
  other.close();
  return rows;
}

describe('the book of figures', () => {
  it('is the same after restarts and crashes: the log is read on from the checkpoint', async () => {
    let stop = () => {};
    /** A house whose life ends without a word: nobody listens any more. */
    const life = async () => {
      stop();
      const mortal: EventLog = {
        ...log,
        subscribe(subscriber) {
          stop = log.subscribe(subscriber);
          return stop;
        },
      };
      return openBook(mortal);
    };
    await life();
    tell(events.slice(0, 900));
    (await life()).flush();
    tell(events.slice(900, 1_700));
    stop();
    tell(events.slice(1_700, 2_000));
    const last = await life();
    tell(events.slice(2_000));
    now = end;
    last.flush();
    expect(kept()).toEqual(await wanted());
    expect(events.length).toBeGreaterThan(2_500);
  });

  it('is made again from the log when it was kept by other rules', async () => {
    tell(events);
    now = end;
    const state = { calls: [], seats: [] };
    const cell = { quarterAt: from, queueId: '', entryId: '', agentId: '' };
    repo.keep([[cell, { ...noSums(), offered: 99 }]], { rules: 0, seq: 10, at: from, state });
    await openBook();
    expect(kept()).toEqual(await wanted());
  });

  it('writes once a quarter of an hour by itself, and before it is read', async () => {
    const book = await openBook();
    const offered = () =>
      repo.sums({ from: 0, to: end, by: 'all', queue: null, agent: null }).get('')?.offered ?? 0;
    const firstQuarter = events.filter(({ at }) => at < from + 900_000);
    tell(firstQuarter);
    expect(offered()).toBe(0);
    book.flush();
    const now1 = offered();
    expect(now1).toBeGreaterThan(0);
    tell(events.slice(firstQuarter.length).filter(({ at }) => at < from + 2_000_000));
    expect(offered()).toBeGreaterThan(now1);
  });
});
