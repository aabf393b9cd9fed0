import * as callBacks from './call-backs.ts';
import * as callers from './callers.ts';
import * as dials from './dials.ts';
import * as guests from './guests.ts';
import { offerSeat, withdrawSeat } from './match.ts';
import { createIdleSeats } from './seat-order.ts';
import * as seats from './seats.ts';
import { talkEnded } from './talks.ts';
import type {
  Decision,
  Engine,
  Input,
  Place,
  QueueRules,
  QueueStatus,
  SeatStatus,
} from './types.ts';
import { createWaitingLine } from './waiting-line.ts';
import { createQueue, createWorld, effect, type Queue, type Seat, type World } from './world.ts';

/** A new engine without queues, seats or callers. */
export function createEngine(): Engine {
  const world = createWorld();
  return {
    apply: (input, now) => apply(world, input, now),
    nextDueAt: () => world.timers.first()?.at ?? null,
    place: (callId) => placeOf(world, callId),
    seat(seatId) {
      const seat = world.seats.get(seatId);
      return seat ? statusOf(seat) : null;
    },
    seatOfAgent(agentId) {
      const seat = world.seatsOfAgents.get(agentId);
      return seat ? statusOf(seat) : null;
    },
    seats: () => [...world.seats.values()].map(statusOf),
    queue: (queueId) => queueOf(world.queues.get(queueId)),
  };
}

function apply(world: World, input: Input, now: number): Decision {
  world.now = Math.max(world.now, now);
  const decision: Decision = { events: [], effects: [] };
  world.decision = decision;
  fireTimers(world);
  change(world, input);
  return decision;
}

/** Everything due is done before the input is looked at, so the order of two facts is their time. */
function fireTimers(world: World): void {
  for (let due = world.timers.first(); due && due.at <= world.now; due = world.timers.first()) {
    world.timers.remove(due);
    const caller = world.callers.get(due.of);
    if (due.what === 'max-wait' && caller) callers.maxWaitReached(world, caller);
    if (due.what === 'widen' && caller) callers.poolWidened(world, caller);
    if (due.what === 'pause' && caller) callBacks.pauseOver(world, caller);
    const seat = world.seats.get(due.of);
    if (!seat) continue;
    if (due.what === 'wrap-up') seats.wrapUpFinished(world, due.of);
    if (due.what === 'ring') ringTimedOut(world, seat);
  }
}

function ringTimedOut(world: World, seat: Seat): void {
  const caller = world.callers.get(seat.callId ?? '');
  if (!caller) return;
  const { callId, attempt } = caller;
  const { seatId } = seat;
  callers.ringFailed(world, { kind: 'ring-failed', callId, seatId, attempt, why: 'no-answer' });
}

function change(world: World, input: Input): void {
  switch (input.kind) {
    case 'queues-configured':
      return configureQueues(world, input.queues);
    case 'caller-entered':
      return callers.callerEntered(world, input);
    case 'caller-moved':
      return callers.callerMoved(world, input);
    case 'caller-priority':
      return callers.callerPriority(world, input);
    case 'caller-left':
      return callers.callerLeft(world, input);
    case 'seat-answered':
      return callers.seatAnswered(world, input);
    case 'ring-failed':
      return callers.ringFailed(world, input);
    case 'call-held':
    case 'call-resumed':
      return seats.holdChanged(world, input);
    case 'talk-ended':
      guests.releaseGuest(world, input.callId, input.seatId);
      return talkEnded(world, input.callId, input.seatId, input.by);
    case 'seat-dials':
      return dials.seatDials(world, input);
    case 'dial-answered':
      return dials.dialAnswered(world, input);
    case 'dial-over':
      return dials.dialOver(world, input);
    case 'guest-wanted':
      return guests.guestWanted(world, input);
    case 'guest-answered':
      return guests.guestAnswered(world, input);
    case 'guest-over':
      return guests.guestOver(world, input);
    case 'call-handed-over':
      return guests.callHandedOver(world, input);
    case 'seat-signed-in':
      return seats.seatSignedIn(world, input);
    case 'seat-signed-out':
      return seats.seatSignedOut(world, input.seatId);
    case 'seat-ready':
      return seats.seatReady(world, input.seatId);
    case 'seat-not-ready':
      return seats.seatNotReady(world, input.seatId, input.reason);
    case 'seat-queues':
      return seats.seatQueues(world, input.seatId, input.memberships);
    case 'wrap-up-extended':
      return seats.wrapUpExtended(world, input.seatId, input.byMs);
    case 'wrap-up-finished':
      return seats.wrapUpFinished(world, input.seatId);
    case 'seat-restored':
      return seats.seatRestored(world, input.seat);
    case 'time-passed':
      return;
    default:
      return callBacks.virtualCallerChanged(world, input);
  }
}

