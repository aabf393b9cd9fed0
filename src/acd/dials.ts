import { makeNotReady, settle, withdrawSeat } from './match.ts';
import { setSeatState } from './seat-state.ts';
import { DIALLING, type Input } from './types.ts';
import { emit, type Seat, type World } from './world.ts';

type InputOf<K extends Input['kind']> = Extract<Input, { kind: K }>;

/**
 * An agent's own call (外呼). The seat takes no other call from the click on: it is ringing until
 * somebody outside has answered, and afterwards what it was before, ready or not.
 */
export function seatDials(world: World, { callId, seatId }: InputOf<'seat-dials'>): void {
  const seat = world.seats.get(seatId);
  if (seat?.state !== 'ready' && seat?.state !== 'not-ready') return;
  if (seat.state === 'not-ready') seat.notReadyNext = seat.reason;
  withdrawSeat(world, seat);
  setSeatState(world, seat, 'ringing', { callId, reason: DIALLING });
}

export function dialAnswered(world: World, input: InputOf<'dial-answered'>): void {
  const { callId, queueId } = input;
  const seat = diallingSeat(world, input);
  if (!seat) return;
  const { seatId, agentId, since } = seat;
  const ringMs = world.now - since;
  const who = { callId, queueId, seatId, agentId };
  emit(world, { kind: 'call.connected', at: world.now, ...who, waitedMs: 0, ringMs });
  seat.talk = { queueId, connectedAt: world.now, isOut: true };
  setSeatState(world, seat, 'talking', { callId });
}

export function dialOver(world: World, input: InputOf<'dial-over'>): void {
  const seat = diallingSeat(world, input);
  if (!seat) return;
  if (input.why === null) settle(world, seat);
  else makeNotReady(world, seat, input.why);
}

/** Is the seat held for a call of its own that nobody has answered yet? */
export function isDialling({ state, reason }: Pick<Seat, 'state' | 'reason'>): boolean {
  return state === 'ringing' && reason === DIALLING;
}

function diallingSeat(
  world: World,
  { callId, seatId }: { callId: string; seatId: string },
): Seat | undefined {
  const seat = world.seats.get(seatId);
  return seat && isDialling(seat) && seat.callId === callId ? seat : undefined;
}
