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

const both = z.object({ zh: z.string(), en: z.string() });

/** One thing that differs between two versions, in trade words. */
export const differenceSchema = z
  .object({
    kind: z.enum(['added', 'removed', 'changed']),
    pointer: z.string().describe('a member of a list stands under its id'),
    where: both,
    before: both.nullable(),
    after: both.nullable(),
  })
  .meta({ id: 'HotlineDifference' });
export type Difference = z.infer<typeof differenceSchema>;

/** Who a change would touch at this moment. Nobody loses a call over it. */
const touchedSchema = z
  .object({
    queueId: z.string(),
    name: both,
    kind: z.enum(['removed', 'changed']),
    waiting: z.int(),
    talking: z.int(),
    /** Seats set up for a queue that would be removed. */
    seats: z.array(z.object({ seatId: z.string(), seatName: z.string(), signedIn: z.boolean() })),
  })
  .meta({ id: 'HotlineTouched' });
export type Touched = z.infer<typeof touchedSchema>;

export const previewSchema = z
  .object({
    problems: z.array(z.object({ pointer: z.string(), message: z.string() })),
    differences: z.array(differenceSchema),
    touched: z.array(touchedSchema),
  })
  .meta({ id: 'HotlinePreview' });
export type Preview = z.infer<typeof previewSchema>;

export const rollbackSchema = z.strictObject({ baseVersion: z.int(), why });
export type Rollback = z.infer<typeof rollbackSchema>;

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

const when = z.int().describe('milliseconds since the epoch');
const spokenText = z.string().trim().min(2).max(400);
const ids = z.array(z.string().max(100)).max(200);

/** Who hears a bulletin: callers of these entries, queues or menu choices; all empty = everybody. */
export const bulletinScope = z.strictObject({
  entries: ids.default([]),
  queues: ids.default([]),
  /** Paths such as `main/7`; each stands for everything below it. */
  choices: ids.default([]),
});

/** What callers are told of an incident before they wait. */
export const bulletinSchema = z
  .object({
    id: z.string(),
    texts: z.object({ zh: z.string(), yue: z.string(), en: z.string() }),
    scope: bulletinScope,
    startsAt: when,
    endsAt: when.nullable(),
    isOn: z.boolean(),
    hasSound: z.boolean(),
    createdAt: when,
    createdBy: z.string(),
    changedAt: when,
    changedBy: z.string(),
  })
  .meta({ id: 'Bulletin' });
export type Bulletin = z.infer<typeof bulletinSchema>;

export const newBulletinSchema = z.strictObject({
  /** Without a text of its own a language hears the Chinese one. */
  texts: z.strictObject({
    zh: spokenText,
    yue: spokenText.optional(),
    en: spokenText.optional(),
  }),
  scope: bulletinScope,
  /** Null = at once. */
  startsAt: when.nullable().default(null),
  /** Null = until it is switched off. */
  endsAt: when.nullable().default(null),
  /** True: spoken by the machine and switched on. False: kept, until a recording is there. */
  speak: z.boolean().default(true),
});
export type NewBulletin = z.infer<typeof newBulletinSchema>;
