import type { HangUpSide, RingFailure } from '../events.ts';
import type { OpenLines } from './open-lines.ts';

export type { FinishedRecording, Recordings } from './kept-recordings.ts';
export type { LineRequest, LineResult, OpenLines } from './open-lines.ts';

/** The languages a caller can choose; every prompt exists in each. */
export const languages = ['zh', 'yue', 'en'] as const;
export type Language = (typeof languages)[number];

/** A telephone key. */
export type Key = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '*' | '#';

/** Why a channel is no longer there; the reason of a `gone` signal. */
export class ChannelGone extends Error {
  readonly why: 'hung-up' | 'telephony-lost' | 'vanished';
  constructor(why: ChannelGone['why']) {
    super(`channel gone: ${why}`);
    this.name = 'ChannelGone';
    this.why = why;
  }
}

/** Why a seat's leg is no longer there; the reason of a leg's `gone` signal. */
export class LegGone extends Error {
  /** `system`: we hung it up ourselves. */
  readonly by: Exclude<HangUpSide, 'caller'>;
  constructor(by: LegGone['by']) {
    super(`leg gone: ${by}`);
    this.name = 'LegGone';
    this.by = by;
  }
}

/** Why somebody outside is no longer on the line; the reason of an outside leg's `gone` signal. */
export class PartyGone extends Error {
  /** `system`: we hung it up ourselves. */
  readonly by: 'party' | 'system';
  constructor(by: PartyGone['by']) {
    super(`party gone: ${by}`);
    this.name = 'PartyGone';
    this.by = by;
  }
}

/**
 * The telephone line of a caller, or of somebody we called. Every command rejects with `ChannelGone` (the reason of `gone`) once
 * the caller has left, and with the signal's reason when the signal it was given aborts.
 */
export interface Line {
  readonly channelId: string;
  /** Who is at the other end: as the trunk gave it, or as we dialled it. Empty when withheld. Never log it. */
  readonly callerNumber: string;
  readonly dialledNumber: string;
  /** When the caller reached us, by the exchange's own record: earlier than now if they had to wait for a server. */
  readonly arrivedAt: number;
  /** `out`: we called them. */
  readonly direction: 'in' | 'out';
  /** Aborts with a `ChannelGone` when the caller's channel ends, whoever ended it. */
  readonly gone: AbortSignal;
  answer(): Promise<void>;
  /**
   * Plays prompts one after the other and resolves when the last has ended. An abort stops the
   * prompt at once. A prompt whose file is missing or broken is skipped, loudly in the log.
   */
  say(language: Language, promptIds: readonly string[], signal: AbortSignal): Promise<void>;
  /**
   * The next key, or undefined after `timeoutMs` without one. Keys pressed before the call are
   * kept in order (a caller may type ahead of a prompt).
   */
  nextKey(timeoutMs: number, signal: AbortSignal): Promise<Key | undefined>;
  /** Drops keys pressed so far. */
  forgetKeys(): void;
  /** Music on; harmless when it already plays. A prompt interrupts it; start it again afterwards. */
  startMusic(): Promise<void>;
  stopMusic(): Promise<void>;
  /** Ends the call. Safe to call twice and on a line that is gone; never rejects. */
  hangUp(): Promise<void>;
}

/** A line to somebody we call: there, under its channel's name, before they are rung. */
export interface OutgoingLine extends Line {
  /**
   * Calls them, once, by the operator's rules. Resolves when they answer or will not; then the line
   * is gone. When the signal aborts, gives up and rejects with the signal's reason.
   */
  dial(timeoutMs: number, signal: AbortSignal): Promise<'answered' | OutsideFailure>;
}

export interface OutgoingRequest {
  callId: string;
  /** Chosen by us, so that a restart finds the line again. */
  channelId: string;
  number: string;
}

/** Anybody in a talk beside the caller: a channel of ours, until its end. */
export interface Party {
  readonly legId: string;
  readonly gone: AbortSignal;
  /** Safe to call twice; never rejects. */
  hangUp(): Promise<void>;
}

