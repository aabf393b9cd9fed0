import { z } from 'zod';

/** An instruction (批示) or decision, and how it stands. */
export const taskSchema = z.object({
  id: z.string(),
  orderId: z.string(),
  number: z.string().nullable(),
  title: z.string(),
  kind: z.enum(['instruction', 'decision']),
  text: z.string(),
  givenBy: z.string(),
  givenAt: z.number(),
  /** Who answers; the hotline when it lies there. */
  unit: z.string().nullable(),
  dueAt: z.number().nullable(),
  /** The meeting that decided it. */
  meeting: z.object({ id: z.string(), title: z.string() }).nullable(),
  feedback: z.object({ at: z.number(), person: z.string(), text: z.string() }).nullable(),
  closedAt: z.number().nullable(),
});
export type TaskView = z.infer<typeof taskSchema>;
