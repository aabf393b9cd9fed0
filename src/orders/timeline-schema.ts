import { z } from 'zod';
import { relayCallSchema } from './relay-schema.ts';
import { triedSchema } from './visit-schema.ts';

/** One thing that happened to an order. */
export const stepSchema = z.object({
  at: z.number(),
  move: z.string(),
  step: z.string(),
  actor: z.string(),
  person: z.string(),
  unit: z.string().nullable(),
  why: z.string(),
  /** The dispatch rule it was done by, by name; an empty area is the whole city. */
  rule: z.object({ matter: z.string(), area: z.string() }).nullable(),
  publicReply: z.string().nullable(),
  /** Of an on-site record. */
  site: z
    .object({
      at: z.number(),
      place: z.string(),
      position: z.object({ lat: z.number(), lng: z.number() }).nullable(),
      parties: z.string(),
      fileIds: z.array(z.string()),
    })
    .nullable(),
  /** Of a call to the citizen through the hotline's number. */
  call: relayCallSchema.nullable(),
  /** Of a visit in vain. */
  tried: triedSchema.nullable(),
});
