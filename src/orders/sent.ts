import { AppError } from '../kit/errors.ts';
import type { MoveData } from '../order-rules/order.ts';
import { isOpen } from '../order-rules/words.ts';
import { refused } from './refused.ts';
import type { OrdersRepo } from './repo.ts';
import type { ActBody } from './schema.ts';
import type { Units } from './units.ts';

interface Parts {
  readonly repo: Pick<OrdersRepo, 'byId' | 'byNumber'>;
  readonly units: Pick<Units, 'onDuty'>;
  /** The number that called, by the call. */
  callerOf(callId: string): string | null;
}

/**
 * What was sent with an act, as the rules want it: units with the person on duty there, orders by id.
 * @throws AppError `move-refused` when it names a unit, an order or a call that will not do, and
 *   `not-found` for an order that does not exist
 */
export function moveDataOf({ do: what, unitId, ...sent }: ActBody, parts: Parts): MoveData {
  const { masterId, callId = '' } = sent;
  // A call nobody had proves nothing.
  if (what === 'withdraw' && parts.callerOf(callId) === null) throw refused('no-call');
  const master = masterId === undefined ? {} : { masterId: masterOf(masterId, parts) };
  const unit = unitId === undefined ? null : parts.units.onDuty(unitId);
  if (unitId !== undefined && !unit) throw refused('no-unit');
  const entries = Object.entries({ ...sent, ...master, ...(unit && { unit }) });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** The open order meant by a number or an id; of a merged one, the order it went into. */
function masterOf(numberOrId: string, { repo }: Parts): string {
  const found = repo.byNumber(numberOrId) ?? repo.byId(numberOrId);
  const master = found?.mergedInto ? repo.byId(found.mergedInto) : found;
  if (!master) throw new AppError('not-found');
  if (!isOpen(master.state) || master.state === 'draft') throw refused('no-master');
  return master.id;
}
