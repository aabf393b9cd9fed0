import { z } from 'zod';
import { callerAttributes } from '../../config/hotline-callers.ts';
import { type EndingSlug, endingClasses, endings } from '../ending.ts';
import type { CallBackState } from '../store/tables/calls.ts';
import { languages } from './ports.ts';

const ending = z.enum(Object.keys(endings) as [EndingSlug, ...EndingSlug[]]);
const when = z.int().describe('milliseconds since the epoch');

/** A call as a row of a list. The caller's number is masked here; revealing it is an act of its own. */
export const callRowSchema = z
  .object({
    id: z.string(),
    /** `out`: an agent called; then the caller's number is the one called. */
    direction: z.enum(['in', 'out']),
    entryId: z.string(),
    callerMasked: z.string(),
    dialled: z.string(),
    language: z.enum(languages),
    choice: z.string().nullable(),
    queueId: z.string().nullable(),
    seatId: z.string().nullable(),
    agentId: z.string().nullable(),
    arrivedAt: when,
    queuedAt: when.nullable(),
    connectedAt: when.nullable(),
    endedAt: when.nullable(),
    waitedMs: z.int().nullable(),
    ringMs: z.int().nullable(),
    talkMs: z.int().nullable(),
    heldMs: z.int(),
    rating: z.int().min(1).max(5).nullable(),
    ratingAsked: z.boolean(),
    resultCode: z.string().nullable(),
    tags: z.array(z.string()),
    ending: ending.nullable(),
    /** A call of ours: the call that wanted to be called back. */
    callBackOf: z.string().nullable(),
    /** A unit's officer, or a visitor, called about this work order. */
    orderId: z.string().nullable(),
    /** Where it stands while it lives. */
    stage: z.string().nullable(),
  })
  .meta({ id: 'CallRow' });
export type CallRow = z.infer<typeof callRowSchema>;

const recordingSchema = z
  .object({
    id: z.string(),
    seatId: z.string(),
    agentId: z.string(),
    startedAt: when,
    state: z.enum(['running', 'ready', 'repaired', 'failed', 'removed']),
    sha256: z.string().nullable(),
    durationMs: z.int().nullable(),
    bytes: z.int().nullable(),
    failure: z.string().nullable(),
  })
  .meta({ id: 'Recording' });
export type Recording = z.infer<typeof recordingSchema>;

/** One step of a call's timeline; `detail` is the event without phone numbers. */
const callStepSchema = z
  .object({ seq: z.int(), at: when, kind: z.string(), detail: z.record(z.string(), z.unknown()) })
  .meta({ id: 'CallStep' });
export type CallStep = z.infer<typeof callStepSchema>;

export const callDetailSchema = callRowSchema
  .extend({
    note: z.string(),
    steps: z.array(callStepSchema),
    recordings: z.array(recordingSchema),
  })
  .meta({ id: 'CallDetail' });
export type CallDetail = z.infer<typeof callDetailSchema>;

/** Filter of the list, as it stands in the address bar. */
export const callFilterSchema = z.strictObject({
  from: z.coerce.number().int().optional(),
  to: z.coerce.number().int().optional(),
  queue: z.string().max(40).optional(),
  agent: z.string().max(40).optional(),
  seat: z.string().max(10).optional(),
  ending: ending.optional(),
  class: z.enum(endingClasses).optional(),
  rating: z.coerce.number().int().min(1).max(5).optional(),
  /** The whole number or its last four or more digits. */
  caller: z
    .string()
    .regex(/^\d{4,20}$/)
    .optional(),
  live: z.enum(['yes', 'no']).optional(),
  direction: z.enum(['in', 'out']).optional(),
  tag: z.string().max(40).optional(),
});
export type CallFilter = z.infer<typeof callFilterSchema>;

