import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import { Problem } from '../start/problem.ts';

/**
 * A backup folder holds `files/`, every kept file once under its SHA-256, shared by all backups in it,
 * and a folder per backup, named by its time:
 *
 * - `yihao.sqlite`, `astdb.sqlite3`: the databases as of one moment each
 * - `files.sha256`: hash and path of every file that belongs to it
 * - `manifest.json`: what is in it, counted
 * - `SHA256SUMS`: hashes of the four, for `sha256sum -c`
 */
const manifestSchema = z.object({
  format: z.literal(1),
  /** The moment the database in it shows: what was stored before it is in it. */
  takenAt: z.iso.datetime(),
  sqlite: z.string(),
  /** Rows of every table. */
  rows: z.record(z.string(), z.int()),
  /** Number of the last event. */
  lastEvent: z.int(),
  files: z.object({ count: z.int(), bytes: z.int() }),
  /** Recordings that were still being written: their calls went on, so they are not in it. */
  recordingsRunning: z.int(),
  /** Files the database speaks of that were not there, or not what they should be: the first thousand. */
  missing: z.array(z.object({ path: z.string(), why: z.string() })),
  /** How many more of these there were. */
  missingMore: z.int().default(0),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** How many missing files a manifest names: of a disk that is not there it would be all of them. */
export const missingNamed = 1_000;

/** Names in a backup's folder. */
export const names = {
  database: 'yihao.sqlite',
  exchange: 'astdb.sqlite3',
  files: 'files.sha256',
  manifest: 'manifest.json',
  sums: 'SHA256SUMS',
} as const;

/** Where Asterisk keeps the phones it was told of, below the data folder. */
export const exchangeDatabase = 'asterisk/lib/astdb.sqlite3';

/** The backups of a folder by name, oldest first: the names are their times. */
export function backupsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const all = readdirSync(folder).filter((name) => /^\d{4}-\d\d-\d\dT[\d-]+Z$/.test(name));
  return all.sort();
}

/** @throws Problem when it is not a manifest of ours. */
export function readManifest(folder: string): Manifest {
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(join(folder, names.manifest), 'utf8')));
  } catch {
    throw new Problem(
      `${folder} 不是完整的备份。`,
      `${folder} is not a complete backup: its ${names.manifest} cannot be read.`,
    );
  }
}

/** Rows of every table of a database. */
export function countRows(sql: Database.Database): Record<string, number> {
  const tables = sql
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
    )
    .pluck()
    .all();
  return Object.fromEntries(
    tables.map((table) => [
      table,
      Number(sql.prepare(`SELECT count(*) FROM "${table}"`).pluck().get()),
    ]),
  );
}

/** A file the database speaks of, with what it was when it was made. */
export interface KnownFile {
  /** Below the data folder. */
  path: string;
  sha256: string;
  bytes: number;
}

/** Rows read at once: a few megabytes. */
const rowsAtOnce = 10_000;
const recordingsThere = "state IN ('ready', 'repaired') AND file IS NOT NULL";

/**
 * Every recording, oldest first, and every file of an order. Read in pages: nothing is open between
 * two of them that would keep the log of a running server from being emptied.
 */
export function* filesIn(sql: Database.Database): Generator<KnownFile, void, void> {
  yield* inPages(
    sql,
    `SELECT rowid AS key, 'recordings/' || file AS path, sha256, bytes FROM recordings
     WHERE ${recordingsThere} AND rowid > ? ORDER BY rowid LIMIT ?`,
    0,
  );
  yield* inPages(
    sql,
    `SELECT sha256 AS key, 'order-files/' || sha256 AS path, sha256, min(bytes) AS bytes
     FROM order_files WHERE sha256 > ? GROUP BY sha256 ORDER BY sha256 LIMIT ?`,
    '',
  );
}

/** How many files `filesIn` speaks of. */
export function countFiles(sql: Database.Database): number {
  const count = sql.prepare(
    `SELECT (SELECT count(*) FROM recordings WHERE ${recordingsThere}) +
            (SELECT count(DISTINCT sha256) FROM order_files)`,
  );
  return Number(count.pluck().get());
}

function* inPages(
  sql: Database.Database,
  query: string,
  before: string | number,
): Generator<KnownFile, void, void> {
  const page = sql.prepare<[string | number, number], KnownFile & { key: string | number }>(query);
  let after = before;
  for (;;) {
    const rows = page.all(after, rowsAtOnce);
    for (const { path, sha256, bytes } of rows) yield { path, sha256, bytes };
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsAtOnce) return;
    after = last.key;
  }
}

/** The number of the last event. */
export function lastEventOf(sql: Database.Database): number {
  return Number(sql.prepare('SELECT coalesce(max(seq), 0) FROM events').pluck().get());
}
