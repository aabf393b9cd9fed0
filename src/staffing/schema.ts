import { z } from 'zod';

/** What is asked: how many seats for so many calls. Times in seconds. */
export const staffQuestionSchema = z.strictObject({
  /** Calls in the hour to be staffed. */
  callsPerHour: z.coerce.number().positive().max(20_000),
  /** Conversation and wrap-up. */
  handlingSeconds: z.coerce.number().min(1).max(7_200),
  /** At least so many percent … */
  percent: z.coerce.number().positive().max(99.9).default(95),
  /** … answered within so many seconds. */
  limitSeconds: z.coerce.number().positive().max(600).default(15),
  /** Average patience of callers; without it nobody gives up. */
  patienceSeconds: z.coerce.number().min(1).max(3_600).optional(),
});
export type StaffQuestion = z.infer<typeof staffQuestionSchema>;

/** What the thread is given. */
export const staffTaskSchema = z.strictObject({ asked: staffQuestionSchema, calls: z.int() });
export type StaffTask = z.infer<typeof staffTaskSchema>;

const share = z.number();

/** What callers meet with so many seats: by formula, and in the simulation. */
const curvePointSchema = z.object({
  seats: z.int(),
  /** Share answered within the limit, by formula. */
  formula: share,
  simulated: share,
  meanWaitSeconds: z.number(),
  abandoned: share,
});
export type CurvePoint = z.infer<typeof curvePointSchema>;

const staffAnswerSchema = z
  .object({
    loadErlangs: z.number(),
    /** By Erlang C: nobody gives up. */
    erlangC: z.int(),
    /** By Erlang A; null without a patience. */
    erlangA: z.int().nullable(),
    /** The rule of thumb: load plus its square root. */
    squareRoot: z.int(),
    /** By simulation with the real engine; null when no seat count of the curve reaches the target. */
    simulation: z.int().nullable(),
    curve: z.array(curvePointSchema),
  })
  .meta({ id: 'StaffAnswer' });
export type StaffAnswer = z.infer<typeof staffAnswerSchema>;

/** One line of the stream: how far the simulation is, and at last the answer, or that there is none. */
export const staffNewsSchema = z.union([
  z.strictObject({ done: z.int(), of: z.int(), point: curvePointSchema }),
  z.strictObject({ answer: staffAnswerSchema }),
  z.strictObject({ failed: z.string() }),
]);
export type StaffNews = z.infer<typeof staffNewsSchema>;
