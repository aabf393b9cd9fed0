import type { DomainEvent, EventKind, EventOf } from '../events.ts';
import { type CallState, createCallCounts, type Limits } from './calls.ts';
import type { Count } from './counters.ts';
import { createSeatCounts, type SeatPiece } from './seats.ts';

/**
 * Part of what a sum means: raise it when the same events would be counted otherwise, and every
 * kept sum is made again from the log.
 */
export const COUNTING_RULES = 2;

/** What the fold remembers between two events, to be kept and given back after a restart. */
export interface CountingState {
  calls: [callId: string, CallState][];
  seats: [seatId: string, SeatPiece][];
}

export interface CountingOptions {
  limits: Limits;
  count: Count;
  state?: CountingState;
}

/**
 * The one fold of the event log into figures, for the wall and for history. Pure: the same events
 * give the same counts, in whole units.
 *
 * - What becomes of a **call** counts for the quarter in which it came (`arrivedAt`: entered its
 *   first queue), in every queue it enters and once over all. So no rate can pass 100 %, and
 *   quarters add up to hours, days and months.
 * - A **call-back** asked for while waiting is an outcome of its own, neither answered nor abandoned;
 *   whether the caller was reached counts for the quarter in which our call to them began.
 * - A **conversation** (one agent's part of a call) and a transfer count when they begin.
 * - **Seconds** count for the agent who spends them, in the quarter in which they pass.
 */
export interface Counting {
  apply(event: DomainEvent): void;
  /** Counts every seat's running state up to `now`; the end of the state counts only the rest. */
  cut(now: number): void;
  /** Remembers a call from before the first event it is fed, so that a repeat is known as one. */
  recall(event: EventOf<'call.arrived'>): void;
  state(): CountingState;
}

/** The kinds of events that are counted. */
export const countedKinds = [
  'call.arrived',
  'call.placed',
  'call.queued',
  'call.connected',
  'call.abandoned',
  'call.turned-away',
  'call.call-back-requested',
  'call.call-back-begun',
  'call.talk-ended',
  'call.transferred',
  'call.rating-asked',
  'call.rated',
  'call.ended',
  'seat.state',
  'seat.signed-out',
] as const satisfies readonly EventKind[];

export function createCounting({ limits, count, state }: CountingOptions): Counting {
  const calls = createCallCounts(limits, count, state?.calls);
  const seats = createSeatCounts((callId) => calls.placeOf(callId), count, state?.seats);
  return {
    apply(event) {
      calls.apply(event);
      if (event.kind === 'seat.state') seats.turned(event);
      if (event.kind === 'seat.signed-out') seats.left(event.seatId, event.at);
    },
    cut: seats.cut,
    recall: (event) => void calls.isRepeat(event),
    state: () => ({ calls: calls.state(), seats: seats.state() }),
  };
}
