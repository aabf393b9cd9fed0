import type { HangUpSide } from '../../events.ts';
import { newId } from '../../kit/ids.ts';
import { maskNumber } from '../../kit/mask.ts';
import type { House } from '../house.ts';
import { type Asked, kinds, type LiveCall } from '../live-call.ts';
import { ChannelGone, type Leg, LegGone, type Talk } from '../ports.ts';
import type { Next, Ring, Stage } from '../stage.ts';

/** How long a reloaded browser's phone may take to answer by itself. */
const REJOIN_RING_MS = 10_000;

type Conversation = Extract<Stage, { name: 'conversation' }>;

/** How a conversation ended, and whether the caller is asked for a rating. */
interface End {
  by: HangUpSide;
  rate: boolean;
}

/** Caller and agent talk, until one of them leaves. */
export async function conversation(
  call: LiveCall,
  house: House,
  stage: Conversation,
): Promise<Next> {
  const { callId } = call;
  const { ring, wait } = stage;
  let end: End = { by: 'system', rate: false };
  try {
    end = await talkToTheEnd(call, house, stage);
  } catch (error) {
    if (error instanceof ChannelGone && error.why === 'hung-up')
      end = { by: 'caller', rate: false };
    throw error;
  } finally {
    const leg = call.leg;
    call.leg = null;
    house.dispatcher.submit({ kind: 'talk-ended', callId, seatId: ring.seatId, by: end.by });
    refuseAll(call);
    await leg?.hangUp();
  }
  if (end.by === 'seat-lost') {
    return { name: 'waiting', ...wait, queueId: ring.queueId, hops: 0, servedBefore: true };
  }
  if (end.rate) return { name: 'rating', ring, asked: 0 };
  return { name: 'ended', ending: 'agent-hung-up' };
}

async function talkToTheEnd(call: LiveCall, house: House, stage: Conversation): Promise<End> {
  const { ring } = stage;
  if (!call.leg) return { by: 'seat-lost', rate: false };
  const talk = await joinOrNot(call, house, stage, call.leg);
  if (!talk) return { by: 'seat-lost', rate: false };
  if (!stage.adopted) startRecording(call, house, ring, call.leg);
  followRecording(call, house, call.leg);
  try {
    for (;;) {
      const next = await nextRequest(call);
      if (next instanceof LegGone) {
        if (next.by !== 'seat-lost') return { by: 'agent', rate: next.by === 'agent' };
        if (!(await seatCameBack(call, house, ring, talk))) return { by: 'seat-lost', rate: false };
        continue;
      }
      const end = await carryOut(call, house, ring, talk, next);
      if (end) return end;
    }
  } finally {
    await talk.close();
  }
}

/** The talk, or null when the two could not be joined: the caller then goes back to the head. */
async function joinOrNot(
  call: LiveCall,
  house: House,
  stage: Conversation,
  leg: Leg,
): Promise<Talk | null> {
  const { callId, line } = call;
  const { telephony, log } = house;
  try {
    return stage.adopted
      ? await telephony.rejoin(callId, line, leg, stage.held)
      : await telephony.join(callId, line, leg);
  } catch (error) {
    line.gone.throwIfAborted();
    log.warn({ err: error, callId, seatId: leg.seatId }, 'caller and seat could not be joined');
    return null;
  }
}

/** What the agent asks for next, or how the seat's phone went away. */
async function nextRequest(call: LiveCall): Promise<Asked | LegGone> {
  const legGone = call.leg?.gone ?? AbortSignal.abort(new LegGone('seat-lost'));
  try {
    return await call.news.take(kinds('asked'), AbortSignal.any([call.line.gone, legGone]));
  } catch (error) {
    if (error instanceof LegGone) return error;
    throw error;
  }
}

/**
 * Does one thing the agent asked for, and says whether that ended the conversation. `comfort` is
 * what the caller hears while the seat is away; it ends before the two are joined again.
 */
