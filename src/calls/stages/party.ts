import { AppError } from '../../kit/errors.ts';
import { newId } from '../../kit/ids.ts';
import type { House } from '../house.ts';
import type { Invite, LiveCall, LiveParty, NewsOf } from '../live-call.ts';
import type { OutsideRequest, OutsideResult, Talk } from '../ports.ts';
import type { Ring } from '../stage.ts';

/** Somebody outside is rung for this long. */
export const OUTSIDE_RING_MS = 45_000;

/** @throws AppError when the operator's settings do not let this number be called now */
export function needAllowed(house: House, number: string): void {
  const refusal = house.telephony.dialRefusal(number);
  if (refusal === 'not-allowed') throw new AppError('number-not-allowed');
  if (refusal === 'too-many') throw new AppError('lines-busy');
}

/** Calls somebody outside while the talk goes on; what comes of it is news for the conversation. */
export function invite(call: LiveCall, house: House, ring: Ring, { number }: Invite): void {
  if (call.party) throw new AppError('not-now');
  needAllowed(house, number);
  const { callId } = call;
  const legId = `out-${newId()}`;
  const stop = new AbortController();
  call.party = { legId, number, leg: null, stop };
  const { agentId, seatId } = ring;
  const at = house.clock.now();
  house.record({ kind: 'call.party-dialled', at, callId, seatId, agentId, legId, number });
  const request = { callId, legId, number, timeoutMs: OUTSIDE_RING_MS };
  void ringOutside(call, house, { callId, legId, number, timeoutMs: OUTSIDE_RING_MS }, stop.signal);
}

/** An answer that comes when nobody wants it any more is hung up. */
async function ringOutside(
  { line, news }: LiveCall,
  { telephony }: House,
  request: OutsideRequest,
  stop: AbortSignal,
): Promise<void> {
  const { legId } = request;
  const unwanted = AbortSignal.any([stop, line.gone]);
  let result: OutsideResult = { kind: 'failed', why: 'unreachable' };
  try {
    result = await telephony.dialOut(request, unwanted);
  } catch {
    // Stopped, or the exchange is away: nobody was reached.
  }
  if (!unwanted.aborted) news.put({ kind: 'party', legId, result });
  else if (result.kind === 'answered') await result.leg.hangUp();
}

/** The party answered, or did not, or has left. News of an earlier party is no news any more. */
export async function partyChanged(
  call: LiveCall,
  house: House,
  ring: Ring,
  talk: Talk,
  news: NewsOf<'party' | 'party-gone'>,
): Promise<void> {
  const { party } = call;
  const { legId } = news;
  if (party?.legId !== legId) return;
  const told = { callId: call.callId, agentId: ring.agentId, legId };
  if (news.kind === 'party-gone') {
    call.party = null;
    house.record({ kind: 'call.party-left', at: house.clock.now(), ...told, by: 'party' });
    return;
  }
  const why = await letIn(call, talk, party, news.result);
  const at = house.clock.now();
  if (why === null) return house.record({ kind: 'call.party-joined', at, ...told });
  call.party = null;
  house.record({ kind: 'call.party-failed', at, ...told, why });
}

/** Null when the party is in the talk, otherwise why not. */
async function letIn(call: LiveCall, talk: Talk, party: LiveParty, result: OutsideResult) {
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

/** Sends the party away, or stops calling them; harmless when there is none. */
export async function sendPartyAway(call: LiveCall, house: House, ring: Ring): Promise<void> {
  const { party, callId } = call;
  if (!party) return;
  call.party = null;
  party.stop.abort();
  const { legId, leg } = party;
  const { agentId } = ring;
  const at = house.clock.now();
  house.record({ kind: 'call.party-left', at, callId, agentId, legId, by: 'agent' });
  await leg?.hangUp();
}
