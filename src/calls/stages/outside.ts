import { deferred, waitOrAbort } from '../../kit/abort.ts';
import type { House } from '../house.ts';
import type { LiveCall } from '../live-call.ts';
import type { OutsideFailure, OutsideLeg, Talk } from '../ports.ts';
import type { Next, Outside, Stage, Wait } from '../stage.ts';
import { recordOn } from './leg-recording.ts';
import { OUTSIDE_RING_MS } from './party.ts';

const over: Next = { name: 'ended', ending: 'transferred-outside' };

/** The caller was sent on to somebody outside, who is being called; music meanwhile. */
export async function outsideRinging(
  call: LiveCall,
  house: House,
  { wait, outside }: Extract<Stage, { name: 'outside-ringing' }>,
): Promise<Next> {
  const { callId, line } = call;
  const { legId, number } = outside;
  line.startMusic().catch(() => {});
  const request = { callId, legId, number, timeoutMs: OUTSIDE_RING_MS };
  const result = await house.telephony.dialOut(request, line.gone);
  if (result.kind === 'failed') return notReached(call, house, { wait, outside }, result.why);
  call.outside = result.leg;
  return { name: 'outside-talk', wait, outside, adopted: false };
}

/** Nobody there: the caller gets a person of the queue they were in, in the old place. */
function notReached(
  { callId }: LiveCall,
  house: House,
  { wait, outside: { agentId, legId } }: { wait: Wait; outside: Outside },
  why: OutsideFailure,
): Next {
  house.record({ kind: 'call.party-failed', at: house.clock.now(), callId, agentId, legId, why });
  return { name: 'waiting', ...wait };
}

/** Caller and somebody outside talk, until one of them leaves. No agent is there any more. */
export async function outsideTalk(
  call: LiveCall,
  house: House,
  stage: Extract<Stage, { name: 'outside-talk' }>,
): Promise<Next> {
  const { callId, talk } = call;
  const { outside, wait, recorded = false } = stage;
  const { agentId, legId } = outside;
  let isTalk = false;
  await talkTogether(call, house, stage, () => {
    isTalk = true;
    // Whom the agent left the caller to had joined before.
    if (talk || recorded) return;
    house.record({ kind: 'call.party-joined', at: house.clock.now(), callId, agentId, legId });
  });
  // Never joined: nobody has helped the caller.
  return isTalk || !wait ? over : notReached(call, house, { wait, outside }, 'unreachable');
}

/** Joins the line and the leg outside and records them until one of the two leaves. */
export async function talkTogether(
  call: LiveCall,
  house: House,
  stage: Extract<Stage, { name: 'outside-talk' | 'relay-talk' }>,
  onJoined: () => void = () => {},
): Promise<void> {
  const { line, outside: leg } = call;
  if (!leg) return;
  let talk = call.talk;
  try {
    talk ??= await joinOutside(call, house, leg, stage.adopted);
    if (talk) onJoined();
    if (talk) void recordOn(call, house, stage.outside, leg, stage.recorded === true);
    if (talk) await waitOrAbort(deferred().promise, AbortSignal.any([line.gone, leg.gone]));
  } catch (error) {
    line.gone.throwIfAborted();
    if (!leg.gone.aborted) throw error;
  } finally {
    call.talk = null;
    call.outside = null;
    await talk?.close();
    await leg.hangUp();
  }
}

async function joinOutside(
  { callId, line }: LiveCall,
  { telephony, log }: House,
  leg: OutsideLeg,
  adopted: boolean,
): Promise<Talk | null> {
  try {
    return adopted
      ? await telephony.rejoin(callId, line, leg, false)
      : await telephony.join(callId, line, leg);
  } catch (err) {
    line.gone.throwIfAborted();
    log.warn({ err, callId }, 'caller and outside could not be joined');
    return null;
  }
}
