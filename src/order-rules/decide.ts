import { carriedBy } from './carries.ts';
import { clocksStartedBy } from './clocks.ts';
import { guards, type Refusal, type Surroundings } from './guards.ts';
import { type Move, type MoveName, mayAsk, moves, startsIn } from './moves.ts';
import { isNote, type Note, type NoteName, noteFits, notes } from './notes.ts';
import type { ClockKind, Hand, MoveData, Order, OrderEvent } from './order.ts';
import { isOpen, orderStates } from './words.ts';

/** What somebody wants: make or ask for a move, or agree to or decline the one asked for. */
export interface Act {
  readonly do: MoveName | NoteName | 'agree' | 'decline';
  readonly data: MoveData;
}

/** Beside what guards ask: what a decision has to fill in. */
export interface Desk extends Surroundings {
  /** When a clock that starts now is due, by the order's pack; milliseconds since the epoch. */
  due(order: Order, kind: ClockKind, data: MoveData): number;
  /** Who answers for orders that lie with the hotline. */
  readonly hotlineDuty: string;
}

export type Decision =
  | { readonly event: OrderEvent; readonly refusal?: never }
  | { readonly refusal: Refusal; readonly event?: never };

/** Judges an act. Pure: the same order, act and desk give the same decision. */
export function decide(
  orderId: string,
  order: Order | null,
  act: Act,
  by: Hand,
  desk: Desk,
): Decision {
  if (act.do === 'agree' || act.do === 'decline') return answered(orderId, order, act, by, desk);
  if (isNote(act.do)) {
    const data = carriedBy(act.do, act.data);
    const refusal = mayNot(order, act.do, data, by, desk);
    return refusal
      ? { refusal }
      : { event: { orderId, at: desk.now, move: act.do, step: 'done', by, data } };
  }
  return asked(orderId, order, act.do, carriedBy(act.do, act.data), by, desk);
}

function asked(
  orderId: string,
  order: Order | null,
  move: MoveName,
  data: MoveData,
  by: Hand,
  desk: Desk,
): Decision {
  const refusal =
    (startsIn(move, order?.state ?? null) ? null : 'not-from-here') ??
    (mayAsk(move, by.actor) ? null : 'not-yours') ??
    (order ? (wrongUnit(order, by, desk) ?? firstRefusal(order, move, data, by, desk)) : null);
  if (refusal) return { refusal };
  const { agreedBy }: Move = moves[move];
  if (agreedBy.length === 0) return { event: done(orderId, order, move, data, by, desk) };
  if (order?.pending) return { refusal: 'already-asked' };
  return { event: { orderId, at: desk.now, move, step: 'asked', by, data } };
}

function answered(orderId: string, order: Order | null, act: Act, by: Hand, desk: Desk): Decision {
  const pending = order?.pending;
  if (!order || !pending) return { refusal: 'nothing-asked' };
  const { agreedBy }: Move = moves[pending.move];
  if (!agreedBy[pending.agreed]?.includes(by.actor)) return { refusal: 'not-yours' };
  if (by.personId === pending.askedBy.personId) return { refusal: 'same-person' };
  const elsewhere = wrongUnit(order, by, desk);
  if (elsewhere) return { refusal: elsewhere };
  const { now: at } = desk;
  const { move } = pending;
  if (act.do === 'decline') {
    if (!act.data.why) return { refusal: 'no-reason' };
    return { event: { orderId, at, move, step: 'declined', by, data: act.data } };
  }
  if (!isEnough(order, pending, desk)) {
    return { event: { orderId, at, move, step: 'agreed', by, data: act.data } };
  }
  // What was asked in time stays in time, however long the others took to agree.
  const asThen = { ...desk, now: pending.askedAt, extensionCutOff: { passed: false } };
  const refusal = firstRefusal(order, move, pending.data, pending.askedBy, asThen);
  if (refusal) return { refusal };
  return { event: done(orderId, order, move, pending.data, by, desk) };
}

/** Is one more agreement the last that is needed? A short extension is the unit's own leader's to give. */
function isEnough(
  { extendedWorkdays }: Order,
  { move, agreed, data }: NonNullable<Order['pending']>,
  { extensions }: Desk,
): boolean {
  const { workdays = 0 } = data;
  if (move === 'extend' && extendedWorkdays + workdays <= extensions.aloneUpTo) return true;
  return agreed + 1 >= moves[move].agreedBy.length;
}

function done(
  orderId: string,
  order: Order | null,
  move: MoveName,
  data: MoveData,
  by: Hand,
  desk: Desk,
): OrderEvent {
  const due: Partial<Record<ClockKind, number>> = {};
  if (order) for (const kind of clocksStartedBy(move)) due[kind] = desk.due(order, kind, data);
  const owner = data.owner ?? ownerAfter(order, move, data, by, desk);
  return {
    orderId,
    at: desk.now,
    move,
    step: 'done',
    by,
    data: { ...data, ...(owner !== undefined && { owner }), due },
  };
}

/** Where an order goes back to the hotline, the hotline's duty person answers for it. */
function ownerAfter(
  order: Order | null,
  move: MoveName,
  data: MoveData,
  by: Hand,
  desk: Desk,
): string | undefined {
  const { to }: Move = moves[move];
  if (to === 'same' || !isOpen(to)) return undefined;
  if (to === 'draft') return by.personId;
  const { holder } = orderStates[to];
  if (holder === 'unit') return data.unit?.duty;
  return order && orderStates[order.state].holder === 'hotline' && order.state !== 'draft'
    ? undefined
    : desk.hotlineDuty;
}

function firstRefusal(
  order: Order,
  move: MoveName | NoteName,
  data: MoveData,
  by: Hand,
  around: Surroundings,
): Refusal | null {
  for (const guard of guards[move] ?? []) {
    const refusal = guard(order, data, around, by);
    if (refusal) return refusal;
  }
  return null;
}

/** People of units act on what lies with their unit: the lead unit, or whom it passed it down to. */
function wrongUnit(
  order: Order,
  { actor, unitId }: Hand,
  { isWithin }: Surroundings,
): Refusal | null {
  if (actor !== 'unit-operator' && actor !== 'unit-leader') return null;
  const { leadUnitId, handlingUnitId } = order;
  if (unitId === null || leadUnitId === null || handlingUnitId === null) return 'not-your-unit';
  const isTheirs = isWithin(unitId, leadUnitId) && isWithin(handlingUnitId, unitId);
  return isTheirs ? null : 'not-your-unit';
}

/** Why a note may not be written now by this hand; null when it may. */
function mayNot(
  order: Order | null,
  name: NoteName,
  data: MoveData,
  by: Hand,
  desk: Desk,
): Refusal | null {
  const { by: parts, at }: Note = notes[name];
  if (!order || !noteFits(name, order)) return 'not-from-here';
  if (!parts.includes(by.actor)) return 'not-yours';
  return notTheirs(order, at, by, desk) ?? firstRefusal(order, name, data, by, desk);
}

function notTheirs(order: Order, at: Note['at'], by: Hand, desk: Desk): Refusal | null {
  if (!by.actor.startsWith('unit-')) return null;
  const isCoUnit = by.unitId !== null && order.coUnitIds.includes(by.unitId);
  if (at === 'co-unit') return isCoUnit ? null : 'not-your-unit';
  return at === 'either-unit' && isCoUnit ? null : wrongUnit(order, by, desk);
}
