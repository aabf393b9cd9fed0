import type { DomainEvent, EventOf } from '../events.ts';
import { type Cell, type Count, type Counter, quarterOf } from './counters.ts';

/** The limits callers are counted by: those in force at the moment of what is counted. */
export interface Limits {
  /** Milliseconds within which an answer of a queue was promised, inclusive. */
  serviceLevelMs(queueId: string, at: number): number;
  /** Who leaves within this time mostly dialled wrong: rates are shown with and without them. */
  shortAbandonMs(at: number): number;
}

/** A number that called within this time before calls again. */
export const REPEAT_WITHIN_MS = 86_400_000;
/** The lowest score that is a satisfied one: 5 very, 4 satisfied, 3 basically satisfied. */
export const SATISFIED_FROM = 3;

/**
 * What became of a call in one queue, or over all; `refused` was turned away at the door and never
 * offered. Answered and abandoned are final: a caller put back after the seat was lost who then
 * gives up did speak to somebody.
 */
type Outcome =
  | 'open'
  | 'answered'
  | 'abandoned'
  | 'turned-away'
  | 'refused'
  /** Hung up to be called back: neither answered nor abandoned. */
  | 'call-back'
  /** A call of ours to somebody who is called back: never offered. */
  | 'virtual'
  | 'reached';

/** A call that is going on. */
export interface CallState {
  entryId: string;
  /** The quarter in which it reached the house; null when it was not seen coming. */
  arrivedIn: number | null;
  /** An agent's own call: the agent's work, and no part of any queue's figures. */
  isOut?: true;
  /** Called before within a day; null when the number is not known. */
  repeat: boolean | null;
  /** The queue it is in or was answered for; empty before the first. */
  queueId: string;
  /** By queue, and over all under the empty name. */
  outcomes: Record<string, { quarterAt: number; outcome: Outcome }>;
}

export interface CallCounts {
  apply(event: DomainEvent): void;
  isRepeat(event: EventOf<'call.arrived'>): boolean | null;
  /** Queue and entry of a call; both empty when it is not known. */
  placeOf(callId: string): Pick<Cell, 'queueId' | 'entryId'>;
  state(): [string, CallState][];
}

