import type { ChannelGone, Key, LegGone } from '../../src/calls/ports.ts';
import type { RingFailure } from '../../src/events.ts';
import type { Cancel } from '../../src/kit/clock.ts';

/** The person at the other end of a caller's channel. */
export interface Ear {
  /** `prompt` begins, `music`, `talk` (joined with a seat) or `silence`. */
  hears(sound: string): void;
  cutOff(): void;
}

/** The phone at a seat, and whoever sits before it. */
export interface Phone {
  reachable: boolean;
  rings(leg: SeatChannel): void;
  legEnded(leg: SeatChannel): void;
}

export interface CallerChannel {
  readonly id: string;
  readonly from: string;
  readonly dialled: string;
  readonly arrivedAt: number;
  readonly ear: Ear;
  alive: boolean;
  /** In our application, not in the dialplan's waiting loop. */
  inApp: boolean;
  answered: boolean;
  sound: string;
  soundSince: number;
  playback: { id: number; cancel: Cancel } | null;
  /** Asked for during a prompt: comes when the prompt is over. */
  musicNext: boolean;
  bridgeId: string | null;
  /** We called them. */
  readonly isOurs: boolean;
  readonly pressed: { key: Key; at: number }[];
  /** Prompts begun, for "nobody is greeted twice". */
  readonly heard: { promptId: string; at: number }[];
  endedAt: number;
}

export interface SeatChannel {
  readonly id: string;
  readonly seatId: string;
  readonly callId: string;
  readonly recordingId: string;
  readonly autoAnswer: boolean;
  state: 'ringing' | 'up' | 'gone';
  bridgeId: string | null;
  timeout: Cancel;
}

/** What the exchange tells a server that is connected. */
export type ExchangeEvent =
  | { kind: 'entered'; channelId: string }
  | { kind: 'line-gone'; channelId: string; why: ChannelGone['why'] }
  | { kind: 'key'; channelId: string; key: Key }
  | { kind: 'played'; channelId: string; playback: number }
  | { kind: 'called-failed'; channelId: string; why: NotReached }
  | { kind: 'leg-up'; legId: string }
  | { kind: 'leg-failed'; legId: string; why: Exclude<RingFailure, 'withdrawn'> }
  | { kind: 'leg-gone'; legId: string; by: LegGone['by'] }
  | { kind: 'phone'; seatId: string; reachable: boolean };

export type NotReached = 'no-answer' | 'busy' | 'refused';

/** What becomes of it when a number outside is called: after this long they answer, or it is over. */
export interface Outcome {
  afterMs: number;
  why: NotReached | null;
}

/** Who is reached outside, and who listens there; null when nobody may be called. */
export type City = {
  outcome(number: string): Outcome;
  ear(channel: () => CallerChannel): Ear;
} | null;