/** An answered seat: the channel to its phone. */
export interface Leg extends Party {
  readonly seatId: string;
  readonly recordingId: string;
  /** Aborts with a `LegGone` when the channel to the phone ends; its `by` tells a hang-up from a loss. */
  readonly gone: AbortSignal;
}

/** Somebody outside who was called through a trunk and has answered. */
export interface OutsideLeg extends Party {
  /** As it was dialled. Never log it. */
  readonly number: string;
  /** Aborts with a `PartyGone` when the channel ends. */
  readonly gone: AbortSignal;
}

export interface OutsideRequest {
  callId: string;
  /** Chosen by us, so that a restart finds the leg again. */
  legId: string;
  number: string;
  timeoutMs: number;
}

/** Why a number is not dialled at all: the operator's settings against toll fraud (话费盗用). */
export type DialRefusal = 'not-allowed' | 'too-many';

export type OutsideFailure = Exclude<RingFailure, 'withdrawn'> | DialRefusal;

export type OutsideResult =
  | { kind: 'answered'; leg: OutsideLeg }
  | { kind: 'failed'; why: OutsideFailure };

export interface RingRequest {
  callId: string;
  seatId: string;
  /** Chosen by us, so that a retry cannot ring twice and a restart finds the leg again. */
  legId: string;
  /** The leg records itself from answer to end under this name. */
  recordingId: string;
  ringTimeoutMs: number;
  /** What the phone shows: a masked number. */
  display: string;
  /** The leg of a leader who listens: not a part of the call, so no recording of its own. */
  unrecorded?: true;
  /** Ask the phone to answer by itself (a reloaded browser taking its call back). */
  autoAnswer: boolean;
}

export type RingResult =
  | { kind: 'answered'; leg: Leg }
  | { kind: 'failed'; why: Exclude<RingFailure, 'withdrawn'> };

/** Caller and seat joined together, with whoever else is let in, all in one mixing bridge. */
export interface Talk {
  /**
   * The caller alone leaves the bridge and hears music; the others stay. Harmless when held already.
   * What was refused is no hold, and is done when it is asked for again; so it is with `resume`.
   */
  hold(): Promise<void>;
  resume(): Promise<void>;
  /**
   * Lets somebody else in: from now on all hear each other. When it rejects, the others talk on as
   * before; should not even that be possible, the seat's leg is `gone` as lost.
   */
  admit(party: Party): Promise<void>;
  /** Takes somebody out again; their channel stays up. Harmless when they have left. */
  dismiss(party: Party): Promise<void>;
  /** Nobody hears the agent, who goes on hearing everybody. Holds for a new leg, too. */
  mute(on: boolean): Promise<void>;
  /** Puts a new leg of the same seat in place of the old one, which is hung up. */
  replaceLeg(leg: Party): Promise<void>;
  /** The agent leaves, who is hung up; caller (from hold, too) and party go on without a gap. */
  leaveTo(party: Party): Promise<void>;
  /** Takes the bridge apart; both channels stay up. Never rejects. */
  close(): Promise<void>;
}

/** How a shift leader is with an agent's talk: hears it, is heard by the agent, or by everybody. */
const monitorModes = ['listen', 'whisper', 'barge'] as const;
export type MonitorMode = (typeof monitorModes)[number];

/** A leader's phone that hears an agent's talk. */
export interface Monitoring {
  /** Rejects with the reason of the agent's leg when it is gone. */
  change(mode: MonitorMode): Promise<void>;
  /** The agent talks on another phone from now on; the mode stays. Rejects as `change`. */
  moveTo(agent: Leg): Promise<void>;
  /** Both legs stay up. Never rejects. */
  close(): Promise<void>;
}

/** What a seat's phone needs to register. The password exists in clear only here. */
export interface PhoneCredential {
  /** The seat's id: the exchange knows the phone by it. */
  user: string;
  password: string;
}

export type PhoneKind = 'browser' | 'sip';

