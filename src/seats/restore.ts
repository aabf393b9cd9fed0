import { DIALLING, type RestoredSeat } from '../acd/types.ts';
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

/** What is known of the calls seats were busy with. */
interface KnownCalls {
  /** Conversations that go on, by call. */
  talks: ReadonlyMap<string, AliveTalk>;
  /** Where a call was served last, and whether it has ended. */
  call(callId: string): ServedCall | undefined;
}

interface ServedCall {
  seatId: string | null;
  queueId: string | null;
  endedAt: number | null;
}

/**
 * Puts every seat back as its last event left it, so that agents find their state again after a
 * restart. A ring does not outlive the server; a conversation does when its call is alive. When the
 * call ended meanwhile, its wrap-up begins now; when it went on without the seat, that is over.
 */
export function restoreSeats(
  repo: SeatsRepo,
  dispatcher: Pick<SeatDispatcher, 'submit'>,
  calls: KnownCalls,
  { now, record }: { now: number; record(event: NewEvent): void },
): void {
  for (const stored of repo.signedIn()) {
    const { seatId, agentId } = stored;
    const seat = repo.find(seatId);
    if (!seat) continue;
    const talk = talkAt(stored, calls);
    const left = stateAfterRestart(stored, talk, calls);
    const { state, notReadyNext, wrapUpIn, ...what } = left;
    // What is on record must not go on ringing for ever; of a wrap-up that begins the engine tells.
    if (state !== stored.state && wrapUpIn === undefined) {
      const next = notReadyNext !== null && { notReadyNext };
      record({ kind: 'seat.state', at: now, seatId, agentId, state, ...what, ...next });
    }
    const since = state === stored.state ? stored.since : now;
    dispatcher.submit({
      kind: 'seat-restored',
      seat: { ...left, seatId, agentId, memberships: seat.queues, since, talk },
    });
  }
}

/** The conversation the seat is still in. */
function talkAt({ state, seatId, callId }: StoredSeatState, { talks }: KnownCalls) {
  const talk = talks.get(callId ?? '');
  const isTalk = state === 'talking' || state === 'hold';
  if (!isTalk || talk?.seatId !== seatId) return null;
  return { queueId: talk.queueId, connectedAt: talk.connectedAt };
}

type LeftSeat = Omit<RestoredSeat, 'seatId' | 'agentId' | 'memberships' | 'since' | 'talk'>;

function stateAfterRestart(
  stored: StoredSeatState,
  talk: RestoredSeat['talk'],
  calls: KnownCalls,
): LeftSeat {
  const { state, callId, reason, until, notReadyNext } = stored;
  const idle = { callId: null, until: null, notReadyNext: null };
  switch (state) {
    case 'talking':
    case 'hold':
      if (talk) return { state, reason, callId, until: null, notReadyNext };
      return afterTalk(stored, calls.call(callId ?? ''));
    case 'wrap-up':
      return { state, reason, callId, until: until ?? stored.since, notReadyNext };
    case 'ringing':
      // Whoever was calling somebody may have been not ready before: then its reason is known.
      return reason === DIALLING || notReadyNext !== null
        ? { ...idle, state: 'not-ready', reason: notReadyNext }
        : { ...idle, state: 'ready', reason: null };
    case 'ready':
    case 'not-ready':
      return { ...idle, state, reason };
    case 'offline':
      return { ...idle, state: 'not-ready', reason };
    default:
      return state satisfies never;
  }
}

/** A guest writes nothing up: the call is its host's. */
function afterTalk(stored: StoredSeatState, call: ServedCall | undefined): LeftSeat {
  const { seatId, since, notReadyNext } = stored;
  const callId = call?.seatId === seatId ? stored.callId : null;
  const isOver = callId !== null && typeof call?.endedAt === 'number';
  const wrapUpIn = isOver && call.queueId !== null && { wrapUpIn: call.queueId };
  return { state: 'wrap-up', reason: null, callId, until: since, notReadyNext, ...wrapUpIn };
}
