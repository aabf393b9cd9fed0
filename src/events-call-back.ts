/** Why a caller who was to be called back could not be reached. */
export type CallBackFailure = 'no-answer' | 'busy' | 'refused' | 'unreachable' | 'not-dialled';

/**
 * How a wish to be called back came to its end other than by a conversation. `taken-over`: the caller
 * is on the line again, in the place that was kept.
 */
export type CallBackOutcome = 'called-again' | 'taken-over' | 'done' | 'cancelled';

/** What can happen to a wish to be called back; a part of `events.ts`. */
export interface CallBackEvents {
  /** The caller wants to be called back; `isMissed`: nobody asked, but the caller was not served. */
  'call.call-back-requested': { callId: string; queueId: string; isMissed?: true };
  /** The wish of an earlier call is served: a call of its own, first virtual, then dialled by us. */
  'call.call-back-begun': {
    callId: string;
    ofCallId: string;
    entryId: string;
    queueId: string;
    caller: string;
    dialled: string;
    language: string;
    /** No seat is reserved before this moment. */
    notBefore: number;
  };
  /** A seat is reserved and has answered; the caller is dialled on this channel. */
  'call.call-back-dialled': {
    callId: string;
    queueId: string;
    seatId: string;
    agentId: string;
    channelId: string;
  };
  /** Not reached. `againAt` is when the place counts again; null when it was the last attempt. */
  'call.call-back-failed': {
    callId: string;
    queueId: string;
    seatId: string;
    agentId: string;
    tries: number;
    why: CallBackFailure;
    againAt: number | null;
  };
  /** Nothing is left to do for a call that wanted to be called back; `personId` who said so. */
  'call.call-back-closed': { callId: string; how: CallBackOutcome; personId: string | null };
}
