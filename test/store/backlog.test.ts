import { expect, test } from 'vitest';
import type { DomainEvent, NewEvent } from '../../src/events.ts';
import { AppError } from '../../src/kit/errors.ts';
import { openStore, type Store } from '../../src/store/db.ts';
import { createEventLog, type Projection } from '../../src/store/event-log.ts';

// What becomes of events when the disk does not take them.

const spoken = (callId: string): NewEvent => ({
  kind: 'call.language',
  at: 1,
  callId,
  // Wide enough that a few dozen fill a page or more.
  language: 'x'.repeat(500),
});

/** No page more than there is: what SQLite answers is what it answers on a full disk. */
function fill(store: Store): void {
  const pages = Number(store.sql.pragma('page_count', { simple: true }));
  store.sql.pragma(`max_page_count = ${pages}`);
}
function empty(store: Store): void {
  store.sql.pragma('max_page_count = 1000000');
}

function open(options: Parameters<typeof createEventLog>[3] = {}, projections: Projection[] = []) {
  const store = openStore(':memory:');
  const errors: unknown[] = [];
  const log = createEventLog(
    store,
    projections,
    { error: (_of: unknown, what?: unknown) => errors.push(what) },
    options,
  );
  const heard: DomainEvent[] = [];
  log.subscribe((event) => heard.push(event));
  return { store, log, heard, errors };
}

const idsOf = (events: Iterable<DomainEvent>) =>
  [...events].map((event) => ('callId' in event ? event.callId : ''));

/** Events until the disk takes no more. @returns how many */
function keepUntilFull({ log }: ReturnType<typeof open>): number {
  let count = 0;
  while (log.behind.waiting === 0) {
    count += 1;
    log.keep([spoken(`c${count}`)]);
  }
  return count;
}

test('what has happened waits in order, is told at once, and is written when there is room', () => {
  const rig = open();
  const { store, log, heard, errors } = rig;
  log.keep([spoken('first')]);
  fill(store);
  const full = keepUntilFull(rig);
  log.keep([spoken('late-1'), spoken('late-2')]);
  expect(log.behind).toEqual({ waiting: 3, lost: 0 });
  expect(log.lacksRoom).toBe(true);
  expect(errors).toEqual(['events cannot be stored: they wait in memory, calls go on']);
  expect(log.catchUp()).toBe(false);
  empty(store);
  expect(log.catchUp()).toBe(true);
  log.keep([spoken('after')]);
  const ids = ['first', ...Array.from({ length: full }, (_, n) => `c${n + 1}`)];
  expect(idsOf(log.readSince({ afterSeq: 0 }))).toEqual([...ids, 'late-1', 'late-2', 'after']);
  // The numbers told are the numbers in the log.
  expect(heard.map(({ seq }) => seq)).toEqual(heard.map((_, at) => at + 1));
  expect(heard).toEqual([...log.readSince({ afterSeq: 0 })]);
});

test('what people do is refused by code while anything waits, and leaves nothing half written', () => {
  const rig = open();
  const { store, log } = rig;
  fill(store);
  keepUntilFull(rig);
  const seats = () => store.sql.prepare('SELECT count(*) FROM seats').pluck().get();
  const act = () =>
    log.append([spoken('act')], () => {
      store.sql.exec(
        "INSERT INTO seats (id, name, phone, queues, createdAt) VALUES ('s', 'n', 'sip', '[]', 1)",
      );
    });
  expect(act).toThrow(AppError);
  expect(act).toThrow(expect.objectContaining({ code: 'storage-full', status: 507 }));
  empty(store);
  // Still: what waits comes first.
  expect(act).toThrow(AppError);
  expect(seats()).toBe(0);
  log.catchUp();
  act();
  expect(seats()).toBe(1);
});

test('the room held back is asked for once, and then nothing has to wait', () => {
  let asked = 0;
  const rig: ReturnType<typeof open> = open({
    makeRoom() {
      asked += 1;
      empty(rig.store);
      return true;
    },
  });
  fill(rig.store);
  for (let n = 0; n < 200; n += 1) rig.log.keep([spoken(`c${n}`)]);
  expect([asked, rig.log.behind.waiting]).toEqual([1, 0]);
  expect(idsOf(rig.log.readSince({ afterSeq: 0 })).length).toBe(200);
});

