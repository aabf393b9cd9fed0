import type { HangUpSide } from '../../events.ts';
import { AppError } from '../../kit/errors.ts';
import type { House } from '../house.ts';
import type {
  Asked,
  LiveCall,
  LiveParty,
  OutsideTransfer,
  SendKeys,
  Transfer,
} from '../live-call.ts';
import type { Talk } from '../ports.ts';
import type { Ring } from '../stage.ts';
import { intercept, invite, needAllowed, sendAway } from './party.ts';
import { takeNewLeg } from './seat-return.ts';
import { endSelfService, sendIntoSelfService } from './self-service.ts';

/** How a conversation ended, and whether the caller is asked for a rating. */
export interface End {
  by: HangUpSide;
  rate: boolean;
  /** Where the agent sent the caller on to. */
  transfer?: Transfer | OutsideTransfer;
  /** Caller and party go on without the agent. */
  stays?: LiveParty;
  /** It is a leader who took the call over: who else was asked in stays, too. */
  isTakenOver?: true;
}

/** The conversation whose agent asks. */
export interface Talking {
  call: LiveCall;
  house: House;
  ring: Ring;
  talk: Talk;
  /** The caller is out of a self-service and not in the talk again: whose agent goes is not served. */
  isKeptOut?: boolean;
}

/** Does one thing the agent asked for, and says whether that ended the conversation. */
export async function carryOut(talking: Talking, asked: Asked): Promise<End | null> {
  const { call, house } = talking;
  const { request } = asked;
  try {
    if (typeof request === 'object') return await withNumber(talking, request);
    return await acts[request](talking);
  } catch (err) {
    asked.done.reject(err);
    call.line.gone.throwIfAborted();
    if (!(err instanceof AppError)) {
      const { callId } = call;
      house.log.warn({ err, callId }, 'request could not be carried out');
    }
    return null;
  } finally {
    asked.done.resolve();
  }
}

type Act = (talking: Talking) => Promise<End | null>;

const acts: Record<Extract<Asked['request'], string>, Act> = {
  async hold({ call: { callId }, house, ring: { seatId }, talk }) {
    await talk.hold();
    house.dispatcher.submit({ kind: 'call-held', callId, seatId });
    return null;
  },
  async resume(talking) {
    await endSelfService(talking, 'taken-back');
    await callerBack(talking);
    return null;
  },
  async mute({ talk }) {
    await talk.mute(true);
    return null;
  },
  async unmute({ talk }) {
    await talk.mute(false);
    return null;
  },
  async rejoin(talking) {
    const { call, house, ring, talk } = talking;
    await takeNewLeg(call, house, ring, talk);
    talking.isKeptOut = false;
    return null;
  },
  async dismiss({ call, house, ring }) {
    if (!call.party) throw new AppError('not-now');
    await sendAway(call, house, ring, call.party);
    return null;
  },
  async return(talking) {
    await acts.dismiss(talking);
    return acts.resume(talking);
  },
  async 'hand-over'(talking) {
    const end = await leaveThemTalking(talking, 'transfer');
    if (!end) throw new AppError('not-now');
    return end;
  },
  async 'hang-up'(talking) {
    await endSelfService(talking, 'cut');
    const left = await leaveThemTalking(talking, 'agent');
    if (left) return left;
    return talking.isKeptOut ? nobodyBehind(talking.ring) : { by: 'agent', rate: true };
  },
  /** Ends it for all of them. */
  async release() {
    return { by: 'agent', rate: false };
  },
};

async function withNumber(
  talking: Talking,
  request: Exclude<Asked['request'], string>,
): Promise<End | null> {
  const { call, house, ring } = talking;
  if ('queueId' in request) return { by: 'transfer', rate: false, transfer: request };
  if (request.do === 'transfer-outside') {
    needAllowed(house, request.number);
    return { by: 'transfer', rate: false, transfer: request };
  }
  if (request.do === 'keys') {
    await sendKeys(talking, request);
    return null;
  }
  if (request.do === 'self-service') {
    await sendIntoSelfService(talking, request.serviceId);
    return null;
  }
  if (request.do === 'intercept') {
    await endSelfService(talking, 'cut');
    await intercept(call, house, ring, request.seatId);
    return null;
  }
  invite(call, house, ring, request);
  return request.hold ? acts.hold(talking) : null;
}

/** A caller who comes out of a self-service finds no agent: whoever is free takes them next. */
export function nobodyBehind({ queueId }: Ring): End {
  return { by: 'agent', rate: false, transfer: { queueId, seatId: null } };
}

/** From hold, or from a self-service, into the talk again. */
export async function callerBack(talking: Talking): Promise<void> {
  const { call, house, ring, talk } = talking;
  const { callId, line } = call;
  try {
    await talk.resume();
  } catch (error) {
    line.gone.throwIfAborted();
    // Neither in silence nor taken for back: the agent may ask once more.
    await talk.hold().catch(() => {});
    await line.startMusic().catch(() => {});
    throw error;
  }
  talking.isKeptOut = false;
  house.dispatcher.submit({ kind: 'call-resumed', callId, seatId: ring.seatId });
}

async function sendKeys({ call, house, ring }: Talking, { to, keys }: SendKeys): Promise<void> {
  const receiver = to === 'caller' ? call.line : call.party?.leg;
  if (!receiver) throw new AppError('not-now');
  await house.telephony.sendKeys(receiver, keys);
  const { callId } = call;
  const { seatId, agentId } = ring;
  const at = house.clock.now();
  house.record({ kind: 'call.keys-sent', at, callId, seatId, agentId, to, count: keys.length });
}

/**
 * The agent leaves and the party who is in the talk stays with the caller, without a gap.
 * Null when there is no such party.
 */
export async function leaveThemTalking(
  { call, house, talk }: Talking,
  by: HangUpSide,
  stays = call.party,
): Promise<End | null> {
  if (!stays?.leg || stays.leg.gone.aborted) return null;
  try {
    await talk.leaveTo(stays.leg);
  } catch (err) {
    call.line.gone.throwIfAborted();
    house.log.warn(
      { err, callId: call.callId },
      'the agent could not leave the talk to the others',
    );
    return null;
  }
  const isTakenOver = call.taker === stays;
  if (isTakenOver) call.taker = null;
  else call.party = null;
  call.talk = talk;
  return { by, rate: false, stays, ...(isTakenOver && { isTakenOver }) };
}
