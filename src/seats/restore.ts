import { DIALLING } from '../acd/types.ts';
import type { NewEvent } from '../events.ts';
import type { SeatDispatcher } from './ports.ts';
import type { SeatsRepo, StoredSeatState } from './repo.ts';

/** The conversation a seat is in, known to have outlived the server. */
export interface AliveTalk {
  /** Whose talk it is; a guest's part in it does not outlive the server. */
  seatId: string;
  queueId: string;
  connectedAt: number;
}

/**
 * Puts every seat back as its last event left it, so that agents find their state again after a
 * restart. A ring does not outlive the server; a conversation does when its call is alive, and
 * becomes an ended wrap-up when it is not.
 */
export function restoreSeats(
  repo: SeatsRepo,
  dispatcher: Pick<SeatDispatcher, 'submit'>,
  aliveTalks: ReadonlyMap<string, AliveTalk>,
  { now, record }: { now: number; record(event: NewEvent): void },
): void {
  for (const stored of repo.signedIn()) {
    const seat = repo.find(stored.seatId);
    if (!seat) continue;
    const found = stored.callId === null ? undefined : aliveTalks.get(stored.callId);
    const talk = found?.seatId === stored.seatId ? found : undefined;
    const state = stateAfterRestart(stored, talk);
    const since = state === stored.state ? stored.since : now;
    const call = talk && stored.callId !== null ? callOf(stored.callId, talk) : null;
    const until = state === 'wrap-up' ? (stored.until ?? stored.since) : null;
    const { seatId, agentId } = stored;
    // A ring has none any more.
    const reason = stored.state === 'ringing' ? null : stored.reason;
    // What is on record must not go on ringing for ever.
    if (state !== stored.state) {
      const callId = stored.callId;
      record({
        kind: 'seat.state',
        at: now,
        seatId,
        agentId,
        state,
        reason,
        callId: state === 'wrap-up' ? callId : null,
        until,
      });
    }
    dispatcher.submit({
      kind: 'seat-restored',
      seat: {
        seatId: stored.seatId,
        agentId: stored.agentId,
        memberships: seat.queues,
        state,
        since,
        reason,
        call,
        until,
      },
    });
  }
}

function callOf(callId: string, { queueId, connectedAt }: AliveTalk) {
  return { callId, queueId, connectedAt };
}

function stateAfterRestart({ state, reason }: StoredSeatState, talk: AliveTalk | undefined) {
  switch (state) {
    case 'talking':
    case 'hold':
      return talk ? state : 'wrap-up';
    case 'ringing':
      // Whoever was calling somebody may have been not ready before: they say so themselves.
      return reason === DIALLING ? 'not-ready' : 'ready';
    case 'ready':
      return 'ready';
    case 'wrap-up':
      return 'wrap-up';
    case 'not-ready':
    case 'offline':
      return 'not-ready';
    default:
      return state satisfies never;
  }
}
