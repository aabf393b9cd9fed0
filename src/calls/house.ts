import type { Hotline, QueueConfig } from '../../config/hotline.ts';
import type { Effect } from '../acd/types.ts';
import type { NewEvent } from '../events.ts';
import type { Clock } from '../kit/clock.ts';
import type { Log } from '../kit/log.ts';
import type { CallBulletin } from './bulletins.ts';
import type { KnownCaller } from './caller-rules.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { CallHistory } from './history.ts';
import type { LiveCall } from './live-call.ts';
import { isOpen } from './opening.ts';
import type { Language, Telephony } from './ports.ts';
import type { Wait } from './stage.ts';

/** What the stages of a call work with. */
export interface House {
  readonly clock: Clock;
  readonly log: Log;
  readonly telephony: Telephony;
  readonly dispatcher: Dispatcher;
  /** Stores facts, then publishes them. Never throws: a full disk must not hang up on people. */
  record(...events: NewEvent[]): void;
  /**
   * What `work` records and decides is stored in one transaction, and told when that is done. For
   * what happens in one moment: whatever follows from it comes in a later turn of the loop.
   */
  together<T>(work: () => T): T;
  /** The configuration in force. A call asks anew at each stage: it may change while calls live. */
  hotline(): Hotline;
  /** Who calls from this number, as far as the house knows; null when it does not. */
  knownCaller(number: string): KnownCaller | null;
  /** Earlier calls of a number: for rules about repeat callers, and the agent of the last call. */
  readonly callHistory: CallHistory;
  /** When a caller had come who was cut off by the exchange a short time ago; null for others. */
  placeBefore(number: string, exceptCallId: string): number | null;
  /** Incident bulletins that are on, whatever their hours; cheap to ask for each call. */
  bulletins(): readonly CallBulletin[];
  /** A leg has ended: its recording is to be finished, away from the call path. */
  finishRecording(recordingId: string, callId: string): void;
  /** Does this seat's phone answer by itself? */
  autoAnswers(seatId: string): boolean;
  /** How long a seat that lost its phone in a call may come back to the same call. */
  seatGraceMs(): number;
  /** May this person place another call of their own within the hour? */
  mayDial(personId: string): boolean;
  /** Is there room to record a conversation that begins now? */
  mayRecord(): boolean;
  readonly callBacks: CallBackDoor;
  /** Opened when it is asked for first: a restarted server takes its calls up before it reads orders. */
  requests(): Promise<RequestDesk>;
}

/** What callers may learn of their orders by keys, and do. */
export interface RequestDesk {
  /**
   * The order of a number, or of its last six digits at least, and its query code; null when they do
   * not belong together. `too-many`: somebody has guessed too often, and nothing is told.
   */
  find(number: string, code: string, caller: string): { orderId: string } | 'too-many' | null;
  /** Where it stands and what was replied, as prompts; the look is written down. */
  words(asked: { orderId: string; callId: string; language: Language }): Promise<string[]>;
  /** What was spoken for this call alone is not needed any more. */
  forget(callId: string): void;
  /** False when the order is not open, or was urged today. */
  urge(orderId: string, callId: string): boolean;
}

/** A virtual caller's place, which the same number may take over. */
export interface KeptPlace {
  /** The virtual caller. */
  callId: string;
  /** Smaller is served first. */
  placeAt: number;
}

/** What a call on the line has to do with call-backs; see `call-backs.ts`. */
export interface CallBackDoor {
  /** May this number be dialled, so that a place can be kept for it? */
  canReach(number: string): boolean;
  /** The place kept in this queue for who calls from this number again; null when there is none. */
  keptFor(number: string, queueId: string): KeptPlace | null;
  /** The caller hangs up and is to be called back in the place of this wait. */
  take(call: Pick<LiveCall, 'callId' | 'entry' | 'language' | 'line'>, wait: Wait): void;
  /** What the engine wants of a caller nobody is on the line for. */
  onEffect(effect: Effect): void;
}

/** Is this timetable of the configuration open now? One that was taken away, or none, always is. */
export function isOpenNow(house: House, hoursId: string | null): boolean {
  const { hours, holidays } = house.hotline();
  const found = hours.find(({ id }) => id === hoursId);
  return found === undefined || isOpen(found, holidays, house.clock.now());
}

/** A queue of the configuration in force, or undefined when it was taken away. */
export function queueConfig(
  house: Pick<House, 'hotline'>,
  queueId: string,
): QueueConfig | undefined {
  return house.hotline().queues.find((queue) => queue.id === queueId);
}