async function carryOut(
  call: LiveCall,
  house: House,
  ring: Ring,
  talk: Talk,
  asked: Asked,
  comfort = new AbortController(),
): Promise<End | null> {
  const { callId } = call;
  const { seatId } = ring;
  try {
    switch (asked.request) {
      case 'hold':
        await talk.hold();
        house.dispatcher.submit({ kind: 'call-held', callId, seatId });
        return null;
      case 'resume':
        await talk.resume();
        house.dispatcher.submit({ kind: 'call-resumed', callId, seatId });
        return null;
      case 'rejoin':
        await takeNewLeg(call, house, ring, talk, comfort);
        return null;
      case 'hang-up':
        return { by: 'agent', rate: true };
      case 'release':
        return { by: 'agent', rate: false };
      default:
        return asked.request satisfies never;
    }
  } catch (error) {
    asked.done.reject(error);
    call.line.gone.throwIfAborted();
    house.log.warn(
      { err: error, callId, request: asked.request },
      'request could not be carried out',
    );
    return null;
  } finally {
    asked.done.resolve();
  }
}

/**
 * The seat lost its phone: the caller hears an apology and music instead of silence, and the agent
 * who comes back within the grace time gets the same call.
 */
async function seatCameBack(
  call: LiveCall,
  house: House,
  ring: Ring,
  talk: Talk,
): Promise<boolean> {
  const { line } = call;
  // A caller who cannot be given music is still not sent away.
  await talk.hold().catch((err: unknown) => {
    line.gone.throwIfAborted();
    house.log.warn({ err, callId: call.callId }, 'no music for a caller whose seat was lost');
  });
  const late = new AbortController();
  const cancel = house.clock.after(house.seatGraceMs, () => late.abort());
  const comfort = new AbortController();
  line
    .say(call.language, ['seat-lost-apology'], AbortSignal.any([line.gone, comfort.signal]))
    .then(() => line.startMusic())
    .catch(() => {});
  try {
    for (;;) {
      const signal = AbortSignal.any([line.gone, late.signal]);
      const asked = await call.news.take(kinds('asked'), signal);
      if (asked.request === 'rejoin') {
        await carryOut(call, house, ring, talk, asked, comfort);
        if (call.leg && !call.leg.gone.aborted) return true;
      } else {
        asked.done.reject(new LegGone('seat-lost'));
      }
    }
  } catch (error) {
    if (late.signal.aborted) return false;
    throw error;
  } finally {
    cancel();
    comfort.abort();
  }
}

/** Rings the agent's new phone, which answers by itself, and puts it in the old one's place. */
async function takeNewLeg(
  call: LiveCall,
  house: House,
  ring: Ring,
  talk: Talk,
  comfort: AbortController,
): Promise<void> {
  const { callId, line } = call;
  const request = {
    callId,
    seatId: ring.seatId,
    legId: `leg-${newId()}`,
    recordingId: newId(),
    ringTimeoutMs: REJOIN_RING_MS,
    display: maskNumber(line.callerNumber),
    autoAnswer: true,
  };
  const result = await house.telephony.ringSeat(request, line.gone);
  if (result.kind === 'failed') throw new Error(`the phone did not answer: ${result.why}`);
  try {
    await talk.replaceLeg(result.leg);
    comfort.abort();
    await talk.resume();
  } catch (error) {
    await result.leg.hangUp();
    throw error;
  }
  call.leg = result.leg;
  const { seatId, agentId } = ring;
  house.record({ kind: 'call.rejoined', at: house.clock.now(), callId, seatId, agentId });
  house.dispatcher.submit({ kind: 'call-resumed', callId, seatId });
  startRecording(call, house, ring, result.leg);
  followRecording(call, house, result.leg);
}

/** Each leg is a recording of its own, from its answer to its end. */
function startRecording(call: LiveCall, house: House, ring: Ring, leg: Leg): void {
  const { seatId, agentId } = ring;
  const { recordingId } = leg;
  const at = house.clock.now();
  house.record({
    kind: 'recording.started',
    at,
    recordingId,
    callId: call.callId,
    seatId,
    agentId,
  });
}

/** When the leg is gone its recording is finished, off the call path. */
function followRecording(call: LiveCall, house: House, leg: Leg): void {
  const finish = () => house.finishRecording(leg.recordingId, call.callId);
  if (leg.gone.aborted) finish();
  else leg.gone.addEventListener('abort', finish, { once: true });
}

/** Requests that came too late are told so. */
function refuseAll(call: LiveCall): void {
  for (const news of call.news.drop((each) => each.kind === 'asked')) {
    if (news.kind === 'asked') news.done.reject(new LegGone('system'));
  }
}
