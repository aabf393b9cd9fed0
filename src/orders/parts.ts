import type { Role } from '../access.ts';
import type { Act } from '../order-rules/decide.ts';
import type { Surroundings } from '../order-rules/guards.ts';
import { type Move, moveNames, moves, startsIn } from '../order-rules/moves.ts';
import {
  isNote,
  type Note,
  type NoteName,
  noteFits,
  noteNames,
  notes,
} from '../order-rules/notes.ts';
import type { Hand, Order } from '../order-rules/order.ts';
import type { Actor, OrderState } from '../order-rules/words.ts';

/** In what part a role acts on orders; roles that are not here do not touch them. */
const partOf: Partial<Record<Role, Actor>> = {
  agent: 'agent',
  leader: 'shift-leader',
  dispatcher: 'dispatcher',
  reviewer: 'reviewer',
  'unit-operator': 'unit-operator',
  'unit-leader': 'unit-leader',
  visitor: 'visitor',
  supervisor: 'supervision',
  'city-leader': 'city-leader',
  'data-protection': 'data-protection',
};

/** The parts somebody with these roles may act in. */
export function partsOf(roles: readonly Role[]): Actor[] {
  return roles.flatMap((role) => partOf[role] ?? []);
}

/** The states in which each part has something to do: the to-do list. */
const todo: Partial<Record<Actor, readonly OrderState[]>> = {
  agent: ['draft'],
  dispatcher: ['accepted', 'review', 'return-requested', 'rework', 'external'],
  reviewer: ['review', 'reply-check', 'rework'],
  'unit-operator': ['dispatched', 'handling'],
  'unit-leader': ['unit-approval', 'handling', 'dispatched', 'long-term'],
  visitor: ['visit'],
  supervision: ['dispute', 'long-term'],
};

export function todoOf(parts: readonly Actor[]): OrderState[] {
  return [...new Set(parts.flatMap((part) => todo[part] ?? []))];
}

/** The part in which somebody makes a move: the first of theirs that the table lets. */
export function partFor(
  act: Act['do'],
  parts: readonly Actor[],
  order: Order | null,
): Actor | null {
  if (isNote(act)) {
    const { by }: Note = notes[act];
    return parts.find((part) => by.includes(part)) ?? null;
  }
  if (act === 'agree' || act === 'decline') {
    if (!order?.pending) return parts[0] ?? null;
    const { agreedBy }: Move = moves[order.pending.move];
    return parts.find((part) => agreedBy[order.pending?.agreed ?? 0]?.includes(part)) ?? null;
  }
  const { by }: Move = moves[act];
  return parts.find((part) => by.includes(part)) ?? null;
}

/** Files, instructions and meetings have places of their own beside what is done with an order. */
const beside: ReadonlySet<NoteName> = new Set([
  'attach',
  'relay',
  'visit-call',
  'visit-try',
  'feedback',
  'settle',
  'agenda',
  'meeting-moved',
  'meeting-cancelled',
  'decision',
]);

/** What somebody could do with an order now, whatever it would have to carry. */
export function possibleMoves(
  order: Order,
  parts: readonly Actor[],
  hand: Omit<Hand, 'actor'>,
  around: Pick<Surroundings, 'isWithin'>,
): Act['do'][] {
  const possible: Act['do'][] = moveNames.filter((name) => {
    const actor = partFor(name, parts, order);
    if (actor === null || !startsIn(name, order.state)) return false;
    return !actor.startsWith('unit-') || isTheirs(order, hand.unitId, around);
  });
  const canAgree = order.pending !== null && partFor('agree', parts, order) !== null;
  if (canAgree && order.pending?.askedBy.personId !== hand.personId)
    possible.push('agree', 'decline');
  const written = noteNames.filter(
    (name) => !beside.has(name) && mayNote(name, order, parts, hand, around),
  );
  return [...possible, ...written];
}

/** Could somebody write this note into an order now? */
export function mayNote(
  name: NoteName,
  order: Order,
  parts: readonly Actor[],
  { unitId }: Omit<Hand, 'actor'>,
  around: Pick<Surroundings, 'isWithin'>,
): boolean {
  const actor = partFor(name, parts, order);
  if (actor === null || !noteFits(name, order)) return false;
  if (!actor.startsWith('unit-')) return true;
  const { at }: Note = notes[name];
  const isCoUnit = unitId !== null && order.coUnitIds.includes(unitId);
  if (at === 'co-unit') return isCoUnit;
  return (at === 'either-unit' && isCoUnit) || isTheirs(order, unitId, around);
}

/** Does an order lie with somebody's unit: the lead unit, or whom it passed it down to? */
export function isTheirs(
  { leadUnitId, handlingUnitId }: Pick<Order, 'leadUnitId' | 'handlingUnitId'>,
  unitId: string | null,
  around: Pick<Surroundings, 'isWithin'>,
): boolean {
  if (unitId === null || leadUnitId === null || handlingUnitId === null) return false;
  return around.isWithin(unitId, leadUnitId) && around.isWithin(handlingUnitId, unitId);
}
