import { sql } from 'drizzle-orm';
import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import type { Order } from '../../order-rules/order.ts';
import type { OrderState, RequestType, Urgency } from '../../order-rules/words.ts';

/** Units (承办单位): a tree of up to five levels, city government at the top. */
export const units = sqliteTable('units', {
  id: text().primaryKey(),
  parentId: text(),
  name: text().notNull(),
  /** Who answers for what comes in until somebody signs for it. */
  dutyPersonId: text(),
  enabled: integer({ mode: 'boolean' }).notNull().default(true),
  /** With which units it is compared (效能榜): 区县, 街道, 市直部门 …; empty = with none. */
  peers: text().notNull().default(''),
});

/** Which people act for which unit; one unit each. */
export const unitMembers = sqliteTable(
  'unit_members',
  {
    personId: text().primaryKey(),
    unitId: text().notNull(),
    /** The officer's own telephone, called first when they speak to a citizen through the hotline. */
    phone: text(),
  },
  (t) => [index('unit_members_unit').on(t.unitId)],
);

/** One row per work order (工单), folded from its events; lists and searches read it. */
export const orders = sqliteTable(
  'orders',
  {
    id: text().primaryKey(),
    /** Null while it is a draft; never used twice. */
    number: text(),
    /** What the citizen needs beside the number to follow the order. */
    queryCode: text(),
    state: text().$type<OrderState>().notNull(),
    type: text().$type<RequestType>().notNull(),
    urgency: text().$type<Urgency>().notNull(),
    matter: text().notNull(),
    area: text().notNull(),
    sealed: integer({ mode: 'boolean' }).notNull(),
    title: text().notNull(),
    content: text().notNull(),
    place: text().notNull(),
    /** The party's own words on who they are; hidden below the deciding unit when sealed. */
    callerName: text().notNull(),
    callerNumber: text().notNull(),
    callId: text(),
    createdBy: text().notNull(),
    createdAt: integer().notNull(),
    leadUnitId: text(),
    handlingUnitId: text(),
    responsible: text(),
    supervision: integer().notNull(),
    /** When the next running clock of whoever has to act is due; null when none runs. */
    dueAt: integer(),
    /** By when somebody has to answer an instruction; null when nobody has to. */
    taskDueAt: integer(),
    /** When the house itself has something to do: silence is acceptance, archiving, supervision. */
    wakeAt: integer(),
    endedAt: integer(),
    mergedInto: text(),
    /** Request point (诉求点), its template's answers, and the version of the catalogue they are from. */
    point: text(),
    answers: text({ mode: 'json' }).$type<Record<string, string>>(),
    catalogueVersion: integer(),
    /** When the caller of a merged order was asked what they think of it; they keep their vote. */
    visitedAt: integer(),
    /** Since when a citizen's wish to withdraw waits for an answer. */
    withdrawalAt: integer(),
    /** The order as the rules see it. */
    folded: text({ mode: 'json' }).$type<Order>().notNull(),
  },
  (t) => [
    uniqueIndex('orders_number').on(t.number),
    index('orders_unit').on(t.handlingUnitId, t.state, t.dueAt),
    index('orders_state').on(t.state, t.dueAt),
    index('orders_caller').on(t.callerNumber, t.createdAt),
    index('orders_place').on(t.matter, t.area, t.createdAt),
    index('orders_call').on(t.callId),
    index('orders_wake').on(t.wakeAt),
    index('orders_supervised')
      .on(t.supervision, t.dueAt)
      .where(sql`"supervision" > 0 AND "endedAt" IS NULL`),
    index('orders_tasks').on(t.taskDueAt).where(sql`"taskDueAt" IS NOT NULL`),
    index('orders_created').on(t.createdAt),
    index('orders_withdrawals').on(t.withdrawalAt).where(sql`"withdrawalAt" IS NOT NULL`),
    index('orders_merged').on(t.mergedInto).where(sql`"mergedInto" IS NOT NULL`),
    index('orders_code').on(t.queryCode),
    // Lists: those a clock runs for, whole, and the newest of the others by state and by unit.
    index('orders_burning')
      .on(t.dueAt, t.state, t.handlingUnitId, t.id)
      .where(sql`"dueAt" IS NOT NULL`),
    index('orders_calm').on(t.state, t.createdAt).where(sql`"dueAt" IS NULL`),
    index('orders_calm_unit')
      .on(t.handlingUnitId, t.state, t.createdAt)
      .where(sql`"dueAt" IS NULL`),
  ],
);

