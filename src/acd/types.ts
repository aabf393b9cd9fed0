import type { HangUpSide, NewEvent, OverflowReason, RingFailure, SeatState } from '../events.ts';
import type { CallBackFailure } from '../events-call-back.ts';

/** What the engine must know of a queue. Times in milliseconds. */
export interface QueueRules {
  id: string;
  /** A seat that does not answer within this time is set not ready. */
  ringTimeoutMs: number;
  /** After a conversation the seat has this long for its notes before the next call. */
  wrapUpMs: number;
  /** A caller who waited this long meets the queue's too-long outcome; null = waits for ever. */
  maxWaitMs: number | null;
  /** More callers than this are not let in; null = no limit. */
  maxWaiting: number | null;
  /** May a caller enter while no seat of the queue is signed in? */
  letInWhenNobody: boolean;
  strategy: Strategy;
  /**
   * Which seats a caller may take after how long: levels up to `level` once `afterMs` have passed,
   * in rising order. Before the first step, level 1 alone; an empty list lets every level in at once.
   */
  widening: readonly { afterMs: number; level: number }[];
}

/** Which of several idle seats is rung: see `seat-order.ts`. */
export const strategies = ['longest-idle', 'fewest-calls', 'best-level', 'round-robin'] as const;
export type Strategy = (typeof strategies)[number];

/** Skill levels run from 1, the best, to this one. */
export const LEVEL_MAX = 9;

/**
 * One step of priority is worth this much waiting: a caller of priority 2 stands where a caller of
 * priority 0 stands who came two minutes earlier. So order never depends on when it is asked for,
 * nobody is overtaken for ever (ageing), and a place is one number.
 */
export const PRIORITY_CREDIT_MS = 60_000;

/** The reason of a seat that is ringing for a call of its own. */
export const DIALLING = 'dialling';

/** A seat's part in one queue. Level 1 is the best, 9 the last resort. */
export interface Membership {
  queueId: string;
  level: number;
}

/** What happened in the world, told to the engine. The time comes beside it. */
export type Input =
  | { kind: 'queues-configured'; queues: readonly QueueRules[] }
  | {
      kind: 'caller-entered';
      callId: string;
      queueId: string;
      priority: number;
      /** The time that counts for the caller's place. */
      arrivedAt: number;
      /** The agent this caller spoke with last: rung first if free, never waited for. */
      lastAgentId: string | null;
      /** A seat the caller was transferred to: rung if it is free, whatever its queues; not waited for. */
      wantedSeatId?: string;
      /** What a place kept from an earlier call is worth: so much earlier than by the clock. */
      creditMs?: number;
      /** The virtual caller whose place this is: gone in the moment this one stands there. */
      insteadOf?: string;
      /** Nobody is on the line: a virtual caller, to be dialled when a seat is reserved. */
      callBack?: CallBackClaim;
    }
  /** A waiting caller hangs up to be called back: `asCallId` stands virtually in the very same place. */
  | { kind: 'caller-kept'; callId: string; asCallId: string }
  /** The seat reserved for a virtual caller has answered: now the caller is dialled. */
  | { kind: 'call-back-dialling'; callId: string; seatId: string; attempt: number }
  /** They could not be reached: again in the old place from `againAt` on, or (null) no more. */
  | {
      kind: 'call-back-failed';
      callId: string;
      seatId: string;
      attempt: number;
      why: CallBackFailure;
      againAt: number | null;
    }
  /** The pause of a virtual caller is over before its time. */
  | { kind: 'call-back-due'; callId: string }
  /** A shift leader gives a waiting caller another priority. */
  | { kind: 'caller-priority'; callId: string; priority: number; personId: string }
  /** The caller is to wait in another queue, keeping the time of arrival. */
  | { kind: 'caller-moved'; callId: string; queueId: string; why: OverflowReason }
  /** The caller hung up, or the journey took the caller out of the queue. */
  | { kind: 'caller-left'; callId: string; abandoned: boolean }
  | { kind: 'seat-answered'; callId: string; seatId: string; attempt: number }
  | { kind: 'ring-failed'; callId: string; seatId: string; attempt: number; why: RingFailure }
  | { kind: 'call-held'; callId: string; seatId: string }
  | { kind: 'call-resumed'; callId: string; seatId: string }
  /** The agent calls somebody: a seat without a call, ready or not, is held for it. */
  | { kind: 'seat-dials'; callId: string; seatId: string }
  | { kind: 'dial-answered'; callId: string; seatId: string; queueId: string }
  /** Nobody was reached (`why` null), or the agent's own phone was not. */
  | { kind: 'dial-over'; callId: string; seatId: string; why: RingFailure | null }
  /** The agent at `bySeatId` asks another seat into the conversation: rung if it is ready. */
  | {
      kind: 'guest-wanted';
      callId: string;
      seatId: string;
      bySeatId: string;
      /** A leader who comes unasked: from a seat that is not ready, too, and is so again afterwards. */
      unasked?: true;
    }
  | { kind: 'guest-answered'; callId: string; seatId: string }
  /** The guest has left (`why` null), or the ring there is over. */
  | { kind: 'guest-over'; callId: string; seatId: string; why: RingFailure | null }
  /** The agent leaves the caller to the guest. */
  | { kind: 'call-handed-over'; callId: string; seatId: string; toSeatId: string; by: HangUpSide }
  | { kind: 'talk-ended'; callId: string; seatId: string; by: HangUpSide }
  | {
      kind: 'seat-signed-in';
      seatId: string;
      agentId: string;
      memberships: readonly Membership[];
    }
  | { kind: 'seat-signed-out'; seatId: string }
  | { kind: 'seat-ready'; seatId: string }
  /** During a call this takes effect when the call and its wrap-up are over. */
  | { kind: 'seat-not-ready'; seatId: string; reason: string }
  | { kind: 'seat-queues'; seatId: string; memberships: readonly Membership[] }
  | { kind: 'wrap-up-extended'; seatId: string; byMs: number }
  | { kind: 'wrap-up-finished'; seatId: string }
  /** A wake-up asked for by `nextDueAt` has come. */
  | { kind: 'time-passed' }
  /** After a restart: a conversation or a wrap-up that was going on is put back as it was. */
  | { kind: 'seat-restored'; seat: RestoredSeat };

