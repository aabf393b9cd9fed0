import type { EntryConfig } from '../../config/hotline.ts';
import type { Effect } from '../acd/types.ts';
import type { Deferred } from '../kit/abort.ts';
import { Mailbox } from '../kit/mailbox.ts';
import type { Language, Leg, Line } from './ports.ts';

/** What an agent can ask of the call at the seat. Others never end a call; they only ask. */
export type Request = 'hold' | 'resume' | 'hang-up' | 'release' | 'rejoin' | Transfer;

/** Sends the caller on; `seatId` names a seat that is wanted, null means anybody of the queue. */
export interface Transfer {
  queueId: string;
  seatId: string | null;
}

/** A request, answered when the stage has done it (or could not). */
export interface Asked {
  kind: 'asked';
  request: Request;
  done: Deferred<void>;
}

export type News = Effect | Asked;

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
}

export function createLiveCall(
  call: Pick<LiveCall, 'callId' | 'line' | 'entry' | 'language' | 'waitedForServerMs'>,
): LiveCall {
  return { ...call, news: new Mailbox<News>(), leg: null };
}

export type NewsOf<K extends News['kind']> = Extract<News, { kind: K }>;

/** For `Mailbox.take`: news of these kinds. */
export function kinds<K extends News['kind']>(...wanted: K[]) {
  const set = new Set<string>(wanted);
  return (news: News): news is NewsOf<K> => set.has(news.kind);
}
