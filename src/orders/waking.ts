import type { Clock } from '../kit/clock.ts';
import type { Log } from '../kit/log.ts';
import { isVisitOwed } from './repeats.ts';
import type { OrdersRepo } from './repo.ts';
import { house, type Orders } from './service.ts';

const DAY_MS = 86_400_000;

interface Parts {
  readonly orders: Orders;
  readonly repo: OrdersRepo;
  readonly clock: Clock;
  readonly log: Pick<Log, 'error'>;
}

/** What the house does by itself by now. An order that cannot be moved keeps no other from its turn. */
export function wakeOrders({ orders, repo, clock, log }: Parts): void {
  for (const id of repo.waking(clock.now())) {
    try {
      wake(orders, repo, id, clock.now());
    } catch (error) {
      log.error({ err: error, orderId: id }, 'an order that was due could not be moved');
    }
  }
}

/** Silence is acceptance, by the unit's person on duty; ended orders go to the archive. */
function wake(orders: Orders, repo: OrdersRepo, id: string, now: number): void {
  orders.supervise(id);
  const row = orders.find(id);
  const { state, folded } = row;
  const own = orders.ownWake(row, folded, now);
  // Woken for a rule of supervision alone: its next moment is written down.
  if (own === null || own > now) {
    repo.change(id, { folded, wakeAt: orders.nextWake(row, folded, now) });
  } else if (state === 'accepted') orders.sendOn(id);
  else if (state === 'merged' && isVisitOwed(row, repo, now)) {
    repo.change(id, { folded, wakeAt: now + DAY_MS });
  } else if (state === 'dispatched') {
    const data = folded.responsible === null ? {} : { owner: folded.responsible };
    orders.actAs(id, { do: 'deem-accepted', data }, house, '');
  } else orders.actAs(id, { do: 'archive', data: {} }, house, '');
}
