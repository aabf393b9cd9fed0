import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { ConfigError } from '../../config/error.ts';
import { projectRoot } from '../kit/root.ts';
import { migrationError, refuseDamaged, refuseSqlite, startError } from './checks.ts';
import { isStorageError } from './storage-error.ts';

/** How long another program's lock is waited for at start, and while calls are served. */
const STARTING_LOCK_MS = 5_000;
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
 * @throws ConfigError when the file cannot be opened, is locked or damaged, cannot be brought up to
 *   date, or SQLite is known to be bad
 */
export function openStore(file: string, migrations = join(projectRoot, 'migrations')): Store {
  const sql = connect(file);
  try {
    refuseSqlite(String(sql.prepare('select sqlite_version()').pluck().get()));
    refuseDamaged(sql, file);
    sql.pragma('journal_mode = WAL');
    // Said aloud because the driver is built with NORMAL for WAL: a power cut must not lose a call.
    sql.pragma('synchronous = FULL');
    sql.pragma('foreign_keys = ON');
    // Without it INSERT OR REPLACE would slip past the triggers that keep the log append-only.
    sql.pragma('recursive_triggers = ON');
    const db = drizzle(sql);
    update(db, migrations);
    // From here on calls wait with it: what is locked longer waits in memory instead (`EventLog.keep`).
    sql.pragma(`busy_timeout = ${RUNNING_LOCK_MS}`);
    const within = sql.transaction((work: () => unknown) => work());
    return {
      db,
      sql,
      transaction: <T>(work: () => T, ..._never: NotAsync<T>): T => within.immediate(work) as T,
      close: () => void sql.close(),
    };
  } catch (error) {
    sql.close();
    throw startError(error, file);
  }
}

/**
 * All missing migrations in one transaction, or none. A database that has newer ones, because a new
 * version was taken back, is left as it is: they only ever add (`test/store/migrations.test.ts`).
 */
function update(db: BetterSQLite3Database, migrationsFolder: string): void {
  try {
    migrate(db, { migrationsFolder });
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    throw isStorageError(cause) ? cause : migrationError(error);
  }
}

/**
 * Somebody took the write-ahead log away under us: what is in it, which SQLite still holds open, goes
 * into the file at once, and a new one is begun.
 * @returns whether there was anything to mend
 */
export function mendLog(sql: Database.Database): boolean {
  if (sql.memory || existsSync(`${sql.name}-wal`)) return false;
  try {
    sql.pragma('journal_mode = DELETE');
  } catch (error) {
    // Another program reads: until it leaves, what is written goes into the file at every look.
    sql.pragma('wal_checkpoint(PASSIVE)');
    throw error;
  }
  sql.pragma('journal_mode = WAL');
  sql.pragma('synchronous = FULL');
  // The new one is there from the first transaction on.
  sql.prepare('SELECT 1 FROM events LIMIT 1').get();
  return true;
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
