import { endRing } from './callers.ts';
import { isDialling } from './dials.ts';
import { makeNotReady, offerSeat, settle, withdrawSeat } from './match.ts';
import { setSeatState, tellSeatState } from './seat-state.ts';
import { beginWrapUp } from './talks.ts';
import type { Input, Membership, RestoredSeat } from './types.ts';
import { clearTimer, emit, type Seat, setTimer, type World } from './world.ts';

type InputOf<K extends Input['kind']> = Extract<Input, { kind: K }>;

/** A person sits down: the seat is there but takes no calls before it is made ready. */
export function seatSignedIn(world: World, input: InputOf<'seat-signed-in'>): void {
  const { seatId, agentId, memberships } = input;
  if (world.seats.has(seatId)) return;
  const seat = newSeat(world, seatId, agentId, memberships);
  emit(world, { kind: 'seat.signed-in', at: world.now, seatId, agentId });
  setSeatState(world, seat, 'not-ready', { reason: 'signed-in' });
}

/** Refused (nothing happens) while the seat has a caller on the line. */
export function seatSignedOut(world: World, seatId: string): void {
  const seat = world.seats.get(seatId);
  if (!seat || seat.talk || seat.guest || isDialling(seat)) return;
  leaveRing(world, seat, () => {
    withdrawSeat(world, seat);
    count(world, seat, -1);
    setSeatState(world, seat, 'offline');
    world.seats.delete(seatId);
    world.seatsOfAgents.delete(seat.agentId);
  });
  emit(world, { kind: 'seat.signed-out', at: world.now, seatId, agentId: seat.agentId });
}

/** Ready: now, or, while a call lasts, again after it. */
export function seatReady(world: World, seatId: string): void {
  const seat = world.seats.get(seatId);
  if (!seat) return;
  const hadOther = seat.notReadyNext !== null;
  seat.notReadyNext = null;
  if (seat.state === 'not-ready' || seat.state === 'wrap-up') return settle(world, seat);
  if (hadOther) tellSeatState(world, seat);
}

export function seatNotReady(world: World, seatId: string, reason: string): void {
  const seat = world.seats.get(seatId);
  if (!seat) return;
  if (seat.talk || seat.guest || isDialling(seat) || seat.state === 'wrap-up') {
    seat.notReadyNext = reason;
    return tellSeatState(world, seat);
  }
  leaveRing(world, seat, () => makeNotReady(world, seat, reason));
}

/** Moves a seat to other queues: the next decision obeys, a call that is going on stays. */
export function seatQueues(world: World, seatId: string, memberships: readonly Membership[]): void {
  const seat = world.seats.get(seatId);
  if (!seat) return;
  withdrawSeat(world, seat);
  count(world, seat, -1);
  seat.memberships = memberships;
  count(world, seat, 1);
  emit(world, {
    kind: 'seat.queues',
    at: world.now,
    seatId,
    queueIds: memberships.map((m) => m.queueId),
  });
  if (seat.state === 'ready') offerSeat(world, seat);
}

export function holdChanged(world: World, input: InputOf<'call-held' | 'call-resumed'>): void {
  const seat = world.seats.get(input.seatId);
  const from = input.kind === 'call-held' ? 'talking' : 'hold';
  if (!seat || seat.state !== from || seat.callId !== input.callId) return;
  const { callId, seatId } = input;
  const kind = input.kind === 'call-held' ? 'call.held' : 'call.resumed';
  emit(world, { kind, at: world.now, callId, seatId, agentId: seat.agentId });
  setSeatState(world, seat, from === 'talking' ? 'hold' : 'talking', { callId });
}

export function wrapUpExtended(world: World, seatId: string, byMs: number): void {
  const seat = world.seats.get(seatId);
  if (!seat || seat.state !== 'wrap-up' || seat.until === null) return;
  clearTimer(world, seat.timer);
  seat.until += byMs;
  seat.timer = setTimer(world, 'wrap-up', seatId, seat.until);
  tellSeatState(world, seat);
}

export function wrapUpFinished(world: World, seatId: string): void {
  const seat = world.seats.get(seatId);
  if (seat?.state === 'wrap-up') settle(world, seat);
}

/** Puts a seat back as the store knew it. Its earlier events stand; only what is new is said. */
export function seatRestored(world: World, known: RestoredSeat): void {
  if (world.seats.has(known.seatId)) return;
  const seat = newSeat(world, known.seatId, known.agentId, known.memberships);
  seat.state = known.state;
  seat.since = known.since;
  seat.idleSince = known.since;
  seat.reason = known.reason;
  seat.callId = known.callId;
  seat.talk = known.talk;
  seat.notReadyNext = known.notReadyNext;
  if (known.wrapUpIn !== undefined) {
    return beginWrapUp(world, seat, known.callId, known.wrapUpIn);
  }
  if (known.state === 'wrap-up' && known.until !== null) {
    seat.until = known.until;
    seat.timer = setTimer(world, 'wrap-up', known.seatId, known.until);
  }
  if (known.state === 'ready') offerSeat(world, seat);
}

function newSeat(
  world: World,
  seatId: string,
  agentId: string,
  memberships: readonly Membership[],
): Seat {
  world.counter += 1;
  const seat: Seat = {
    seatId,
    agentId,
    memberships,
    state: 'not-ready',
    since: world.now,
    reason: null,
    callId: null,
    talk: null,
    guest: null,
    until: null,
    notReadyNext: null,
    idleSince: world.now,
    answered: 0,
    turns: new Map(),
    timer: null,
    number: world.counter,
  };
  world.seats.set(seatId, seat);
  world.seatsOfAgents.set(agentId, seat);
  count(world, seat, 1);
  return seat;
}

/** Does `go` to the seat; if it was being rung, its caller is offered to somebody else after that. */
function leaveRing(world: World, seat: Seat, go: () => void): void {
  const caller = seat.state === 'ringing' ? world.callers.get(seat.callId ?? '') : undefined;
  if (caller) endRing(world, caller, 'withdrawn', go);
  else go();
}

function count(world: World, seat: Seat, by: 1 | -1): void {
  for (const { queueId } of seat.memberships) {
    const queue = world.queues.get(queueId);
    if (queue) queue.signedIn += by;
  }
}
