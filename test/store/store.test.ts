import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError } from '../../config/error.ts';
import { isAtLeast, refuseSqlite } from '../../src/store/checks.ts';
import { mendLog, openStore } from '../../src/store/db.ts';
import { rememberBackup } from '../../src/store/last-backup.ts';
import { seats } from '../../src/store/tables/seats.ts';

const seat = { id: '8001', name: '座席', phone: 'browser' as const, queues: [], createdAt: 1 };

test('a file database is in WAL mode, fully synchronous, with foreign keys', () => {
  const store = openStore(join(mkdtempSync(join(tmpdir(), 'yihao-')), 'deep', 'yihao.sqlite'));
  expect(store.sql.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(store.sql.pragma('synchronous', { simple: true })).toBe(2);
  expect(store.sql.pragma('foreign_keys', { simple: true })).toBe(1);
  expect(store.sql.pragma('busy_timeout', { simple: true })).toBe(100);
  store.close();
});

test('a database is opened again with what it held', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'yihao-')), 'yihao.sqlite');
  const first = openStore(file);
  first.db.insert(seats).values(seat).run();
  first.close();
  const again = openStore(file);
  expect(again.db.select().from(seats).all()).toMatchObject([{ id: '8001', enabled: true }]);
  again.close();
});

test('a file that is no database is refused by name, in two languages', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'yihao-')), 'yihao.sqlite');
  writeFileSync(file, 'not a database at all, '.repeat(200));
  expect(() => openStore(file)).toThrow(ConfigError);
  expect(() => openStore(file)).toThrow(/YIHAO_DATA_DIR[^]*已损坏[^]*damaged/);
});

test('a file with a damaged page is refused', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'yihao-')), 'yihao.sqlite');
  const store = openStore(file);
  store.transaction(() => {
    for (let n = 0; n < 500; n++)
      store.db
        .insert(seats)
        .values({ ...seat, id: `${n}` })
        .run();
  });
  store.close();
  const bytes = readFileSync(file);
  const pageSize = bytes.readUInt16BE(16);
  for (let at = 4 * pageSize; at < bytes.length; at += pageSize) {
    bytes.fill(0xff, at, Math.min(bytes.length, at + 200));
  }
  writeFileSync(file, bytes);
  expect(() => openStore(file)).toThrow(/YIHAO_DATA_DIR[^]*damaged/);
});

test('a folder that cannot be written is refused by name', () => {
  const inTheWay = join(mkdtempSync(join(tmpdir(), 'yihao-')), 'file');
  writeFileSync(inTheWay, '');
  expect(() => openStore(join(inTheWay, 'data', 'yihao.sqlite'))).toThrow(/YIHAO_DATA_DIR/);
});

test('SQLite versions are compared by number, not by letter', () => {
  expect(isAtLeast('3.51.3', [3, 51, 3])).toBe(true);
  expect(isAtLeast('3.53.2', [3, 51, 3])).toBe(true);
  expect(isAtLeast('4.0.0', [3, 51, 3])).toBe(true);
  expect(isAtLeast('3.51.2', [3, 51, 3])).toBe(false);
  expect(isAtLeast('3.9.9', [3, 51, 3])).toBe(false);
});

test('a transaction that throws leaves nothing behind', () => {
  const store = openStore(':memory:');
  expect(() =>
    store.transaction(() => {
      store.db.insert(seats).values(seat).run();
      throw new Error('stop');
    }),
  ).toThrow('stop');
  expect(store.db.select().from(seats).all()).toEqual([]);
});

test('a transaction takes synchronous functions only', () => {
  const store = openStore(':memory:');
  expect(store.transaction(() => 7)).toBe(7);
  // @ts-expect-error an async function would commit before its second half ran
  expect(() => store.transaction(async () => 7)).toThrow(/promise/);
});

test('rows of the event log and of the audit can be neither changed nor removed', () => {
  const { sql } = openStore(':memory:');
  sql.exec("INSERT INTO events (at, kind, body) VALUES (1, 'x', '{}')");
  sql.exec(`INSERT INTO audit (at, personName, ip, action, subject, detail, hash)
    VALUES (1, 'a', '', 'b', 'c', '{}', 'h')`);
  expect(() => sql.exec('UPDATE events SET at = 2')).toThrow(/never changed/);
  expect(() => sql.exec('DELETE FROM events')).toThrow(/never removed/);
  expect(() => sql.exec('UPDATE audit SET at = 2')).toThrow(/never changed/);
  expect(() => sql.exec('DELETE FROM audit')).toThrow(/never removed/);
  const replace = "INSERT OR REPLACE INTO events (seq, at, kind, body) VALUES (1, 9, 'x', '{}')";
  expect(() => sql.exec(replace)).toThrow(/never removed/);
});

test.each(['3.51.2', '3.52.0', '3.46.1'])(
  'SQLite %s, known to damage data, is refused',
  (version) => {
    expect(() => refuseSqlite(version)).toThrow(/better-sqlite3[^]*known to damage data/);
  },
);

test('a damaged database names the last backup, what is lost since, and how to restore it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yihao-'));
  writeFileSync(join(folder, 'yihao.sqlite'), 'not a database at all, '.repeat(200));
  rememberBackup(folder, { at: Date.now() - 90 * 60_000, folder: '/backups/b1' });
  expect(() => openStore(join(folder, 'yihao.sqlite'))).toThrow(
    /in the 90 minutes since is lost[^]*npm run restore -- --from \/backups\/b1/,
  );
});

test('a write-ahead log that is taken away while the server runs costs nothing', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'yihao-')), 'yihao.sqlite');
  const store = openStore(file);
  store.db.insert(seats).values(seat).run();
  expect(mendLog(store.sql)).toBe(false);
  rmSync(`${file}-wal`);
  expect(mendLog(store.sql)).toBe(true);
  store.db
    .insert(seats)
    .values({ ...seat, id: '8002' })
    .run();
  expect(mendLog(store.sql)).toBe(false);
  // As a crash leaves it: the files as they lie there, read by somebody else.
  const copy = mkdtempSync(join(tmpdir(), 'yihao-'));
  for (const end of ['', '-wal']) copyFileSync(`${file}${end}`, join(copy, `yihao.sqlite${end}`));
  const other = openStore(join(copy, 'yihao.sqlite'));
  expect(
    other.db
      .select()
      .from(seats)
      .all()
      .map(({ id }) => id),
  ).toEqual(['8001', '8002']);
  expect(other.sql.pragma('synchronous', { simple: true })).toBe(2);
  other.close();
  store.close();
});
