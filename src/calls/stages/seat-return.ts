import { newId } from '../../kit/ids.ts';
import { maskNumber } from '../../kit/mask.ts';
import type { House } from '../house.ts';
import { type Asked, kinds, type LiveCall } from '../live-call.ts';
import { LegGone, type Talk } from '../ports.ts';
import type { Ring } from '../stage.ts';
import { followRecording, startRecording } from './leg-recording.ts';

/** How long a reloaded browser's phone may take to answer by itself. */
const REJOIN_RING_MS = 10_000;

/**
 * The seat lost its phone: the caller hears an apology and music instead of silence, and the agent
 * who comes back within the grace time gets the same call.
 */
export async function seatCameBack(
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
  const cancel = house.clock.after(house.seatGraceMs(), () => late.abort());
  const comfort = new AbortController();
  line
    .say(call.language, ['seat-lost-apology'], AbortSignal.any([line.gone, comfort.signal]))
    .then(() => line.startMusic())
    .catch(() => {});
  try {
    for (;;) {
      const signal = AbortSignal.any([line.gone, late.signal]);
      const asked = await call.news.take(kinds('asked'), signal);
      if (asked.request !== 'rejoin') {
        asked.done.reject(new LegGone('seat-lost'));
      } else if (await tryNewLeg(call, house, ring, talk, asked, comfort)) {
        return true;
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

async function tryNewLeg(
  call: LiveCall,
  house: House,
  ring: Ring,
  talk: Talk,
  asked: Asked,
  comfort: AbortController,
): Promise<boolean> {
  try {
    await takeNewLeg(call, house, ring, talk, comfort);
    asked.done.resolve();
    return true;
  } catch (error) {
    asked.done.reject(error);
    call.line.gone.throwIfAborted();
    house.log.warn({ err: error, callId: call.callId }, 'the seat could not take its call back');
    return false;
  }
}

/**
 * Rings the agent's new phone, which answers by itself, and puts it in the old one's place.
 * `comfort` is what the caller hears meanwhile; it ends before the two are joined again.
 */
export async function takeNewLeg(
  call: LiveCall,
  house: House,
  ring: Ring,
  talk: Talk,
  comfort = new AbortController(),
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
