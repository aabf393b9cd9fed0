import { AppError } from '../kit/errors.ts';
import { type ReplyFinding, replyFindings } from '../order-rules/reply-checks.ts';
import type { Actor, OrderState } from '../order-rules/words.ts';
import { partsOf } from './parts.ts';
import type { OrderReading } from './reading.ts';
import type { ActBody, OrderView } from './schema.ts';
import type { Orders, Visitor } from './service.ts';

/** Who says yes to replies, where, by which move. */
const approving: readonly [Actor, OrderState, ActBody['do']][] = [
  ['unit-leader', 'unit-approval', 'approve-reply'],
  ['reviewer', 'reply-check', 'accept-reply'],
];
const AT_ONCE = 50;

/** What became of one of several. */
export interface Approved {
  readonly id: string;
  readonly number: string;
  /** Null when it went through. */
  readonly refused: { readonly zh: string; readonly en: string } | null;
}

/** Replies that wait for a yes, the risk first: ten of them in five minutes on a telephone. */
export class Approvals {
  readonly #orders: Orders;
  readonly #reading: OrderReading;

  constructor({ orders, reading }: { orders: Orders; reading: OrderReading }) {
    this.#orders = orders;
    this.#reading = reading;
  }

  /** Orders whose reply waits for this person, whole; each look is written down. */
  waiting(visitor: Visitor): OrderView[] {
    const state = this.#turnOf(visitor)?.[1];
    if (state === undefined) return [];
    const rows = this.#reading.list({ view: 'all', state, limit: AT_ONCE }, visitor);
    return rows.map(({ id }) => this.#reading.one(id, visitor));
  }

  /** Says yes to each by itself: one that cannot go keeps no other back. @throws AppError `forbidden` */
  approve(ids: readonly string[], visitor: Visitor): Approved[] {
    const move = this.#turnOf(visitor)?.[2];
    if (move === undefined) throw new AppError('forbidden');
    return ids.map((id) => {
      const { number } = this.#orders.find(id);
      try {
        this.#orders.act(id, { do: move }, visitor);
        return { id, number: number ?? '', refused: null };
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        const refused = { zh: error.text('zh'), en: error.text('en') };
        return { id, number: number ?? '', refused };
      }
    });
  }

  /** A reply looked over while it is being written. @throws AppError `not-found` */
  check(id: string, reply: string, visitor: Visitor): ReplyFinding[] {
    this.#reading.mustReach(id, visitor);
    const { title, content } = this.#orders.find(id);
    return replyFindings(reply, `${title} ${content}`);
  }

  #turnOf({ person }: Visitor) {
    const parts = partsOf(person.roles);
    return approving.find(([part]) => parts.includes(part));
  }
}
