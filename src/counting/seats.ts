import type { EventOf, SeatState } from '../events.ts';
import { type Cell, type Count, type Counter, QUARTER_MS, quarterOf } from './counters.ts';

/** What a signed-in seat has been doing since `since`; counted up to `countedTo`. */
export interface SeatPiece {
  agentId: string;
  state: Exclude<SeatState, 'offline'>;
  since: number;
  countedTo: number;
  callId: string | null;
  /** Whose call it is busy with; both empty when with none. */
  queueId: string;
  entryId: string;
}

const countedAs = {
  ready: 'readyMs',
  ringing: 'ringMs',
  talking: 'talkMs',
  hold: 'holdMs',
  'wrap-up': 'wrapUpMs',
  'not-ready': 'notReadyMs',
} as const satisfies Record<SeatPiece['state'], Counter>;

/** Time at work on a call: counted for the call's queue and entry as well. */
const work: ReadonlySet<SeatPiece['state']> = new Set(['talking', 'hold', 'wrap-up']);

export interface SeatCounts {
  turned(event: EventOf<'seat.state'>): void;
  left(seatId: string, at: number): void;
  cut(now: number): void;
  state(): [string, SeatPiece][];
}

export function createSeatCounts(
  placeOf: (callId: string) => Pick<Cell, 'queueId' | 'entryId'>,
  count: Count,
  known: readonly [string, SeatPiece][] = [],
): SeatCounts {
  const seats = new Map(known);

  function left(seatId: string, at: number): void {
    const piece = seats.get(seatId);
    if (piece) countTo(piece, at, count);
    seats.delete(seatId);
  }
  /** The call's place; a call sent on is in another queue while its agent still writes it up. */
  function placeNow(event: EventOf<'seat.state'>): Pick<SeatPiece, 'queueId' | 'entryId'> {
    const before = seats.get(event.seatId);
    if (event.callId === null || event.state === 'ringing') return { queueId: '', entryId: '' };
    if (before && before.callId === event.callId && work.has(before.state)) {
      return { queueId: before.queueId, entryId: before.entryId };
    }
    return placeOf(event.callId);
  }

  return {
    left,
    turned(event) {
      const { seatId, agentId, state, callId, at } = event;
      const place = placeNow(event);
      left(seatId, at);
      if (state === 'offline') return;
      seats.set(seatId, { agentId, state, since: at, countedTo: at, callId, ...place });
    },
    cut(now) {
      for (const piece of seats.values()) countTo(piece, now, count);
    },
    state: () => [...seats],
  };
}

/**
 * Counts a piece from where it was counted up to. Should the end come before that (the machine's
 * clock was set back between two runs), the surplus is taken back, so that sums depend on the events
 * alone.
 */
function countTo(piece: SeatPiece, at: number, count: Count): void {
  const end = Math.max(at, piece.since);
  const { countedTo } = piece;
  piece.countedTo = end;
  const [from, to, sign] = end >= countedTo ? [countedTo, end, 1] : [end, countedTo, -1];
  for (let quarterAt = quarterOf(from); quarterAt < to; quarterAt += QUARTER_MS) {
    const ms = Math.min(to, quarterAt + QUARTER_MS) - Math.max(from, quarterAt);
    if (ms > 0) countPiece(piece, quarterAt, sign * ms, count);
  }
}

/** With the agent, over all, and for the queue of the call if there is one. */
function countPiece(piece: SeatPiece, quarterAt: number, ms: number, count: Count): void {
  const { agentId, queueId, entryId } = piece;
  const counter = countedAs[piece.state];
  count({ quarterAt, queueId, entryId, agentId }, counter, ms);
  count({ quarterAt, queueId: '', entryId, agentId: '' }, counter, ms);
  if (queueId !== '') count({ quarterAt, queueId, entryId, agentId: '' }, counter, ms);
}