/** Queues were added, changed or taken away; callers of a queue that is gone are handed back. */
function configureQueues(world: World, wanted: readonly QueueRules[]): void {
  const ids = new Set(wanted.map((rules) => rules.id));
  for (const [queueId, queue] of world.queues) {
    if (ids.has(queueId)) continue;
    world.queues.delete(queueId);
    for (const { callId } of [...queue.unanswered, ...queue.callBacks]) {
      effect(world, { kind: 'not-kept', callId, queueId, why: 'closed' });
    }
  }
  const ready = [...world.seats.values()]
    .filter((seat) => seat.state === 'ready')
    // New rules may let waiting callers take these seats: who has been free longest comes first.
    .toSorted((a, b) => a.idleSince - b.idleSince || a.number - b.number);
  for (const seat of ready) withdrawSeat(world, seat);
  for (const rules of wanted) configureQueue(world, rules);
  for (const seat of world.seats.values()) {
    for (const { queueId } of seat.memberships) {
      const queue = world.queues.get(queueId);
      if (queue) queue.signedIn += 1;
    }
  }
  for (const seat of ready) offerSeat(world, seat);
}

/** New rules for a queue: its line and its idle seats are laid out anew, nobody loses the place. */
function configureQueue(world: World, rules: QueueRules): void {
  const queue = world.queues.get(rules.id);
  if (!queue) return void world.queues.set(rules.id, createQueue(rules));
  queue.rules = rules;
  queue.signedIn = 0;
  queue.idle = createIdleSeats(rules);
  queue.waiting = createWaitingLine();
  for (const caller of [...queue.unanswered, ...queue.callBacks]) {
    callers.allowLevels(world, caller, queue);
    if (callers.isInLine(caller)) queue.waiting.add(caller);
  }
}

function placeOf(world: World, callId: string): Place | null {
  const caller = world.callers.get(callId);
  const queue = caller && world.queues.get(caller.queueId);
  if (!caller || !queue) return null;
  const ahead = Math.max(0, queue.waiting.ahead(caller));
  const { handlingMs, signedIn } = queue;
  const known = handlingMs !== null && signedIn > 0;
  return {
    queueId: caller.queueId,
    ahead,
    enteredAt: caller.arrivedAt,
    placeAt: caller.placeAt,
    expectedWaitMs: known ? Math.round(((ahead + 1) * handlingMs) / signedIn) : null,
    isRung: caller.seatId !== null,
  };
}

function statusOf(seat: Seat): SeatStatus {
  return {
    seatId: seat.seatId,
    agentId: seat.agentId,
    state: seat.state,
    since: seat.since,
    reason: seat.reason,
    callId: seat.callId,
    until: seat.until,
    notReadyNext: seat.notReadyNext,
    queueIds: seat.memberships.map((m) => m.queueId),
    ...(seat.guest && { isGuest: true as const }),
  };
}

function queueOf(queue: Queue | undefined): QueueStatus | null {
  if (!queue) return null;
  return {
    queueId: queue.rules.id,
    waiting: queue.unanswered.size,
    callBacks: queue.callBacks.size,
    longestSince: queue.unanswered.first()?.arrivedAt ?? null,
    signedIn: queue.signedIn,
    ready: queue.idle.size,
  };
}
