import type { HangUpSide } from '../../events.ts';
import type { House } from '../house.ts';
import { type Asked, kinds, type LiveCall, type Transfer } from '../live-call.ts';
import { ChannelGone, type Leg, LegGone, type Talk } from '../ports.ts';
import type { Next, Ring, Stage } from '../stage.ts';
import { followRecording, startRecording } from './leg-recording.ts';
import { seatCameBack, takeNewLeg } from './seat-return.ts';

type Conversation = Extract<Stage, { name: 'conversation' }>;

/** How a conversation ended, and whether the caller is asked for a rating. */
interface End {
  by: HangUpSide;
  rate: boolean;
  /** Where the agent sent the caller on to. */
  transfer?: Transfer;
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
    return { name: 'waiting', ...wait, queueId: ring.queueId, hops: 0, after: 'seat-lost' };
  }
  if (end.transfer) return sentOn(call, house, stage, end.transfer);
  if (end.rate) return { name: 'rating', ring, asked: 0 };
  return { name: 'ended', ending: 'agent-hung-up' };
}

/** The caller goes on to another queue or seat, with the time of arrival they have. */
function sentOn(call: LiveCall, house: House, { wait, ring }: Conversation, to: Transfer): Next {
  const { callId } = call;
  const { seatId: fromSeatId, agentId } = ring;
  const { queueId, seatId } = to;
  const at = house.clock.now();
  house.record({ kind: 'call.transferred', at, callId, fromSeatId, agentId, queueId, seatId });
  const wanted = seatId === null ? {} : { wantedSeatId: seatId };
  return { name: 'waiting', ...wait, queueId, hops: 0, after: 'transfer', ...wanted };
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

/** Does one thing the agent asked for, and says whether that ended the conversation. */
async function carryOut(
  call: LiveCall,
  house: House,
  ring: Ring,
  talk: Talk,
  asked: Asked,
): Promise<End | null> {
  const { callId } = call;
  const { seatId } = ring;
  const { request } = asked;
  try {
    if (typeof request === 'object') return { by: 'transfer', rate: false, transfer: request };
    switch (request) {
      case 'hold':
        await talk.hold();
        house.dispatcher.submit({ kind: 'call-held', callId, seatId });
        return null;
      case 'resume':
        await talk.resume();
        house.dispatcher.submit({ kind: 'call-resumed', callId, seatId });
        return null;
      case 'rejoin':
        await takeNewLeg(call, house, ring, talk);
        return null;
      case 'hang-up':
        return { by: 'agent', rate: true };
      case 'release':
        return { by: 'agent', rate: false };
      default:
        return request satisfies never;
    }
  } catch (error) {
    asked.done.reject(error);
    call.line.gone.throwIfAborted();
    house.log.warn({ err: error, callId, request }, 'request could not be carried out');
    return null;
  } finally {
    asked.done.resolve();
  }
}

/** Requests that came too late are told so. */
function refuseAll(call: LiveCall): void {
  for (const news of call.news.drop((each) => each.kind === 'asked')) {
    if (news.kind === 'asked') news.done.reject(new LegGone('system'));
  }
}
