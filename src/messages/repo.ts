import type { Store } from '../store/db.ts';
import type { messages } from '../store/tables/messages.ts';

export type MessageRow = typeof messages.$inferSelect;

/** The outbox: what is to be sent, was sent, or was given up. */
export function createMessagesRepo({ sql }: Store) {
  const insert = sql.prepare<MessageRow>(
    `INSERT INTO messages (id, orderId, kind, number, text, createdAt, state, attempts, nextAt, sentAt)
     VALUES (@id, @orderId, @kind, @number, @text, @createdAt, @state, @attempts, @nextAt, @sentAt)`,
  );
  const next = sql.prepare<[], MessageRow>(
    `SELECT * FROM messages WHERE nextAt IS NOT NULL ORDER BY nextAt, id LIMIT 1`,
  );
  const change = sql.prepare<Pick<MessageRow, 'id' | 'state' | 'attempts' | 'nextAt' | 'sentAt'>>(
    `UPDATE messages SET state = @state, attempts = @attempts, nextAt = @nextAt, sentAt = @sentAt
     WHERE id = @id`,
  );
  const byId = sql.prepare<[string], MessageRow>('SELECT * FROM messages WHERE id = ?');
  const ofOrder = sql.prepare<[string], MessageRow>(
    'SELECT * FROM messages WHERE orderId = ? ORDER BY createdAt DESC, id DESC',
  );
  const ofState = sql.prepare<[string], MessageRow>(
    'SELECT * FROM messages WHERE state = ? ORDER BY createdAt DESC, id DESC LIMIT 500',
  );
  return {
    add: (row: MessageRow) => void insert.run(row),
    /** What is due first; it may lie in the future. */
    next: () => next.get() ?? null,
    change: ({ id, state, attempts, nextAt, sentAt }: MessageRow) =>
      void change.run({ id, state, attempts, nextAt, sentAt }),
    byId: (id: string) => byId.get(id) ?? null,
    ofOrder: (orderId: string) => ofOrder.all(orderId),
    ofState: (state: MessageRow['state']) => ofState.all(state),
  };
}
export type MessagesRepo = ReturnType<typeof createMessagesRepo>;
