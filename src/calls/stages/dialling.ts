import type { EndingSlug } from '../../ending.ts';
import type { House } from '../house.ts';
import { kinds, type LiveCall } from '../live-call.ts';
import type { OutgoingLine, OutsideFailure } from '../ports.ts';
import type { Next, Ring, Stage } from '../stage.ts';
import { followRecording, startRecording } from './leg-recording.ts';
import { OUTSIDE_RING_MS } from './party.ts';
import { ringRequest } from './ringing.ts';

type Dialling = Extract<Stage, { name: 'dialling' }>;

/** How a call of ours ends that nobody took. */
export const endingOfFailure: Record<OutsideFailure, EndingSlug> = {
  'no-answer': 'out-no-answer',
  busy: 'out-busy',
  refused: 'out-refused',
  unreachable: 'out-unreachable',
  'not-allowed': 'out-unreachable',
  'too-many': 'out-unreachable',
};

/**
 * An agent calls somebody (外呼): the agent's phone first, which answers by itself, then theirs. The
 * agent may give up until they answer.
 */
export async function dialling(call: LiveCall, house: House, stage: Dialling): Promise<Next> {
  const { callId, line, outgoing } = call;
  const { ring, wait } = stage;
  const { seatId } = ring;
  const { dispatcher } = house;
  if (!outgoing) return over('error');
  const givenUp = new AbortController();
  const decided = new AbortController();
  void heedGivingUp(call, givenUp, AbortSignal.any([decided.signal, line.gone]));
  const stop = AbortSignal.any([givenUp.signal, line.gone]);
  let isTalk = false;
  try {
    const ended = await reach(call, house, ring, outgoing, stop);
    if (ended !== null) return over(ended);
    isTalk = true;
    return { name: 'conversation', wait, ring, held: false, adopted: false };
  } catch (error) {
    // The agent gave up, by the desk or by putting the phone down.
    if (givenUp.signal.aborted || call.leg?.gone.aborted) return over('out-given-up');
    throw error;
  } finally {
    decided.abort();
    if (!isTalk) {
      const leg = call.leg;
      call.leg = null;
      dispatcher.submit({ kind: 'dial-over', callId, seatId, why: null });
      await leg?.hangUp();
    }
  }
}

function over(ending: EndingSlug): Next {
  return { name: 'ended', ending };
}

/** Null when agent and the one called are in a talk, otherwise how the call ended. */
async function reach(
  call: LiveCall,
  house: House,
  ring: Ring,
  outgoing: OutgoingLine,
  stop: AbortSignal,
): Promise<EndingSlug | null> {
  const { callId } = call;
  const { dispatcher, telephony } = house;
  const { seatId, queueId } = ring;
  const request = { ...ringRequest(call, house, ring), autoAnswer: true };
  const rung = await telephony.ringSeat(request, stop);
  if (rung.kind === 'failed') {
    dispatcher.submit({ kind: 'dial-over', callId, seatId, why: rung.why });
    return 'out-seat-failed';
  }
  const { leg } = rung;
  call.leg = leg;
  startRecording(call, house, ring, leg);
  followRecording(call, house, leg);
  const answered = new AbortController();
  const tone = telephony.playTone(leg, 'ring-back', answered.signal);
  const wanted = AbortSignal.any([stop, leg.gone]);
  const result = await outgoing.dial(OUTSIDE_RING_MS, wanted).finally(() => answered.abort());
  // A phone that still plays a tone would be let into the talk behind it.
  await tone;
  if (result !== 'answered') return endingOfFailure[result];
  call.talk = await telephony.join(callId, call.line, leg);
  dispatcher.submit({ kind: 'dial-answered', callId, seatId, queueId });
  return null;
}

/** Until the talk begins there is only one thing to ask of the call: to leave it. */
async function heedGivingUp(
  { news }: LiveCall,
  givenUp: AbortController,
  over: AbortSignal,
): Promise<void> {
  try {
    for (;;) {
      const { request, done } = await news.take(kinds('asked'), over);
      if (request === 'hang-up' || request === 'release') givenUp.abort();
      else done.reject(new Error('nobody has answered yet'));
      done.resolve();
    }
  } catch {
    // The talk began, or the call is over.
  }
}