/** Files that belong to an order; the content lies in the data folder under its SHA-256. */
export const orderFiles = sqliteTable(
  'order_files',
  {
    id: text().primaryKey(),
    orderId: text().notNull(),
    at: integer().notNull(),
    personId: text().notNull(),
    unitId: text(),
    name: text().notNull(),
    /** By what is in it, never by its name. */
    kind: text().notNull(),
    bytes: integer().notNull(),
    sha256: text().notNull(),
  },
  (t) => [index('order_files_order').on(t.orderId, t.at)],
);

/** What happened to orders: never changed, each row's hash covers the row before. */
export const orderEvents = sqliteTable(
  'order_events',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    orderId: text().notNull(),
    at: integer().notNull(),
    move: text().notNull(),
    step: text().notNull(),
    actor: text().notNull(),
    personId: text().notNull(),
    unitId: text(),
    ip: text().notNull(),
    body: text().notNull(),
    hash: text().notNull(),
  },
  (t) => [index('order_events_order').on(t.orderId, t.seq)],
);

/** Who looked at an order, revealed a number in it, exported or printed it. */
export const orderViews = sqliteTable(
  'order_views',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    orderId: text().notNull(),
    at: integer().notNull(),
    personId: text().notNull(),
    unitId: text(),
    ip: text().notNull(),
    act: text().$type<'view' | 'reveal' | 'export' | 'print' | 'call'>().notNull(),
    why: text().notNull(),
  },
  (t) => [index('order_views_order').on(t.orderId, t.seq)],
);

/** Dispatch rules: which unit leads for a matter in an area. Imported as a whole, kept in versions. */
export const dispatchRules = sqliteTable(
  'dispatch_rules',
  {
    version: integer().notNull(),
    matter: text().notNull(),
    area: text().notNull(),
    leadUnitId: text().notNull(),
    coUnitIds: text({ mode: 'json' }).$type<string[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.version, t.matter, t.area] })],
);

/** Attempts to learn of an order with a wrong query code, by whom and of what: the guard against guessing. */
export const progressTries = sqliteTable(
  'progress_tries',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    /** `number:…` of the order that was asked for, or `from:…` the caller or address that asked. */
    subject: text().notNull(),
    at: integer().notNull(),
  },
  (t) => [index('progress_tries_subject').on(t.subject, t.at)],
);

/**
 * What an administration decides about work orders, as documents in versions: `policies`,
 * `catalogue`, `calendar-2027`. None is ever changed or removed.
 */
export const orderSettings = sqliteTable(
  'order_settings',
  {
    kind: text().notNull(),
    version: integer().notNull(),
    at: integer().notNull(),
    /** Null for what a city starts with. */
    personId: text(),
    why: text().notNull(),
    body: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.version] })],
);

/** What became of a meeting before it was held: what it was until then, or that it is off. */
export interface MeetingChange {
  readonly kind: 'moved' | 'cancelled';
  readonly at: number;
  readonly personId: string;
  readonly why: string;
  readonly was: { readonly at: number; readonly place: string };
}

/** Joint meetings (联席会议); what they decided stands in the orders' own events, too. */
export const meetings = sqliteTable(
  'meetings',
  {
    id: text().primaryKey(),
    title: text().notNull(),
    at: integer().notNull(),
    place: text().notNull(),
    attendees: text().notNull(),
    /** What was said; null until it was held. */
    minutes: text(),
    heldAt: integer(),
    /** Moved or cancelled, the latest last. */
    changes: text({ mode: 'json' }).$type<MeetingChange[]>().notNull().default([]),
    createdBy: text().notNull(),
    createdAt: integer().notNull(),
  },
  (t) => [index('meetings_at').on(t.at)],
);

export const meetingOrders = sqliteTable(
  'meeting_orders',
  { meetingId: text().notNull(), orderId: text().notNull(), decision: text() },
  (t) => [
    primaryKey({ columns: [t.meetingId, t.orderId] }),
    index('meeting_orders_order').on(t.orderId),
  ],
);