/** Which page of a filtered list. */
export const callQuerySchema = callFilterSchema.extend({
  /** The `next` of the page before. */
  before: z
    .string()
    .regex(/^\d{1,15}-[0-9A-Za-z-]{1,40}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** A page of calls, newest first. Pass `next` as `before` to get older ones. */
export const callPageSchema = z
  .object({
    rows: z.array(callRowSchema),
    total: z.int().describe('counted up to 10,000: that many or more'),
    next: z.string().nullable(),
  })
  .meta({ id: 'CallPage' });
export type CallPage = z.infer<typeof callPageSchema>;

/** How many calls have which tag, the most frequent first. */
export const tagCountsSchema = z
  .object({ rows: z.array(z.object({ tag: z.string(), calls: z.int() })) })
  .meta({ id: 'TagCounts' });
export type TagCounts = z.infer<typeof tagCountsSchema>;

/** What the agent sees while the phone rings, before answering. */
export const popSchema = z
  .object({
    callId: z.string(),
    callerMasked: z.string(),
    callerKnown: z.boolean(),
    entryId: z.string(),
    dialled: z.string(),
    language: z.enum(languages),
    queueId: z.string(),
    /** Path of menu choices, e.g. `main/1/shop`; null when none was made. */
    choice: z.string().nullable(),
    priority: z.int(),
    arrivedAt: when,
    waitedMs: z.int(),
    attempt: z.int(),
    /** The caller is to be called back: how often that was tried in vain, and since when they wait. */
    callBack: z.object({ isMissed: z.boolean(), requestedAt: when, attempts: z.int() }).nullable(),
    connectedAt: when.nullable(),
    note: z.string(),
    resultCode: z.string().nullable(),
    /** What the register of known callers says; null when the caller is not in it. */
    registered: z
      .object({
        name: z.string(),
        attributes: z.array(z.enum(callerAttributes)),
        note: z.string(),
      })
      .nullable(),
    tags: z.array(z.string()),
    direction: z.enum(['in', 'out']),
    /** How often this number called before, and the latest five. */
    callsBefore: z.int(),
    lastCalls: z.array(
      callRowSchema
        .pick({
          id: true,
          arrivedAt: true,
          queueId: true,
          agentId: true,
          ending: true,
          rating: true,
          resultCode: true,
          talkMs: true,
        })
        .extend({ note: z.string() }),
    ),
  })
  .meta({ id: 'Pop' });
export type Pop = z.infer<typeof popSchema>;

export const revealSchema = z.strictObject({ reason: z.string().trim().min(2).max(200) });

/** Where a wish to be called back stands. */
const callBackStates = [
  'listed',
  'waiting',
  'dialling',
  'paused',
  'failed',
  'reached',
  'called-again',
  'taken-over',
  'done',
  'cancelled',
] as const satisfies readonly CallBackState[];

/** A caller who asked to be called back, or was missed. */
export const callBackSchema = z
  .object({
    callId: z.string(),
    callerMasked: z.string(),
    queueId: z.string(),
    language: z.enum(languages),
    requestedAt: when,
    isMissed: z.boolean().describe('nobody asked: the caller gave up or was turned away'),
    state: z.enum(callBackStates),
    backId: z.string().nullable().describe('the call in which they are called back'),
    attempts: z.int().describe('dialled in vain so far'),
    nextAt: when.nullable().describe('not dialled before this moment'),
    lastFailure: z.string().nullable(),
    doneAt: when.nullable(),
    doneBy: z.string().nullable(),
  })
  .meta({ id: 'CallBack' });
export type CallBack = z.infer<typeof callBackSchema>;

/** The outline of a recording: for each of some 800 slices the loudest sample, 0 to 1. */
export const peaksSchema = z
  .object({
    durationMs: z.int(),
    left: z.array(z.number()).describe('the caller'),
    right: z.array(z.number()).describe('the agent'),
  })
  .meta({ id: 'Peaks' });
export type Peaks = z.infer<typeof peaksSchema>;
