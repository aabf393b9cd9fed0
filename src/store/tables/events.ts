// Here and in the other files of tables, one per slice: times are milliseconds since the epoch unless the name
// says otherwise.
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** The truth: what happened, in order. Rows are never changed or removed. */
export const events = sqliteTable(
  'events',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    at: integer().notNull(),
    kind: text().notNull(),
    callId: text(),
    seatId: text(),
    agentId: text(),
    queueId: text(),
    /** The whole event as JSON, `seq` aside. */
    body: text({ mode: 'json' }).notNull(),
  },
  (t) => [
    index('events_call').on(t.callId, t.seq),
    index('events_at').on(t.at),
    index('events_agent').on(t.agentId, t.at),
  ],
);
