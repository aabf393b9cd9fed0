import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { projectRoot } from '../../src/kit/root.ts';
import { openStore } from '../../src/store/db.ts';
import { seats } from '../../src/store/tables/seats.ts';

// A new version goes wrong, or is taken back: the former one runs on the same database.

const migrations = join(projectRoot, 'migrations');
const seat = { id: '8001', name: '座席', phone: 'browser' as const, queues: [], createdAt: 1 };
const fresh = () => join(mkdtempSync(join(tmpdir(), 'yihao-')), 'yihao.sqlite');

/** The migrations of the next version: ours, and one more. */
function nextVersion(sql: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'yihao-next-'));
  cpSync(migrations, folder, { recursive: true });
  const file = join(folder, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(file, 'utf8'));
  const idx = journal.entries.length;
  const when = Math.max(...journal.entries.map((entry: { when: number }) => entry.when)) + 1_000;
  journal.entries.push({ idx, version: '6', when, tag: '9999_next', breakpoints: true });
  writeFileSync(file, JSON.stringify(journal));
  writeFileSync(join(folder, '9999_next.sql'), sql);
  return folder;
}

test('a migration that fails midway changes nothing, says so, and the former version runs on', () => {
  const file = fresh();
  openStore(file).close();
  const broken = nextVersion(
    'CREATE TABLE later (id text);--> statement-breakpoint\nINSERT INTO nowhere VALUES (1);',
  );
  expect(() => openStore(file, broken)).toThrow(
    /migrations[^]*no such table[^]*nothing was changed/,
  );
  const store = openStore(file);
  store.db.insert(seats).values(seat).run();
  expect(
    store.sql.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'later'").get(),
  ).toBeUndefined();
  store.close();
});

test('the former version runs on the tables of the next one, and the next one again after it', () => {
  const file = fresh();
  const next = nextVersion(
    'CREATE TABLE later (id text);--> statement-breakpoint\nALTER TABLE seats ADD floor text;',
  );
  openStore(file, next).close();
  const former = openStore(file);
  former.db.insert(seats).values(seat).run();
  former.sql.exec("INSERT INTO events (at, kind, body) VALUES (1, 'x', '{}')");
  former.close();
  const again = openStore(file, next);
  expect(again.sql.prepare('SELECT id, floor FROM seats').all()).toEqual([
    { id: '8001', floor: null },
  ]);
  again.close();
});

test('migrations only ever add: what is there is neither renamed nor taken away nor demanded', () => {
  const takes = (statement: string) =>
    /\b(DROP (TABLE|COLUMN)|RENAME)\b/i.test(statement) ||
    (/\bADD\b[^]*NOT NULL/i.test(statement) && !/DEFAULT/i.test(statement));
  const files = readdirSync(migrations).filter((name) => name.endsWith('.sql'));
  expect(files.length).toBeGreaterThan(3);
  const found = files.filter((name) =>
    readFileSync(join(migrations, name), 'utf8').split(';').some(takes),
  );
  expect(found).toEqual([]);
});

test('a database another program has locked is named as that, not as damaged', () => {
  const file = fresh();
  openStore(file).close();
  const other = new Database(file);
  other.pragma('locking_mode = EXCLUSIVE');
  other.exec("BEGIN EXCLUSIVE; INSERT INTO events (at, kind, body) VALUES (1, 'x', '{}')");
  expect(() => openStore(file)).toThrow(/holds a lock on the database/);
  other.close();
});
