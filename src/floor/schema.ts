import { z } from 'zod';

/** Figures of one queue since midnight (Asia/Shanghai), folded from the events. */
const queueDaySchema = z
  .object({
    /** Callers who entered the queue (GB/T 33358: offered to people). */
    offered: z.int(),
    answered: z.int(),
    abandoned: z.int(),
    /** Of those, who left within 5 s: mostly wrong numbers. Rates are shown with and without them. */
    abandonedShort: z.int(),
    turnedAway: z.int(),
    /** Answered within the queue's service level, 15 s by the standard. */
    answeredInTime: z.int(),
    /** Sum of the waiting times of answered callers, milliseconds. */
    waitedMs: z.int(),
    talkMs: z.int(),
    rated: z.int(),
    ratingSum: z.int(),
  })
  .meta({ id: 'QueueDay' });
export type QueueDay = z.infer<typeof queueDaySchema>;

const queueLiveSchema = z
  .object({
    queueId: z.string(),
    waiting: z.int(),
    /** Virtual callers: they hung up and are called back when it is their turn. */
    callBacks: z.int(),
    /** When the longest waiting caller came; null when nobody waits. */
    longestSince: z.int().nullable(),
    seats: z.object({
      signedIn: z.int(),
      ready: z.int(),
      ringing: z.int(),
      talking: z.int(),
      wrapUp: z.int(),
      notReady: z.int(),
    }),
    today: queueDaySchema,
  })
  .meta({ id: 'QueueLive' });
export type QueueLive = z.infer<typeof queueLiveSchema>;

const seatLiveSchema = z
  .object({
    seatId: z.string(),
    seatName: z.string(),
    agentId: z.string().nullable(),
    agentName: z.string().nullable(),
    state: z.enum(['offline', 'not-ready', 'ready', 'ringing', 'talking', 'hold', 'wrap-up']),
    since: z.int(),
    reason: z.string().nullable(),
    /** The queue of the present call. */
    callQueueId: z.string().nullable(),
    queueIds: z.array(z.string()).describe('best level first'),
    reachable: z.boolean(),
  })
  .meta({ id: 'SeatLive' });
export type SeatLive = z.infer<typeof seatLiveSchema>;

/** The whole floor at one moment. */
export const floorSchema = z
  .object({
    n: z.int().describe('number of the last change contained'),
    now: z.int(),
    queues: z.array(queueLiveSchema),
    seats: z.array(seatLiveSchema),
    /** Each call counted once, whatever queues it went through. */
    today: queueDaySchema,
    /** Offered and answered per quarter of an hour since midnight. */
    quarters: z.array(z.object({ offered: z.int(), answered: z.int() })),
    connected: z.boolean().describe('the telephone exchange is connected'),
  })
  .meta({ id: 'Floor' });
export type Floor = z.infer<typeof floorSchema>;
