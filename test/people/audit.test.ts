import { beforeEach, expect, test } from 'vitest';
import { FakeClock } from '../support/fake-clock.ts';
import { buildPeople } from './support.ts';

const entry = {
  person: { id: 'p1', name: '甲' },
  ip: '10.0.0.7',
  action: 'act',
  subject: 'call:1',
};
let house: ReturnType<typeof buildPeople>;
beforeEach(async () => {
  house = buildPeople(new FakeClock(1_000));
  for (let n = 1; n <= 5; n++) {
    house.audit.append({ ...entry, subject: `call:${n}`, detail: { n } });
    await house.clock.advance(10);
  }
});

/** What somebody with the database file in hand could do. */
function tamper(sql: string): void {
  house.store.sql.exec('DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete;');
  house.store.sql.exec(sql);
}

test('a chain nobody touched is whole, an empty one as well', () => {
  expect(house.audit.verify()).toEqual({ ok: true, rows: 5 });
  expect(buildPeople().audit.verify()).toEqual({ ok: true, rows: 0 });
});

test.each([
  ['a changed text', "UPDATE audit SET action = 'other' WHERE seq = 3", 3, 'changed'],
  ['a changed detail', `UPDATE audit SET detail = '{"n":9}' WHERE seq = 2`, 2, 'changed'],
  ['a changed time', 'UPDATE audit SET at = 1 WHERE seq = 1', 1, 'changed'],
  ['a changed hash', "UPDATE audit SET hash = 'x' WHERE seq = 4", 4, 'changed'],
  ['a removed row', 'DELETE FROM audit WHERE seq = 2', 2, 'missing'],
  ['a removed beginning', 'DELETE FROM audit WHERE seq = 1', 1, 'missing'],
  ['a removed end', 'DELETE FROM audit WHERE seq >= 4', 4, 'missing'],
  [
    'two rows that changed places',
    'UPDATE audit SET seq = -2 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = -2',
    2,
    'changed',
  ],
])('%s is found where it is', (_what, sql, seq, why) => {
  tamper(sql);
  expect(house.audit.verify()).toEqual({ ok: false, seq, why });
});

test('an act that is undone leaves no line, and the chain goes on behind it', () => {
  expect(() =>
    house.store.transaction(() => {
      house.audit.append(entry);
      throw new Error('undone');
    }),
  ).toThrow('undone');
  house.audit.append(entry);
  expect(house.audit.verify()).toEqual({ ok: true, rows: 6 });
});

test('lines are listed newest first, page by page, by person, act, subject and time', () => {
  house.audit.append({ ...entry, person: null, action: 'other' });
  const seqs = (filter: Parameters<typeof house.audit.list>[0]) =>
    house.audit.list(filter).rows.map((row) => row.seq);
  const first = house.audit.list({ limit: 4 });
  expect(first.rows.map((row) => row.seq)).toEqual([6, 5, 4, 3]);
  expect(first.next).toBe(3);
  const second = house.audit.list({ limit: 4, before: 3 });
  expect(second.rows.map((row) => row.seq)).toEqual([2, 1]);
  expect(second.next).toBeNull();
  expect(seqs({ limit: 9, action: 'other' })).toEqual([6]);
  expect(seqs({ limit: 9, person: 'p1' })).toEqual([5, 4, 3, 2, 1]);
  expect(seqs({ limit: 9, subject: 'call:2' })).toEqual([2]);
  expect(seqs({ limit: 9, from: 1_010, to: 1_020 })).toEqual([3, 2]);
});
