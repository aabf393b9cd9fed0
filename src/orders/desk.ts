import type { WorkingDays } from '../kit/working-days.ts';
import { running } from '../order-rules/clocks.ts';
import type { Desk } from '../order-rules/decide.ts';
import type { ClockKind, MoveData, Order } from '../order-rules/order.ts';
import { dueOf, limitOf, type Policies, type PolicyPack, packName } from '../order-rules/policy.ts';
import type { Units } from './units.ts';

const HOUR_MS = 3_600_000;
const OFFSET_HOURS = 8;

interface DeskParts {
  readonly calendar: WorkingDays;
  readonly units: Units;
  /** Who answers for orders that lie with the hotline, if nobody else is named. */
  readonly hotlineDuty: string;
}

/** The pack an order keeps; before acceptance the one it would get now. */
export function packOf({ packs }: Policies, order: Order | null): PolicyPack | null {
  return packs.find((pack) => packName(pack) === order?.pack) ?? null;
}

/** What decisions on an order need to know at `now`, by the pack it keeps. */
export function deskFor(
  { calendar, units, hotlineDuty }: DeskParts,
  order: Order | null,
  pack: PolicyPack,
  now: number,
): Desk {
  const dispatchedAt = order?.clocks.find(({ kind }) => kind === 'sign')?.startedAt;
  return {
    now,
    isWithin: (unitId, ancestorId) => units.isWithin(unitId, ancestorId),
    returnUntil:
      dispatchedAt === undefined ? null : dueOf(calendar, dispatchedAt, pack.returnWithin),
    extensions: pack.extensions,
    extensionCutOff: { passed: hourOf(now) >= pack.extensions.cutOffHour },
    confidence: pack.confidence,
    appealMs: order?.endedAt ? dueOf(calendar, order.endedAt, pack.appeal) - order.endedAt : 0,
    visitTries: pack.visitTries,
    hotlineDuty,
    due: (before, kind, data) => dueAt(calendar, pack, before, kind, data, now),
  };
}

/** When a clock that a move starts now is due. */
function dueAt(
  calendar: WorkingDays,
  pack: PolicyPack,
  order: Order,
  kind: ClockKind,
  data: MoveData,
  now: number,
): number {
  const reply = running(order, 'reply');
  if (kind === 'reply') {
    // An extension counts on from the last day there was.
    if (data.workdays !== undefined && reply) {
      return dueOf(calendar, reply.dueAt - 1, { workdays: data.workdays });
    }
    if (order.state === 'return-requested' && !pack.restartOnReturn && reply) return reply.dueAt;
    if (order.state === 'rework') return dueOf(calendar, now, pack.reworkReply);
  }
  return dueOf(calendar, now, limitOf(pack, order, kind));
}

function hourOf(now: number): number {
  return Math.floor(now / HOUR_MS + OFFSET_HOURS) % 24;
}

/** When the next running clock is due; null when none runs. */
export function nextDue({ clocks }: Order): number | null {
  const runningOnes = clocks.filter(
    ({ stoppedAt, paused }) => stoppedAt === null && paused === null,
  );
  return runningOnes.length === 0 ? null : Math.min(...runningOnes.map(({ dueAt }) => dueAt));
}
