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
  /** When the backup was begun, and the moment the database in it shows. */
  takenAt: z.iso.datetime(),
  sqlite: z.string(),
  /** Rows of every table. */
  rows: z.record(z.string(), z.int()),
  /** Number of the last event. */
  lastEvent: z.int(),
  files: z.object({ count: z.int(), bytes: z.int() }),
  /** Recordings that were still being written: their calls went on, so they are not in it. */
  recordingsRunning: z.int(),
  /** Files the database speaks of that were not there, or not what they should be. */
  missing: z.array(z.object({ path: z.string(), why: z.string() })),
});
export type Manifest = z.infer<typeof manifestSchema>;

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

/** Every recording and every file of an order, oldest first. */
export function filesIn(sql: Database.Database): KnownFile[] {
  return sql
    .prepare<[], KnownFile>(
      `SELECT path, sha256, bytes FROM (
         SELECT 'recordings/' || file AS path, sha256, bytes, startedAt AS at FROM recordings
         WHERE state IN ('ready', 'repaired') AND file IS NOT NULL
         UNION ALL
         SELECT 'order-files/' || sha256, sha256, bytes, min(at) FROM order_files GROUP BY sha256
       ) ORDER BY at`,
    )
    .all();
}

/** The number of the last event. */
export function lastEventOf(sql: Database.Database): number {
  return Number(sql.prepare('SELECT coalesce(max(seq), 0) FROM events').pluck().get());
}

/** Writes and reads lines as `sha256sum` does. */
export const sumLine = (sha256: string, path: string): string => `${sha256}  ${path}`;
export function parseSums(text: string): { sha256: string; path: string }[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, sha256, path] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
      if (sha256 === undefined || path === undefined) {
        throw new Problem(`校验清单有误：${line}`, `Not a line of a list of hashes: ${line}`);
      }
      return { sha256, path };
    });
}
