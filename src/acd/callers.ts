import type { NewEvent, OverflowReason, RingFailure } from '../events.ts';
import { lastAgentOutcome, makeNotReady, offerCaller, settle } from './match.ts';
import { setSeatState } from './seat-state.ts';
import { type Input, LEVEL_MAX } from './types.ts';
import {
  type Caller,
  clearTimer,
  effect,
  emit,
  placeAt,
  type Queue,
  type Seat,
  setTimer,
  type World,
} from './world.ts';

type InputOf<K extends Input['kind']> = Extract<Input, { kind: K }>;

export function callerEntered(world: World, input: InputOf<'caller-entered'>): void {
  const { callId, queueId, priority, arrivedAt, lastAgentId, callBack, creditMs = 0 } = input;
  if (world.callers.has(callId)) return;
  const refused = refusal(world.queues.get(queueId), callBack !== undefined);
  if (refused) return effect(world, { kind: 'not-kept', callId, queueId, why: refused });
  const virtual = world.callers.get(input.insteadOf ?? '');
  const kept = virtual?.callBack ? virtual : null;
  world.counter += 1;
  const caller: Caller = {
    callId,
    queueId,
    priority,
    arrivedAt,
    creditMs,
    placeAt: placeAt(arrivedAt, priority, creditMs),
    enteredAt: world.now,
    levelMax: LEVEL_MAX,
    lastAgentId,
    wantedSeatId: input.wantedSeatId ?? null,
    number: kept?.number ?? world.counter,
    attempt: 0,
    seatId: null,
    ringingSince: 0,
    deadline: null,
    widening: null,
    callBack: callBack ? { tries: callBack.tries, pause: null } : null,
  };
  if (kept) forget(world, kept);
  world.callers.set(callId, caller);
  if (callBack && callBack.notBefore > world.now) pause(world, caller, callBack.notBefore);
  stand(world, caller, kept);
  // Only now: the seat that was held for the virtual caller may be for this one.
  if (kept) freeSeat(world, kept);
}

/** Another queue, the same place in time. Refused by the new queue, the caller stays where they are. */
export function callerMoved(world: World, input: InputOf<'caller-moved'>): void {
  const caller = world.callers.get(input.callId);
  if (!caller || caller.seatId !== null || caller.queueId === input.queueId) return;
  const { callId } = caller;
  const refused = refusal(world.queues.get(input.queueId), caller.callBack !== null);
  if (refused) {
    return effect(world, { kind: 'not-kept', callId, queueId: input.queueId, why: refused });
  }
  emit(world, {
    kind: 'call.overflowed',
    at: world.now,
    callId,
    fromQueueId: caller.queueId,
    queueId: input.queueId,
    why: input.why,
  });
  takeOut(world, caller);
  caller.queueId = input.queueId;
  stand(world, caller);
}

export function callerLeft(world: World, input: InputOf<'caller-left'>): void {
  const caller = world.callers.get(input.callId);
  if (!caller) return;
  const { callId, queueId } = caller;
  forget(world, caller);
  if (input.abandoned) {
    emit(world, {
      kind: 'call.abandoned',
      at: world.now,
      callId,
      queueId,
      waitedMs: world.now - caller.arrivedAt,
    });
  }
  freeSeat(world, caller);
}

/** The caller is nobody's any more. */
function forget(world: World, caller: Caller): void {
  takeOut(world, caller);
  clearTimer(world, caller.callBack?.pause ?? null);
  world.callers.delete(caller.callId);
}

/** The seat that is rung for a caller who is gone goes to whoever is next. */
function freeSeat(world: World, caller: Caller): void {
  const rung = world.seats.get(caller.seatId ?? '');
  if (!rung) return;
  tellRingFailed(world, caller, rung, 'withdrawn');
  settle(world, rung);
}

export function seatAnswered(world: World, input: InputOf<'seat-answered'>): void {
  const caller = world.callers.get(input.callId);
  const seat = world.seats.get(input.seatId);
  if (!caller || !seat || caller.seatId !== input.seatId || caller.attempt !== input.attempt)
    return;
  const { callId, queueId } = caller;
  takeOut(world, caller);
  world.callers.delete(callId);
  emit(world, {
    kind: 'call.connected',
    at: world.now,
    callId,
    queueId,
    seatId: seat.seatId,
    agentId: seat.agentId,
    waitedMs: world.now - caller.arrivedAt,
    ringMs: world.now - caller.ringingSince,
  });
  seat.answered += 1;
  setSeatState(world, seat, 'talking', { callId });
  seat.talk = { queueId, connectedAt: world.now };
}

/** The caller keeps the place and is offered again; the seat is not ready until its agent says so. */
export function ringFailed(world: World, input: InputOf<'ring-failed'>): void {
  const caller = world.callers.get(input.callId);
  if (!caller || caller.seatId !== input.seatId || caller.attempt !== input.attempt) return;
  const { why } = input;
  endRing(world, caller, why, (seat) => makeNotReady(world, seat, why));
}

/**
 * A ring ends without an answer: the seat goes where `seatGoes` puts it, then the caller, who kept
 * the place, is offered again (in this order, or the same seat would be rung at once).
 */
export function endRing(
  world: World,
  caller: Caller,
  why: RingFailure,
  seatGoes: (seat: Seat) => void,
): void {
  const seat = world.seats.get(caller.seatId ?? '');
  caller.seatId = null;
  if (seat) {
    tellRingFailed(world, caller, seat, why);
    seatGoes(seat);
  }
  offerCaller(world, caller);
}

