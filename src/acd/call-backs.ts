import { allowLevels, isInLine, pause, queuedEvent, takeOut } from './callers.ts';
import { offerCaller, settle } from './match.ts';
import { setSeatState } from './seat-state.ts';
import type { Input } from './types.ts';
import { type CallBack, type Caller, clearTimer, emit, type Seat, type World } from './world.ts';

type InputOf<K extends Input['kind']> = Extract<Input, { kind: K }>;

/**
 * A virtual caller stands in the line like any other, by place: whoever was ahead stays ahead, and
 * nobody from behind comes past. Only when a seat is reserved for them and has answered are they
 * dialled. One who could not be reached keeps the place and pauses.
 */

export function virtualCallerChanged(
  world: World,
  input: InputOf<'caller-kept' | 'call-back-dialling' | 'call-back-failed' | 'call-back-due'>,
): void {
  if (input.kind === 'caller-kept') callerKept(world, input);
  else if (input.kind === 'call-back-dialling') callBackDialling(world, input);
  else if (input.kind === 'call-back-failed') callBackFailed(world, input);
  else callBackDue(world, input.callId);
}

/** The caller hangs up to be called back; a caller who is being rung for is about to be served. */
function callerKept(world: World, { callId, asCallId }: InputOf<'caller-kept'>): void {
  const caller = world.callers.get(callId);
  const queue = caller && world.queues.get(caller.queueId);
  if (!caller || !queue || caller.callBack || caller.seatId !== null) return;
  if (world.callers.has(asCallId)) return;
  takeOut(world, caller);
  world.callers.delete(callId);
  const kept: Caller = { ...caller, callId: asCallId, callBack: { tries: 0, pause: null } };
  world.callers.set(asCallId, kept);
  emit(world, queuedEvent(world, kept));
  queue.callBacks.add(kept);
  allowLevels(world, kept, queue);
  queue.waiting.add(kept);
}

/** The agent is on the phone: the ring is over and the seat is held while the caller is dialled. */
function callBackDialling(world: World, input: InputOf<'call-back-dialling'>): void {
  const found = reserved(world, input);
  if (!found) return;
  const { callId } = found.caller;
  setSeatState(world, found.seat, 'ringing', { callId, reason: 'call-back-dialling' });
}

function callBackFailed(world: World, input: InputOf<'call-back-failed'>): void {
  const found = reserved(world, input);
  if (!found) return;
  const { caller, callBack, seat } = found;
  const { callId, queueId } = caller;
  const { seatId, agentId } = seat;
  const { why } = input;
  // Never at once: the seat goes to whoever is next.
  const againAt = input.againAt === null ? null : Math.max(input.againAt, world.now + 1);
  callBack.tries += 1;
  const { tries } = callBack;
  const at = world.now;
  const what = { callId, queueId, seatId, agentId, tries, why, againAt };
  emit(world, { kind: 'call.call-back-failed', at, ...what });
  caller.seatId = null;
  if (againAt !== null) pause(world, caller, againAt);
  else {
    takeOut(world, caller);
    world.callers.delete(callId);
  }
  settle(world, seat);
}

/** A leader does not want to wait for the end of the pause. */
function callBackDue(world: World, callId: string): void {
  const caller = world.callers.get(callId);
  if (!caller?.callBack?.pause) return;
  clearTimer(world, caller.callBack.pause);
  pauseOver(world, caller);
}

export function pauseOver(world: World, caller: Caller): void {
  if (!caller.callBack) return;
  caller.callBack.pause = null;
  if (isInLine(caller)) offerCaller(world, caller);
}

/** A virtual caller and the seat that is rung or held for them. */
function reserved(
  world: World,
  { callId, seatId, attempt }: { callId: string; seatId: string; attempt: number },
): { caller: Caller; callBack: CallBack; seat: Seat } | undefined {
  const caller = world.callers.get(callId);
  const seat = world.seats.get(seatId);
  if (!caller || !seat || caller.seatId !== seatId || caller.attempt !== attempt) return undefined;
  const { callBack } = caller;
  return callBack ? { caller, callBack, seat } : undefined;
}
