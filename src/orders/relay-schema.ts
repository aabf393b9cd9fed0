import { z } from 'zod';
import { type EndingSlug, endings } from '../ending.ts';

const ending = z.enum(Object.keys(endings) as [EndingSlug, ...EndingSlug[]]);

/** The officer's own telephone. */
export const relayPhoneSchema = z.strictObject({
  number: z
    .string()
    .trim()
    .regex(/^[+\d][\d\s-]{2,24}$/),
});

/** What became of a call between officer and citizen. */
export const relayCallSchema = z.object({
  ending: ending.nullable(),
  talkMs: z.number().nullable(),
});

/** Calls to the citizen through the hotline's number, as their page shows them. */
export const relaySchema = z.object({
  /** The viewer's own telephone; null before they have told it. */
  phoneMasked: z.string().nullable(),
  /** The unit's last try. */
  last: relayCallSchema.extend({ at: z.number(), stage: z.string().nullable() }).nullable(),
});
export type RelayView = z.infer<typeof relaySchema>;