export function createCallCounts(
  limits: Limits,
  count: Count,
  known: readonly [string, CallState][] = [],
): CallCounts {
  const calls = new Map(known);
  const callers = createCallers();

  function callOf(callId: string): CallState {
    const found = calls.get(callId);
    if (found) return found;
    const made: CallState = {
      entryId: '',
      arrivedIn: null,
      repeat: null,
      queueId: '',
      outcomes: {},
    };
    calls.set(callId, made);
    return made;
  }
  /** Counts for the quarter in which the call came; what came before the first event is not known. */
  function countIn(call: CallState, queueId: string, counter: Counter, by = 1, agentId = ''): void {
    const quarterAt = call.outcomes[queueId]?.quarterAt;
    if (quarterAt === undefined) return;
    count({ quarterAt, queueId, entryId: call.entryId, agentId }, counter, by);
  }
  /** In the queue and once over all. */
  function countBoth(call: CallState, queueId: string, counter: Counter, by = 1): void {
    countIn(call, queueId, counter, by);
    countIn(call, '', counter, by);
  }
  /** A call of ours: its attempts and ratings count in the quarter in which it began. */
  function virtual(call: CallState, event: EventOf<'call.call-back-begun'>): void {
    const { entryId, queueId, at } = event;
    call.entryId = entryId;
    call.queueId = queueId;
    for (const of of [queueId, '']) {
      call.outcomes[of] ??= { quarterAt: quarterOf(at), outcome: 'virtual' };
    }
  }
  function isVirtual(call: CallState): boolean {
    const outcome = call.outcomes['']?.outcome;
    return outcome === 'virtual' || outcome === 'reached';
  }
  /** Where a call of ours was sent on to, its ratings count too; it is offered nowhere. */
  function countsIn(call: CallState, queueId: string): void {
    if (isVirtual(call)) call.outcomes[queueId] ??= { ...outcomeIn(call, queueId) };
  }
  function notReached(call: CallState): void {
    countBoth(call, call.queueId, 'callBacksFailed');
  }
  function reached(call: CallState, queueId: string): void {
    if (call.outcomes['']?.outcome !== 'virtual') return countsIn(call, queueId);
    for (const of of [queueId, '']) {
      call.outcomes[of] = { ...outcomeIn(call, of), outcome: 'reached' };
      countIn(call, of, 'callBacksReached');
    }
  }
  function outcomeIn(call: CallState, queueId: string): CallState['outcomes'][string] {
    return call.outcomes[queueId] ?? call.outcomes[''] ?? { quarterAt: 0, outcome: 'virtual' };
  }
  /** Hung up to be called back; who was turned away already and then asked for it stays that. */
  function calledBack(call: CallState, of: string): void {
    const wasOpen = call.outcomes['']?.outcome === 'open';
    if (!wasOpen) return turnedAway(call, of);
    for (const queueId of [of, '']) {
      if (closes(call, queueId, 'call-back')) countIn(call, queueId, 'callBacks');
    }
  }
  function offered(call: CallState, queueId: string, quarterAt: number): void {
    if (call.isOut) return;
    const before = call.outcomes[queueId];
    if (before?.outcome === 'refused') countIn(call, queueId, 'refused', -1);
    if (before?.outcome === 'turned-away') countIn(call, queueId, 'turnedAway', -1);
    if (before?.outcome === 'turned-away') before.outcome = 'open';
    if (before && before.outcome !== 'refused') return;
    call.outcomes[queueId] = { quarterAt, outcome: 'open' };
    countIn(call, queueId, 'offered');
    if (call.repeat !== null) countIn(call, queueId, 'known');
    if (call.repeat) countIn(call, queueId, 'repeats');
  }
  /** True when the call was open there. */
  function closes(call: CallState, queueId: string, outcome: Outcome): boolean {
    const before = call.outcomes[queueId];
    if (before?.outcome !== 'open') return false;
    before.outcome = outcome;
    return true;
  }
  function answered(call: CallState, event: EventOf<'call.connected'>): void {
    const { waitedMs } = event;
    const levelMs = limits.serviceLevelMs(event.queueId, event.at);
    for (const queueId of [event.queueId, '']) {
      if (!closes(call, queueId, 'answered')) continue;
      countIn(call, queueId, 'answered');
      countIn(call, queueId, 'waitedMs', waitedMs);
      if (waitedMs <= 15_000) countIn(call, queueId, 'answered15');
      if (waitedMs <= 20_000) countIn(call, queueId, 'answered20');
      if (waitedMs <= levelMs) countIn(call, queueId, 'answeredInTime');
    }
  }
  function abandoned(call: CallState, event: EventOf<'call.abandoned'>): void {
    const { queueId: of, waitedMs, at } = event;
    for (const queueId of [of, '']) {
      if (!closes(call, queueId, 'abandoned')) continue;
      countIn(call, queueId, 'abandoned');
      if (waitedMs < limits.shortAbandonMs(at)) countIn(call, queueId, 'abandonedShort');
    }
  }
  function turnedAway(call: CallState, of: string): void {
    for (const queueId of [of, '']) {
      if (closes(call, queueId, 'turned-away')) countIn(call, queueId, 'turnedAway');
      // Not seen coming: it may have been let in before, and counts where it was.
      if (call.outcomes[queueId] || call.arrivedIn === null) continue;
      call.outcomes[queueId] = { quarterAt: call.arrivedIn, outcome: 'refused' };
      countIn(call, queueId, 'refused');
    }
  }
  /** An agent's own count: in the queue, over all, and with the agent. */
  function byAgent(call: CallState, event: EventOf<'call.connected' | 'call.transferred'>): void {
    const counter = event.kind === 'call.connected' ? 'conversations' : 'transfers';
    const { entryId } = call;
    const queueId = call.isOut ? '' : call.queueId;
    const cell = { quarterAt: quarterOf(event.at), queueId, entryId, agentId: '' };
    count(cell, counter, 1);
    if (queueId !== '') count({ ...cell, queueId: '' }, counter, 1);
    count({ ...cell, agentId: event.agentId }, counter, 1);
  }
  function rating(call: CallState, queueId: string, agentId: string, score: number | null): void {
    if (queueId === '') return;
    const add = (counter: Counter, by = 1) => {
      countBoth(call, queueId, counter, by);
      countIn(call, queueId, counter, by, agentId);
    };
    if (score === null) return add('ratingAsked');
    add('rated');
    add('ratingSum', score);
    if (score >= SATISFIED_FROM) add('ratedWell');
  }

  function apply(event: DomainEvent): void {
    switch (event.kind) {
      case 'call.arrived': {
        const call = callOf(event.callId);
        call.entryId = event.entryId;
        call.arrivedIn = quarterOf(event.at);
        call.repeat = callers.isRepeat(event);
        return;
      }
      case 'call.placed': {
        const call = callOf(event.callId);
        call.entryId = event.entryId;
        call.isOut = true;
        return;
      }
      case 'call.queued': {
        const call = callOf(event.callId);
        call.queueId = event.queueId;
        if (isVirtual(call) || event.isCallBack) return countsIn(call, event.queueId);
        const quarterAt = quarterOf(event.arrivedAt);
        for (const queueId of [event.queueId, '']) offered(call, queueId, quarterAt);
        return;
      }
      case 'call.connected': {
        const call = callOf(event.callId);
        call.queueId = event.queueId;
        answered(call, event);
        reached(call, event.queueId);
        return byAgent(call, event);
      }
      case 'call.abandoned':
        return abandoned(callOf(event.callId), event);
      case 'call.turned-away':
        return turnedAway(callOf(event.callId), event.queueId);
      case 'call.call-back-requested':
        // Of a missed call the end has been counted.
        if (!event.isMissed) calledBack(callOf(event.callId), event.queueId);
        return;
      case 'call.call-back-begun':
        return virtual(callOf(event.callId), event);
      case 'call.talk-ended':
        // The figure is conversation per answered call, and this one was not offered.
        if (isVirtual(callOf(event.callId))) return;
        return countBoth(callOf(event.callId), event.queueId, 'conversationMs', event.talkMs);
      case 'call.transferred':
        return byAgent(callOf(event.callId), event);
      case 'call.rating-asked': {
        const call = callOf(event.callId);
        return rating(call, call.queueId, event.agentId, null);
      }
      case 'call.rated':
        return rating(callOf(event.callId), event.queueId, event.agentId, event.score);
      case 'call.ended':
        if (event.ending === 'call-back-failed') notReached(callOf(event.callId));
        calls.delete(event.callId);
        return;
      default:
        return;
    }
  }

  return {
    apply,
    isRepeat: callers.isRepeat,
    placeOf(callId) {
      const call = calls.get(callId);
      return { queueId: call?.isOut ? '' : (call?.queueId ?? ''), entryId: call?.entryId ?? '' };
    },
    state: () => [...calls],
  };
}

/** Who called within the last day. Numbers stay in memory; they are in the log already. */
function createCallers() {
  /** Last call by number, the longest ago first. */
  const lastCall = new Map<string, number>();
  return {
    /** Also remembers the call. Null for a number that is not known. */
    isRepeat({ caller, at }: EventOf<'call.arrived'>): boolean | null {
      for (const [number, lastAt] of lastCall) {
        if (lastAt >= at - REPEAT_WITHIN_MS) break;
        lastCall.delete(number);
      }
      if (caller === '') return null;
      const repeat = lastCall.delete(caller);
      lastCall.set(caller, at);
      return repeat;
    },
  };
}
