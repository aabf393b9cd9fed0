import { AppError } from '../../kit/errors.ts';
import { newId } from '../../kit/ids.ts';
import type { House } from '../house.ts';
import type { Invite, LiveCall, LiveParty, News, NewsOf, PartyResult } from '../live-call.ts';
import { LegGone, type OutsideFailure, type Talk } from '../ports.ts';
import type { Ring } from '../stage.ts';
import { followRecording, startRecording } from './leg-recording.ts';
import { ringRequest, warnAgent } from './ringing.ts';

/** Somebody outside is rung for this long. */
export const OUTSIDE_RING_MS = 45_000;
/** A colleague's phone rings this long. */
const GUEST_RING_MS = 20_000;

/** @throws AppError when the operator's settings do not let this number be called now */
export function needAllowed(house: House, number: string): void {
  const refusal = house.telephony.dialRefusal(number);
  if (refusal === 'not-allowed') throw new AppError('number-not-allowed');
  if (refusal === 'too-many') throw new AppError('lines-busy');
}

/** @throws AppError `dialled-too-often` when somebody has placed as many calls as one may within an hour */
export function needTurn(house: House, personId: string): void {
  if (!house.mayDial(personId)) throw new AppError('dialled-too-often');
}

/** Calls somebody while the talk goes on; what comes of it is news for the conversation. */
export function invite(call: LiveCall, house: House, ring: Ring, wanted: Invite): void {
  if (call.party || call.selfService) throw new AppError('not-now');
  if ('seatId' in wanted) {
    call.party = ringGuest(call, house, ring, wanted.seatId, { unasked: wanted.unasked === true });
    return;
  }
  const { number } = wanted;
  needAllowed(house, number);
  const stop = new AbortController();
  const unwanted = AbortSignal.any([stop.signal, call.line.gone]);
  const { callId } = call;
  const legId = `out-${newId()}`;
  call.party = { legId, who: { number }, leg: null, stop };
  const { agentId, seatId } = ring;
  const at = house.clock.now();
  house.record({ kind: 'call.party-dialled', at, callId, seatId, agentId, legId, number });
  const request = { callId, legId, number, timeoutMs: OUTSIDE_RING_MS };
  void tellResult(call, legId, house.telephony.dialOut(request, unwanted), unwanted);
}

/** How a leader comes: also from a seat that is not ready; to take the call over. */
interface Coming {
  unasked?: boolean;
  takesOver?: boolean;
}

/**
 * A leader comes unasked, and the call is theirs as soon as their phone has answered. Somebody outside
 * stays in the talk; a colleague who helped is out.
 * @throws AppError `seat-not-free`
 */
export async function intercept(
  call: LiveCall,
  house: House,
  ring: Ring,
  seatId: string,
): Promise<void> {
  const own = house.dispatcher.engine.seat(seatId);
  const isFree = own?.state === 'ready' || own?.state === 'not-ready';
  if (call.taker || !isFree) throw new AppError('seat-not-free', { seat: seatId });
  if (call.party && 'guest' in call.party.who) await sendAway(call, house, ring, call.party);
  const coming = { unasked: true, takesOver: true };
  call.taker = ringGuest(call, house, ring, seatId, coming);
}

/**
 * Rings another seat for the talk; `takesOver`: its phone answers by itself.
 * @throws AppError `seat-not-free`
 */
function ringGuest(
  call: LiveCall,
  house: House,
  ring: Ring,
  seatId: string,
  { unasked = false, takesOver = false }: Coming,
): LiveParty {
  const guest = takeGuest(call, house, ring, seatId, unasked);
  const stop = new AbortController();
  const unwanted = AbortSignal.any([stop.signal, call.line.gone]);
  const { legId, ringTimeoutMs } = guest;
  const plain = ringRequest(call, house, guest);
  const request = { ...plain, ringTimeoutMs, autoAnswer: takesOver || plain.autoAnswer };
  const rung = house.telephony.ringSeat(request, unwanted).then(async (result) => {
    if (result.kind === 'answered' && !takesOver) await warnAgent(house, result.leg);
    return result;
  });
  void tellResult(call, legId, rung, unwanted);
  return { legId, who: { guest }, leg: null, stop };
}

/** Reserves a seat. @throws AppError `seat-not-free` */
function takeGuest(
  { callId }: LiveCall,
  { dispatcher }: House,
  ring: Ring,
  seatId: string,
  unasked: boolean,
): Ring {
  const bySeatId = ring.seatId;
  const how = unasked ? { unasked } : {};
  dispatcher.submit({ kind: 'guest-wanted', callId, seatId, bySeatId, ...how });
  const seat = dispatcher.engine.seat(seatId);
  if (!seat?.isGuest || seat.callId !== callId) {
    throw new AppError('seat-not-free', { seat: seatId });
  }
  const { agentId } = seat;
  const { queueId } = ring;
  const ids = { legId: `leg-${newId()}`, recordingId: newId() };
  return { seatId, agentId, queueId, attempt: 0, ringTimeoutMs: GUEST_RING_MS, ...ids };
}

