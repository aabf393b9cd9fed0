import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** What callers are told of an incident, e.g. a burst water main. None is ever removed. */
export const bulletins = sqliteTable('bulletins', {
  id: text().primaryKey(),
  texts: text({ mode: 'json' }).$type<{ zh: string; yue: string; en: string }>().notNull(),
  /** Who hears it: callers of these entries, queues or menu choices; all empty = everybody. */
  scope: text({ mode: 'json' })
    .$type<{ entries: string[]; queues: string[]; choices: string[] }>()
    .notNull(),
  startsAt: integer().notNull(),
  endsAt: integer(),
  isOn: integer({ mode: 'boolean' }).notNull(),
  hasSound: integer({ mode: 'boolean' }).notNull(),
  createdAt: integer().notNull(),
  createdBy: text().notNull(),
  changedAt: integer().notNull(),
  changedBy: text().notNull(),
});

export const hotlineVersions = sqliteTable('hotline_versions', {
  version: integer().primaryKey({ autoIncrement: true }),
  body: text({ mode: 'json' }).notNull(),
  at: integer().notNull(),
  personId: text(),
  why: text().notNull(),
});
