import { z } from 'zod';
import { hotlineShape } from '../../config/hotline.ts';

/** One version of the configuration: who made it, when and why. */
export const versionSchema = z
  .object({
    version: z.int(),
    at: z.int(),
    /** Name of the person; empty for the import at first start. */
    by: z.string(),
    why: z.string(),
  })
  .meta({ id: 'HotlineVersion' });
export type HotlineVersion = z.infer<typeof versionSchema>;

export const hotlineStateSchema = versionSchema
  .extend({ hotline: hotlineShape })
  .meta({ id: 'HotlineState' });
export type HotlineState = z.infer<typeof hotlineStateSchema>;

/** The document is checked as a whole by the service, so that every problem is told at once. */
export const hotlineChangeSchema = z.strictObject({
  /** The version this change was made from: an older one is refused. */
  baseVersion: z.int(),
  why: z.string().trim().min(2).max(200),
  hotline: z.unknown(),
});

export const problemsSchema = z.object({
  problems: z.array(z.object({ pointer: z.string(), message: z.string() })),
});
