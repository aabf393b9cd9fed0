import { expect, test } from 'vitest';
import type { DomainEvent, NewEvent } from '../../src/events.ts';
import { openStore } from '../../src/store/db.ts';
import { createEventLog, type Projection } from '../../src/store/event-log.ts';

const language = (callId: string, at = 1, spoken = 'zh'): NewEvent => ({
  kind: 'call.language',
  at,
  callId,
  language: spoken,
});

function open(projections: Projection[] = []) {
  const store = openStore(':memory:');
  const errors: unknown[] = [];
  const log = createEventLog(store, projections, { error: (what: unknown) => errors.push(what) });
  return { store, log, errors };
}

test('events are numbered without gaps, also behind a failed append', () => {
  const { log } = open([
    (event) => {
      if (event.kind === 'call.language' && event.callId === 'bad') throw new Error('no');
    },
  ]);
  expect(log.append([language('a'), language('b')]).map((e) => e.seq)).toEqual([1, 2]);
  expect(() => log.append([language('c'), language('bad')])).toThrow('no');
  expect(log.append([language('d')]).map((e) => e.seq)).toEqual([3]);
  expect([...log.readSince({ afterSeq: 0 })].map((e) => 'callId' in e && e.callId)).toEqual([
    'a',
    'b',
    'd',
  ]);
});

test('what is appended is read back as it was, per call and in order', () => {
  const { log } = open();
  log.append([language('a', 1), language('b', 2), language('a', 3, 'yue')]);
  expect(log.read({ callId: 'a' })).toEqual([
    { kind: 'call.language', at: 1, callId: 'a', language: 'zh', seq: 1 },
    { kind: 'call.language', at: 3, callId: 'a', language: 'yue', seq: 3 },
  ]);
});

test('projections and the extra work share the transaction; a throw undoes all and tells nobody', () => {
  const { store, log } = open([
    (event) => void store.sql.prepare('INSERT INTO sums VALUES (?)').run(`p${event.seq}`),
  ]);
  store.sql.exec('CREATE TABLE sums (name TEXT)');
  const heard: DomainEvent[] = [];
  log.subscribe((event) => heard.push(event));
  const count = () => store.sql.prepare('SELECT count(*) FROM sums').pluck().get();
  expect(() =>
    log.append([language('a')], () => {
      expect(count()).toBe(1);
      throw new Error('late');
    }),
  ).toThrow('late');
  expect([count(), heard.length, log.read({ callId: 'a' }).length]).toEqual([0, 0, 0]);
});

test('subscribers hear after the commit, and one that throws disturbs nobody', () => {
  const { store, log, errors } = open();
  const heard: string[] = [];
  log.subscribe(() => {
    throw new Error('broken subscriber');
  });
  const cancel = log.subscribe((event) => {
    heard.push(`${event.seq}:${store.sql.inTransaction}`);
  });
  log.append([language('a')]);
  cancel();
  log.append([language('a')]);
  expect(heard).toEqual(['1:false']);
  expect(errors).toHaveLength(2);
});

test('what a subscriber appends is stored at once and told in the order of the log', () => {
  const { log } = open();
  const first: number[] = [];
  const second: number[] = [];
  log.subscribe((event) => {
    first.push(event.seq);
    if (event.seq === 1) expect(log.append([language('again')])[0]?.seq).toBe(3);
  });
  log.subscribe((event) => second.push(event.seq));
  log.append([language('a'), language('b')]);
  expect(first).toEqual([1, 2, 3]);
  expect(second).toEqual([1, 2, 3]);
});

test('an append inside another transaction is a mistake, told at once', () => {
  const { store, log } = open();
  expect(() => store.transaction(() => log.append([language('a')]))).toThrow(/alsoInTransaction/);
});

test('the log reads from a number or from a moment on, across pages, while it is written to', () => {
  const { log } = open();
  log.append(Array.from({ length: 2_500 }, (_, at) => language('a', at)));
  expect([...log.readSince({ afterSeq: 2_498 })].map((e) => e.seq)).toEqual([2_499, 2_500]);
  expect([...log.readSince({ atMs: 10_000 })]).toEqual([]);
  let read = 0;
  for (const event of log.readSince({ atMs: 500 })) {
    if (read === 0) {
      expect(event.at).toBe(500);
      log.append([language('b', 9_999)]);
    }
    read += 1;
  }
  expect(read).toBe(2_001);
});

test('a clock set back between two runs hides nothing and adds nothing', () => {
  const { log } = open();
  log.append([language('a', 100), language('b', 40), language('c', 120)]);
  expect([...log.readSince({ atMs: 100 })].map((e) => e.at)).toEqual([100, 120]);
});

test('of some kinds only, when a reader says which', () => {
  const { log } = open();
  const ended: NewEvent = { kind: 'call.ended', at: 2, callId: 'a', ending: 'error' };
  log.append([language('a', 1), ended, language('b', 3)]);
  expect([...log.readSince({ atMs: 0 }, ['call.ended'])].map((e) => e.seq)).toEqual([2]);
  expect([...log.readSince({ atMs: 3 }, ['call.ended'])]).toEqual([]);
});

test('appends together are one transaction, told when it is committed; a throw undoes them all', () => {
  const { log } = open();
  const heard: number[] = [];
  log.subscribe(({ seq }) => heard.push(seq));
  log.together(() => {
    log.append([language('a')]);
    expect(() =>
      log.append([language('b')], () => {
        throw new Error('no');
      }),
    ).toThrow('no');
    log.append([language('c')]);
    expect(heard).toEqual([]);
  });
  expect(heard).toEqual([1, 2]);
  expect(() =>
    log.together(() => {
      log.append([language('d')]);
      throw new Error('late');
    }),
  ).toThrow('late');
  expect([heard, log.read({ callId: 'd' })]).toEqual([[1, 2], []]);
});

test('the latest event of a call of some kinds', () => {
  const { log } = open();
  log.append([
    language('a', 1),
    language('b', 2),
    { kind: 'call.held', at: 3, callId: 'a', seatId: 's', agentId: 'x' },
  ]);
  expect(log.last({ callId: 'a' }, ['call.language'])).toMatchObject({ at: 1 });
  expect(log.last({ callId: 'a' }, ['call.language', 'call.held'])).toMatchObject({ at: 3 });
  expect(log.last({ callId: 'a' }, ['call.ended'])).toBeUndefined();
});
