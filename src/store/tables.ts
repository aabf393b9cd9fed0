import { sql } from 'drizzle-orm';
import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import type { CallerAttribute } from '../../config/hotline-callers.ts';
import type { TextKind } from '../../config/messages.ts';
import type { CountingState } from '../counting/fold.ts';
import type { HangUpSide, SeatState } from '../events.ts';
import type { CallBackFailure, CallBackOutcome } from '../events-call-back.ts';
import type { AlertKind, Audience, SeatQueues } from '../events-leading.ts';
import type { Order, Solved } from '../order-rules/order.ts';
import type { OrderState, RequestType, Urgency } from '../order-rules/words.ts';

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

/** Every table of the house. Times are milliseconds since the epoch unless the name says otherwise. */

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
  (t) => [index('recordings_call').on(t.callId), index('recordings_started').on(t.startedAt)],
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

/** Known callers. The number is the caller's as calls have it, without prefixes: see `phone-number.ts`. */
export const callers = sqliteTable(
  'callers',
  {
    id: text().primaryKey(),
    number: text().notNull(),
    name: text().notNull(),
    attributes: text({ mode: 'json' }).$type<CallerAttribute[]>().notNull(),
    language: text().$type<'zh' | 'yue' | 'en'>(),
    note: text().notNull(),
    updatedAt: integer().notNull(),
    updatedBy: text().notNull(),
  },
  (t) => [uniqueIndex('callers_number').on(t.number)],
);

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
});

export const people = sqliteTable(
  'people',
  {
    id: text().primaryKey(),
    login: text().notNull(),
    name: text().notNull(),
    /** Staff number 工号, shown to callers and leaders. */
    staffNo: text().notNull(),
    team: text().notNull().default(''),
    roles: text({ mode: 'json' }).$type<string[]>().notNull(),
    passwordHash: text().notNull(),
    mustChangePassword: integer({ mode: 'boolean' }).notNull().default(true),
    failedSignIns: integer().notNull().default(0),
    lockedUntil: integer(),
    disabledAt: integer(),
    createdAt: integer().notNull(),
  },
  (t) => [uniqueIndex('people_login').on(t.login), uniqueIndex('people_staff_no').on(t.staffNo)],
);

export const sessions = sqliteTable(
  'sessions',
  {
    /** SHA-256 of the cookie's token: a stolen database signs nobody in. */
    id: text().primaryKey(),
    personId: text().notNull(),
    createdAt: integer().notNull(),
    lastSeenAt: integer().notNull(),
    expiresAt: integer().notNull(),
    ip: text().notNull(),
    userAgent: text().notNull(),
  },
  (t) => [index('sessions_person').on(t.personId)],
);

/** Who did what to whom. Append only (triggers refuse change and removal), chained by hash. */
export const audit = sqliteTable(
  'audit',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    at: integer().notNull(),
    personId: text(),
    personName: text().notNull(),
    ip: text().notNull(),
    action: text().notNull(),
    subject: text().notNull(),
    detail: text({ mode: 'json' }).notNull(),
    hash: text().notNull(),
  },
  (t) => [index('audit_subject').on(t.subject, t.seq), index('audit_person').on(t.personId, t.seq)],
);

/** What callers are told of an incident, e.g. a burst water main. None is ever removed. */
export const bulletins = sqliteTable('bulletins', {
  id: text().primaryKey(),
  texts: text({ mode: 'json' }).$type<{ zh: string; yue: string; en: string }>().notNull(),
  /** Who hears it: callers of these entries, queues or menu choices; all empty = everybody. */
  scope: text({ mode: 'json' })
    .$type<{ entries: string[]; queues: string[]; choices: string[] }>()
    .notNull(),
  startsAt: integer().notNull(),
  endsAt: integer(),
  isOn: integer({ mode: 'boolean' }).notNull(),
  hasSound: integer({ mode: 'boolean' }).notNull(),
  createdAt: integer().notNull(),
  createdBy: text().notNull(),
  changedAt: integer().notNull(),
  changedBy: text().notNull(),
});

export const hotlineVersions = sqliteTable('hotline_versions', {
  version: integer().primaryKey({ autoIncrement: true }),
  body: text({ mode: 'json' }).notNull(),
  at: integer().notNull(),
  personId: text(),
  why: text().notNull(),
});

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
  { personId: text().primaryKey(), unitId: text().notNull() },
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
    index('orders_ended').on(t.endedAt, t.id).where(sql`"endedAt" IS NOT NULL`),
    index('orders_created').on(t.createdAt),
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

/** What the published rates ask about an order, folded from its events; no person stands here. */
export const orderFacts = sqliteTable(
  'order_facts',
  {
    orderId: text().primaryKey(),
    openedBy: text().notNull(),
    matter: text().notNull(),
    area: text().notNull(),
    firstUnitId: text(),
    leadUnitId: text(),
    /** Accepted, or answered on the spot. */
    takenAt: integer(),
    answeredAt: integer(),
    refusedAt: integer(),
    mergedInto: text(),
    dispatchedAt: integer(),
    signDueAt: integer(),
    signedAt: integer(),
    contactDueAt: integer(),
    contactedAt: integer(),
    firstReplyDueAt: integer(),
    replyDueAt: integer(),
    replyPausedAt: integer(),
    repliedAt: integer(),
    returnsAsked: integer().notNull(),
    returnsApproved: integer().notNull(),
    returnsRefused: integer().notNull(),
    ruled: integer({ mode: 'boolean' }).notNull(),
    visitDueAt: integer(),
    visitedAt: integer(),
    reached: integer({ mode: 'boolean' }),
    solvedByCaller: text().$type<Solved>(),
    /** Given by the caller, 1 to 5. */
    rating: integer(),
    reworks: integer().notNull(),
    closedAt: integer(),
  },
  (t) => [
    index('order_facts_taken').on(t.takenAt),
    index('order_facts_dispatched').on(t.dispatchedAt),
    index('order_facts_sign').on(t.signDueAt),
    index('order_facts_reply').on(t.replyDueAt),
    index('order_facts_visit').on(t.visitDueAt),
    index('order_facts_closed').on(t.closedAt),
  ],
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
    act: text().$type<'view' | 'reveal' | 'export' | 'print'>().notNull(),
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

/** Texts to whoever asked: the outbox. `nextAt` is null once it was sent or given up. */
export const messages = sqliteTable(
  'messages',
  {
    id: text().primaryKey(),
    orderId: text().notNull(),
    kind: text().$type<TextKind>().notNull(),
    number: text().notNull(),
    text: text().notNull(),
    createdAt: integer().notNull(),
    state: text().$type<'waiting' | 'sent' | 'failed'>().notNull(),
    attempts: integer().notNull(),
    nextAt: integer(),
    sentAt: integer(),
  },
  (t) => [
    index('messages_next').on(t.nextAt).where(sql`"nextAt" IS NOT NULL`),
    index('messages_order').on(t.orderId, t.createdAt),
    index('messages_state').on(t.state, t.createdAt),
  ],
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