/** An answer that comes when nobody wants it any more is hung up. */
async function tellResult(
  { news }: LiveCall,
  legId: string,
  asked: Promise<PartyResult>,
  unwanted: AbortSignal,
): Promise<void> {
  let result: PartyResult = { kind: 'failed', why: 'unreachable' };
  try {
    result = await asked;
  } catch {
    // Stopped, or the exchange is away: nobody was reached.
  }
  if (!unwanted.aborted) news.put({ kind: 'party', legId, result });
  else if (result.kind === 'answered') await result.leg.hangUp();
}

/** The party answered, or did not, or has left. Of an earlier party only the line is left to close. */
export async function partyChanged(
  call: LiveCall,
  house: House,
  ring: Ring,
  talk: Talk,
  news: NewsOf<'party' | 'party-gone'>,
): Promise<void> {
  const party = [call.party, call.taker].find((one) => one?.legId === news.legId);
  if (!party) return hangUpAnswered(news);
  if (news.kind === 'party-gone') {
    forget(call, party);
    return left(call, house, ring, party, 'party');
  }
  const why = await letIn(call, talk, party, news.result);
  if (why === null) return joined(call, house, ring, party);
  forget(call, party);
  failed(call, house, ring, party, why);
}

function joined(call: LiveCall, house: House, ring: Ring, { who, legId, leg }: LiveParty): void {
  const { callId } = call;
  if ('guest' in who) {
    const { seatId } = who.guest;
    house.dispatcher.submit({ kind: 'guest-answered', callId, seatId });
    if (!leg || !('recordingId' in leg)) return;
    startRecording(call, house, who.guest, leg);
    return followRecording(call, house, leg);
  }
  const at = house.clock.now();
  house.record({ kind: 'call.party-joined', at, callId, agentId: ring.agentId, legId });
}

function failed(
  { callId }: LiveCall,
  house: House,
  { agentId }: Ring,
  { who, legId }: LiveParty,
  why: OutsideFailure,
): void {
  if ('number' in who) {
    const at = house.clock.now();
    return house.record({ kind: 'call.party-failed', at, callId, agentId, legId, why });
  }
  const { seatId } = who.guest;
  const isRing = why !== 'not-allowed' && why !== 'too-many';
  house.dispatcher.submit({
    kind: 'guest-over',
    callId,
    seatId,
    why: isRing ? why : 'unreachable',
  });
}

function left(
  { callId }: LiveCall,
  house: House,
  { agentId }: Ring,
  { who, legId, leg }: LiveParty,
  by: 'party' | 'agent',
): void {
  if ('number' in who) {
    const at = house.clock.now();
    return house.record({ kind: 'call.party-left', at, callId, agentId, legId, by });
  }
  const { seatId } = who.guest;
  const { reason } = leg?.gone ?? {};
  const isLost = reason instanceof LegGone && reason.by === 'seat-lost';
  const why = leg ? (isLost ? 'unreachable' : null) : 'withdrawn';
  house.dispatcher.submit({ kind: 'guest-over', callId, seatId, why });
}

/** Null when the party is in the talk, otherwise why not. */
async function letIn(
  call: LiveCall,
  talk: Talk,
  party: LiveParty,
  result: PartyResult,
): Promise<OutsideFailure | null> {
  if (result.kind === 'failed') return result.why;
  const { leg } = result;
  try {
    await talk.admit(leg);
  } catch {
    await leg.hangUp();
    call.line.gone.throwIfAborted();
    return 'unreachable';
  }
  party.leg = leg;
  const { news } = call;
  const tell = () => news.put({ kind: 'party-gone', legId: leg.legId });
  if (leg.gone.aborted) tell();
  else leg.gone.addEventListener('abort', tell, { once: true });
  return null;
}

/** Sends somebody away, or stops calling them; harmless when there is nobody. */
export async function sendAway(
  call: LiveCall,
  house: House,
  ring: Ring,
  party: LiveParty | null,
): Promise<void> {
  if (!party) return;
  forget(call, party);
  party.stop.abort();
  left(call, house, ring, party, 'agent');
  await party.leg?.hangUp();
}

/** Who answered when the conversation had no ear for it, and is not wanted any more, is hung up. */
export async function hangUpUnheard(call: LiveCall): Promise<void> {
  const wanted = call.party?.legId;
  const unheard = call.news.drop((news) => news.kind === 'party' && news.legId !== wanted);
  for (const news of unheard) await hangUpAnswered(news);
}

async function hangUpAnswered(news: News): Promise<void> {
  if (news.kind === 'party' && news.result.kind === 'answered') await news.result.leg.hangUp();
}

function forget(call: LiveCall, party: LiveParty): void {
  if (call.party === party) call.party = null;
  if (call.taker === party) call.taker = null;
}
