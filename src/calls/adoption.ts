import { placeAt } from '../acd/world.ts';
import type { EndingSlug } from '../ending.ts';
import type { NewEvent } from '../events.ts';
import type { Clock } from '../kit/clock.ts';
import type { Log } from '../kit/log.ts';
import { answeredMeanwhile, caughtUp, promised, withOutside } from './caught-up.ts';
import type { KnownCall, LiveCalls } from './live-calls.ts';
import type { Language, Leg, Line, LiveChannels, OutsideLeg, Party } from './ports.ts';
import type { CallRecord } from './repo.ts';
import { endingWhenLeft, type Ring, type Stage, type Virtual, type Wait } from './stage.ts';

/** A stored call whose caller is still on the line, and the seat's leg if there is one. */
export interface AliveCall {
  known: KnownCall;
  line: Line;
  leg: Leg | null;
  /** The phone that rings for the caller, or has just been answered; null as soon as nobody wants it. */
  rung: Leg | null;
  /** Whom the caller was left talking to. */
  outside: OutsideLeg | null;
  record: CallRecord;
}

/** What a restarted server found: calls to go on with, and calls that ended in the gap. */
export interface Found {
  alive: AliveCall[];
  ended: CallRecord[];
  /** Callers heard to hang up before the list was made, by channel. */
  hungUp: ReadonlySet<string>;
  /** When the exchange was started: earlier calls went down with the one before. */
  exchangeStartedAt: number;
  /** Callers in the exchange nobody has written down yet: new calls. */
  unknown: Line[];
  /** Callers whose call has ended, and whom nobody got round to hanging up on. */
  finished: Line[];
  /**
   * Legs no live call owns. A party asked into a conversation is one of them: after a restart the
   * conversation goes on between caller and agent.
   */
  strayLegs: Party[];
  /** Nobody on the line: to be called back. */
  virtual: { record: CallRecord; stage: Virtual }[];
  /** Telephones outside that ring, by channel: who is to be called back is dialled again. */
  ringing: Set<string>;
}

/** When the conversation of a call that is going on began, as the log has it; null when none is. */
export type TalkSince = (callId: string) => number | null;

/** What the store remembers. */
interface Memory {
  /** Calls that had not ended, oldest first. */
  records: readonly CallRecord[];
  talkSince: TalkSince;
  /** Does a virtual caller already stand for the call, whose caller is still on the line? */
  isKept(callId: string): boolean;
  /** Did a call on this channel end, which began at `since` or later? */
  hasEndedOn(channelId: string, since: number): boolean;
}

/** Compares what the store remembers with what the exchange says is true. */
export function compare(memory: Memory, live: LiveChannels): Found {
  const { records, talkSince, isKept, hasEndedOn } = memory;
  const lines = new Map(live.lines);
  const rings = new Map(live.rings);
  const legs = new Map(live.legs);
  const parties = new Map(live.outside);
  const found = nothingFound(live);
  for (const record of records) {
    const line = lines.get(record.channelId);
    const known = stageOf(record);
    const isTalking = talkSince(record.id) !== null;
    if (known?.name === 'virtual' && !line && !isTalking) {
      found.virtual.push({ record, stage: known });
      if (record.channelId !== '') found.ringing.add(record.channelId);
      continue;
    }
    const stored = known?.name === 'virtual' ? answeredMeanwhile(known, isTalking) : known;
    if (!line || !stored) {
      found.ended.push(record);
      continue;
    }
    lines.delete(record.channelId);
    const answered = legOf(stored, legs);
    const outside = 'outside' in stored ? parties.get(stored.outside.legId) : undefined;
    // A call of our own that nobody had answered does not outlive the server.
    if (isUnanswered(stored, isTalking)) {
      found.ended.push(record);
      found.finished.push(line);
      continue;
    }
    const ringing = 'ring' in stored ? rings.get(stored.ring.legId) : undefined;
    const stage = outside
      ? withOutside(stored)
      : isKept(record.id)
        ? promised(stored)
        : caughtUp(stored, record, isTalking, ringing ?? answered);
    if (outside) parties.delete(outside.legId);
    const leg = stage.name === 'conversation' ? (answered ?? null) : null;
    const rung = stage.name === 'ringing' && stage.rings ? (ringing ?? answered ?? null) : null;
    const taken = leg ?? rung;
    if (taken) legs.delete(taken.legId);
    if (taken) rings.delete(taken.legId);
    const call = knownCall(record, stage, line);
    found.alive.push({ known: call, line, leg, rung, outside: outside ?? null, record });
  }
  for (const line of lines.values()) {
    // Somebody we called for a call that is over, or whose call the server died before noting.
    const isOver = line.direction === 'out' || hasEndedOn(line.channelId, line.arrivedAt);
    (isOver ? found.finished : found.unknown).push(line);
  }
  found.strayLegs = [...legs.values(), ...rings.values(), ...parties.values()];
  return found;
}

