import type { CallerAttribute } from '../../config/hotline-callers.ts';
import type { DomainEvent } from '../events.ts';
import { maskNumber, maskNumbersIn } from '../kit/mask.ts';
import { languages } from './ports.ts';
import type { CallBackRecord, CallRecord, RecordingRecord } from './repo.ts';
import {
  type CallBack,
  type CallDetail,
  type CallRow,
  type CallStep,
  callRowSchema,
  type Pop,
  type Recording,
} from './schema.ts';

/**
 * The only way out for call records: what passes here shows no whole phone number. Notes are free
 * text in which an agent may have written one, so they are masked too; only the author's own desk
 * gets the note as written, or saving it again would destroy it.
 */

const languageOf = callRowSchema.shape.language;
const endingOf = callRowSchema.shape.ending;

/** A call as a row of a list. */
export function presentCall(call: CallRecord): CallRow {
  return {
    id: call.id,
    direction: call.direction,
    entryId: call.entryId,
    callerMasked: maskNumber(call.caller),
    dialled: call.dialled,
    language: languageOf.catch(languages[0]).parse(call.language),
    choice: call.choice,
    queueId: call.queueId,
    seatId: call.seatId,
    agentId: call.agentId,
    arrivedAt: call.arrivedAt,
    queuedAt: call.queuedAt,
    connectedAt: call.connectedAt,
    endedAt: call.endedAt,
    waitedMs: call.waitedMs,
    ringMs: call.ringMs,
    talkMs: call.talkMs,
    heldMs: call.heldMs,
    rating: call.rating,
    ratingAsked: call.ratingAskedAt !== null,
    resultCode: call.resultCode,
    tags: call.tags,
    ending: endingOf.parse(call.ending),
    callBackOf: call.callBackOf,
    orderId: call.orderId,
    stage: call.stage,
  };
}

export function presentDetail(
  call: CallRecord,
  events: readonly DomainEvent[],
  recordings: readonly RecordingRecord[],
): CallDetail {
  return {
    ...presentCall(call),
    note: maskNumbersIn(call.note),
    steps: events.map(presentStep),
    recordings: recordings.map(presentRecording),
  };
}

function presentRecording(recording: RecordingRecord): Recording {
  const { callId: _callId, file: _file, ...shown } = recording;
  return shown;
}

export function presentCallBack(request: CallBackRecord): CallBack {
  const { caller, ...shown } = request;
  const language = languageOf.catch(languages[0]).parse(request.language);
  // Written before there were states: somebody was on the list, and then called.
  const isOld = request.state === 'listed' && request.doneAt !== null;
  const state = isOld ? 'done' : request.state;
  return { ...shown, state, language, callerMasked: maskNumber(caller) };
}

/** Fields of an event that a timeline shows no one: numbers, and what is only for the machine. */
const hiddenInSteps = new Set([
  'seq',
  'at',
  'kind',
  'callId',
  'caller',
  'channelId',
  'data',
  'file',
]);

function presentStep(event: DomainEvent): CallStep {
  const { seq, at, kind } = event;
  const shown = Object.entries(event).filter(([name]) => !hiddenInSteps.has(name));
  const detail = shown.map(([name, value]) => [name, masked(name, value)]);
  return { seq, at, kind, detail: Object.fromEntries(detail) };
}

function masked(name: string, value: unknown): unknown {
  if (name === 'note') return maskNumbersIn(String(value));
  return name === 'number' ? maskNumber(String(value)) : value;
}

/** What there is to know of a call before it is answered. */
export interface PopSource {
  call: CallRecord;
  /** How often the seat's phone was rung for this call. */
  attempt: number;
  earlier: { count: number; last: readonly CallRecord[] };
  /** Null for a caller who is not registered. */
  known: { name: string; attributes: readonly CallerAttribute[]; note: string } | null;
  callBack: CallBackRecord | undefined;
  now: number;
}

/** What the agent sees while the phone rings; null for a call that is in no queue. */
export function presentPop(source: PopSource): Pop | null {
  const { call, attempt, earlier, known, callBack, now } = source;
  if (call.queueId === null) return null;
  const { callerMasked, entryId, dialled, language, choice } = presentCall(call);
  return {
    callId: call.id,
    callerMasked,
    callerKnown: call.caller !== '',
    entryId,
    dialled,
    language,
    queueId: call.queueId,
    choice,
    priority: call.priority,
    arrivedAt: call.arrivedAt,
    waitedMs: call.waitedMs ?? Math.max(0, now - (call.queuedAt ?? call.arrivedAt)),
    attempt,
    callBack: callBack ? presentWish(callBack) : null,
    connectedAt: call.connectedAt,
    note: call.note,
    resultCode: call.resultCode,
    registered: known && {
      name: known.name,
      attributes: [...known.attributes],
      note: maskNumbersIn(known.note),
    },
    tags: call.tags,
    direction: call.direction,
    callsBefore: earlier.count,
    lastCalls: earlier.last.map(presentEarlier),
  };
}

function presentWish({ isMissed, requestedAt, attempts }: CallBackRecord): Pop['callBack'] {
  return { isMissed, requestedAt, attempts };
}

function presentEarlier(call: CallRecord): Pop['lastCalls'][number] {
  const { id, arrivedAt, queueId, agentId, ending, rating, resultCode, talkMs } = presentCall(call);
  const note = maskNumbersIn(call.note);
  return { id, arrivedAt, queueId, agentId, ending, rating, resultCode, talkMs, note };
}
