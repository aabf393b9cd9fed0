import type { CallerAttribute } from '../config/hotline-callers.ts';
import type { EndingSlug } from './ending.ts';
import type { CallBackEvents } from './events-call-back.ts';
import type { DeskActEvents } from './events-desk.ts';
import type { LeadingEvents } from './events-leading.ts';
import type { RelayEvents } from './events-relay.ts';

/** How a ring at a seat ended without a conversation. */
export type RingFailure = 'no-answer' | 'busy' | 'refused' | 'unreachable' | 'withdrawn';

/** Who brought a conversation to its end. */
export type HangUpSide = 'caller' | 'agent' | 'transfer' | 'seat-lost' | 'system';

/** What a seat is doing. `hold` is a conversation with the caller parked on music. */
export type SeatState =
  | 'offline'
  | 'not-ready'
  | 'ready'
  | 'ringing'
  | 'talking'
  | 'hold'
  | 'wrap-up';

/** What each kind of event carries, beside its kind and its time. Phone numbers appear only here. */
interface EventPayloads extends DeskActEvents, CallBackEvents, LeadingEvents, RelayEvents {
  'call.arrived': {
    callId: string;
    entryId: string;
    caller: string;
    dialled: string;
    language: string;
    channelId: string;
  };
  /** The caller is in the register of known callers. `language` was taken from there, if not null. */
  'call.known': { callId: string; attributes: CallerAttribute[]; language: string | null };
  /** What the rules of the hotline gave the caller on the way into the queue. */
  'call.rules-applied': { callId: string; queueId: string; rules: AppliedRule[]; moved: boolean };
  /** What became of ringing the agent of the caller's last call first. */
  'call.last-agent': {
    callId: string;
    queueId: string;
    agentId: string;
    outcome: 'free' | 'not-free' | 'not-signed-in' | 'not-in-queue';
  };
  /** A stage of the journey begins. `data` is what the stage needs to be resumed after a restart. */
  'call.stage': { callId: string; stage: string; data: unknown };
  'call.language': { callId: string; language: string };
  /** A menu choice: the key and the path of the choice made, e.g. `main/1`. */
  'call.choice': { callId: string; key: string; choice: string };
  /** The caller was told of an incident; `skipped`: cut short by a key. */
  'call.bulletin': { callId: string; bulletinId: string; skipped: boolean };
  'call.queued': {
    callId: string;
    queueId: string;
    priority: number;
    arrivedAt: number;
    isCallBack?: true;
    /** What a place kept from an earlier call is worth: so much earlier than by the clock. */
    creditMs?: number;
    /** The virtual caller whose place was taken over. */
    insteadOf?: string;
  };
  'call.overflowed': { callId: string; fromQueueId: string; queueId: string; why: OverflowReason };
  'call.ringing': {
    callId: string;
    queueId: string;
    seatId: string;
    agentId: string;
    attempt: number;
    /** Why this seat: the queue's strategy, the agent of the last call, or a transfer to it. */
    chosenBy:
      | 'longest-idle'
      | 'fewest-calls'
      | 'best-level'
      | 'round-robin'
      | 'last-agent'
      | 'wanted-seat';
    /** The seat's level in the queue. */
    level: number;
  };
  /** A shift leader moved a waiting caller: the place counts from the new priority. */
  'call.priority': { callId: string; queueId: string; priority: number; personId: string };
  'call.ring-failed': {
    callId: string;
    queueId: string;
    seatId: string;
    agentId: string;
    attempt: number;
    why: RingFailure;
  };
  'call.connected': {
    callId: string;
    queueId: string;
    seatId: string;
    agentId: string;
    /** From entering the queue to the answer, milliseconds. */
    waitedMs: number;
    /** From the ring to the answer, milliseconds. */
    ringMs: number;
  };
  'call.held': { callId: string; seatId: string; agentId: string };
  'call.resumed': { callId: string; seatId: string; agentId: string };
  /** The seat lost its phone in a call and took the same call back, for instance after a reload. */
  'call.rejoined': { callId: string; seatId: string; agentId: string };
  'call.talk-ended': {
    callId: string;
    queueId: string;
    seatId: string;
    agentId: string;
    by: HangUpSide;
    talkMs: number;
  };
  /** The caller gave up while waiting or while a seat was ringing. */
  'call.abandoned': { callId: string; queueId: string; waitedMs: number };
  'call.turned-away': { callId: string; queueId: string; why: OverflowReason };
  /** A shift leader listens to a talk, changes how, or (`mode` null) has stopped. */
  'call.monitored': {
    callId: string;
    seatId: string;
    agentId: string;
    bySeatId: string;
    mode: 'listen' | 'whisper' | 'barge' | null;
  };
  /** Another seat is rung to help in a conversation; it talks from `guest-joined` to `guest-left`. */
  'call.guest-ringing': { callId: string; seatId: string; agentId: string; bySeatId: string };
  'call.guest-joined': { callId: string; seatId: string; agentId: string };
  'call.guest-left': {
    callId: string;
    seatId: string;
    agentId: string;
    talkMs: number;
    /** Why nobody answered; null after a talk. */
    why: RingFailure | null;
  };
  /** Somebody outside is called for a conversation. */
  'call.party-dialled': {
    callId: string;
    seatId: string;
    agentId: string;
    legId: string;
    number: string;
  };
  'call.party-joined': { callId: string; agentId: string; legId: string };
  'call.party-failed': { callId: string; agentId: string; legId: string; why: string };
  /** `agent`: they were sent away, or called no longer. */
  'call.party-left': { callId: string; agentId: string; legId: string; by: 'party' | 'agent' };
  /**
   * The agent sent the caller on; `seatId` names a wanted seat, `number` somebody outside, otherwise
   * it is anybody of the queue.
   */
  'call.transferred': {
    callId: string;
    fromSeatId: string;
    agentId: string;
    queueId: string;
    seatId: string | null;
    number?: string;
  };
  'call.rating-asked': { callId: string; agentId: string };
  'call.rated': { callId: string; queueId: string; agentId: string; seatId: string; score: number };
  'call.ended': { callId: string; ending: EndingSlug };
  'call.noted': { callId: string; agentId: string; note: string; resultCode: string };
  'seat.signed-in': { seatId: string; agentId: string };
  'seat.signed-out': { seatId: string; agentId: string };
  'seat.state': {
    seatId: string;
    agentId: string;
    state: SeatState;
    /** Why not ready; ringing for a virtual caller: `call-back`, then `call-back-dialling`. */
    reason: string | null;
    callId: string | null;
    /** When wrap-up ends by itself, or null. */
    until: number | null;
    /** Why not ready once the call is over, if that was asked for. */
    notReadyNext?: string;
  };
  /**
   * The line to a telephone outside that is the seat's phone (保持线路): the telephone is called, the
   * line is open, was not to be had (`why`), or was lost before the agent signed out.
   */
  'seat.line': {
    seatId: string;
    agentId: string;
    state: 'calling' | 'open' | 'failed' | 'lost';
    why: string | null;
  };
  'seat.queues': { seatId: string; queueIds: string[] };
  'recording.started': {
    recordingId: string;
    callId: string;
    seatId: string;
    agentId: string;
  };
  'recording.ready': {
    recordingId: string;
    callId: string;
    /** Path below the recordings folder. */
    file: string;
    sha256: string;
    durationMs: number;
    bytes: number;
    /** True when the file was put together from what a crash left. */
    repaired: boolean;
  };
  'recording.failed': { recordingId: string; callId: string; why: string };
  /** A shift leader has callers told of an incident, or no longer. */
  'bulletin.on': { bulletinId: string; personId: string };
  'bulletin.off': { bulletinId: string; personId: string };
  'hotline.changed': { version: number; personId: string };
}

/** One rule that held for a caller, by what it looked at, and the steps of priority it gave. */
export interface AppliedRule {
  rule: string;
  fact: CallerAttribute | 'language' | 'repeat';
  steps: number;
}
/** Why a caller could not stay in a queue; each has an outcome configured with the queue. */
export type OverflowReason = 'too-long' | 'full' | 'closed' | 'nobody';

export type EventKind = keyof EventPayloads;

/** One fact, as its author hands it over. `at` is the clock's milliseconds since the epoch. */
export type NewEvent = {
  [K in EventKind]: { kind: K; at: number } & EventPayloads[K];
}[EventKind];

/** One fact as it stands in the log; `seq` counts without gaps from 1. */
export type DomainEvent = NewEvent & { seq: number };

/** The event of one kind. */
export type EventOf<K extends EventKind> = Extract<DomainEvent, { kind: K }>;
