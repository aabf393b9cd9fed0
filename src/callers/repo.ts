import { and, count, desc, eq, like, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Store } from '../store/db.ts';
import { callers } from '../store/tables/callers.ts';
import type { CallerQuery } from './schema.ts';

/** A known caller as it is stored, the number in clear: leaves the house masked only. */
export type CallerRecord = typeof callers.$inferSelect;

export interface CallersRepo {
  byNumber(number: string): CallerRecord | undefined;
  byId(id: string): CallerRecord | undefined;
  /** Newest first. */
  page(query: CallerQuery): CallerRecord[];
  total(query: CallerQuery): number;
  /** Adds it, or puts it in place of the one with the same id. */
  put(row: CallerRecord): void;
  remove(id: string): void;
  /** Runs the work in one transaction. */
  whole(work: () => void): void;
}

export function createCallersRepo({ db, sql: raw }: Store): CallersRepo {
  const { placeholder } = sql;
  // Asked for every call, so prepared once.
  const byNumber = db
    .select()
    .from(callers)
    .where(eq(callers.number, placeholder('number')))
    .prepare();
  return {
    byNumber: (number) => byNumber.get({ number }),
    byId: (id) => db.select().from(callers).where(eq(callers.id, id)).get(),
    page: (query) =>
      db
        .select()
        .from(callers)
        .where(and(...conditions(query), query.before ? lt(callers.id, query.before) : undefined))
        .orderBy(desc(callers.id))
        .limit(query.limit + 1)
        .all(),
    total: (query) =>
      db
        .select({ total: count() })
        .from(callers)
        .where(and(...conditions(query)))
        .get()?.total ?? 0,
    put: (row) =>
      void db
        .insert(callers)
        .values(row)
        .onConflictDoUpdate({ target: callers.id, set: row })
        .run(),
    remove: (id) => void db.delete(callers).where(eq(callers.id, id)).run(),
    whole: (work) => raw.transaction(work)(),
  };
}

function conditions({ attribute, text, number }: CallerQuery): (SQL | undefined)[] {
  const part = `%${text ?? ''}%`;
  return [
    // Attributes are words without quotes in them, so a text search in the JSON finds exactly one.
    attribute ? like(callers.attributes, `%"${attribute}"%`) : undefined,
    text ? or(like(callers.name, part), like(callers.note, part)) : undefined,
    number ? like(callers.number, `%${number}`) : undefined,
  ];
}
