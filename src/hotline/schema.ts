import { z } from 'zod';
import { hotlineSchema, hotlineShape, language } from '../../config/hotline.ts';

const why = z.string().trim().min(2).max(200);

/** One version without its content. `by` is null for the imported first one. */
export const versionSchema = z
  .object({ version: z.int(), at: z.int(), by: z.string().nullable(), why: z.string() })
  .meta({ id: 'HotlineVersionInfo' });
export type VersionInfo = z.infer<typeof versionSchema>;

export const hotlineVersionSchema = versionSchema
  .extend({ hotline: hotlineShape })
  .meta({ id: 'HotlineVersion' });
export type HotlineVersion = z.infer<typeof hotlineVersionSchema>;

export const hotlineChangeSchema = z.strictObject({
  /** The version the change was made from. */
  baseVersion: z.int(),
  why,
  hotline: hotlineSchema,
});
export type HotlineChange = z.infer<typeof hotlineChangeSchema>;

export const problemsSchema = z.object({
  problems: z.array(z.object({ pointer: z.string(), message: z.string() })),
});

export const promptParams = z.strictObject({
  language,
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
});

const promptState = z.object({
  source: z.enum(['uploaded', 'synthesised', 'missing']),
  seconds: z.number().nullable(),
});
export type PromptState = z.infer<typeof promptState>;

/** One prompt: what it says and what callers hear of it. `texts` is null for one the site invented. */
export const promptSchema = z
  .object({
    id: z.string(),
    texts: z.object({ zh: z.string(), yue: z.string(), en: z.string() }).nullable(),
    languages: z.object({ zh: promptState, yue: promptState, en: promptState }),
  })
  .meta({ id: 'Prompt' });
export type Prompt = z.infer<typeof promptSchema>;
