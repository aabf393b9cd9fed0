import { z } from 'zod';

const id = z.string().min(1).max(40);
const queueIds = z.array(id).min(1).max(200);
const seatIds = z.array(z.string().min(1).max(10)).min(1).max(2_000);

/** What the server tells consoles to ask for again. */
const topics = ['rests', 'notices', 'alerts', 'emergency', 'plans', 'calendar'] as const;
export type Topic = (typeof topics)[number];

/** A rest an agent asked for. */
export const restSchema = z
  .object({
    id,
    seatId: z.string(),
    agentId: z.string(),
    agentName: z.string(),
    reason: z.string(),
    note: z.string(),
    askedAt: z.int(),
    /** When it is refused by itself. */
    expiresAt: z.int(),
    state: z.enum(['asked', 'approved', 'refused', 'expired', 'withdrawn']),
    decidedAt: z.int().nullable(),
    decidedBy: z.string().nullable().describe('a name'),
    /** The seat is resting since; null until its present call is over. */
    begunAt: z.int().nullable(),
    overAt: z.int().nullable(),
    /** The queue the seat stands in. */
    queueId: z.string().nullable(),
  })
  .meta({ id: 'Rest' });
export type Rest = z.infer<typeof restSchema>;

/** How many may rest at a time, and how many do (approved ones included). */
const quotaSchema = z.object({
  /** Null: the whole floor. */
  queueId: z.string().nullable(),
  used: z.int(),
  quota: z.int(),
});
export type RestQuota = z.infer<typeof quotaSchema>;

export const restsSchema = z
  .object({ open: z.array(restSchema), past: z.array(restSchema), quotas: z.array(quotaSchema) })
  .meta({ id: 'Rests' });
export type Rests = z.infer<typeof restsSchema>;

export const askRestSchema = z.strictObject({
  reason: id,
  note: z.string().trim().max(200).default(''),
});
export const decideRestsSchema = z.strictObject({
  ids: z.array(id).min(1).max(500),
  approve: z.boolean(),
  /** Approve although the quota is used up. */
  beyondQuota: z.boolean().default(false),
});
export type RestDecision = z.infer<typeof decideRestsSchema>;

const audienceSchema = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('all') }),
  z.strictObject({ to: z.literal('queues'), queueIds }),
  z.strictObject({ to: z.literal('seats'), seatIds }),
]);

export const newNoticeSchema = z.strictObject({
  text: z.string().trim().min(1).max(500),
  isUrgent: z.boolean(),
  audience: audienceSchema,
  /** Shown until then; null = until it is withdrawn. */
  until: z.int().nullable(),
});
export type NewNotice = z.infer<typeof newNoticeSchema>;

const noticeHead = z.object({
  id,
  at: z.int(),
  by: z.string(),
  text: z.string(),
  isUrgent: z.boolean(),
  until: z.int().nullable(),
});

/** A notice as leaders see it. */
export const noticeSchema = noticeHead
  .extend({
    audience: audienceSchema,
    withdrawnAt: z.int().nullable(),
    /** How many people have read it, and how many seats it is for now that have not. */
    read: z.int(),
    unread: z.int(),
  })
  .meta({ id: 'Notice' });
export type Notice = z.infer<typeof noticeSchema>;

/** A notice at an agent's desk. */
const deskNoticeSchema = noticeHead
  .extend({ readAt: z.int().nullable() })
  .meta({ id: 'DeskNotice' });
export type DeskNotice = z.infer<typeof deskNoticeSchema>;

export const receiptsSchema = z
  .object({
    read: z.array(z.object({ name: z.string(), seatId: z.string().nullable(), at: z.int() })),
    unread: z.array(z.object({ name: z.string(), seatId: z.string() })),
  })
  .meta({ id: 'Receipts' });
export type Receipts = z.infer<typeof receiptsSchema>;

