import type { Auditor } from '../access.ts';
import type { Clock } from '../kit/clock.ts';
import { AppError } from '../kit/errors.ts';
import { newId } from '../kit/ids.ts';
import { maskNumber } from '../kit/mask.ts';
import { plainNumber } from '../kit/phone-number.ts';
import { isCalledTooOften } from '../order-rules/guards.ts';
import { noteFits } from '../order-rules/notes.ts';
import type { Hand } from '../order-rules/order.ts';
import type { Store } from '../store/db.ts';
import { partFor, partsOf } from './parts.ts';
import type { OrderReading } from './reading.ts';
import { refused } from './refused.ts';
import type { RelayView } from './relay-schema.ts';
import type { CallFinder } from './relayed.ts';
import type { OrderRow, OrdersRepo } from './repo.ts';
import { type Orders, type Visitor } from './service.ts';
import type { Units } from './units.ts';

/** Two telephones that are to be joined. Never log them. */
interface Numbers {
  readonly officer: string;
  readonly citizen: string;
}

/** What the telephone side does for orders. */
export interface RelayLine {
  /** Is the number one the operator lets us call? */
  isAllowed(number: string): boolean;
  /** @throws AppError `not-now`, `exchange-lost`, `number-not-allowed`, `lines-busy` */
  mayRelay(asked: Numbers & { personId: string }): void;
  /** Calls the officer, then the citizen, and joins them. @throws AppError as `mayRelay` */
  relay(wanted: Numbers & { callId: string; orderId: string; personId: string }): void;
  /**
   * Calls a citizen from the seat somebody of the hotline is signed in at.
   * @returns the call's id
   * @throws AppError `not-at-a-seat`, `not-now`, `phone-unreachable`, `number-not-allowed`, `lines-busy`
   */
  dial(personId: string, number: string, orderId: string): string;
}

interface Parts {
  readonly store: Store;
  readonly repo: OrdersRepo;
  readonly units: Units;
  readonly orders: Orders;
  readonly reading: OrderReading;
  readonly clock: Clock;
  readonly audit: Auditor;
  readonly callOf: CallFinder;
  readonly line: RelayLine;
}

/** A unit's officers reach citizens through the hotline's number: neither sees the other's. */
export class Relays {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @throws AppError `not-found` for who may not see the order */
  view(id: string, visitor: Visitor): RelayView {
    const { reading, orders, units, callOf } = this.#parts;
    reading.mustReach(id, visitor);
    const phone = units.phoneOf(visitor.person.id);
    const tried = orders.find(id).folded.relays.at(-1);
    const { stage = null, ending = null, talkMs = null } = (tried && callOf(tried.callId)) ?? {};
    return {
      phoneMasked: phone === null ? null : maskNumber(phone),
      last: tried ? { at: tried.at, stage, ending, talkMs } : null,
    };
  }

  /**
   * Keeps somebody's own telephone with their place at the unit.
   * @throws AppError `forbidden` for who acts for no unit, `number-not-allowed`
   */
  setPhone(text: string, { person, ip }: Visitor): void {
    const { units, line, audit, store } = this.#parts;
    if (units.of(person.id) === null) throw new AppError('forbidden');
    const number = plainNumber(text);
    if (!line.isAllowed(number)) throw new AppError('number-not-allowed');
    store.transaction(() => {
      units.setPhone(person.id, number);
      const subject = `person:${person.id}`;
      const detail = { number: maskNumber(number) };
      audit({ person, ip, action: 'unit.own-phone-set', subject, detail });
    });
  }

  /**
   * Calls the officer's telephone and then the citizen's. The try is written into the order, and into
   * who saw it, before anybody is called.
   * @throws AppError `not-found`, `move-refused`, `no-own-phone`, `number-withheld`, `not-now` while the
   * last one goes on, and what the line says
   */
  call(id: string, visitor: Visitor): RelayView {
    const { reading, orders, units, line } = this.#parts;
    reading.mustReach(id, visitor);
    const row = orders.find(id);
    const { person, ip } = visitor;
    const by = this.#handOf(row, visitor);
    const officer = units.phoneOf(person.id);
    if (officer === null) throw new AppError('no-own-phone');
    if (row.callerNumber === '') throw new AppError('number-withheld');
    if (this.#isCalling(row)) throw new AppError('not-now');
    const numbers = { officer, citizen: row.callerNumber };
    line.mayRelay({ ...numbers, personId: person.id });
    const callId = newId();
    this.#note(id, callId, by, ip);
    line.relay({ ...numbers, callId, orderId: id, personId: person.id });
    return this.view(id, visitor);
  }

  /**
   * A visitor calls the citizen from their own seat; the number is not told.
   * @throws AppError `not-found`, `move-refused`, `number-withheld`, and as the line's `dial`
   */
  dial(id: string, visitor: Visitor): void {
    const { reading, orders, clock, line, audit } = this.#parts;
    reading.mustReach(id, visitor);
    const { callerNumber, folded } = orders.find(id);
    const { person, ip } = visitor;
    if (!partsOf(person.roles).includes('visitor')) throw refused('not-yours');
    if (!noteFits('visit-call', folded)) throw refused('not-from-here');
    if (isCalledTooOften(folded.relays, clock.now())) throw refused('called-too-often');
    if (callerNumber === '') throw new AppError('number-withheld');
    const by: Hand = { personId: person.id, actor: 'visitor', unitId: null };
    // The seat may refuse, so it is asked first: all of this is one turn of the loop.
    const callId = line.dial(person.id, callerNumber, id);
    this.#note(id, callId, by, ip);
    audit({ person, ip, action: 'call.dial', subject: `call:${callId}`, detail: { order: id } });
  }

  /** The call is written into the order, and into who saw it. */
  #note(orderId: string, callId: string, by: Hand, ip: string): void {
    const what = by.unitId === null ? 'visit-call' : 'relay';
    const { store, orders, repo, clock } = this.#parts;
    const { personId, unitId } = by;
    store.transaction(() => {
      orders.actAs(orderId, { do: what, data: { relay: { callId } } }, by, ip);
      repo.addView({ orderId, at: clock.now(), personId, unitId, ip, act: 'call', why: '' });
    });
  }

  #handOf({ folded }: OrderRow, { person }: Visitor): Hand {
    const parts = partsOf(person.roles).filter((part) => part.startsWith('unit-'));
    const actor = partFor('relay', parts, folded);
    if (actor === null) throw refused('not-yours');
    return { personId: person.id, actor, unitId: this.#parts.units.of(person.id) };
  }

  #isCalling({ folded }: OrderRow): boolean {
    const last = folded.relays.at(-1);
    const call = last ? this.#parts.callOf(last.callId) : null;
    return call !== null && call.ending === null;
  }
}
