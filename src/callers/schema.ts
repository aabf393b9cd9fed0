import { z } from 'zod';
import { language } from '../../config/hotline.ts';
import { callerAttributes } from '../../config/hotline-callers.ts';

const number = z.string().max(30);
const name = z.string().trim().max(60);
const note = z.string().trim().max(200);
const attributes = z.array(z.enum(callerAttributes)).max(callerAttributes.length);

/** A known caller as a row of a list. The number is masked; revealing it is an act of its own. */
export const callerRowSchema = z
  .object({
    id: z.string(),
    numberMasked: z.string(),
    name: z.string(),
    attributes,
    language: language.nullable(),
    note: z.string(),
    updatedAt: z.int(),
    updatedBy: z.string(),
  })
  .meta({ id: 'KnownCaller' });
export type CallerRow = z.infer<typeof callerRowSchema>;

/** What can be said of a known caller. The number stays what it is once written. */
export const callerDetailsSchema = z.strictObject({
  /** A person's or a company's; may be empty. */
  name,
  attributes,
  /** The language this caller is greeted and served in; null = the entry's. */
  language: language.nullable(),
  /** What agents read before they answer. */
  note,
});
export type CallerDetails = z.infer<typeof callerDetailsSchema>;

export const newCallerSchema = callerDetailsSchema.extend({ number });
export type NewCaller = z.infer<typeof newCallerSchema>;

export const callerQuerySchema = z.strictObject({
  attribute: z.enum(callerAttributes).optional(),
  /** Part of the name or the note. */
  text: z.string().trim().max(60).optional(),
  /** The whole number or its last four or more digits. */
  number: z
    .string()
    .regex(/^\d{4,20}$/)
    .optional(),
  /** The `next` of the page before. */
  before: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type CallerQuery = z.infer<typeof callerQuerySchema>;

export const callerPageSchema = z
  .object({ rows: z.array(callerRowSchema), total: z.int(), next: z.string().nullable() })
  .meta({ id: 'KnownCallerPage' });
export type CallerPage = z.infer<typeof callerPageSchema>;

/** What an import did. */
export const importedSchema = z
  .object({ added: z.int(), changed: z.int(), unchanged: z.int() })
  .meta({ id: 'CallersImported' });
export type Imported = z.infer<typeof importedSchema>;