/** What the exchange knows of live channels, for adopting calls after a restart. */
export interface LiveChannels {
  /** Callers' lines that are in our application, by channel id. */
  lines: ReadonlyMap<string, Line>;
  /** Answered seat legs, by leg id. */
  legs: ReadonlyMap<string, Leg>;
  /** Seats' phones that ring, or were answered a moment ago, by leg id: `ringSeat` takes them up. */
  rings: ReadonlyMap<string, Leg>;
  /** Answered outside legs, by leg id. */
  outside: ReadonlyMap<string, OutsideLeg>;
  /** Channels of telephones outside that ring for us: nobody goes on with them. */
  calling?: readonly string[];
  /** Callers' channels whose hang-up was heard before the list was made. */
  hungUp?: ReadonlySet<string>;
  /** When the exchange was started: what came before that went down with another one. */
  startedAt: number;
}

export interface TelephonyEvents {
  /** A caller dialled in. The listener owns the line from here on. */
  onCaller(line: Line): void;
  /** A seat's phone registered or went away. */
  onPhone(seatId: string, reachable: boolean): void;
  onConnection(connected: boolean): void;
}

/** The telephone exchange, as the rest of the house sees it. Implemented in `telephony/`. */
export interface Telephony {
  /**
   * Connects and tells what is alive. Callers are announced only after `listener` is handed over
   * to `listen`, so that adoption comes first.
   */
  connect(): Promise<LiveChannels>;
  listen(listener: TelephonyEvents): void;
  isConnected(): boolean;
  /**
   * Rings a seat's phone, or goes on with the ring of that leg if an earlier process began it.
   * Resolves when it is answered or has failed; when the signal aborts, stops
   * ringing and rejects with the signal's reason.
   */
  ringSeat(request: RingRequest, signal: AbortSignal): Promise<RingResult>;
  /** Why this number would not be dialled now; null when it would. */
  dialRefusal(number: string): DialRefusal | null;
  /**
   * Calls somebody outside through the trunk for it, showing the hotline's number. Resolves when
   * answered or failed; when the signal aborts, gives up and rejects with the signal's reason.
   */
  dialOut(request: OutsideRequest, signal: AbortSignal): Promise<OutsideResult>;
  /**
   * Plays prompts to somebody outside who is in no talk yet, until they have ended, the leg is gone or
   * the signal aborts. What cannot be played is skipped, loudly in the log. Never rejects.
   */
  sayTo(
    leg: OutsideLeg,
    language: Language,
    promptIds: readonly string[],
    signal: AbortSignal,
  ): Promise<void>;
  /** A line to somebody outside, not dialled yet: nothing happens before its `dial`. */
  lineTo(request: OutgoingRequest): OutgoingLine;
  /** Lines kept open to telephones outside that are seats' phones; they outlive this process. */
  readonly openLines: OpenLines;
  /** Joins the caller and a seat (or somebody outside). Music and prompts to the caller stop first. */
  join(callId: string, line: Line, leg: Party): Promise<Talk>;
  /**
   * The talk of a call that was adopted after a restart; joins again whatever fell apart. Rejects when
   * what is missing was refused twice; then both channels are up and in no bridge.
   */
  rejoin(callId: string, line: Line, leg: Party, held: boolean): Promise<Talk>;
  /** Sends keys (DTMF) to somebody; everybody else in the talk may hear them as well. */
  sendKeys(to: Line | Party, keys: string): Promise<void>;
  /**
   * A tone for a phone that is in no talk yet: `answer` once, `ring-back` until the signal aborts.
   * Never rejects.
   */
  playTone(leg: Leg, tone: 'answer' | 'ring-back', signal: AbortSignal): Promise<void>;
  /** Lets a leader hear, from an answered phone of their own, what an agent's phone hears and says. */
  monitor(agent: Leg, leader: Leg, mode: MonitorMode): Promise<Monitoring>;
  /** Records an outside leg, both sides mixed, from now to its end: the talk an agent has left. */
  recordOn(leg: OutsideLeg, recordingId: string): Promise<void>;
  /** Makes or replaces the account of a seat's phone in the exchange, at run time, no reload. */
  provisionPhone(seatId: string, kind: PhoneKind, credential: PhoneCredential): Promise<void>;
  removePhone(seatId: string): Promise<void>;
  isPhoneReachable(seatId: string): boolean;
  /** Hangs up every channel of ours that is in `channelIds`: nobody owns them. Never rejects. */
  hangUpStrays(channelIds: readonly string[]): Promise<void>;
  close(): Promise<void>;
}
