import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { CallerAttribute } from '../../../config/hotline-callers.ts';

/** Known callers. The number is the caller's as calls have it, without prefixes: see `phone-number.ts`. */
export const callers = sqliteTable(
  'callers',
  {
    id: text().primaryKey(),
    number: text().notNull(),
    name: text().notNull(),
    attributes: text({ mode: 'json' }).$type<CallerAttribute[]>().notNull(),
    language: text().$type<'zh' | 'yue' | 'en'>(),
    note: text().notNull(),
    updatedAt: integer().notNull(),
    updatedBy: text().notNull(),
  },
  (t) => [uniqueIndex('callers_number').on(t.number)],
);
