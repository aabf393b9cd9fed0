import { createHash } from 'node:crypto';
import type { OrderEvent } from '../order-rules/order.ts';
import type { Store } from '../store/db.ts';

interface Row {
  seq: number;
  orderId: string;
  at: number;
  move: string;
  step: string;
  actor: string;
  personId: string;
  unitId: string | null;
  ip: string;
  body: string;
  hash: string;
}

export type ChainCheck = { ok: true; rows: number } | { ok: false; seq: number; why: string };

/** An event with who did it from where, as it is read back. */
export interface KeptEvent extends OrderEvent {
  readonly seq: number;
  readonly ip: string;
}

/** The log of all orders. Each row's hash covers the row before, so none changes or goes unnoticed. */
export class EventChain {
  readonly #store: Store;
  readonly #onAppend: (event: OrderEvent) => void;
  readonly #last;
  readonly #insert;
  readonly #ofOrder;

  /** @param onAppend folds what is added, in the same transaction */
  constructor(store: Store, onAppend: (event: OrderEvent) => void = () => {}) {
    this.#store = store;
    this.#onAppend = onAppend;
    this.#last = store.sql.prepare<[], Pick<Row, 'seq' | 'hash'>>(
      'SELECT seq, hash FROM order_events ORDER BY seq DESC LIMIT 1',
    );
    this.#insert = store.sql.prepare<Row>(
      `INSERT INTO order_events (seq, orderId, at, move, step, actor, personId, unitId, ip, body, hash)
       VALUES (@seq, @orderId, @at, @move, @step, @actor, @personId, @unitId, @ip, @body, @hash)`,
    );
    this.#ofOrder = store.sql.prepare<[string], Row>(
      'SELECT * FROM order_events WHERE orderId = ? ORDER BY seq',
    );
  }

  /** Adds an event and gives its number. Called inside the transaction that changes the order's row. */
  append(event: OrderEvent, ip: string): number {
    const { orderId, at, move, step, by, data } = event;
    const before = this.#last.get() ?? { seq: 0, hash: '' };
    const { actor, personId, unitId } = by;
    const seq = before.seq + 1;
    const body = JSON.stringify(data);
    const row = { seq, orderId, at, move, step, actor, personId, unitId, ip, body };
    this.#insert.run({ ...row, hash: hashOf(row, before.hash) });
    this.#onAppend(event);
    return seq;
  }

  of(orderId: string): KeptEvent[] {
    return this.#ofOrder
      .all(orderId)
      .map(({ seq, at, move, step, actor, personId, unitId, ip, body }) => ({
        seq,
        orderId,
        at,
        // Only `append` writes rows, from events of these very types.
        move: move as KeptEvent['move'],
        step: step as KeptEvent['step'],
        by: { actor: actor as KeptEvent['by']['actor'], personId, unitId },
        data: JSON.parse(body) as KeptEvent['data'],
        ip,
      }));
  }

  /** Walks the whole chain and names the first row that is wrong or missing. */
  verify(): ChainCheck {
    let seq = 0;
    let hash = '';
    const rows = this.#store.sql.prepare<[], Row>('SELECT * FROM order_events ORDER BY seq');
    for (const row of rows.iterate()) {
      seq += 1;
      if (row.seq !== seq) return { ok: false, seq, why: 'missing' };
      if (row.hash !== hashOf(row, hash)) return { ok: false, seq, why: 'changed' };
      hash = row.hash;
    }
    // The database remembers the highest number it ever gave, so a cut-off end shows as well.
    const given = this.#store.sql
      .prepare("SELECT seq FROM sqlite_sequence WHERE name = 'order_events'")
      .pluck()
      .get();
    return Number(given ?? 0) > seq
      ? { ok: false, seq: seq + 1, why: 'missing' }
      : { ok: true, rows: seq };
  }
}

function hashOf(row: Omit<Row, 'hash'>, before: string): string {
  const { seq, orderId, at, move, step, actor, personId, unitId, ip, body } = row;
  const line = JSON.stringify([seq, orderId, at, move, step, actor, personId, unitId, ip, body]);
  return createHash('sha256').update(`${before}\n${line}`).digest('hex');
}
