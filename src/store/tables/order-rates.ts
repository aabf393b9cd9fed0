import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Solved } from '../../order-rules/order.ts';

/** What the published rates ask about an order, folded from its events; no person stands here. */
export const orderFacts = sqliteTable(
  'order_facts',
  {
    orderId: text().primaryKey(),
    openedBy: text().notNull(),
    matter: text().notNull(),
    area: text().notNull(),
    firstUnitId: text(),
    leadUnitId: text(),
    /** Accepted, or answered on the spot. */
    takenAt: integer(),
    answeredAt: integer(),
    refusedAt: integer(),
    mergedInto: text(),
    dispatchedAt: integer(),
    signDueAt: integer(),
    signedAt: integer(),
    contactDueAt: integer(),
    contactedAt: integer(),
    firstReplyDueAt: integer(),
    replyDueAt: integer(),
    replyPausedAt: integer(),
    repliedAt: integer(),
    returnsAsked: integer().notNull(),
    returnsApproved: integer().notNull(),
    returnsRefused: integer().notNull(),
    ruled: integer({ mode: 'boolean' }).notNull(),
    visitDueAt: integer(),
    visitedAt: integer(),
    reached: integer({ mode: 'boolean' }),
    solvedByCaller: text().$type<Solved>(),
    /** Given by the caller, 1 to 5. */
    rating: integer(),
    reworks: integer().notNull(),
    closedAt: integer(),
  },
  (t) => [
    index('order_facts_taken').on(t.takenAt),
    index('order_facts_dispatched').on(t.dispatchedAt),
    index('order_facts_sign').on(t.signDueAt),
    index('order_facts_reply').on(t.replyDueAt),
    index('order_facts_visit').on(t.visitDueAt),
    index('order_facts_closed').on(t.closedAt),
  ],
);
