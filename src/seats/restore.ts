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
 * restart, and in a wrap-up the call they write up. A ring does not outlive the server; a
 * conversation does when its call is alive, and becomes an ended wrap-up when it is not.
 */
export function restoreSeats(
  repo: SeatsRepo,
  dispatcher: Pick<SeatDispatcher, 'submit'>,
  aliveTalks: ReadonlyMap<string, AliveTalk>,
  { now, record }: { now: number; record(event: NewEvent): void },
): void {
  for (const stored of repo.signedIn()) {
    const { seatId, agentId } = stored;
    const seat = repo.find(seatId);
    if (!seat) continue;
    const talk = stored.callId === null ? undefined : aliveTalks.get(stored.callId);
    const left = stateAfterRestart(stored, talk);
    const { state, notReadyNext, ...what } = left;
    // What is on record must not go on ringing for ever.
    if (state !== stored.state) {
      const next = notReadyNext !== null && { notReadyNext };
      record({ kind: 'seat.state', at: now, seatId, agentId, state, ...what, ...next });
    }
    const isTalk = state === 'talking' || state === 'hold';
    dispatcher.submit({
      kind: 'seat-restored',
      seat: {
        ...left,
        seatId,
        agentId,
        memberships: seat.queues,
        since: state === stored.state ? stored.since : now,
        talk: talk && isTalk ? { queueId: talk.queueId, connectedAt: talk.connectedAt } : null,
      },
    });
  }
}

function stateAfterRestart(stored: StoredSeatState, talk: AliveTalk | undefined) {
  const { state, seatId, callId, reason, until, notReadyNext } = stored;
  const idle = { callId: null, until: null, notReadyNext: null };
  switch (state) {
    case 'talking':
    case 'hold': {
      if (talk?.seatId === seatId) return { state, reason, callId, until: null, notReadyNext };
      // The call of a guest is its host's.
      const own = talk ? null : callId;
      const ended = { state: 'wrap-up', reason: null, until: stored.since } as const;
      return { ...ended, callId: own, notReadyNext };
    }
    case 'wrap-up':
      return { state, reason, callId, until: until ?? stored.since, notReadyNext };
    case 'ringing':
      // Whoever was calling somebody may have been not ready before: then its reason is known.
      if (reason !== DIALLING && notReadyNext === null)
        return { ...idle, state: 'ready', reason: null } as const;
      return { ...idle, state: 'not-ready', reason: notReadyNext } as const;
    case 'ready':
    case 'not-ready':
      return { ...idle, state, reason };
    case 'offline':
      return { ...idle, state: 'not-ready', reason } as const;
    default:
      return state satisfies never;
  }
}
