import { z } from 'zod';
import { type MoveName, moveNames } from '../order-rules/moves.ts';
import { type NoteName, noteNames } from '../order-rules/notes.ts';
import { solvedWords } from '../order-rules/order.ts';
import { type ReplyFault, replyFaults } from '../order-rules/reply-checks.ts';
import {
  type OrderState,
  orderStateNames,
  partyTypes,
  type RequestType,
  requestTypes,
  urgencies,
} from '../order-rules/words.ts';
import { taskSchema } from './task-schema.ts';
import { stepSchema } from './timeline-schema.ts';
import { triedSchema, visitSchema } from './visit-schema.ts';

export type { OfficialNotice } from '../kit/working-days.ts';
export type { Catalogue, Matter, RequestPoint } from '../order-rules/catalogue.ts';
export type { Policies, PolicyPack } from '../order-rules/policy.ts';
export type { RelayView } from './relay-schema.ts';
export type { VisitView } from './visit-schema.ts';

const typeNames = Object.keys(requestTypes) as [RequestType, ...RequestType[]];
const states = orderStateNames as [OrderState, ...OrderState[]];
const code = z.string().trim().max(32);
const id = z.string().min(1).max(64);
const words = (length: number) => z.string().trim().max(length);

const requestTypeSchema = z.enum(typeNames);
const orderStateSchema = z.enum(states);

/** What an agent, or a citizen's form, takes down. */
export const newOrderSchema = z.strictObject({
  type: requestTypeSchema,
  urgency: z.enum(urgencies).default('normal'),
  party: z.enum(partyTypes).default('person'),
  matter: code.min(1),
  area: code,
  title: words(128).min(1),
  content: words(4_000).min(1),
  place: words(256).default(''),
  callerName: words(64).default(''),
  /** The number to reach the caller; the calling number when it is left out and there is a call. */
  callerNumber: z
    .string()
    .regex(/^\+?\d{3,20}$/)
    .optional(),
  /** Identity to be kept from the unit. Reports (举报) are sealed whatever is said here. */
  confidential: z.boolean().default(false),
  againstUnitId: id.nullable().default(null),
  callId: id.optional(),
  /** Request point (诉求点) and what its template asked for. */
  point: code.nullable().default(null),
  answers: z.record(z.string().max(32), words(500)).default({}),
});
export type NewOrder = z.infer<typeof newOrderSchema>;

/** A move somebody makes, with what it carries; the table says which fields a move keeps. */
export const actSchema = z.strictObject({
  do: z.union([
    z.enum(moveNames as [MoveName, ...MoveName[]]),
    z.enum(noteNames as [NoteName, ...NoteName[]]),
    z.enum(['agree', 'decline']),
  ]),
  why: words(1_000).optional(),
  citesItem: id.optional(),
  unitId: id.optional(),
  coUnitIds: z.array(id).max(20).optional(),
  handlingUnitId: id.optional(),
  owner: id.optional(),
  masterId: id.optional(),
  ground: words(1_000).optional(),
  suggestedUnitId: id.optional(),
  /** Milliseconds since the epoch. */
  until: z.int().positive().optional(),
  taskId: id.optional(),
  settled: z.boolean().optional(),
  site: z
    .strictObject({
      at: z.int().positive(),
      place: words(256).min(1),
      position: z
        .strictObject({ lat: z.number().min(-90).max(90), lng: z.number().min(-180).max(180) })
        .nullable(),
      parties: words(500),
      fileIds: z.array(id).max(20),
    })
    .optional(),
  workdays: z.int().min(1).max(60).optional(),
  plan: words(2_000).optional(),
  publicReply: words(4_000).optional(),
  proof: words(2_000).optional(),
  callId: id.optional(),
  satisfied: z.boolean().optional(),
  notReached: z.boolean().optional(),
  tried: triedSchema.optional(),
  rating: z.int().min(1).max(5).optional(),
  solved: z.enum(solvedWords).optional(),
  level: z.union([z.literal(1), z.literal(2), z.literal(3)]).optional(),
  sealed: z.boolean().optional(),
});
export type ActBody = z.infer<typeof actSchema>;

