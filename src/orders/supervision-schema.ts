import { z } from 'zod';
import { orderRowSchema } from './schema.ts';
import { taskSchema } from './task-schema.ts';

const id = z.string().min(1).max(64);
const moment = z.int().positive();

export const boardSchema = z.object({
  /** Open orders under supervision, the highest level first, what burns first at the top. */
  orders: z.array(
    orderRowSchema.extend({
      why: z.string(),
      since: z.number(),
      hops: z.number(),
      urged: z.number(),
    }),
  ),
  /** Instructions nobody has answered yet. */
  tasks: z.array(taskSchema),
  /** Long-term orders, by the day they are looked at again. */
  plans: z.array(orderRowSchema.extend({ plan: z.string(), reviewAt: z.number() })),
  rules: z.array(z.object({ id: z.string(), level: z.number(), title: z.string() })),
});
export type Board = z.infer<typeof boardSchema>;

export const newMeetingSchema = z.strictObject({
  title: z.string().trim().min(1).max(100),
  at: moment,
  place: z.string().trim().max(200),
  attendees: z.string().trim().max(1_000),
  /** Ids or numbers of the orders on the agenda. */
  orders: z.array(id).min(1).max(100),
});
export type NewMeeting = z.infer<typeof newMeetingSchema>;

export const heldMeetingSchema = z.strictObject({
  minutes: z.string().trim().min(1).max(8_000),
  decisions: z
    .array(
      z.strictObject({
        orderId: id,
        text: z.string().trim().min(1).max(1_000),
        /** The lead unit, for an order in dispute. */
        unitId: id.optional(),
        coUnitIds: z.array(id).max(20).optional(),
        /** By when it is done. */
        until: moment.optional(),
      }),
    )
    .max(100),
});
export type HeldMeeting = z.infer<typeof heldMeetingSchema>;

const why = z.string().trim().min(1).max(500);
export const movedMeetingSchema = z.strictObject({
  at: moment,
  place: z.string().trim().max(200),
  why,
});
export type MovedMeeting = z.infer<typeof movedMeetingSchema>;
export const cancelledMeetingSchema = z.strictObject({ why });

const meetingFacts = {
  id: z.string(),
  title: z.string(),
  at: z.number(),
  place: z.string(),
  attendees: z.string(),
  /** Null while it is still to come. */
  heldAt: z.number().nullable(),
  isCancelled: z.boolean(),
  createdBy: z.string(),
};
/** A meeting in the list, with how much was decided and how much of that is settled. */
export const meetingRowSchema = z.object({
  ...meetingFacts,
  orders: z.number(),
  decided: z.number(),
  settled: z.number(),
});
export type MeetingRow = z.infer<typeof meetingRowSchema>;

export const meetingSchema = z.object({
  ...meetingFacts,
  minutes: z.string().nullable(),
  /** Moved or cancelled, the latest last, with what it was until then. */
  changes: z.array(
    z.object({
      kind: z.enum(['moved', 'cancelled']),
      at: z.number(),
      person: z.string(),
      why: z.string(),
      was: z.object({ at: z.number(), place: z.string() }),
    }),
  ),
  orders: z.array(
    z.object({
      id: z.string(),
      number: z.string().nullable(),
      title: z.string(),
      state: z.string(),
      leadUnit: z.string().nullable(),
      /** May be decided on now: it is not over. */
      mayDecide: z.boolean(),
      /** In dispute: a decision may name the lead unit. */
      mayRule: z.boolean(),
      decision: z.string().nullable(),
      /** How the decision stands; null without one. */
      task: taskSchema.nullable(),
    }),
  ),
});
export type MeetingView = z.infer<typeof meetingSchema>;
