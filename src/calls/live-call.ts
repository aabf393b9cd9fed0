import type { EntryConfig } from '../../config/hotline.ts';
import type { Effect } from '../acd/types.ts';
import type { Deferred } from '../kit/abort.ts';
import { Mailbox } from '../kit/mailbox.ts';
import type { Language, Leg, Line, OutsideLeg, OutsideResult, RingResult, Talk } from './ports.ts';
import type { Ring } from './stage.ts';

/** What an agent can ask of the call at the seat. Others never end a call; they only ask. */
export type Request =
  | 'hold'
  | 'resume'
  | 'mute'
  | 'unmute'
  | 'hang-up'
  | 'release'
  | 'rejoin'
  /** Sends the party away, or stops calling them. */
  | 'dismiss'
  /** The same, and back to the caller. */
  | 'return'
  /** The agent leaves the caller to the party. */
  | 'hand-over'
  | Transfer
  | OutsideTransfer
  | Invite
  | Intercept;

/** Sends the caller on to a number outside. */
export interface OutsideTransfer {
  do: 'transfer-outside';
  number: string;
}

/**
 * Asks somebody into the talk, outside or at a seat that is ready; `hold`: the caller hears music
 * until then and after.
 */
export type Invite = { do: 'invite'; hold: boolean } & ({ number: string } | { seatId: string });

/** Sends the caller on; `seatId` names a seat that is wanted, null means anybody of the queue. */
export interface Transfer {
  queueId: string;
  seatId: string | null;
}

/** A shift leader takes the caller over, at a seat of their own whose phone answers by itself. */
export interface Intercept {
  do: 'intercept';
  seatId: string;
}

/** A request, answered when the stage has done it (or could not). */
export interface Asked {
  kind: 'asked';
  request: Request;
  done: Deferred<void>;
}

/** Somebody who was called for a conversation has answered, or will not. */
export interface PartyAnswer {
  kind: 'party';
  legId: string;
  result: PartyResult;
}

export type PartyResult = OutsideResult | RingResult;

/** Somebody who was asked in has left a conversation. */
export interface PartyLeft {
  kind: 'party-gone';
  legId: string;
}

export type News = Effect | Asked | PartyAnswer | PartyLeft;

/** Who somebody in a conversation is: a number outside, or a colleague's seat. */
export type PartyWho = { number: string } | { guest: Ring };

/** Somebody who is being called for a conversation, or is in it. */
export interface LiveParty {
  legId: string;
  who: PartyWho;
  /** Null until they have answered and are in. */
  leg: OutsideLeg | Leg | null;
  /** Aborts when they are not wanted any more. */
  stop: AbortController;
}

/** A call that is going on: its line, and what the world wants to tell it. */
export interface LiveCall {
  readonly callId: string;
  readonly line: Line;
  readonly entry: EntryConfig;
  readonly news: Mailbox<News>;
  /** How long the caller waited in the exchange for a server to be there; counts for the place. */
  readonly waitedForServerMs: number;
  language: Language;
  /** The answered seat, while there is one. */
  leg: Leg | null;
  /** The ring an earlier process began for this caller: gone on with if the same seat is offered. */
  rung: Ring | null;
  party: LiveParty | null;
  /** A leader who comes for the caller: the agent is out as soon as they are in. */
  taker: LiveParty | null;
  /** Whom the caller talks to when no agent is there any more. */
  outside: OutsideLeg | null;
  /** A talk that goes on when its stage has ended. */
  talk: Talk | null;
}

export function createLiveCall(
  call: Pick<LiveCall, 'callId' | 'line' | 'entry' | 'language' | 'waitedForServerMs'>,
): LiveCall {
  const nobody = { leg: null, rung: null, party: null, taker: null, outside: null, talk: null };
  return { ...call, news: new Mailbox<News>(), ...nobody };
}

export type NewsOf<K extends News['kind']> = Extract<News, { kind: K }>;

/** For `Mailbox.take`: news of these kinds. */
export function kinds<K extends News['kind']>(...wanted: K[]) {
  const set = new Set<string>(wanted);
  return (news: News): news is NewsOf<K> => set.has(news.kind);
}
