import type { EntryConfig } from '../../config/hotline.ts';
import type { Effect } from '../acd/types.ts';
import type { SelfServiceOutcome } from '../events-desk.ts';
import type { Deferred } from '../kit/abort.ts';
import { Mailbox } from '../kit/mailbox.ts';
import type {
  Key,
  Language,
  Leg,
  Line,
  OutgoingLine,
  OutsideLeg,
  OutsideResult,
  RingResult,
  Talk,
} from './ports.ts';
import type { Ring, Stage } from './stage.ts';

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
  | Intercept
  | SendKeys
  | ToSelfService;

/** Sends the caller on to a number outside. */
export interface OutsideTransfer {
  do: 'transfer-outside';
  number: string;
}

/**
 * Asks somebody into the talk, outside or at a seat that is ready; `hold`: the caller hears music
 * until then and after.
 */
export type Invite = { do: 'invite'; hold: boolean } & (
  | { number: string }
  /** `unasked`: a leader is called for help, also from a seat that is not ready. */
  | { seatId: string; unasked?: true }
);

/** Sends the caller on; `seatId` names a seat that is wanted, null means anybody of the queue. */
export interface Transfer {
  queueId: string;
  seatId: string | null;
}

/** Sends keys to the caller, or to the party in the talk. */
export interface SendKeys {
  do: 'keys';
  keys: string;
  to: 'caller' | 'party';
}

/** Sends the caller into a self-service, to come back to the agent, who is on hold meanwhile. */
export interface ToSelfService {
  do: 'self-service';
  serviceId: string;
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

/** The waiting caller pressed the key to be called back. */
interface CallBackWanted {
  kind: 'call-back-wanted';
}

/** The caller has come out of a self-service. */
export interface SelfServiceOver {
  kind: 'self-service-over';
  /** Which one: it may have been ended, and another begun, meanwhile. */
  stop: AbortController;
}

export type News = Effect | Asked | PartyAnswer | PartyLeft | SelfServiceOver | CallBackWanted;

/** What came of a self-service; `digits` are shown to the agent and stored nowhere. */
export interface SelfServiceResult {
  serviceId: string;
  outcome: SelfServiceOutcome;
  choice: Key | null;
  digits: string | null;
}

/** A caller in a self-service. */
export interface LiveSelfService {
  serviceId: string;
  since: number;
  /** When it is ended whatever the caller does. */
  until: number;
  /** Aborts, with the outcome as its reason, when it is to end. */
  stop: AbortController;
  /** Resolves when nothing of it is heard any more. */
  result: Promise<SelfServiceResult>;
}

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
  /** The stage that was written down last. */
  stage: Stage | null;
  /** The answered seat, while there is one. */
  leg: Leg | null;
  /** The ring an earlier process began for this caller: gone on with if the same seat is offered. */
  rung: Ring | null;
  party: LiveParty | null;
  /** A leader who comes for the caller: the agent is out as soon as they are in. */
  taker: LiveParty | null;
  selfService: LiveSelfService | null;
  /** What the last self-service of this conversation brought. */
  selfServiceResult: SelfServiceResult | null;
  /** The line of a call of our own, until it has been dialled. */
  outgoing: OutgoingLine | null;
  /** Whom the caller talks to when no agent is there any more. */
  outside: OutsideLeg | null;
  /** We dialled, but it is the caller's call: rated and ended as one. */
  readonly isCallBack: boolean;
  /** The caller has heard that they can be called back. */
  isOffered: boolean;
  /** A talk that goes on when its stage has ended. */
  talk: Talk | null;
}

export function createLiveCall(
  call: Pick<LiveCall, 'callId' | 'line' | 'entry' | 'language' | 'waitedForServerMs'>,
  isCallBack = false,
): LiveCall {
  const nobody = { leg: null, rung: null, party: null, taker: null, outside: null, talk: null };
  const nothing = { selfService: null, selfServiceResult: null, outgoing: null };
  const marks = { isCallBack, isOffered: false, stage: null };
  return { ...call, news: new Mailbox<News>(), ...nobody, ...nothing, ...marks };
}

export type NewsOf<K extends News['kind']> = Extract<News, { kind: K }>;

/** For `Mailbox.take`: news of these kinds. */
export function kinds<K extends News['kind']>(...wanted: K[]) {
  const set = new Set<string>(wanted);
  return (news: News): news is NewsOf<K> => set.has(news.kind);
}
