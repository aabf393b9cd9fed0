import type { CallBackConfig } from '../../config/hotline.ts';
import type { Effect } from '../acd/types.ts';
import type { CallBackFailure } from '../events-call-back.ts';
import { waitOrAbort } from '../kit/abort.ts';
import { newId } from '../kit/ids.ts';
import type { CallBackParts, VirtualCaller } from './call-backs.ts';
import type { LiveCalls } from './live-calls.ts';
import type { Leg, Line, OutsideFailure, Talk } from './ports.ts';
import type { Ring } from './stage.ts';
import { followRecording, startRecording } from './stages/leg-recording.ts';
import { ringRequest } from './stages/ringing.ts';
import { ringFrom } from './stages/waiting.ts';

/** A virtual caller's turn: which ring it is, and how to end it. */
export interface Serving {
  attempt: number;
  stop: AbortController;
}

/** What becomes of a virtual caller, told to who keeps them. */
interface Outcomes {
  rulesOf(queueId: string): CallBackConfig;
  isVirtual(callId: string): boolean;
  /** The caller is on the line and no virtual one any more. */
  onTheLine(callId: string): void;
  failed(virtual: VirtualCaller, seatId: string, attempt: number, why: CallBackFailure): void;
}

/**
 * The turn of a virtual caller: the seat the engine reserved is rung; when its agent has answered, the
 * caller is dialled, and the two talk in an ordinary conversation.
 */
