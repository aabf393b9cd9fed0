import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const people = sqliteTable(
  'people',
  {
    id: text().primaryKey(),
    login: text().notNull(),
    name: text().notNull(),
    /** Staff number 工号, shown to callers and leaders. */
    staffNo: text().notNull(),
    team: text().notNull().default(''),
    roles: text({ mode: 'json' }).$type<string[]>().notNull(),
    passwordHash: text().notNull(),
    mustChangePassword: integer({ mode: 'boolean' }).notNull().default(true),
    failedSignIns: integer().notNull().default(0),
    lockedUntil: integer(),
    disabledAt: integer(),
    createdAt: integer().notNull(),
  },
  (t) => [uniqueIndex('people_login').on(t.login), uniqueIndex('people_staff_no').on(t.staffNo)],
);

export const sessions = sqliteTable(
  'sessions',
  {
    /** SHA-256 of the cookie's token: a stolen database signs nobody in. */
    id: text().primaryKey(),
    personId: text().notNull(),
    createdAt: integer().notNull(),
    lastSeenAt: integer().notNull(),
    expiresAt: integer().notNull(),
    ip: text().notNull(),
    userAgent: text().notNull(),
  },
  (t) => [index('sessions_person').on(t.personId)],
);

/** Who did what to whom. Append only (triggers refuse change and removal), chained by hash. */
export const audit = sqliteTable(
  'audit',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    at: integer().notNull(),
    personId: text(),
    personName: text().notNull(),
    ip: text().notNull(),
    action: text().notNull(),
    subject: text().notNull(),
    detail: text({ mode: 'json' }).notNull(),
    hash: text().notNull(),
  },
  (t) => [index('audit_subject').on(t.subject, t.seq), index('audit_person').on(t.personId, t.seq)],
);
