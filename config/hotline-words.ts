import { z } from 'zod';

/** The words every part of the hotline document is written in. */

export const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'lower-case letters, digits and hyphens, at most 40');
export const text = z.strictObject({
  zh: z.string().min(1).max(120),
  en: z.string().min(1).max(120),
});
export const language = z.enum(['zh', 'yue', 'en']);

/** What happens to a caller who cannot stay in a queue. */
export const outcome = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('wait') }),
  z.strictObject({ do: z.literal('queue'), queue: id }),
  z.strictObject({ do: z.literal('message'), prompt: id }),
  z.strictObject({ do: z.literal('call-back') }),
]);

/** Something one part of the document says about another part that is not there. */
export interface Problem {
  message: string;
  path: (string | number)[];
}