export function createServing(parts: CallBackParts, outcomes: Outcomes) {
  const { telephony, dispatcher, record, clock, log } = parts;
  const { engine } = dispatcher;
  let liveCalls: Pick<LiveCalls, 'adopt' | 'reached'> | null = null;
  let formerRings: Promise<unknown> = Promise.resolve();

  async function ringSeat(virtual: VirtualCaller, ring: Ring, stop: AbortSignal): Promise<void> {
    const { callId } = virtual;
    const { seatId, attempt } = ring;
    const line = { callerNumber: virtual.number };
    const result = await telephony.ringSeat(ringRequest({ callId, line }, parts, ring), stop);
    if (result.kind === 'failed') {
      if (stop.aborted) return;
      const { why } = result;
      return dispatcher.submit({ kind: 'ring-failed', callId, seatId, attempt, why });
    }
    const { leg } = result;
    if (!stop.aborted) dispatcher.submit({ kind: 'call-back-dialling', callId, seatId, attempt });
    if (stop.aborted || !isHeld(virtual, ring)) return leg.hangUp();
    startRecording({ callId }, parts, ring, leg);
    followRecording({ callId }, parts, leg);
    await dial(virtual, ring, leg, stop);
  }

  async function dial(virtual: VirtualCaller, ring: Ring, leg: Leg, stop: AbortSignal) {
    const { seatId, attempt } = ring;
    const { callId } = virtual;
    const until = AbortSignal.any([stop, leg.gone]);
    let line: Line | null = null;
    try {
      const called = await dialCaller(virtual, ring, leg, until);
      if (typeof called === 'string') {
        await leg.hangUp();
        return outcomes.failed(virtual, seatId, attempt, failureOf(called));
      }
      line = called;
      await line.say(virtual.language, ['call-back-greeting'], AbortSignal.any([until, line.gone]));
      const talk = await telephony.join(callId, line, leg);
      if (stop.aborted || leg.gone.aborted || line.gone.aborted) await talk.close();
      else return talkTogether(virtual, ring, leg, line, talk);
    } catch (err) {
      if (!until.aborted && !line?.gone.aborted) {
        log.warn({ err, callId }, 'a caller could not be called back');
      }
    }
    const wasLost = leg.gone.aborted;
    await leg.hangUp();
    if (line?.gone.aborted) return outcomes.failed(virtual, seatId, attempt, 'refused');
    if (!stop.aborted) {
      const why = wasLost ? 'refused' : 'unreachable';
      dispatcher.submit({ kind: 'ring-failed', callId, seatId, attempt, why });
    }
    if (line) await withoutSeat(virtual, line);
  }

  /** The caller's line, or why there is none; the agent hears the ringing tone. */
  async function dialCaller(
    { callId, number, wait }: VirtualCaller,
    ring: Ring,
    leg: Leg,
    signal: AbortSignal,
  ): Promise<Line | OutsideFailure> {
    await waitOrAbort(formerRings, signal);
    const channelId = `back-${newId()}`;
    const at = clock.now();
    const { seatId, agentId, queueId } = ring;
    record(
      { kind: 'call.call-back-dialled', at, callId, queueId, seatId, agentId, channelId },
      { kind: 'call.stage', at, callId, stage: 'virtual', data: { wait, ring } },
    );
    const line = telephony.lineTo({ callId, channelId, number });
    const answered = new AbortController();
    const tone = telephony.playTone(leg, 'ring-back', answered.signal);
    const { ringTimeoutMs } = outcomes.rulesOf(queueId);
    const result = await line.dial(ringTimeoutMs, signal).finally(() => answered.abort());
    // A phone that still plays a tone would be let into the talk behind it.
    await tone;
    return result === 'answered' ? line : result;
  }

  function talkTogether(
    virtual: VirtualCaller,
    ring: Ring,
    leg: Leg,
    line: Line,
    talk: Talk,
  ): void {
    const { callId, wait } = virtual;
    const { seatId, attempt } = ring;
    dispatcher.submit({ kind: 'seat-answered', callId, seatId, attempt });
    outcomes.onTheLine(callId);
    const stage = { name: 'conversation', wait, ring, held: false, adopted: false } as const;
    liveCalls?.reached({ ...virtual, stage, isCallBack: true }, line, leg, talk);
  }

  /** The caller answered and the agent is gone: they wait on the line, in the place they have. */
  async function withoutSeat(virtual: VirtualCaller, line: Line): Promise<void> {
    const { callId, wait } = virtual;
    if (!outcomes.isVirtual(callId)) return line.hangUp();
    outcomes.onTheLine(callId);
    dispatcher.submit({ kind: 'caller-left', callId, abandoned: false });
    liveCalls?.adopt(
      { ...virtual, stage: { name: 'waiting', ...wait }, isCallBack: true },
      line,
      null,
    );
  }

  function isHeld({ callId }: VirtualCaller, { seatId }: Ring): boolean {
    const seat = engine.seat(seatId);
    return seat?.callId === callId && seat.reason === 'call-back-dialling';
  }

  return {
    handOverTo(calls: Pick<LiveCalls, 'adopt' | 'reached'>): void {
      liveCalls = calls;
    },
    /** Nobody is dialled before the rings of an earlier process are over: no phone rings twice. */
    dialAfter(over: Promise<unknown>): void {
      formerRings = over;
    },
    /** Never rejects. */
    async ring(virtual: VirtualCaller, effect: Extract<Effect, { kind: 'ring' }>): Promise<void> {
      const { attempt } = effect;
      const stop = new AbortController();
      const serving = { attempt, stop };
      virtual.serving = serving;
      const { callId } = virtual;
      try {
        await ringSeat(virtual, ringFrom({ rung: null }, effect), stop.signal);
      } catch (err) {
        if (stop.signal.aborted) return;
        log.error({ err, callId }, 'a seat could not be rung for a call-back');
        const { seatId } = effect;
        dispatcher.submit({ kind: 'ring-failed', callId, seatId, attempt, why: 'unreachable' });
      } finally {
        if (virtual.serving === serving) virtual.serving = null;
      }
    },
  };
}

/** What the operator does not let us dial is not the caller's doing. */
function failureOf(why: OutsideFailure): CallBackFailure {
  return why === 'not-allowed' || why === 'too-many' ? 'not-dialled' : why;
}
