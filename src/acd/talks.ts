import type { HangUpSide } from '../events.ts';
import { makeNotReady } from './match.ts';
import { setSeatState } from './seat-state.ts';
import { emit, type Queue, type Seat, setTimer, type World } from './world.ts';

/** The weight of the newest conversation in a queue's average handling time. */
const HANDLING_WEIGHT = 0.1;

/** A conversation is over: wrap-up, and then the next. */
export function talkEnded(world: World, callId: string, seatId: string, by: HangUpSide): void {
  const seat = world.seats.get(seatId);
  if (!seat?.talk || seat.callId !== callId) return;
  const { queueId, connectedAt, isOut } = seat.talk;
  const queue = world.queues.get(queueId);
  const talkMs = world.now - connectedAt;
  emit(world, {
    kind: 'call.talk-ended',
    at: world.now,
    callId,
    queueId,
    seatId,
    agentId: seat.agentId,
    by,
    talkMs,
  });
  seat.talk = null;
  if (queue && !isOut) learnHandling(queue, talkMs);
  if (by === 'seat-lost') return makeNotReady(world, seat, 'unreachable');
  beginWrapUp(world, seat, callId, queueId);
}

/** From now on, for as long as the queue gives. */
export function beginWrapUp(
  world: World,
  seat: Seat,
  callId: string | null,
  queueId: string,
): void {
  const wrapUpMs = world.queues.get(queueId)?.rules.wrapUpMs ?? 0;
  const until = world.now + wrapUpMs;
  setSeatState(world, seat, 'wrap-up', { callId, until });
  seat.timer = setTimer(world, 'wrap-up', seat.seatId, until);
}

function learnHandling(queue: Queue, talkMs: number): void {
  const handlingMs = talkMs + queue.rules.wrapUpMs;
  queue.handlingMs =
    queue.handlingMs === null
      ? handlingMs
      : queue.handlingMs + HANDLING_WEIGHT * (handlingMs - queue.handlingMs);
}
