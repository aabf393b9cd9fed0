import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { CountingState } from '../../counting/fold.ts';

/**
 * Sums of what is counted (`src/counting`), by quarter of an hour and by day: folded from the events,
 * and made again from them whenever the rules of counting change.
 */
export const figureSums = sqliteTable(
  'figure_sums',
  {
    /** 900000: a quarter of an hour; 86400000: a day of Asia/Shanghai. */
    spanMs: integer().notNull(),
    agentId: text().notNull(),
    startAt: integer().notNull(),
    queueId: text().notNull(),
    entryId: text().notNull(),
    offered: integer().notNull().default(0),
    answered: integer().notNull().default(0),
    answered15: integer().notNull().default(0),
    answered20: integer().notNull().default(0),
    answeredInTime: integer().notNull().default(0),
    abandoned: integer().notNull().default(0),
    abandonedShort: integer().notNull().default(0),
    turnedAway: integer().notNull().default(0),
    refused: integer().notNull().default(0),
    callBacks: integer().notNull().default(0),
    callBacksReached: integer().notNull().default(0),
    callBacksFailed: integer().notNull().default(0),
    waitedMs: integer().notNull().default(0),
    conversationMs: integer().notNull().default(0),
    known: integer().notNull().default(0),
    repeats: integer().notNull().default(0),
    ratingAsked: integer().notNull().default(0),
    rated: integer().notNull().default(0),
    ratedWell: integer().notNull().default(0),
    ratingSum: integer().notNull().default(0),
    conversations: integer().notNull().default(0),
    transfers: integer().notNull().default(0),
    talkMs: integer().notNull().default(0),
    holdMs: integer().notNull().default(0),
    wrapUpMs: integer().notNull().default(0),
    ringMs: integer().notNull().default(0),
    readyMs: integer().notNull().default(0),
    notReadyMs: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.spanMs, t.agentId, t.startAt, t.queueId, t.entryId] })],
);

/** How far the log is folded into `figure_sums`, and what the fold remembered there: one row. */
export const figureCheckpoint = sqliteTable('figure_checkpoint', {
  id: integer().primaryKey(),
  rules: integer().notNull(),
  seq: integer().notNull(),
  at: integer().notNull(),
  state: text({ mode: 'json' }).$type<CountingState>().notNull(),
});
