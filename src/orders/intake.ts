import type { Clock } from '../kit/clock.ts';
import type { Catalogue } from '../order-rules/catalogue.ts';
import { fold } from '../order-rules/fold.ts';
import type { Hand, OrderEvent } from '../order-rules/order.ts';
import type { Store } from '../store/db.ts';
import { keepingMasked, requestOf, rowOf } from './draft-row.ts';
import type { EventChain } from './event-chain.ts';
import type { OrderFiles } from './files.ts';
import { partFor, partsOf } from './parts.ts';
import { refused } from './refused.ts';
import type { OrderRow, OrdersRepo } from './repo.ts';
import type { NewOrder } from './schema.ts';
import { type Orders, type Visitor } from './service.ts';
import type { Units } from './units.ts';

interface Parts {
  readonly orders: Orders;
  readonly store: Store;
  readonly repo: OrdersRepo;
  readonly chain: EventChain;
  readonly units: Units;
  readonly files: OrderFiles;
  readonly clock: Clock;
  readonly catalogue: () => { readonly version: number; readonly body: Catalogue };
}

/** What is put to an order beside moving it: a draft's changes, and files. */
export class Intake {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Changes a draft; what comes back as it was shown, masked, stays as it was.
   * @throws AppError `not-found`, `move-refused`
   */
  revise(id: string, input: NewOrder, { person, ip }: Visitor): OrderRow {
    const { store, chain, repo, clock, catalogue, orders } = this.#parts;
    const row = orders.find(id);
    if (row.createdBy !== person.id) throw refused('not-yours');
    if (row.state !== 'draft') throw refused('not-from-here');
    const { body, version: catalogueVersion } = catalogue();
    const by: Hand = { personId: person.id, actor: 'agent', unitId: null };
    const data = { request: requestOf(input, body) };
    const at = clock.now();
    const event: OrderEvent = { orderId: id, at, move: 'revise', step: 'done', by, data };
    const folded = fold(row.folded, event);
    const number = input.callerNumber ?? row.callerNumber;
    const next = rowOf(input, number, folded, person.id, row.createdAt, { catalogueVersion });
    store.transaction(() => {
      chain.append(event, ip);
      repo.revise(keepingMasked(next, row));
    });
    return orders.find(id);
  }

  /** Puts a file to an order. @throws AppError `not-found`, `move-refused`, `file-not-taken` */
  attach(id: string, file: { name: string; content: Buffer }, { person, ip }: Visitor): void {
    const { store, files, units, clock, orders } = this.#parts;
    const row = orders.find(id);
    const actor = partFor('attach', partsOf(person.roles), row.folded);
    if (actor === null) throw refused('not-yours');
    const unitId = actor.startsWith('unit-') ? units.of(person.id) : null;
    const by: Hand = { personId: person.id, actor, unitId };
    const kept = files.take(file, { orderId: id, at: clock.now(), personId: person.id, unitId });
    store.transaction(() => {
      const data = { proof: `${kept.name} ${kept.sha256}` };
      orders.actAs(id, { do: 'attach', data }, by, ip);
      files.add(kept);
    });
  }
}
