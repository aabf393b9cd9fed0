import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { ConfigError } from '../../config/error.ts';
import { projectRoot } from '../kit/root.ts';

/** The oldest SQLite without the WAL-reset race that could corrupt a database (3.7.0 to 3.51.2). */
const OLDEST_SQLITE = [3, 51, 3] as const;

/**
 * Up to this size the whole file is checked at start, which takes about two seconds; beyond it only
 * its head and the accounts, so that a busy site's server is back within seconds.
 */
const CHECKED_WHOLE_BYTES = 500_000_000;

/** How long another program's lock is waited for at start, and while calls are served. */
const STARTING_LOCK_MS = 10_000;
const RUNNING_LOCK_MS = 100;

/** Nothing for a plain function; an argument nobody can give for one that returns a promise. */
type NotAsync<T> = [T] extends [never] ? [] : T extends PromiseLike<unknown> ? [never] : [];

/** The one database connection of the process. */
export interface Store {
  /** Typed queries. Prepare (`.prepare()`) whatever runs per call: unprepared is 12 times slower. */
  readonly db: BetterSQLite3Database;
  /** The connection itself, for hand-written statements on hot paths. */
  readonly sql: Database.Database;
  /**
   * Runs `work` in one IMMEDIATE transaction and gives back what it returns; a throw undoes all of
   * it. Inside another transaction it becomes a savepoint. An async function does not type-check:
   * its second half would run after the commit.
   */
  transaction<T>(work: () => T, ...never: NotAsync<T>): T;
  close(): void;
}

/**
 * Opens (or makes) the database, checks it and brings its tables up to date.
 *
 * @param file path, or `:memory:` for a test
 * @throws ConfigError when the file cannot be opened, is damaged, or SQLite is too old
 */
export function openStore(file: string): Store {
  const sql = connect(file);
  try {
    refuseDamaged(sql, file);
    refuseOldSqlite(sql);
    sql.pragma('journal_mode = WAL');
    // Said aloud because the driver is built with NORMAL for WAL: a power cut must not lose a call.
    sql.pragma('synchronous = FULL');
    sql.pragma('foreign_keys = ON');
    // Without it INSERT OR REPLACE would slip past the triggers that keep the log append-only.
    sql.pragma('recursive_triggers = ON');
    const db = drizzle(sql);
    migrate(db, { migrationsFolder: join(projectRoot, 'migrations') });
    // From here on calls wait with it: what is locked longer waits in memory instead (`EventLog.keep`).
    sql.pragma(`busy_timeout = ${RUNNING_LOCK_MS}`);
    return {
      db,
      sql,
      transaction: <T>(work: () => T, ..._never: NotAsync<T>): T =>
        sql.transaction(work).immediate(),
      close: () => void sql.close(),
    };
  } catch (error) {
    sql.close();
    throw error;
  }
}

function connect(file: string): Database.Database {
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o750 });
    return new Database(file, { timeout: STARTING_LOCK_MS });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigError(
      'YIHAO_DATA_DIR',
      `无法打开数据库 ${file}（${why}），请检查目录是否存在且可写`,
      `cannot open the database ${file} (${why}): check that the folder exists and is writable`,
    );
  }
}

function refuseOldSqlite(sql: Database.Database): void {
  const version = String(sql.prepare('select sqlite_version()').pluck().get());
  if (isAtLeast(version, OLDEST_SQLITE)) return;
  const oldest = OLDEST_SQLITE.join('.');
  throw new ConfigError(
    'better-sqlite3',
    `SQLite ${version} 版本过低，至少需要 ${oldest}`,
    `SQLite ${version} is too old, at least ${oldest} is needed`,
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

function refuseDamaged(sql: Database.Database, file: string): void {
  let found: string;
  try {
    const pages = Number(sql.pragma('page_count', { simple: true }));
    const bytes = pages * Number(sql.pragma('page_size', { simple: true }));
    const isSmall = bytes <= CHECKED_WHOLE_BYTES;
    found = String(
      sql.pragma(isSmall ? 'quick_check(1)' : 'quick_check(people)', { simple: true }),
    );
  } catch (error) {
    found = error instanceof Error ? error.message : String(error);
  }
  if (found === 'ok') return;
  throw new ConfigError(
    'YIHAO_DATA_DIR',
    `数据库 ${file} 已损坏（${found}），请从备份恢复`,
    `the database ${file} is damaged (${found}): restore it from a backup`,
  );
}