export function maxWaitReached(world: World, caller: Caller): void {
  caller.deadline = null;
  const { callId, queueId } = caller;
  effect(world, { kind: 'not-kept', callId, queueId, why: 'too-long' });
}

/** A leader's word: the place is counted anew from the arrival and the new priority. */
export function callerPriority(world: World, input: InputOf<'caller-priority'>): void {
  const caller = world.callers.get(input.callId);
  const queue = caller && world.queues.get(caller.queueId);
  if (!caller || !queue || caller.priority === input.priority) return;
  const { callId, queueId } = caller;
  const { priority, personId } = input;
  const waits = isInLine(caller);
  if (waits) queue.waiting.remove(caller);
  caller.priority = priority;
  caller.placeAt = placeAt(caller.arrivedAt, priority, caller.creditMs);
  if (waits) queue.waiting.add(caller);
  emit(world, { kind: 'call.priority', at: world.now, callId, queueId, priority, personId });
}

/** The caller has waited long enough for seats of the next level. */
export function poolWidened(world: World, caller: Caller): void {
  caller.widening = null;
  const queue = world.queues.get(caller.queueId);
  if (!queue) return;
  const waits = isInLine(caller);
  if (waits) queue.waiting.remove(caller);
  allowLevels(world, caller, queue);
  if (waits) offerCaller(world, caller);
}

/** Sets which levels the caller may take now, and the timer for when that grows. */
export function allowLevels(world: World, caller: Caller, queue: Queue): void {
  clearTimer(world, caller.widening);
  caller.widening = null;
  const { widening } = queue.rules;
  const waitedMs = world.now - caller.enteredAt;
  const passed = widening.filter(({ afterMs }) => afterMs <= waitedMs);
  const coming = widening.find(({ afterMs }) => afterMs > waitedMs);
  caller.levelMax = widening.length === 0 ? LEVEL_MAX : (passed.at(-1)?.level ?? 1);
  if (!coming) return;
  caller.widening = setTimer(world, 'widen', caller.callId, caller.enteredAt + coming.afterMs);
}

/** Nobody is rung for the caller, who could take a seat. */
export function isInLine({ seatId, callBack }: Caller): boolean {
  return seatId === null && !callBack?.pause;
}

/** The virtual caller has a place and takes no seat before `until`. */
export function pause(world: World, caller: Caller, until: number): void {
  if (caller.callBack) caller.callBack.pause = setTimer(world, 'pause', caller.callId, until);
}

/** A virtual caller holds up no line: there is always room, also while nobody is signed in. */
function refusal(queue: Queue | undefined, isVirtual: boolean): OverflowReason | null {
  if (!queue) return 'closed';
  if (isVirtual) return null;
  if (queue.signedIn === 0 && !queue.rules.letInWhenNobody) return 'nobody';
  const { maxWaiting } = queue.rules;
  const wouldWait = queue.idle.size === 0;
  if (maxWaiting !== null && wouldWait && queue.unanswered.size >= maxWaiting) return 'full';
  return null;
}

/** Puts a caller into the queue they are for, and offers them; `kept` stood there for them. */
function stand(world: World, caller: Caller, kept: Caller | null = null): void {
  const queue = world.queues.get(caller.queueId);
  if (!queue) return;
  const { callId } = caller;
  emit(world, queuedEvent(world, caller, kept));
  caller.enteredAt = kept?.enteredAt ?? world.now;
  allowLevels(world, caller, queue);
  if (caller.callBack) {
    queue.callBacks.add(caller);
    if (!caller.callBack.pause) offerCaller(world, caller);
    return;
  }
  queue.unanswered.add(caller);
  const { maxWaitMs } = queue.rules;
  // Counted from entering this queue: a caller who overflowed gets the new queue's time as well.
  if (maxWaitMs !== null) {
    caller.deadline = setTimer(world, 'max-wait', callId, world.now + maxWaitMs);
  }
  tellLastAgent(world, caller);
  offerCaller(world, caller);
}

export function queuedEvent(world: World, caller: Caller, kept: Caller | null = null): NewEvent {
  const { callId, queueId, priority, arrivedAt, creditMs, callBack } = caller;
  return {
    kind: 'call.queued',
    at: world.now,
    callId,
    queueId,
    priority,
    arrivedAt,
    ...(callBack && { isCallBack: true }),
    ...(creditMs > 0 && { creditMs }),
    ...(kept && { insteadOf: kept.callId }),
  };
}

/** Whether the agent of the last call is rung first, and if not, why. */
function tellLastAgent(world: World, { callId, queueId, lastAgentId, wantedSeatId }: Caller): void {
  if (lastAgentId === null || wantedSeatId !== null) return;
  const outcome = lastAgentOutcome(world, lastAgentId, queueId);
  const at = world.now;
  emit(world, { kind: 'call.last-agent', at, callId, queueId, agentId: lastAgentId, outcome });
}

/** The caller stands in no queue any more. */
export function takeOut(world: World, caller: Caller): void {
  const queue = world.queues.get(caller.queueId);
  queue?.waiting.remove(caller);
  queue?.unanswered.remove(caller);
  queue?.callBacks.remove(caller);
  clearTimer(world, caller.deadline);
  clearTimer(world, caller.widening);
  caller.deadline = null;
  caller.widening = null;
}

function tellRingFailed(world: World, caller: Caller, seat: Seat, why: RingFailure): void {
  const { callId, queueId, attempt } = caller;
  const { seatId, agentId } = seat;
  const at = world.now;
  emit(world, { kind: 'call.ring-failed', at, callId, queueId, seatId, agentId, attempt, why });
  effect(world, { kind: 'stop-ringing', callId, seatId, attempt, why });
}
