import type { Clock } from '../kit/clock.ts';
import { AppError } from '../kit/errors.ts';
import { startsIn } from '../order-rules/moves.ts';
import { isNote, noteFits } from '../order-rules/notes.ts';
import type { Hand, MoveData } from '../order-rules/order.ts';
import { type CitizenAct, citizenActs, type PublicOrder } from './citizen-schema.ts';
import type { EventChain } from './event-chain.ts';
import { followed, publicView } from './public-view.ts';
import type { OrderRow, OrdersRepo } from './repo.ts';
import { house, type Orders } from './service.ts';
import { type Asking, SHORTEST_NUMBER, type Tries } from './tries.ts';

interface Parts {
  readonly repo: OrdersRepo;
  readonly chain: EventChain;
  readonly orders: Orders;
  readonly tries: Tries;
  readonly clock: Clock;
}

/** Whoever has an order's number and query code: no account, no name. */
const citizen: Hand = { personId: 'citizen', actor: 'citizen', unitId: null };

/** The citizen's way in: follow an order, add facts, urge, rate, ask to withdraw. */
export class Citizens {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * The order that number and code belong to. The number may be its last six digits or more of them.
   * @throws AppError `not-found` when they do not belong together, `guessed-too-often`
   */
  find(number: string, code: string, asking: Asking): OrderRow {
    const { repo, tries } = this.#parts;
    if (tries.areTooMany(number, asking)) throw new AppError('guessed-too-often');
    const row =
      number.length < SHORTEST_NUMBER
        ? undefined
        : repo.byCode(code.toUpperCase()).find((each) => each.number?.endsWith(number));
    if (row) return row;
    tries.add(number, asking);
    throw new AppError('not-found');
  }

  /** Where it stands; the look is written down. `ip` is empty on the telephone. */
  look(row: OrderRow, ip: string, why: string): PublicOrder {
    const { repo, chain, clock } = this.#parts;
    const { personId, unitId } = citizen;
    repo.addView({ orderId: row.id, at: clock.now(), personId, unitId, ip, act: 'view', why });
    return { ...publicView(followed(row, repo, chain)), may: mayDo(row) };
  }

  /** @throws AppError as `find`, `move-refused` with the reason */
  act(number: string, code: string, { do: what, ...data }: CitizenAct, ip: string): PublicOrder {
    const row = this.find(number, code, { address: ip });
    this.do(row.id, what, withoutGaps(data), ip);
    return this.look(this.#parts.orders.find(row.id), ip, '');
  }

  /** @throws AppError `move-refused` with the reason */
  do(id: string, what: CitizenAct['do'], data: MoveData, ip: string): void {
    const { orders } = this.#parts;
    orders.actAs(id, { do: what, data }, citizen, ip);
    const { state, folded } = orders.find(id);
    const { rated, satisfied } = folded;
    if (what !== 'rate' || state !== 'visit' || !rated) return;
    // Who says that it is well needs no visit. Who is not content is called by a person.
    if (!satisfied) return;
    const said = {
      satisfied: true,
      rating: rated.rating,
      ...(rated.solved && { solved: rated.solved }),
    };
    orders.actAs(id, { do: 'close', data: said }, house, '');
  }
}

/** What the citizen could do now. */
function mayDo({ folded }: OrderRow): CitizenAct['do'][] {
  return citizenActs.filter((act) => {
    if (act === 'rate' && folded.rated) return false;
    if (act === 'ask-withdrawal' && folded.withdrawal) return false;
    return isNote(act) ? noteFits(act, folded) : startsIn(act, folded.state);
  });
}

function withoutGaps(data: Omit<CitizenAct, 'do'>): MoveData {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}
