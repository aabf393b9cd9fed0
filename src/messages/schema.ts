import { z } from 'zod';
import { type TextKind, textNames } from '../../config/messages.ts';

const messageStates = ['waiting', 'sent', 'failed'] as const;

const kinds = Object.keys(textNames) as [TextKind, ...TextKind[]];

/** A text, as people of the house may see it: never the whole number, never the query code. */
const messageSchema = z.object({
  id: z.string(),
  orderId: z.string(),
  /** Of the order; null while it has none. */
  orderNumber: z.string().nullable(),
  /** The occasion, which names the template. */
  kind: z.enum(kinds),
  toMasked: z.string(),
  state: z.enum(messageStates),
  createdAt: z.number(),
  attempts: z.number(),
  sentAt: z.number().nullable(),
  nextAt: z.number().nullable(),
  /** What kind of error the last attempt in vain met, e.g. `ENOSPC`. */
  failure: z.string().nullable(),
});
export type MessageView = z.infer<typeof messageSchema>;

export const messageQuerySchema = z.strictObject({
  /** All texts of one order, whatever else is asked for. */
  orderId: z.string().max(40).optional(),
  state: z.enum(messageStates).default('failed'),
  kind: z.enum(kinds).optional(),
  /** Only those before this one in the list: its id. */
  before: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export type MessageQuery = z.infer<typeof messageQuerySchema>;

export const messagePageSchema = z.object({
  rows: z.array(messageSchema),
  /** To be sent as `before` for the next page; null at the end. */
  next: z.string().nullable(),
});
export type MessagePage = z.infer<typeof messagePageSchema>;
