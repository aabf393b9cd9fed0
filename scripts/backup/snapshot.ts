import { chmodSync, existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Problem } from '../start/problem.ts';

/** How long a lock of another process is waited for. */
const lockTimeoutMs = 10_000;
const pagesAtOnce = 2_000;

/** Called again and again with a share between 0 and 1. */
export type Progress = (share: number) => void;

/**
 * Copies a database that is being written to, as it was at one moment, with SQLite's backup API. The
 * open read transaction holds that moment: without it every commit of the server would make the copy
 * begin anew. Writers are not held up; their log grows until the copy is done.
 * @returns that moment: what was stored before it is in the copy
 */
export async function snapshot(from: string, to: string, progress: Progress): Promise<Date> {
  if (!existsSync(from)) {
    throw new Problem(`没有数据库 ${from}。`, `There is no database ${from}.`);
  }
  const sql = new Database(from, { readonly: true, timeout: lockTimeoutMs });
  try {
    sql.exec('BEGIN');
    // BEGIN alone reads nothing yet: the first SELECT does.
    const at = new Date();
    sql.prepare('SELECT count(*) FROM sqlite_schema').get();
    await sql.backup(to, {
      progress({ totalPages, remainingPages }) {
        if (totalPages > 0) progress(1 - remainingPages / totalPages);
        return pagesAtOnce;
      },
    });
    chmodSync(to, 0o600);
    progress(1);
    return at;
  } finally {
    sql.close();
  }
}

/**
 * Opens a copy, makes one file of it that needs no others beside it, and checks every page of it.
 * @throws Problem when it is damaged.
 */
export function checkCopy<T>(file: string, read: (sql: Database.Database) => T): T {
  const sql = new Database(file);
  try {
    sql.pragma('journal_mode = DELETE');
    const found = String(sql.pragma('integrity_check(1)', { simple: true }));
    if (found !== 'ok') throw new Error(found);
    return read(sql);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Problem(
      `数据库 ${file} 未通过完整性检查（${why}）。`,
      `The database ${file} did not pass the integrity check (${why}).`,
    );
  } finally {
    sql.close();
  }
}
