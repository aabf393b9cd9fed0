import {
  type OutsideLeg,
  type OutsideRequest,
  type OutsideResult,
  PartyGone,
} from '../src/calls/ports.ts';
import { DialledChannel, dial } from './dialled.ts';
import type { ChannelEnd, Exchange } from './exchange.ts';
import type { OutboundDoor } from './outbound.ts';
import { plain } from './ring-seat.ts';

/** The endpoint calls to the outside are made from; nobody can call in through it. */
const endpoint = 'outside';

/** The channel to somebody outside, from dialling to its end. */
export class CalledParty extends DialledChannel implements OutsideLeg {
  readonly number: string;

  /** `isPlaced`: the channel exists already (an adopted one). */
  constructor(exchange: Exchange, party: { legId: string; number: string }, isPlaced: boolean) {
    super(exchange, party.legId, isPlaced);
    this.number = party.number;
  }

  protected override reasonOf(end: ChannelEnd | null): PartyGone {
    return new PartyGone(end === null ? 'system' : 'party');
  }
}

/** Calls somebody outside; see `Telephony.dialOut`. */
export async function dialOut(
  exchange: Exchange,
  door: OutboundDoor,
  request: OutsideRequest,
  signal: AbortSignal,
): Promise<OutsideResult> {
  signal.throwIfAborted();
  const { callId, legId, number, timeoutMs } = request;
  const { rules } = door;
  const refused = door.refusal(number);
  if (refused !== null || !rules) return { kind: 'failed', why: refused ?? 'not-allowed' };
  const order = {
    channelId: plain(legId),
    endpoint: `PJSIP/${endpoint}/sip:${rules.prefix}${number}@${rules.host}:${rules.port}`,
    args: ['outside', plain(callId), plain(legId), number],
    callerId: rules.callerId,
    timeoutMs,
  };
  const party = new CalledParty(exchange, request, false);
  door.passed(party.gone);
  const dialling = {
    timeoutMs,
    send: () => exchange.link.dial(order),
    refused: 'a number outside could not be dialled',
  };
  return dial(exchange, party, dialling, signal);
}
