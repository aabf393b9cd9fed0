import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { TextKind } from '../../../config/messages.ts';

/** Texts to whoever asked: the outbox. `nextAt` is null once it was sent or given up. */
export const messages = sqliteTable(
  'messages',
  {
    id: text().primaryKey(),
    orderId: text().notNull(),
    kind: text().$type<TextKind>().notNull(),
    number: text().notNull(),
    text: text().notNull(),
    createdAt: integer().notNull(),
    state: text().$type<'waiting' | 'sent' | 'failed'>().notNull(),
    attempts: integer().notNull(),
    nextAt: integer(),
    sentAt: integer(),
    /** What kind of error the last attempt in vain met; never the provider's own words. */
    failure: text(),
  },
  (t) => [
    index('messages_next').on(t.nextAt).where(sql`"nextAt" IS NOT NULL`),
    index('messages_order').on(t.orderId, t.createdAt),
    index('messages_state').on(t.state, t.createdAt),
    index('messages_kind').on(t.state, t.kind, t.createdAt),
  ],
);
