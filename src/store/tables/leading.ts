import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import type { AlertKind, Audience, SeatQueues } from '../../events-leading.ts';

/** Rests agents asked for, folded from the events. Over when refused, taken back, or rested. */
export const restRequests = sqliteTable(
  'rest_requests',
  {
    id: text().primaryKey(),
    seatId: text().notNull(),
    agentId: text().notNull(),
    reason: text().notNull(),
    note: text().notNull(),
    askedAt: integer().notNull(),
    expiresAt: integer().notNull(),
    state: text().$type<'asked' | 'approved' | 'refused' | 'expired' | 'withdrawn'>().notNull(),
    decidedAt: integer(),
    decidedBy: text(),
    begunAt: integer(),
    overAt: integer(),
  },
  (t) => [index('rest_requests_open').on(t.overAt, t.seatId)],
);

/** What leaders tell the desks, folded from the events. */
export const notices = sqliteTable(
  'notices',
  {
    id: text().primaryKey(),
    at: integer().notNull(),
    personId: text().notNull(),
    text: text().notNull(),
    isUrgent: integer({ mode: 'boolean' }).notNull(),
    audience: text({ mode: 'json' }).$type<Audience>().notNull(),
    until: integer(),
    withdrawnAt: integer(),
  },
  (t) => [index('notices_at').on(t.at)],
);

/** Who has read which notice, and when. */
export const noticeReads = sqliteTable(
  'notice_reads',
  {
    noticeId: text().notNull(),
    personId: text().notNull(),
    seatId: text(),
    at: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.noticeId, t.personId] })],
);

/** What leaders were alarmed of, folded from the events. */
export const alerts = sqliteTable(
  'alerts',
  {
    id: text().primaryKey(),
    key: text().notNull(),
    kind: text().$type<AlertKind>().notNull(),
    at: integer().notNull(),
    callId: text(),
    seatId: text(),
    agentId: text(),
    queueId: text(),
    score: integer(),
    limitMs: integer(),
    overAt: integer(),
    acknowledgedAt: integer(),
    acknowledgedBy: text(),
  },
  (t) => [index('alerts_at').on(t.at), index('alerts_open').on(t.overAt)],
);

/** Saved arrangements of seats, by name. */
export const plans = sqliteTable(
  'plans',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    seats: text({ mode: 'json' }).$type<SeatQueues[]>().notNull(),
    at: integer().notNull(),
    personId: text().notNull(),
  },
  (t) => [uniqueIndex('plans_name').on(t.name)],
);

/** Plans that were applied, with what the seats had before. */
export const planRuns = sqliteTable('plan_runs', {
  id: text().primaryKey(),
  name: text().notNull(),
  at: integer().notNull(),
  personId: text().notNull(),
  before: text({ mode: 'json' }).$type<SeatQueues[]>().notNull(),
  undoneAt: integer(),
});

/** When which emergency profile was on, folded from the events. */
export const emergencyRuns = sqliteTable('emergency_runs', {
  id: text().primaryKey(),
  profileId: text().notNull(),
  at: integer().notNull(),
  personId: text().notNull(),
  versionBefore: integer().notNull(),
  noticeId: text(),
  seats: text({ mode: 'json' }).$type<SeatQueues[]>().notNull(),
  overAt: integer(),
  overBy: text(),
});
