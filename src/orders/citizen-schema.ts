import { z } from 'zod';
import { solvedWords } from '../order-rules/order.ts';

/** What a citizen sees with number and query code: no names, no units' inner steps. */
export const citizenActs = ['supplement', 'urge', 'rate', 'ask-withdrawal'] as const;

/** What a citizen does with the own order, by number and query code. */
export const citizenActSchema = z.strictObject({
  do: z.enum(citizenActs),
  why: z.string().trim().max(1_000).optional(),
  /** Of the handling, 1 to 5. */
  rating: z.int().min(1).max(5).optional(),
  solved: z.enum(solvedWords).optional(),
});
export type CitizenAct = z.infer<typeof citizenActSchema>;

export const publicOrderSchema = z.object({
  number: z.string(),
  state: z.string(),
  title: z.string(),
  createdAt: z.number(),
  dueAt: z.number().nullable(),
  timeline: z.array(z.object({ at: z.number(), what: z.string(), text: z.string() })),
  /** What the citizen may do now. */
  may: z.array(z.enum(citizenActs)),
});
export type PublicOrder = z.infer<typeof publicOrderSchema>;
