import type { EventOf } from '../events.ts';
import { setSeatState } from './seat-state.ts';
import { byPlace } from './waiting-line.ts';
import {
  type Caller,
  clearTimer,
  effect,
  emit,
  levelOf,
  type Queue,
  type Seat,
  setTimer,
  type World,
} from './world.ts';

/**
 * The one rule of order: a free seat takes, among the callers of all its queues who may have a seat
 * of its level, the one whose place is earliest; a caller goes to the idle seat the queue's strategy
 * names, or to the agent of the last call if that one is free.
 */

/** A seat is ready: it takes the caller who is due, or stands idle in each of its queues. */
export function offerSeat(world: World, seat: Seat): void {
  let best: Caller | undefined;
  for (const { queueId, level } of seat.memberships) {
    const next = world.queues.get(queueId)?.waiting.next(level);
    if (next && (!best || byPlace(next, best) < 0)) best = next;
  }
  const queue = best && world.queues.get(best.queueId);
  if (best && queue) return ring(world, best, seat, queue.rules.strategy);
  for (const { queueId, level } of seat.memberships)
    world.queues.get(queueId)?.idle.add(seat, level);
}

/** A caller has to be served: a seat is rung, or the caller waits. */
export function offerCaller(world: World, caller: Caller): void {
  const queue = world.queues.get(caller.queueId);
  if (!queue) return;
  const wanted = wantedSeat(world, caller);
  if (wanted) return ring(world, caller, wanted, 'wanted-seat');
  const last = lastAgentSeat(world, caller);
  if (last) return ring(world, caller, last, 'last-agent');
  const seat = queue.idle.best(caller.levelMax);
  if (seat) ring(world, caller, seat, queue.rules.strategy);
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

function wantedSeat(world: World, caller: Caller): Seat | undefined {
  const seat = world.seats.get(caller.wantedSeatId ?? '');
  caller.wantedSeatId = null;
  return seat?.state === 'ready' ? seat : undefined;
}

/** Can the agent of the caller's last call be rung? */
export function lastAgentOutcome(
  world: World,
  agentId: string,
  queueId: string,
): EventOf<'call.last-agent'>['outcome'] {
  const seat = world.seatsOfAgents.get(agentId);
  if (!seat) return 'not-signed-in';
  if (levelOf(seat, queueId) === undefined) return 'not-in-queue';
  return seat.state === 'ready' ? 'free' : 'not-free';
}

function lastAgentSeat(world: World, { lastAgentId, queueId }: Caller): Seat | undefined {
  if (lastAgentId === null) return undefined;
  const isFree = lastAgentOutcome(world, lastAgentId, queueId) === 'free';
  return isFree ? world.seatsOfAgents.get(lastAgentId) : undefined;
}

function ring(
  world: World,
  caller: Caller,
  seat: Seat,
  chosenBy: EventOf<'call.ringing'>['chosenBy'],
): void {
  const queue = world.queues.get(caller.queueId);
  if (!queue) return;
  withdrawSeat(world, seat);
  queue.waiting.remove(caller);
  caller.attempt += 1;
  caller.seatId = seat.seatId;
  caller.ringingSince = world.now;
  takeTurn(queue, seat);
  const { callId, queueId, attempt } = caller;
  const { seatId, agentId } = seat;
  const { ringTimeoutMs } = queue.rules;
  const until = world.now + ringTimeoutMs;
  emit(world, {
    kind: 'call.ringing',
    at: world.now,
    callId,
    queueId,
    seatId,
    agentId,
    attempt,
    chosenBy,
    level: levelOf(seat, queueId) ?? 1,
  });
  const reason = caller.callBack ? 'call-back' : null;
  setSeatState(world, seat, 'ringing', { callId, until, reason });
  clearTimer(world, seat.timer);
  seat.timer = setTimer(world, 'ring', seatId, until);
  effect(world, { kind: 'ring', callId, queueId, seatId, agentId, attempt, ringTimeoutMs });
}

function takeTurn(queue: Queue, seat: Seat): void {
  queue.turn += 1;
  seat.turns.set(queue.rules.id, queue.turn);
}