export const listQuerySchema = z.strictObject({
  /**
   * `mine` is what the asker has to act on, what burns first at the top; `withdrawals` are the orders
   * whose citizens wish to withdraw them, the longest waiting first.
   */
  view: z.enum(['mine', 'all', 'withdrawals']).default('mine'),
  state: orderStateSchema.optional(),
  number: words(32).optional(),
  caller: z
    .string()
    .regex(/^\d{3,20}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListQuery = z.infer<typeof listQuerySchema>;

const clockSchema = z.object({
  kind: z.string(),
  owner: z.string(),
  ownerName: z.string(),
  startedAt: z.number(),
  dueAt: z.number(),
  stoppedAt: z.number().nullable(),
  paused: z.object({ at: z.number(), why: z.string() }).nullable(),
  warning: z.enum(['calm', 'amber', 'red', 'overdue']),
});

export const orderRowSchema = z.object({
  id: z.string(),
  number: z.string().nullable(),
  state: orderStateSchema,
  type: requestTypeSchema,
  urgency: z.enum(urgencies),
  matter: z.string(),
  area: z.string(),
  /** Matter and area by the names they had when the order was taken down, from the widest to the narrowest. */
  matterPath: z.string(),
  areaPath: z.string(),
  title: z.string(),
  sealed: z.boolean(),
  createdAt: z.number(),
  endedAt: z.number().nullable(),
  dueAt: z.number().nullable(),
  warning: z.enum(['calm', 'amber', 'red', 'overdue']).nullable(),
  leadUnit: z.string().nullable(),
  responsible: z.string().nullable(),
  supervision: z.number(),
  /** The citizen's wish to withdraw it, still to be decided on. */
  withdrawal: z.object({ at: z.number(), why: z.string() }).nullable(),
});
export type OrderRowView = z.infer<typeof orderRowSchema>;

const fileSchema = z.object({
  id: z.string(),
  at: z.number(),
  name: z.string(),
  kind: z.string(),
  bytes: z.number(),
  person: z.string(),
  unit: z.string().nullable(),
});

const faults = Object.keys(replyFaults) as [ReplyFault, ...ReplyFault[]];
/** What may be wrong with a reply, and the words that show it. */
export const findingSchema = z.object({ fault: z.enum(faults), words: z.string() });

export const orderSchema = orderRowSchema.extend({
  content: z.string(),
  place: z.string(),
  /** Empty where the viewer may not know. */
  callerName: z.string(),
  callerMasked: z.string(),
  callId: z.string().nullable(),
  /** Calls about it, the first one first. */
  callIds: z.array(z.string()),
  /** What the template asked for, with its words of that day. */
  point: z.string().nullable(),
  pointCode: z.string().nullable(),
  party: z.enum(partyTypes),
  answers: z.array(z.object({ key: z.string(), label: z.string(), value: z.string() })),
  /** The order this one seems to repeat, or was merged into. */
  repeatOf: z.object({ id: z.string(), number: z.string(), title: z.string() }).nullable(),
  /** Orders that were merged into this one: their callers keep notice and vote. */
  merged: z.array(
    z.object({ id: z.string(), number: z.string(), visitedAt: z.number().nullable() }),
  ),
  files: z.array(fileSchema),
  queryCode: z.string().nullable(),
  pack: z.string().nullable(),
  coUnits: z.array(z.string()),
  clocks: z.array(clockSchema),
  pending: z
    .object({ move: z.string(), askedBy: z.string(), askedAt: z.number(), agreed: z.number() })
    .nullable(),
  tasks: z.array(taskSchema),
  /** May this viewer answer instructions, or settle them? */
  mayAnswer: z.boolean(),
  maySettle: z.boolean(),
  /** Of a long-term order. */
  plan: z.object({ text: z.string(), reviewAt: z.number() }).nullable(),
  hops: z.number(),
  reworks: z.number(),
  urged: z.number(),
  /** The reply that waits for a yes, and what may be wrong with it. */
  reply: z.object({ text: z.string(), findings: z.array(findingSchema) }).nullable(),
  mayAttach: z.boolean(),
  mayCall: z.boolean(),
  visit: visitSchema.nullable(),
  /** Moves this viewer may make now, in the table's order. */
  moves: z.array(z.string()),
  timeline: z.array(stepSchema),
});
export type OrderView = z.infer<typeof orderSchema>;

/** What is known of a request while it is still being typed. */
export const similarQuerySchema = z.strictObject({
  callId: id.optional(),
  callerNumber: z
    .string()
    .regex(/^\+?\d{3,20}$/)
    .optional(),
  matter: code.default(''),
  area: code.default(''),
  place: words(256).default(''),
});
export type SimilarQuery = z.infer<typeof similarQuerySchema>;

/** An open order that may be about the same thing, and why it is shown. */
export const similarSchema = orderRowSchema.extend({
  why: z.enum(['caller', 'place']),
  place: z.string(),
});

export type { CitizenAct, PublicOrder } from './citizen-schema.ts';
export type {
  AreaRules,
  CalendarPreview,
  DocumentKind,
  OrderSettingsView,
  SettingsVersions,
  TryOut,
  TryOutQuery,
} from './settings-schema.ts';
export type { Board, HeldMeeting, MeetingRow, MeetingView } from './supervision-schema.ts';
export type { TaskView } from './task-schema.ts';

export const unitSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  parentId: id.nullable(),
  name: words(64).min(1),
  dutyPersonId: id.nullable(),
  enabled: z.boolean().default(true),
  /** With which units it is compared; left out, it stays as it is. */
  peers: words(32).optional(),
});

export const viewerSchema = z.object({
  at: z.number(),
  person: z.string(),
  unit: z.string().nullable(),
  ip: z.string(),
  act: z.string(),
  why: z.string(),
});
