import { newId } from '../../kit/ids.ts';
import type { House } from '../house.ts';
import { kinds, type LiveCall, type LiveParty, type NewsOf } from '../live-call.ts';
import { ChannelGone, type Leg, LegGone, type Talk } from '../ports.ts';
import type { Next, Outside, Ring, Stage, Wait } from '../stage.ts';
import {
  callerBack,
  carryOut,
  type End,
  leaveThemTalking,
  nobodyBehind,
  type Talking,
} from './control.ts';
import { followRecording } from './leg-recording.ts';
import { hangUpUnheard, partyChanged, sendAway } from './party.ts';
import { seatCameBack } from './seat-return.ts';
import { endSelfService } from './self-service.ts';

type Conversation = Extract<Stage, { name: 'conversation' }>;

/** Caller and agent talk, until one of them leaves. */
export async function conversation(
  call: LiveCall,
  house: House,
  stage: Conversation,
): Promise<Next> {
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
    leaveSeat(call, house, ring, end);
    refuseAll(call);
    call.selfServiceResult = null;
    await sendAway(call, house, ring, call.taker);
    if (!end.isTakenOver) await sendAway(call, house, ring, call.party);
    await hangUpUnheard(call);
    await leg?.hangUp();
  }
  if (end.stays) return leftTalking(call, house, stage, end.stays);
  if (end.by === 'seat-lost') {
    return { name: 'waiting', ...wait, queueId: ring.queueId, hops: 0, after: 'seat-lost' };
  }
  if (end.transfer) return sentOn(call, house, stage, end.transfer);
  // Whom we called ourselves is not asked for a rating.
  if (end.rate && (call.line.direction === 'in' || call.isCallBack))
    return { name: 'rating', ring, asked: 0 };
  return { name: 'ended', ending: 'agent-hung-up' };
}

/** The caller goes on to another queue or seat, with the time of arrival they have. */
function sentOn(
  call: LiveCall,
  house: House,
  { wait, ring }: Conversation,
  to: NonNullable<End['transfer']>,
): Next {
  if (!('queueId' in to)) {
    const outside = outsideOf(ring, `out-${newId()}`, to.number);
    recordTransfer(call, house, ring, { queueId: ring.queueId, seatId: null, number: to.number });
    return { name: 'outside-ringing', wait: backFrom(wait, ring), outside };
  }
  const { queueId, seatId } = to;
  recordTransfer(call, house, ring, to);
  const wanted = seatId === null ? {} : { wantedSeatId: seatId };
  return { name: 'waiting', ...wait, queueId, hops: 0, after: 'transfer', ...wanted };
}

/** The agent's part is over; a colleague who stays has the call from now on. */
function leaveSeat({ callId }: LiveCall, { dispatcher }: House, ring: Ring, end: End): void {
  const { seatId } = ring;
  const { by, stays } = end;
  if (stays && 'guest' in stays.who) {
    const toSeatId = stays.who.guest.seatId;
    dispatcher.submit({ kind: 'call-handed-over', callId, seatId, toSeatId, by });
  } else dispatcher.submit({ kind: 'talk-ended', callId, seatId, by });
}

/** The agent has left caller and party to themselves. */
function leftTalking(
  call: LiveCall,
  house: House,
  { ring, wait }: Conversation,
  { leg, who }: LiveParty,
): Next {
  const { queueId } = ring;
  if ('guest' in who) {
    const { guest } = who;
    recordTransfer(call, house, ring, { queueId, seatId: guest.seatId });
    if (leg && 'seatId' in leg) call.leg = leg;
    return { name: 'conversation', wait, ring: guest, held: false, adopted: false };
  }
  const { number } = who;
  recordTransfer(call, house, ring, { queueId, seatId: null, number });
  if (leg && 'number' in leg) call.outside = leg;
  const { legId } = leg ?? { legId: '' };
  const outside = outsideOf(ring, legId, number);
  return { name: 'outside-talk', wait: backFrom(wait, ring), outside, adopted: false };
}