/** An alert that is kept. Over when its cause is gone, or, having none, when acknowledged. */
export const alertRowSchema = z
  .object({
    id,
    kind: z.enum([
      'waiting',
      'long-talk',
      'long-wrap-up',
      'call-back-overdue',
      'low-rating',
      'seat-unreachable',
      'raised-hand',
      'recording-failed',
      'exchange-lost',
    ]),
    at: z.int(),
    callId: z.string().nullable(),
    seatId: z.string().nullable(),
    agentName: z.string().nullable(),
    queueId: z.string().nullable(),
    score: z.int().nullable(),
    /** The limit that was passed, milliseconds. */
    limitMs: z.int().nullable(),
    overAt: z.int().nullable(),
    acknowledgedAt: z.int().nullable(),
    acknowledgedBy: z.string().nullable().describe('a name'),
  })
  .meta({ id: 'AlertRow' });
export type AlertRow = z.infer<typeof alertRowSchema>;

const seatQueuesSchema = z.array(z.object({ queueId: z.string(), level: z.int() }));

/** A saved arrangement of seats. */
export const planSchema = z
  .object({ id, name: z.string(), at: z.int(), by: z.string(), seats: z.int() })
  .meta({ id: 'Plan' });
export type Plan = z.infer<typeof planSchema>;

/** What applying a plan would move. */
export const planPreviewSchema = z
  .object({
    moves: z.array(
      z.object({
        seatId: z.string(),
        seatName: z.string(),
        agentName: z.string().nullable(),
        before: seatQueuesSchema,
        after: seatQueuesSchema,
      }),
    ),
    /** Seats of the plan that are no more, and queues that are no more. */
    goneSeats: z.array(z.string()),
    goneQueues: z.array(z.string()),
  })
  .meta({ id: 'PlanPreview' });
export type PlanPreview = z.infer<typeof planPreviewSchema>;

/** A plan that was applied. */
export const planRunSchema = z
  .object({
    id,
    name: z.string(),
    at: z.int(),
    by: z.string(),
    seats: z.int(),
    undoneAt: z.int().nullable(),
  })
  .meta({ id: 'PlanRun' });
export type PlanRun = z.infer<typeof planRunSchema>;

const both = z.object({ zh: z.string(), en: z.string() });

/** The emergency profile that is on (`null`: none), and those there are. */
export const emergencySchema = z
  .object({
    on: z.object({ profileId: id, name: both, since: z.int(), by: z.string() }).nullable(),
    profiles: z.array(z.object({ id, name: both })),
  })
  .meta({ id: 'Emergency' });
export type Emergency = z.infer<typeof emergencySchema>;

/** What leaders and the house have to say to an agent. */
export const deskNewsSchema = z
  .object({
    rest: restSchema.nullable().describe('asked or approved, or decided within the last minutes'),
    notices: z.array(deskNoticeSchema),
    /** Since when the hand is up, or null. */
    handUpAt: z.int().nullable(),
  })
  .meta({ id: 'DeskNews' });
export type DeskNews = z.infer<typeof deskNewsSchema>;

/** A waiting caller, as the queue page lists them. */
export const waitingSchema = z
  .object({
    callId: z.string(),
    queueId: z.string(),
    /** 1 is served next in this queue. */
    place: z.int(),
    enteredAt: z.int(),
    callerMasked: z.string(),
    priority: z.int(),
    /** A seat is being rung for the caller. */
    isRinging: z.boolean(),
    /** Why the place is what it is: the queue's or the entry's priority, or a leader's. */
    reason: z.enum(['arrival', 'queue', 'entry', 'leader', 'after-transfer']),
  })
  .meta({ id: 'WaitingCaller' });
export type WaitingCaller = z.infer<typeof waitingSchema>;

/** What the hall's wall shows beside the figures. */
export const wallNewsSchema = z
  .object({
    notices: z.array(noticeHead),
    /** Offered per quarter of an hour on the same weekday of the last weeks: means; empty = unknown. */
    normal: z.array(z.number()),
    days: z.int(),
  })
  .meta({ id: 'WallNews' });
export type WallNews = z.infer<typeof wallNewsSchema>;