/** What is known of a virtual caller who enters. */
export interface CallBackClaim {
  /** How often they were dialled in vain. */
  tries: number;
  /** No seat is reserved for them before this moment. */
  notBefore: number;
}

/** What the store knew of a seat when the server went away. */
export interface RestoredSeat {
  seatId: string;
  agentId: string;
  memberships: readonly Membership[];
  state: Exclude<SeatState, 'offline' | 'ringing'>;
  since: number;
  reason: string | null;
  /** The call it talks in or writes up. */
  callId: string | null;
  /** Of a conversation that goes on. */
  talk: { queueId: string; connectedAt: number } | null;
  until: number | null;
  /** Asked for during the call: not ready once it is written up. */
  notReadyNext: string | null;
  /** The talk ended unseen: its wrap-up begins now and is as long as in this queue. */
  wrapUpIn?: string;
}

/** What the shell must do after the events are stored. */
export type Effect =
  | {
      kind: 'ring';
      callId: string;
      queueId: string;
      seatId: string;
      agentId: string;
      attempt: number;
      ringTimeoutMs: number;
    }
  /** The ring is over: not answered in time, the caller left, or the seat signed out. */
  | { kind: 'stop-ringing'; callId: string; seatId: string; attempt: number; why: RingFailure }
  /** The caller cannot stay (or cannot enter): the journey applies the queue's outcome. */
  | { kind: 'not-kept'; callId: string; queueId: string; why: OverflowReason };

/** One decision: facts to store and publish first, then effects to carry out. */
export interface Decision {
  events: NewEvent[];
  effects: Effect[];
}

/** Where a waiting caller stands. */
export interface Place {
  queueId: string;
  /** Callers who will be served before this one in the same queue. */
  ahead: number;
  enteredAt: number;
  /** The place itself, by the published rule: smaller is served first. */
  placeAt: number;
  /** Estimate from the queue's recent handling times and its signed-in seats; null = unknown. */
  expectedWaitMs: number | null;
  /** A seat is being rung for the caller. */
  isRung: boolean;
}

/** A seat as the engine sees it. */
export interface SeatStatus {
  seatId: string;
  agentId: string;
  state: SeatState;
  since: number;
  reason: string | null;
  callId: string | null;
  /** End of wrap-up or of the ring, or null. */
  until: number | null;
  /** Asked to be not ready once the present call is done: the reason, or null. */
  notReadyNext: string | null;
  queueIds: readonly string[];
  /** The seat helps in another seat's call. */
  isGuest?: true;
}

/** A queue as the engine sees it now. */
export interface QueueStatus {
  queueId: string;
  /** Callers on the line; virtual ones are counted apart. */
  waiting: number;
  /** Virtual callers: to be called back when it is their turn. */
  callBacks: number;
  /** When the longest waiting caller came, or null. */
  longestSince: number | null;
  signedIn: number;
  ready: number;
}

/**
 * Decides who gets which call. Deterministic: no clock, no I/O, no randomness, no async. The same
 * inputs at the same times give the same decisions, in production and in the simulator.
 */
export interface Engine {
  /** Applies one input at time `now` (never earlier than the last one). */
  apply(input: Input, now: number): Decision;
  /** When the engine wants a `time-passed`, or null. */
  nextDueAt(): number | null;
  place(callId: string): Place | null;
  seat(seatId: string): SeatStatus | null;
  /** The seat an agent is signed in at, without looking through all. */
  seatOfAgent(agentId: string): SeatStatus | null;
  seats(): SeatStatus[];
  queue(queueId: string): QueueStatus | null;
}
