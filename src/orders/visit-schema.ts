import { z } from 'zod';
import { triedWords } from '../order-rules/visit-tries.ts';

export const triedSchema = z.enum(triedWords);

/** Visits that were tried in vain, and when one may be given up. */
export const visitSchema = z.object({
  tries: z.array(
    z.object({
      at: z.number(),
      person: z.string(),
      why: triedSchema,
      /** When they asked to be called again. */
      until: z.number().nullable(),
    }),
  ),
  counted: z.number(),
  needed: z.number(),
  mayClose: z.boolean(),
  nextAt: z.number().nullable(),
});
export type VisitView = z.infer<typeof visitSchema>;
