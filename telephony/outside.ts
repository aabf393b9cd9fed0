import {
  type OutgoingLine,
  type OutgoingRequest,
  type OutsideFailure,
  type OutsideLeg,
  type OutsideRequest,
  type OutsideResult,
  PartyGone,
} from '../src/calls/ports.ts';
import { DialledChannel, dial } from './dialled.ts';
import type { ChannelEnd, Exchange } from './exchange.ts';
import { CallerLine } from './line.ts';
import type { OutboundDoor, OutboundRules } from './outbound.ts';
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
    ...addressOf(rules, number),
    args: ['outside', plain(callId), plain(legId), number],
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

/** Where a number outside is called, and what is shown there. */
export function addressOf({ prefix, host, port, callerId }: OutboundRules, number: string) {
  return { endpoint: `PJSIP/${endpoint}/sip:${prefix}${number}@${host}:${port}`, callerId };
}

/** The channel of a line while it rings; the line itself hears what happens to it afterwards. */
class RingingLine extends DialledChannel {
  readonly #line: CalledLine;
  readonly #exchange: Exchange;

  constructor(exchange: Exchange, line: CalledLine) {
    super(exchange, line.channelId, false);
    this.#line = line;
    this.#exchange = exchange;
  }

  override entered(): void {
    this.#exchange.owners.set(this.legId, this.#line);
    super.entered();
  }

  override ended(end: ChannelEnd): void {
    super.ended(end);
    this.#line.ended(end);
  }

  protected override reasonOf(end: ChannelEnd | null): PartyGone {
    return new PartyGone(end === null ? 'system' : 'party');
  }
}

/** A line to somebody we call; see `Telephony.lineTo`. */
export class CalledLine extends CallerLine implements OutgoingLine {
  readonly #exchange: Exchange;
  readonly #door: OutboundDoor;
  readonly #callId: string;

  constructor(exchange: Exchange, door: OutboundDoor, request: OutgoingRequest) {
    super(exchange, {
      channelId: plain(request.channelId),
      callerNumber: request.number,
      dialledNumber: door.rules?.callerId ?? '',
      arrivedAt: exchange.clock.now(),
      direction: 'out',
      music: 'off',
    });
    this.#exchange = exchange;
    this.#door = door;
    this.#callId = plain(request.callId);
  }

  async dial(timeoutMs: number, signal: AbortSignal): Promise<'answered' | OutsideFailure> {
    signal.throwIfAborted();
    const { channelId, callerNumber: number, dialledNumber } = this;
    const { rules } = this.#door;
    const refused = this.#door.refusal(number);
    if (refused !== null || !rules) return refused ?? 'not-allowed';
    const order = {
      channelId,
      ...addressOf(rules, number),
      args: ['called', this.#callId, dialledNumber, number],
      timeoutMs,
    };
    const ringing = new RingingLine(this.#exchange, this);
    this.#door.passed(this.gone);
    const dialling = {
      timeoutMs,
      send: () => this.#exchange.link.dial(order),
      refused: 'a number outside could not be dialled',
    };
    const result = await dial(this.#exchange, ringing, dialling, signal);
    return result.kind === 'answered' ? 'answered' : result.why;
  }
}
