import { z } from 'zod';
import type { OfficialNotice } from '../kit/working-days.ts';
import type { Catalogue } from '../order-rules/catalogue.ts';
import { type Policies, policies, timeLimit } from '../order-rules/policy.ts';
import { partyTypes, type RequestType, requestTypes, urgencies } from '../order-rules/words.ts';

type Kept<Body> = { readonly version: number; readonly at: number; readonly body: Body };
interface Words {
  readonly zh: string;
  readonly en: string;
}
/** What an administration decides about work orders, as its page reads it. */
export interface OrderSettingsView {
  readonly policies: Kept<Policies>;
  readonly catalogue: Kept<Catalogue>;
  readonly calendars: readonly Kept<OfficialNotice>[];
  /** Who agrees to an extension, one after the other, as the table of moves has it. */
  readonly extensionApprovers: readonly (readonly Words[])[];
}

/** What taking a year's notice in would change; `version` is that of the notice it replaces, 0 for none. */
export const calendarPreviewSchema = z.object({
  version: z.int(),
  faults: z.array(
    z.object({ fault: z.enum(['twice', 'other-year', 'nothing-off']), date: z.string() }),
  ),
  changes: z.array(z.object({ date: z.string(), works: z.boolean() })),
});
export type CalendarPreview = z.infer<typeof calendarPreviewSchema>;

/** The clocks a pack has limits for, in the order an order meets them. */
export const clockKinds = [
  'dispatch',
  'sign',
  'contact',
  'reply',
  'return',
  'check',
  'visit',
  'outside',
] as const;

const code = z.string().trim().max(32);
const typeNames = Object.keys(requestTypes) as [RequestType, ...RequestType[]];

/** An order that may come, to see what it would get: by what is in force, or by a draft of it. */
export const tryOutQuerySchema = z.strictObject({
  order: z.strictObject({
    type: z.enum(typeNames),
    urgency: z.enum(urgencies),
    party: z.enum(partyTypes),
    matter: code,
    area: code,
  }),
  /** When it is accepted, milliseconds since the epoch; now when left out. */
  at: z.int().positive().max(8e15).optional(),
  policies: policies.optional(),
});
export type TryOutQuery = z.infer<typeof tryOutQuerySchema>;

export const tryOutSchema = z
  .object({
    /** The row that chose the pack, from 0 on. */
    row: z.int(),
    pack: z.string(),
    title: z.string(),
    limits: z.array(
      z.object({
        kind: z.enum(clockKinds),
        limit: timeLimit,
        /** By one of the pack's special limits. */
        isSpecial: z.boolean(),
        /** When it ends if its clock starts at that moment. */
        dueAt: z.int(),
      }),
    ),
  })
  .nullable();
export type TryOut = z.infer<typeof tryOutSchema>;

/** The documents that are kept in versions. */
export const documents = ['policies', 'catalogue'] as const;
export type DocumentKind = (typeof documents)[number];

/** Every version with who, when and why; the first came with the server. */
export const settingsVersionsSchema = z.object({
  rows: z.array(
    z.object({
      version: z.int(),
      at: z.int(),
      personId: z.string().nullable(),
      why: z.string(),
    }),
  ),
});
export type SettingsVersions = z.infer<typeof settingsVersionsSchema>;

/** The dispatch rules that name an area or what lies within it: a change of the area leaves them behind. */
export const areaRulesSchema = z.object({
  count: z.int(),
  first: z.array(z.object({ matter: z.string(), area: z.string(), leadUnit: z.string() })),
});
export type AreaRules = z.infer<typeof areaRulesSchema>;