function knownCall(record: CallRecord, stage: Stage, line: Line): KnownCall {
  const { id: callId, entryId, callBackOf } = record;
  const language = record.language as Language;
  const waitedForServerMs = Math.max(0, record.arrivedAt - line.arrivedAt);
  return { callId, entryId, language, stage, isCallBack: callBackOf !== null, waitedForServerMs };
}

function isUnanswered({ name }: Stage, isTalking: boolean): boolean {
  return (
    (name === 'dialling' && !isTalking) || name === 'relay-calling' || name === 'relay-dialling'
  );
}

/**
 * The leg a seat was rung with, or, in a conversation, the one its agent came back with. A seat may
 * have two for a moment: the last call's, which is being hung up on, and this one's.
 */
function legOf(stage: Stage, legs: ReadonlyMap<string, Leg>): Leg | undefined {
  if (!('ring' in stage)) return undefined;
  const { legId, seatId } = stage.ring;
  const rung = legs.get(legId);
  if (rung || stage.name !== 'conversation') return rung;
  return [...legs.values()].findLast((leg) => leg.seatId === seatId);
}

function nothingFound({ startedAt, hungUp = new Set(), calling = [] }: LiveChannels): Found {
  const lists = { alive: [], ended: [], unknown: [], finished: [], strayLegs: [], virtual: [] };
  return { exchangeStartedAt: startedAt, hungUp, ...lists, ringing: new Set(calling) };
}

interface Closer {
  clock: Clock;
  record(event: NewEvent): void;
  talkSince: TalkSince;
}

interface Adopter extends Closer {
  liveCalls: LiveCalls;
  restoreVirtual(call: CallRecord, virtual: Virtual): void;
  log: Log;
  /** Has the recording of a leg been written down? */
  isRecorded(recordingId: string): boolean;
  /** Is the seat's caller on hold? The stage was stored when the conversation began. */
  isHeld(seatId: string): boolean;
}

/** Closes what did not outlive the server. Comes before the seats are put back to work. */
export function closeEnded(found: Found, closer: Closer): void {
  for (const ended of found.ended) {
    const hungUp = found.hungUp.has(ended.channelId);
    const wasTalking = closer.talkSince(ended.id) !== null;
    endTalk(ended, hungUp ? 'caller' : 'system', closer);
    const at = closer.clock.now();
    const ending = endingOfEnded(ended, found, hungUp, wasTalking);
    if (ending === 'telephony-lost') wantCallBack(ended, closer);
    closer.record({ kind: 'call.ended', at, callId: ended.id, ending });
  }
  for (const { known, record } of found.alive) {
    if (known.stage.name !== 'conversation') endTalk(record, 'seat-lost', closer);
  }
}

function endingOfEnded(
  ended: CallRecord,
  found: Found,
  hungUp: boolean,
  wasTalking: boolean,
): EndingSlug {
  const stage = stageOf(ended);
  // Only the stage was missing.
  if (hungUp && wasTalking) return 'caller-hung-up';
  if (hungUp && stage && stage.name !== 'virtual') return endingWhenLeft(stage);
  // Only the last note was missing.
  if (ended.endedBy === 'caller') return 'caller-hung-up';
  return ended.arrivedAt < found.exchangeStartedAt ? 'telephony-lost' : 'server-lost';
}

