import { maskNumber } from '../../kit/mask.ts';
import type { House } from '../house.ts';
import { type LiveCall, type News, type NewsOf } from '../live-call.ts';
import type { Leg, Line, RingRequest, RingResult } from '../ports.ts';
import type { Next, Ring, Stage, Wait } from '../stage.ts';
import { enterStage } from './enter-stage.ts';
import { followRecording, startRecording } from './leg-recording.ts';

/** The exchange gives up a little later than the engine, whose word counts; it covers a dead server. */
const EXCHANGE_GRACE_MS = 3_000;

/** One seat's phone rings for the caller, who hears music. Answered: conversation; else: wait on. */
export async function ringing(call: LiveCall, house: House, wait: Wait, ring: Ring): Promise<Next> {
  const { callId, line } = call;
  const { dispatcher } = house;
  const { seatId, attempt } = ring;
  if (!rings(house, call, ring)) return { name: 'waiting', ...wait };
  const over = new AbortController();
  const stop = AbortSignal.any([over.signal, line.gone]);
  const result = house.telephony.ringSeat(ringRequest(call, house, ring), stop);
  const stopped = call.news.take(isStopOf(attempt), stop).then(() => over.abort());
  stopped.catch(() => {});
  line.startMusic().catch(() => {});
  const outcome = await settled(result, stop);
  if (outcome === null) {
    line.gone.throwIfAborted();
    return { name: 'waiting', ...wait };
  }
  over.abort();
  if (outcome.kind === 'failed') {
    dispatcher.submit({ kind: 'ring-failed', callId, seatId, attempt, why: outcome.why });
    return { name: 'waiting', ...wait };
  }
  const { leg } = outcome;
  const talk: Stage = { name: 'conversation', wait, ring, held: false, adopted: false };
  const isTalk = house.together(() => {
    dispatcher.submit({ kind: 'seat-answered', callId, seatId, attempt });
    if (!talks(house, call, ring)) return false;
    startRecording(call, house, ring, leg);
    enterStage(call, house, talk);
    return true;
  });
  if (!isTalk) return refuseLeg(leg, { name: 'waiting', ...wait });
  call.leg = leg;
  followRecording(call, house, leg);
  // Whoever is answered has been kept, whatever became of the queue while it rang.
  call.news.drop((news) => news.kind === 'not-kept');
  await warnAgent(house, leg);
  return talk;
}

/** How a seat is rung for a call. */
export function ringRequest(
  call: { callId: string; line: Pick<Line, 'callerNumber'> },
  house: Pick<House, 'mayRecord' | 'autoAnswers'>,
  ring: Ring,
): RingRequest {
  return {
    callId: call.callId,
    seatId: ring.seatId,
    legId: ring.legId,
    recordingId: ring.recordingId,
    ringTimeoutMs: ring.ringTimeoutMs + EXCHANGE_GRACE_MS,
    display: maskNumber(call.line.callerNumber),
    autoAnswer: house.autoAnswers(ring.seatId),
    ...(!house.mayRecord() && { unrecorded: true as const }),
  };
}

/** Whose phone answers by itself hears a tone before the caller is let in. */
export async function warnAgent(house: House, leg: Leg): Promise<void> {
  if (!house.autoAnswers(leg.seatId)) return;
  await house.telephony.playTone(leg, 'answer', leg.gone);
}

/** The result, or null when the ring was stopped; a phone answered too late is hung up. */
async function settled(result: Promise<RingResult>, stop: AbortSignal): Promise<RingResult | null> {
  try {
    const outcome = await result;
    if (!stop.aborted) return outcome;
    if (outcome.kind === 'answered') await outcome.leg.hangUp();
    return null;
  } catch (error) {
    if (stop.aborted) return null;
    throw error;
  }
}

async function refuseLeg(leg: Leg, next: Next): Promise<Next> {
  await leg.hangUp();
  return next;
}

function isStopOf(attempt: number) {
  return (news: News): news is NewsOf<'stop-ringing'> =>
    news.kind === 'stop-ringing' && news.attempt === attempt;
}

function rings(house: House, call: LiveCall, ring: Ring): boolean {
  const seat = house.dispatcher.engine.seat(ring.seatId);
  return seat?.state === 'ringing' && seat.callId === call.callId;
}

function talks(house: House, call: LiveCall, ring: Ring): boolean {
  const seat = house.dispatcher.engine.seat(ring.seatId);
  return seat?.state === 'talking' && seat.callId === call.callId;
}
