import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { SeatState } from '../../events.ts';

/** A position with a phone. */
export const seats = sqliteTable('seats', {
  id: text().primaryKey(),
  name: text().notNull(),
  phone: text().$type<'browser' | 'sip' | 'outside'>().notNull(),
  /** The telephone outside that is the seat's phone. */
  number: text(),
  queues: text({ mode: 'json' }).$type<{ queueId: string; level: number }[]>().notNull(),
  enabled: integer({ mode: 'boolean' }).notNull().default(true),
  /** The phone answers by itself, with a tone for the agent. */
  autoAnswer: integer({ mode: 'boolean' }).notNull().default(false),
  createdAt: integer().notNull(),
});

/** Positions of other departments that agents can bring into a call, and who is on duty there. */
export const experts = sqliteTable('experts', {
  id: text().primaryKey(),
  name: text().notNull(),
  skill: text().notNull(),
  seatId: text(),
  number: text(),
  enabled: integer({ mode: 'boolean' }).notNull().default(true),
  roster: text({ mode: 'json' }).$type<Roster>().notNull(),
  createdAt: integer().notNull(),
});

/** Who is on duty, by weekday (1 = Monday) and by date; a date that is named replaces its weekday. */
export interface Roster {
  weekly: { days: number[]; from: string; to: string; who: string }[];
  dates: { date: string; shifts: { from: string; to: string; who: string }[] }[];
}

/** What a signed-in seat is doing: folded from the events, read after a restart. */
export const seatStates = sqliteTable('seat_states', {
  seatId: text().primaryKey(),
  agentId: text().notNull(),
  state: text().$type<SeatState>().notNull(),
  since: integer().notNull(),
  reason: text(),
  callId: text(),
  until: integer(),
  /** Not ready for this reason once the present call is over. */
  notReadyNext: text(),
});