test('a database that is only not to be written is not called full', () => {
  const { store, log } = open();
  store.sql.pragma('query_only = ON');
  log.keep([spoken('c1')]);
  expect([log.behind.waiting, log.lacksRoom]).toEqual([1, false]);
  store.sql.pragma('query_only = OFF');
  expect(log.catchUp()).toBe(true);
});

test('no more wait than are allowed; what is lost is counted and loud', () => {
  const rig = open({ longest: 10 });
  fill(rig.store);
  keepUntilFull(rig);
  for (let n = 0; n < 12; n += 1) rig.log.keep([spoken(`n${n}`)]);
  expect(rig.log.behind).toEqual({ waiting: 10, lost: 3 });
  expect(rig.errors.at(-1)).toBe('too many events wait: these are lost');
});

test('an event that can never be stored does not hold up those behind it', () => {
  const rig = open({}, [
    (event) => {
      if (event.kind === 'call.language' && event.callId === 'bad') throw new Error('no');
    },
  ]);
  fill(rig.store);
  keepUntilFull(rig);
  rig.log.keep([spoken('bad')]);
  rig.log.keep([spoken('good')]);
  empty(rig.store);
  expect(rig.log.catchUp()).toBe(true);
  const ids = idsOf(rig.log.readSince({ afterSeq: 0 }));
  expect(ids.at(-1)).toBe('good');
  expect(ids).not.toContain('bad');
  expect(rig.log.behind).toEqual({ waiting: 0, lost: 1 });
});

test('thousands that waited are written in steps, none twice', () => {
  const rig = open();
  fill(rig.store);
  const full = keepUntilFull(rig);
  for (let n = 0; n < 3_000; n += 1) rig.log.keep([spoken(`w${n}`)]);
  empty(rig.store);
  let steps = 1;
  while (!rig.log.catchUp()) steps += 1;
  expect(steps).toBeGreaterThan(5);
  expect(idsOf(rig.log.readSince({ afterSeq: 0 })).length).toBe(full + 3_000);
});

test('an error of the event itself is no fault of the disk', () => {
  const { log } = open({}, [
    () => {
      throw new Error('a defect');
    },
  ]);
  expect(() => log.keep([spoken('a')])).toThrow('a defect');
  expect(log.behind.waiting).toBe(0);
});

test('what belongs together waits together when it does not fit, in order, and is told once it is over', () => {
  const rig = open();
  const { store, log, heard } = rig;
  fill(store);
  let kept = 0;
  const result = log.together(() => {
    for (; kept < 100; kept += 1) log.keep([spoken(`c${kept}`)]);
    expect(() => log.append([spoken('act')])).toThrow(AppError);
    log.together(() => log.keep([spoken('inner')]));
    expect(heard).toEqual([]);
    return 'done';
  });
  expect([result, log.behind.waiting, heard.length]).toEqual(['done', 101, 101]);
  log.keep([spoken('after')]);
  expect([...log.readSince({ afterSeq: 0 })]).toEqual([]);
  empty(store);
  expect(log.catchUp()).toBe(true);
  expect(heard).toEqual([...log.readSince({ afterSeq: 0 })]);
  expect(idsOf(heard).slice(-3)).toEqual(['c99', 'inner', 'after']);
});

test('what belongs together happens once, also while nothing can be written, and may ask for the room held back', () => {
  const rig: ReturnType<typeof open> = open({
    makeRoom() {
      empty(rig.store);
      return rig.log.behind.waiting === 0;
    },
  });
  const { store, log, heard } = rig;
  let times = 0;
  const both = (from: string) =>
    log.together(() => {
      times += 1;
      log.keep([spoken(`${from}-1`)]);
      log.keep(Array.from({ length: 50 }, () => spoken(`${from}-2`)));
    });
  fill(store);
  both('room');
  expect([log.behind.waiting, heard.length]).toEqual([0, 51]);
  store.sql.pragma('query_only = ON');
  both('locked');
  both('behind');
  expect([times, log.behind.waiting, heard.length]).toEqual([3, 102, 153]);
  store.sql.pragma('query_only = OFF');
  expect(log.catchUp()).toBe(true);
  expect(heard).toEqual([...log.readSince({ afterSeq: 0 })]);
});
