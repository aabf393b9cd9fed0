import { setSeatState } from './seat-state.ts';
import { type Caller, clearTimer, effect, emit, type Seat, setTimer, type World } from './world.ts';

/**
 * The one rule of order: a free seat takes, among the first callers of all its queues, the one whose
 * place is earliest; a caller goes to the seat of the queue that has been idle longest.
 */

/** A seat is ready: it takes the caller who is due, or stands idle in each of its queues. */
export function offerSeat(world: World, seat: Seat): void {
  let best: Caller | undefined;
  for (const { queueId } of seat.memberships) {
    const head = world.queues.get(queueId)?.waiting.first();
    if (head && (!best || standsBefore(head, best))) best = head;
  }
  if (best) ring(world, best, seat);
  else for (const { queueId } of seat.memberships) world.queues.get(queueId)?.idle.add(seat);
}

/** A caller has to be served: the longest idle seat is rung, or the caller waits. */
export function offerCaller(world: World, caller: Caller): void {
  const queue = world.queues.get(caller.queueId);
  if (!queue) return;
  const seat = queue.idle.first();
  if (seat) ring(world, caller, seat);
  else queue.waiting.add(caller);
}

/** Takes a seat out of the idle lists; harmless when it stands in none. */
export function withdrawSeat(world: World, seat: Seat): void {
  for (const { queueId } of seat.memberships) world.queues.get(queueId)?.idle.remove(seat);
}

/** The seat has nothing to do any more: ready for the next caller, or not ready as it was asked. */
export function settle(world: World, seat: Seat): void {
  const reason = seat.notReadyNext;
  if (reason !== null) return makeNotReady(world, seat, reason);
  if (seat.state !== 'ringing') seat.idleSince = world.now;
  setSeatState(world, seat, 'ready');
  offerSeat(world, seat);
}

/** No calls for this seat until its agent says so. */
export function makeNotReady(world: World, seat: Seat, reason: string): void {
  withdrawSeat(world, seat);
  seat.notReadyNext = null;
  setSeatState(world, seat, 'not-ready', { reason });
}

function standsBefore(a: Caller, b: Caller): boolean {
  return a.placeAt < b.placeAt || (a.placeAt === b.placeAt && a.number < b.number);
}

function ring(world: World, caller: Caller, seat: Seat): void {
  const queue = world.queues.get(caller.queueId);
  if (!queue) return;
  withdrawSeat(world, seat);
  queue.waiting.remove(caller);
  caller.attempt += 1;
  caller.seatId = seat.seatId;
  caller.ringingSince = world.now;
  const { callId, queueId, attempt } = caller;
  const { seatId, agentId } = seat;
  const until = world.now + queue.rules.ringTimeoutMs;
  emit(world, {
    kind: 'call.ringing',
    at: world.now,
    callId,
    queueId,
    seatId,
    agentId,
    attempt,
  });
  setSeatState(world, seat, 'ringing', { callId, until });
  clearTimer(world, seat.timer);
  seat.timer = setTimer(world, 'ring', seatId, until);
  effect(world, {
    kind: 'ring',
    callId,
    queueId,
    seatId,
    agentId,
    attempt,
    ringTimeoutMs: queue.rules.ringTimeoutMs,
  });
}
