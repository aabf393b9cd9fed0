import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { HangUpSide } from '../../events.ts';
import type { CallBackFailure, CallBackOutcome } from '../../events-call-back.ts';

/** Where a wish to be called back stands; `reached` and the outcomes are its end. */
export type CallBackState =
  /** On the page for somebody to call; nobody dials by itself. */
  | 'listed'
  | 'waiting'
  | 'dialling'
  /** Not reached, and after a pause it is tried again. */
  | 'paused'
  | 'failed'
  | 'reached'
  | CallBackOutcome;

/** One row per call, folded from the events: what lists, statistics and restarts need. */
export const calls = sqliteTable(
  'calls',
  {
    id: text().primaryKey(),
    entryId: text().notNull(),
    caller: text().notNull(),
    dialled: text().notNull(),
    language: text().notNull(),
    channelId: text().notNull(),
    arrivedAt: integer().notNull(),
    /** `out`: an agent called; then `caller` is who was called. */
    direction: text().$type<'in' | 'out'>().notNull().default('in'),
    choice: text(),
    queueId: text(),
    priority: integer().notNull().default(0),
    queuedAt: integer(),
    connectedAt: integer(),
    talkEndedAt: integer(),
    endedAt: integer(),
    seatId: text(),
    agentId: text(),
    waitedMs: integer(),
    ringMs: integer(),
    talkMs: integer(),
    heldMs: integer().notNull().default(0),
    endedBy: text().$type<HangUpSide>(),
    ratingAskedAt: integer(),
    rating: integer(),
    note: text().notNull().default(''),
    resultCode: text(),
    tags: text({ mode: 'json' }).$type<string[]>().notNull().default([]),
    /** A call of ours: the call that wanted to be called back. */
    callBackOf: text(),
    /** A call to the citizen of this work order, of a unit's officer or a visitor. */
    orderId: text(),
    ending: text(),
    /** Where the journey stands while the call lives; null once it has ended. */
    stage: text(),
    stageData: text({ mode: 'json' }),
  },
  (t) => [
    index('calls_arrived').on(t.arrivedAt),
    index('calls_caller').on(t.caller, t.arrivedAt),
    index('calls_queue').on(t.queueId, t.arrivedAt),
    index('calls_agent').on(t.agentId, t.arrivedAt),
    index('calls_live').on(t.stage),
    index('calls_tagged').on(t.arrivedAt).where(sql`tags <> '[]'`),
  ],
);

export const recordings = sqliteTable(
  'recordings',
  {
    id: text().primaryKey(),
    callId: text().notNull(),
    seatId: text().notNull(),
    agentId: text().notNull(),
    startedAt: integer().notNull(),
    state: text().$type<'running' | 'ready' | 'repaired' | 'failed' | 'removed'>().notNull(),
    file: text(),
    sha256: text(),
    durationMs: integer(),
    bytes: integer(),
    failure: text(),
  },
  (t) => [
    index('recordings_call').on(t.callId),
    index('recordings_started').on(t.startedAt),
    // A few of millions, which a restarted server asks for while callers wait.
    index('recordings_running').on(t.state).where(sql`state = 'running'`),
  ],
);

export const callBackRequests = sqliteTable(
  'call_back_requests',
  {
    callId: text().primaryKey(),
    caller: text().notNull(),
    queueId: text().notNull(),
    language: text().notNull(),
    requestedAt: integer().notNull(),
    /** Nobody asked: the caller was not served. */
    isMissed: integer({ mode: 'boolean' }).notNull().default(false),
    state: text().$type<CallBackState>().notNull().default('listed'),
    /** The call in which they are called back: the latest, when there were several. */
    backId: text(),
    /** Dialled in vain, in the latest call. */
    attempts: integer().notNull().default(0),
    /** Not dialled before this moment. */
    nextAt: integer(),
    lastFailure: text().$type<CallBackFailure>(),
    doneAt: integer(),
    doneBy: text(),
  },
  (t) => [
    index('call_back_requests_open').on(t.doneAt, t.requestedAt),
    index('call_back_requests_caller').on(t.caller, t.doneAt),
    index('call_back_requests_back').on(t.backId),
  ],
);
