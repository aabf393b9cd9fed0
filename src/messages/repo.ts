import type { Store } from '../store/db.ts';
import type { messages } from '../store/tables/messages.ts';

export type MessageRow = typeof messages.$inferSelect;

type Change = Pick<MessageRow, 'id' | 'state' | 'attempts' | 'nextAt' | 'sentAt' | 'failure'>;

interface Wanted {
  readonly state: MessageRow['state'];
  readonly kind?: MessageRow['kind'] | undefined;
  readonly limit: number;
}

/** The outbox: what is to be sent, was sent, or was given up. */
export function createMessagesRepo({ sql }: Store) {
  const insert = sql.prepare<MessageRow>(
    `INSERT INTO messages (id, orderId, kind, number, text, createdAt, state, attempts, nextAt, sentAt, failure)
     VALUES (@id, @orderId, @kind, @number, @text, @createdAt, @state, @attempts, @nextAt, @sentAt, @failure)`,
  );
  const next = sql.prepare<[], MessageRow>(
    `SELECT * FROM messages WHERE nextAt IS NOT NULL ORDER BY nextAt, id LIMIT 1`,
  );
  const change = sql.prepare<Change>(
    `UPDATE messages SET state = @state, attempts = @attempts, nextAt = @nextAt, sentAt = @sentAt,
     failure = @failure WHERE id = @id`,
  );
  const byId = sql.prepare<[string], MessageRow>('SELECT * FROM messages WHERE id = ?');
  const ofOrder = sql.prepare<[string], MessageRow>(
    'SELECT * FROM messages WHERE orderId = ? ORDER BY createdAt DESC, id DESC',
  );
  const pages = (condition: string) =>
    sql.prepare<object, MessageRow>(
      `SELECT * FROM messages WHERE ${condition} AND (createdAt, id) < (@at, @id)
       ORDER BY createdAt DESC, id DESC LIMIT @limit`,
    );
  const ofState = pages('state = @state');
  const ofKind = pages('state = @state AND kind = @kind');
  return {
    add: (row: MessageRow) => void insert.run(row),
    /** What is due first; it may lie in the future. */
    next: () => next.get() ?? null,
    change: ({ id, state, attempts, nextAt, sentAt, failure }: MessageRow) =>
      void change.run({ id, state, attempts, nextAt, sentAt, failure }),
    byId: (id: string) => byId.get(id) ?? null,
    ofOrder: (orderId: string) => ofOrder.all(orderId),
    /** The newest first; `before` is the last row of the page before, if there was one. */
    page({ state, kind, limit }: Wanted, before: MessageRow | null): MessageRow[] {
      const from = { at: before?.createdAt ?? Number.MAX_SAFE_INTEGER, id: before?.id ?? '' };
      return (kind === undefined ? ofState : ofKind).all({ state, kind, limit, ...from });
    },
  };
}
export type MessagesRepo = ReturnType<typeof createMessagesRepo>;
