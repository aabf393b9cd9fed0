import { clocksAfter } from './clocks.ts';
import { RELAYS_PER_HOUR } from './guards.ts';
import { type Move, moves } from './moves.ts';
import { isNote } from './notes.ts';
import type { Hand, MoveData, Order, OrderEvent } from './order.ts';
import { newTask, supervisedBy } from './tasks.ts';
import { isOpen, type OrderState, orderStates } from './words.ts';

/** The order after an event; events are facts, so nothing is refused here. */
export function fold(before: Order | null, event: OrderEvent): Order {
  const order = before ?? opened(event);
  const { at, by, data, move, step } = event;
  if (isNote(move)) return noted(order, event);
  if (step === 'asked') {
    return { ...order, pending: { move, askedBy: by, askedAt: at, agreed: 0, data } };
  }
  if (step === 'agreed' && order.pending) {
    return { ...order, pending: { ...order.pending, agreed: order.pending.agreed + 1 } };
  }
  if (step === 'declined') return { ...order, pending: null };
  return carriedOut(order, event);
}

function carriedOut(order: Order, event: OrderEvent): Order {
  const { at, data, move } = event;
  if (isNote(move)) return order;
  const { to }: Move = moves[move];
  const state = to === 'same' ? order.state : to;
  const leadUnitId = data.unit?.id ?? order.leadUnitId;
  return {
    ...order,
    ...changes(order, event),
    state,
    leadUnitId,
    coUnitIds: data.coUnitIds ?? order.coUnitIds,
    handlingUnitId: data.handlingUnitId ?? data.unit?.id ?? order.handlingUnitId,
    ...peopleAfter(order, state, data),
    clocks: clocksAfter(order, event, leadUnitId),
    pending: overtakes(order, event) ? null : order.pending,
    endedAt: isOpen(state) ? null : (order.endedAt ?? at),
    // Withdrawn, or over for another reason: nothing is left to decide.
    withdrawal: isOpen(state) ? order.withdrawal : null,
  };
}

/** What a note changes; the state stays. */
function noted(order: Order, event: OrderEvent): Order {
  const touched = { ...order, clocks: clocksAfter(order, event, order.leadUnitId) };
  if (event.move === 'contact') return { ...touched, contacted: true };
  if (event.move === 'relay' || event.move === 'visit-call')
    return { ...touched, relays: relaysAfter(order, event) };
  if (event.move === 'visit-try') return withTry(touched, event);
  if (event.move === 'revise') return { ...touched, ...event.data.request };
  if (event.move === 'ask-withdrawal')
    return { ...touched, withdrawal: { at: event.at, why: event.data.why ?? '' } };
  if (event.move === 'refuse-withdrawal') return { ...touched, withdrawal: null };
  if (event.move === 'co-reply') return withCoUnitIn(touched, event.by);
  const supervised = supervisedBy(touched, event);
  if (supervised) return supervised;
  const { rating, solved = null } = event.data;
  if (event.move !== 'rate' || rating === undefined) return touched;
  const satisfied = rating >= 3 && solved !== 'not';
  return { ...touched, satisfied, rated: { at: event.at, rating, solved } };
}

function withTry(order: Order, { at, by, data: { tried, until } }: OrderEvent): Order {
  if (!tried) return order;
  const again = tried === 'call-later' ? (until ?? null) : null;
  const one = { at, personId: by.personId, why: tried, until: again };
  return { ...order, visitTries: [...order.visitTries, one] };
}

/** As many as the guard asks about. */
function relaysAfter({ relays }: Order, { at, data: { relay } }: OrderEvent): Order['relays'] {
  return relay ? [...relays, { callId: relay.callId, at }].slice(-RELAYS_PER_HOUR) : relays;
}

/** What another unit, or the same one once more, begins with. */
const anew = { contacted: false, coUnitsIn: [], relays: [] };