/** Who cannot be helped outside has the old place in the queue they came from. */
function backFrom(wait: Wait, { queueId }: Ring): Wait {
  return { ...wait, queueId, hops: 0, after: 'transfer' };
}

function outsideOf({ seatId, agentId }: Ring, legId: string, number: string): Outside {
  return { legId, number, agentId, seatId, recordingId: newId() };
}

function recordTransfer(
  { callId }: LiveCall,
  house: House,
  { seatId: fromSeatId, agentId }: Ring,
  to: { queueId: string; seatId: string | null; number?: string },
): void {
  const at = house.clock.now();
  house.record({ kind: 'call.transferred', at, callId, fromSeatId, agentId, ...to });
}

async function talkToTheEnd(call: LiveCall, house: House, stage: Conversation): Promise<End> {
  const { ring } = stage;
  if (!call.leg) return { by: 'seat-lost', rate: false };
  const handed = call.talk;
  call.talk = null;
  // Its recording goes on since before the restart: it is finished even if the two cannot be joined.
  if (!handed && stage.adopted) followRecording(call, house, call.leg);
  const talk = handed ?? (await joinOrNot(call, house, stage, call.leg));
  if (!talk) return { by: 'seat-lost', rate: false };
  const talking: Talking = { call, house, ring, talk };
  try {
    for (;;) {
      const next = await nextNews(call);
      if (next instanceof LegGone) {
        await endSelfService(talking, 'cut');
        const left = await leaveThemTalking(talking, next.by === 'seat-lost' ? next.by : 'agent');
        if (left) return left;
        if (next.by !== 'seat-lost') return talking.isKeptOut ? nobodyBehind(ring) : hungUp(next);
        if (!(await seatCameBack(call, house, ring, talk))) return { by: 'seat-lost', rate: false };
        talking.isKeptOut = false;
        continue;
      }
      if (next.kind === 'self-service-over') {
        if (next.stop !== call.selfService?.stop) continue;
        await endSelfService(talking, 'done');
        await backFromService(talking);
      } else if (next.kind !== 'asked') {
        await partyChanged(call, house, ring, talk, next);
        const taken = await leaveThemTalking(talking, 'transfer', call.taker);
        if (taken) return taken;
      } else {
        const end = await carryOut(talking, next);
        if (end) return end;
      }
    }
  } finally {
    await endSelfService(talking, 'cut');
    if (call.talk !== talk) await talk.close();
  }
}

/** A caller who cannot be let in hears music until the agent asks once more, or has gone. */
async function backFromService(talking: Talking): Promise<void> {
  const { call, house } = talking;
  const { callId, line } = call;
  try {
    await callerBack(talking);
  } catch (err) {
    line.gone.throwIfAborted();
    house.log.warn({ err, callId }, 'a caller is out of a self-service and not in the talk yet');
  }
}

/** The agent put the phone down. */
function hungUp({ by }: LegGone): End {
  return { by: 'agent', rate: by === 'agent' };
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

/** What the agent asks for next, what became of a party, or how the seat's phone went away. */
async function nextNews(
  call: LiveCall,
): Promise<NewsOf<'asked' | 'party' | 'party-gone' | 'self-service-over'> | LegGone> {
  const legGone = call.leg?.gone ?? AbortSignal.abort(new LegGone('seat-lost'));
  try {
    const gone = AbortSignal.any([call.line.gone, legGone]);
    return await call.news.take(kinds('asked', 'party', 'party-gone', 'self-service-over'), gone);
  } catch (error) {
    if (error instanceof LegGone) return error;
    throw error;
  }
}

/** Requests that came too late are told so. */
function refuseAll(call: LiveCall): void {
  for (const news of call.news.drop((each) => each.kind === 'asked')) {
    if (news.kind === 'asked') news.done.reject(new LegGone('system'));
  }
}