/** Who went down with the exchange, not yet served or in the middle of it, is called back. */
function wantCallBack({ id: callId, caller, queueId, endedBy }: CallRecord, closer: Closer): void {
  if (caller === '' || queueId === null || endedBy === 'agent') return;
  const at = closer.clock.now();
  closer.record({ kind: 'call.call-back-requested', at, callId, queueId, isMissed: true });
}

/** Goes on with what lives; new callers come last. Lines of ended calls are left to be hung up on. */
export function adopt(found: Found, adopter: Adopter): void {
  const { liveCalls, log } = adopter;
  const onTheLine = found.alive.map((call) => ({
    place: placeOf(call.known.stage),
    goOn: () => goOn(call, found, adopter),
  }));
  const virtual = found.virtual.map(({ record, stage }) => ({
    place: placeOfWait(stage.wait),
    goOn: () => adopter.restoreVirtual(record, stage),
  }));
  const inOrder = [...onTheLine, ...virtual].sort((a, b) => a.place - b.place);
  for (const each of inOrder) each.goOn();
  for (const line of found.unknown) liveCalls.begin(line);
  const { alive, ended, strayLegs, unknown } = found;
  log.info(
    {
      adopted: alive.length,
      ended: ended.length,
      strays: strayLegs.length,
      unknown: unknown.length,
      virtual: found.virtual.length,
    },
    'calls taken over from the exchange',
  );
}

function goOn(call: AliveCall, { strayLegs }: Found, adopter: Adopter): void {
  const { known, line, leg, outside, rung } = call;
  if (known.stage.name === 'conversation' && leg) {
    startRecording(known.callId, known.stage.ring, leg, adopter);
  }
  const isTakenUp = adopter.liveCalls.adopt(resumed(known, adopter), line, leg, outside);
  if (!rung || isTakenUp) return;
  // The engine had given the ring up, or does not offer the seat any more.
  strayLegs.push(rung);
  call.rung = null;
}

/**
 * Callers come back to the engine by place: a seat that is ready rings whoever is due. Whose seat
 * rings already comes before all others, who would be offered it.
 */
function placeOf(stage: Stage): number {
  if (stage.name === 'ringing' && stage.rings) return 0;
  const wait = stage.name === 'ringing' ? stage.wait : stage;
  return 'arrivedAt' in wait ? placeOfWait(wait) : 0;
}

function placeOfWait({ arrivedAt, priority, creditMs }: Wait): number {
  return placeAt(arrivedAt, priority, creditMs);
}

/** Writes down the end of a conversation that did not outlive the server. */
function endTalk(call: CallRecord, by: 'caller' | 'system' | 'seat-lost', closer: Closer): void {
  const { id: callId, seatId, agentId, queueId } = call;
  const since = closer.talkSince(callId);
  if (since === null || seatId === null || agentId === null || queueId === null) return;
  const at = closer.clock.now();
  const talkMs = Math.max(0, at - since);
  closer.record({ kind: 'call.talk-ended', at, callId, queueId, seatId, agentId, by, talkMs });
}

/** The server died between the answer and the note that it is recorded. */
function startRecording(callId: string, ring: Ring, leg: Leg, adopter: Adopter): void {
  const { recordingId } = leg;
  if (adopter.isRecorded(recordingId)) return;
  const { seatId, agentId } = ring;
  const at = adopter.clock.now();
  adopter.record({ kind: 'recording.started', at, recordingId, callId, seatId, agentId });
}

function resumed(known: KnownCall, { isHeld }: Adopter): KnownCall {
  const { stage } = known;
  if (stage.name !== 'conversation') return known;
  const held = isHeld(stage.ring.seatId);
  return { ...known, stage: { ...stage, adopted: true, held } };
}

/** The stored stage. Written by this program, so its shape is trusted; its absence is not. */
function stageOf(record: CallRecord): Stage | Virtual | null {
  if (record.stage === null) return null;
  const data: object = typeof record.stageData === 'object' ? (record.stageData ?? {}) : {};
  return { name: record.stage, ...data } as Stage | Virtual;
}