/** What a move changes beside state, unit, person and clocks. */
function changes(order: Order, event: OrderEvent): Partial<Order> {
  const { at, by, data, move } = event;
  switch (move) {
    case 'submit':
      return {
        pack: data.pack ?? order.pack,
        ...(data.masterId !== undefined && { repeatOf: data.masterId }),
      };
    case 'merge':
      return { mergedInto: data.masterId ?? null };
    case 'dispatch-by-rule':
    case 'dispatch':
    case 'approve-return':
      return { ...anew, hops: order.hops + 1 };
    case 'rule':
      return { ...anew, hops: order.hops + 1, ruled: true };
    case 'refuse-return':
      return { improperReturns: order.improperReturns + 1 };
    case 'extend':
      return {
        extendedTimes: order.extendedTimes + 1,
        extendedWorkdays: order.extendedWorkdays + (data.workdays ?? 0),
      };
    case 'accept-reply':
    case 'outside-result':
      return { visitTries: [], relays: [] };
    case 'ask-rework':
      return {
        reworks: order.reworks + 1,
        satisfied: false,
        // A third dissatisfied round goes one level up (problem tickets of several cities).
        supervision: order.reworks + 1 >= 3 && order.supervision < 2 ? 2 : order.supervision,
      };
    case 'redispatch':
      return { ...anew, rated: null };
    case 'reopen':
      return {
        ...anew,
        round: order.round + 1,
        rated: null,
        hops: 0,
        ruled: false,
      };
    case 'instruct':
      return { tasks: [...order.tasks, newTask(order, event, 'instruction')] };
    case 'close':
      return { satisfied: data.satisfied ?? order.satisfied };
    case 'hang':
      return { plan: { text: data.plan ?? '', reviewAt: data.until ?? at } };
    case 'urge':
      return { urged: order.urged + 1, urgedAt: by.actor === 'citizen' ? at : order.urgedAt };
    case 'supervise':
      return { supervision: data.level ?? order.supervision };
    case 'unseal':
      return { sealed: data.sealed ?? order.sealed };
    default:
      return {};
  }
}

/** An order somebody has to act on always names a person who answers for it. */
function peopleAfter(
  order: Order,
  state: OrderState,
  data: MoveData,
): Pick<Order, 'responsible' | 'unitPerson'> {
  const named = data.owner ?? data.unit?.duty;
  if (orderStates[state].holder === 'unit') {
    const unitPerson = named ?? order.unitPerson;
    return { responsible: unitPerson, unitPerson };
  }
  const { unitPerson } = order;
  return { responsible: isOpen(state) ? (named ?? order.responsible) : null, unitPerson };
}

/** A move that changes the state, or carries out what was asked, ends the asking. */
function overtakes(order: Order, { move }: OrderEvent): boolean {
  if (isNote(move)) return false;
  const { to }: Move = moves[move];
  return to !== 'same' || order.pending?.move === move;
}

function withCoUnitIn(order: Order, by: Hand): Order {
  if (by.unitId === null || order.coUnitsIn.includes(by.unitId)) return order;
  return { ...order, coUnitsIn: [...order.coUnitsIn, by.unitId] };
}

function opened({ orderId, by, data }: OrderEvent): Order {
  const { request } = data;
  if (!request) throw new Error(`order ${orderId} begins without a request`);
  return {
    id: orderId,
    state: 'draft',
    ...request,
    pack: null,
    responsible: by.personId,
    leadUnitId: null,
    handlingUnitId: null,
    unitPerson: null,
    coUnitIds: [],
    coUnitsIn: [],
    clocks: [],
    pending: null,
    contacted: false,
    relays: [],
    ruled: false,
    hops: 0,
    improperReturns: 0,
    reworks: 0,
    extendedTimes: 0,
    extendedWorkdays: 0,
    urged: 0,
    urgedAt: null,
    rated: null,
    visitTries: [],
    withdrawal: null,
    satisfied: null,
    tasks: [],
    plan: null,
    supervision: 0,
    round: 1,
    mergedInto: null,
    endedAt: null,
  };
}
