import { z } from 'zod';
import { id, text } from './hotline-words.ts';

const timeOfDay = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, 'HH:MM');
const weekday = z.int().min(1).max(7);

/** Weekly opening hours; days 1 = Monday … 7 = Sunday, Asia/Shanghai. */
export const hours = z.strictObject({
  id,
  name: text,
  open: z.array(z.strictObject({ days: z.array(weekday).min(1), from: timeOfDay, to: timeOfDay })),
  /** False: open on holidays as on any other day. */
  keepsHolidays: z.boolean().default(true),
});
export type HoursConfig = z.infer<typeof hours>;

/** Days that are not what their weekday says; both ends included. Where two overlap, the first counts. */
export const holiday = z.strictObject({
  name: text,
  from: z.iso.date(),
  to: z.iso.date(),
  /** Null: closed. 1 to 7: a make-up day (调休), with the hours of that weekday. */
  openAs: weekday.nullable().default(null),
});
export type HolidayConfig = z.infer<typeof holiday>;
