import type { RingFailure } from '../events.ts';
import { makeNotReady, settle, withdrawSeat } from './match.ts';
import { setSeatState } from './seat-state.ts';
import { talkEnded } from './talks.ts';
import type { Input } from './types.ts';
import { emit, type Seat, type World } from './world.ts';

type InputOf<K extends Input['kind']> = Extract<Input, { kind: K }>;

/**
 * A guest is a second seat that the agent of a conversation asks for help. It must be ready, is taken
 * out of the queues meanwhile, and has no other call. A conversation has one guest at most.
 */
export function guestWanted(world: World, input: InputOf<'guest-wanted'>): void {
  const { callId, seatId, bySeatId } = input;
  const seat = world.seats.get(seatId);
  const by = world.seats.get(bySeatId);
  if (!by?.talk || by.callId !== callId || !seat || world.guests.has(callId)) return;
  if (seat.state === 'not-ready' && input.unasked) seat.notReadyNext = seat.reason;
  else if (seat.state !== 'ready') return;
  withdrawSeat(world, seat);
  seat.guest = { joinedAt: null };
  world.guests.set(callId, seat);
  const { agentId } = seat;
  emit(world, { kind: 'call.guest-ringing', at: world.now, callId, seatId, agentId, bySeatId });
  setSeatState(world, seat, 'ringing', { callId });
}

export function guestAnswered(world: World, { callId, seatId }: InputOf<'guest-answered'>): void {
  const seat = guestOf(world, callId, seatId);
  if (!seat?.guest || seat.guest.joinedAt !== null) return;
  seat.guest = { joinedAt: world.now };
  const { agentId } = seat;
  emit(world, { kind: 'call.guest-joined', at: world.now, callId, seatId, agentId });
  setSeatState(world, seat, 'talking', { callId });
}

/** A ring that was not answered sets the seat not ready, as any other; a guest who leaves is ready. */
export function guestOver(world: World, { callId, seatId, why }: InputOf<'guest-over'>): void {
  const seat = guestOf(world, callId, seatId);
  if (!seat) return;
  forget(world, callId, seat, why);
  if (why === null || why === 'withdrawn') settle(world, seat);
  else makeNotReady(world, seat, why);
}

/** The first agent leaves the caller to the guest; each is credited with their own seconds. */
export function callHandedOver(world: World, input: InputOf<'call-handed-over'>): void {
  const { callId, seatId, toSeatId, by } = input;
  const from = world.seats.get(seatId);
  const to = guestOf(world, callId, toSeatId);
  if (!from?.talk || from.callId !== callId || !to?.guest || to.guest.joinedAt === null) return;
  const { queueId } = from.talk;
  forget(world, callId, to, null);
  talkEnded(world, callId, seatId, by);
  const { agentId } = to;
  emit(world, {
    kind: 'call.connected',
    at: world.now,
    callId,
    queueId,
    seatId: toSeatId,
    agentId,
    waitedMs: 0,
    ringMs: 0,
  });
  to.answered += 1;
  to.talk = { queueId, connectedAt: world.now };
  setSeatState(world, to, 'talking', { callId });
}

/** The conversation at `bySeatId` ends: its guest has nothing to do any more. */
export function releaseGuest(world: World, callId: string, bySeatId: string): void {
  const seat = world.guests.get(callId);
  const by = world.seats.get(bySeatId);
  if (seat && by?.talk && by.callId === callId)
    guestOver(world, { kind: 'guest-over', callId, seatId: seat.seatId, why: null });
}

/** The seat is no guest any more, whatever it does next. */
function forget(world: World, callId: string, seat: Seat, why: RingFailure | null): void {
  const joinedAt = seat.guest?.joinedAt ?? null;
  const talkMs = joinedAt === null ? 0 : world.now - joinedAt;
  const { seatId, agentId } = seat;
  seat.guest = null;
  world.guests.delete(callId);
  emit(world, { kind: 'call.guest-left', at: world.now, callId, seatId, agentId, talkMs, why });
}

function guestOf(world: World, callId: string, seatId: string): Seat | undefined {
  const seat = world.guests.get(callId);
  return seat?.seatId === seatId ? seat : undefined;
}
