import type { Clock } from '../kit/clock.ts';
import type { Log } from '../kit/log.ts';
import type { OrdersRepo } from './repo.ts';
import { house, type Orders } from './service.ts';

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
      wake(orders, id);
    } catch (error) {
      log.error({ err: error, orderId: id }, 'an order that was due could not be moved');
    }
  }
}

/** Silence is acceptance, by the unit's person on duty; ended orders go to the archive. */
function wake(orders: Orders, id: string): void {
  const { state, folded } = orders.find(id);
  if (state === 'accepted') orders.sendOn(id);
  else if (state === 'dispatched') {
    const data = folded.responsible === null ? {} : { owner: folded.responsible };
    orders.actAs(id, { do: 'deem-accepted', data }, house, '');
  } else orders.actAs(id, { do: 'archive', data: {} }, house, '');
}
