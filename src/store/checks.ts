import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { ConfigError } from '../../config/error.ts';
import { systemClock } from '../kit/clock.ts';
import { lastBackup } from './last-backup.ts';

/** The oldest SQLite without the WAL-reset race that could corrupt a database (3.7.0 to 3.51.2). */
const OLDEST_SQLITE = [3, 51, 3] as const;
/** Withdrawn by its makers. */
const WITHDRAWN_SQLITE: ReadonlySet<string> = new Set(['3.52.0']);

/**
 * Up to this size the whole file is checked at start, which takes about two seconds; beyond it only
 * its head and the accounts, so that a busy site's server is back within seconds.
 */
const CHECKED_WHOLE_BYTES = 500_000_000;

/** @throws ConfigError when this SQLite is known to lose data */
export function refuseSqlite(version: string): void {
  if (isAtLeast(version, OLDEST_SQLITE) && !WITHDRAWN_SQLITE.has(version)) return;
  const oldest = OLDEST_SQLITE.join('.');
  throw new ConfigError(
    'better-sqlite3',
    `SQLite ${version} 有已知的数据损坏缺陷，需要 ${oldest} 及以上（3.52.0 除外）`,
    `SQLite ${version} is known to damage data: ${oldest} or newer is needed, and not 3.52.0`,
  );
}

/** Is a dotted version the same as or newer than the oldest one? */
export function isAtLeast(version: string, oldest: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  for (const [at, least] of oldest.entries()) {
    const part = parts[at] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}

/** @throws ConfigError when the file is damaged, naming the backup to go back to */
export function refuseDamaged(sql: Database.Database, file: string): void {
  const pages = Number(sql.pragma('page_count', { simple: true }));
  const bytes = pages * Number(sql.pragma('page_size', { simple: true }));
  const isSmall = bytes <= CHECKED_WHOLE_BYTES;
  const found = String(
    sql.pragma(isSmall ? 'quick_check(1)' : 'quick_check(people)', { simple: true }),
  );
  if (found !== 'ok') throw damaged(file, found);
}

/** What stopped the database from being opened, as something the operator can act on. */
export function startError(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const why = error instanceof Error ? error.message : String(error);
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return damaged(file, why);
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return new ConfigError(
      'YIHAO_DATA_DIR',
      `数据库 ${file} 正被另一个程序锁定，请关闭该程序（例如 sqlite3 或备份软件）后重试`,
      `another program holds a lock on the database ${file}: end it (a sqlite3, a backup program …) and start again`,
    );
  }
  if (!/^SQLITE_(READONLY|CANTOPEN|FULL|IOERR)/.test(code)) return error;
  return new ConfigError(
    'YIHAO_DATA_DIR',
    `数据库 ${file} 无法写入（${why}），请检查磁盘空间、权限以及是否被挂载为只读`,
    `the database ${file} cannot be written (${why}): check the room on the disk, the rights, and that it is not mounted read-only`,
  );
}

function damaged(file: string, found: string): ConfigError {
  const backup = file === ':memory:' ? null : lastBackup(dirname(file));
  if (backup === null) {
    return new ConfigError(
      'YIHAO_DATA_DIR',
      `数据库 ${file} 已损坏（${found}），请从备份恢复；未记录到任何备份`,
      `the database ${file} is damaged (${found}): restore it from a backup; none is known here`,
    );
  }
  const { folder } = backup;
  const at = new Date(backup.at).toISOString();
  const minutes = Math.max(0, Math.round((systemClock.now() - backup.at) / 60_000));
  const how = `npm run restore -- --from ${folder} --to ${dirname(file)}-restored`;
  return new ConfigError(
    'YIHAO_DATA_DIR',
    `数据库 ${file} 已损坏（${found}）。最近的备份：${at}，此后 ${minutes} 分钟的数据将丢失。恢复：${how}`,
    `the database ${file} is damaged (${found}). The last backup is of ${at}: what was written in the ${minutes} minutes since is lost. To restore: ${how}`,
  );
}

/** A new version's tables could not be made: nothing was changed. */
export function migrationError(error: unknown): ConfigError {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new ConfigError(
    'migrations',
    `数据库升级失败（${why}），未做任何改动，原版本仍可继续运行`,
    `the database could not be brought up to date (${why}): nothing was changed, the former version still runs on it`,
  );
}
