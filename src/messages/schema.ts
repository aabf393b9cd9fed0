import { z } from 'zod';

export const messageStates = ['waiting', 'sent', 'failed'] as const;

/** A text, as people of the house may see it: never the whole number, never the query code. */
export const messageSchema = z.object({
  id: z.string(),
  orderId: z.string(),
  kind: z.string(),
  toMasked: z.string(),
  state: z.enum(messageStates),
  createdAt: z.number(),
  attempts: z.number(),
  sentAt: z.number().nullable(),
  nextAt: z.number().nullable(),
});
export type MessageView = z.infer<typeof messageSchema>;

export const messageQuerySchema = z.strictObject({
  orderId: z.string().max(40).optional(),
  state: z.enum(messageStates).optional(),
});
