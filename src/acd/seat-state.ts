import type { SeatState } from '../events.ts';
import { clearTimer, emit, type Seat, type World } from './world.ts';

interface Extra {
  callId?: string | null;
  reason?: string | null;
  until?: number | null;
}

/** Moves a seat to another state and says so. Fields not named fall back to nothing. */
export function setSeatState(world: World, seat: Seat, state: SeatState, extra: Extra = {}): void {
  seat.state = state;
  seat.since = world.now;
  seat.reason = extra.reason ?? null;
  seat.callId = extra.callId ?? null;
  seat.until = extra.until ?? null;
  clearTimer(world, seat.timer);
  seat.timer = null;
  tellSeatState(world, seat);
}

/** Says what a seat is doing, also when only its end of wrap-up moved, or what it does afterwards. */
export function tellSeatState(world: World, seat: Seat): void {
  emit(world, {
    kind: 'seat.state',
    at: world.now,
    seatId: seat.seatId,
    agentId: seat.agentId,
    state: seat.state,
    reason: seat.reason,
    callId: seat.callId,
    until: seat.until,
    ...(seat.notReadyNext !== null && { notReadyNext: seat.notReadyNext }),
  });
}
