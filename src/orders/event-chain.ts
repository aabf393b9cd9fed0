import type { OrderEvent } from '../order-rules/order.ts';
import type { Store } from '../store/db.ts';
import { type ChainCheck, HashChain } from '../store/hash-chain.ts';

interface Row {
  orderId: string;
  at: number;
  move: string;
  step: string;
  actor: string;
  personId: string;
  unitId: string | null;
  ip: string;
  body: string;
}

const columns = [
  'orderId',
  'at',
  'move',
  'step',
  'actor',
  'personId',
  'unitId',
  'ip',
  'body',
] as const;

/** An event with who did it from where, as it is read back. */
export interface KeptEvent extends OrderEvent {
  readonly seq: number;
  readonly ip: string;
}

/** The log of all orders. Each row's hash covers the row before, so none changes or goes unnoticed. */
export class EventChain {
  readonly #chain: HashChain<Row>;
  readonly #onAppend: (event: OrderEvent) => void;
  readonly #ofOrder;

  /** @param onAppend folds what is added, in the same transaction */
  constructor(store: Store, onAppend: (event: OrderEvent) => void = () => {}) {
    this.#chain = new HashChain(store, 'order_events', columns);
    this.#onAppend = onAppend;
    this.#ofOrder = store.sql.prepare<[string], Row & { seq: number }>(
      'SELECT * FROM order_events WHERE orderId = ? ORDER BY seq',
    );
  }

  /** Adds an event and gives its number. Called inside the transaction that changes the order's row. */
  append(event: OrderEvent, ip: string): number {
    const { orderId, at, move, step, by, data } = event;
    const { actor, personId, unitId } = by;
    const body = JSON.stringify(data);
    const row = { orderId, at, move, step, actor, personId, unitId, ip, body };
    const seq = this.#chain.append(row);
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
    return this.#chain.verify();
  }
}
