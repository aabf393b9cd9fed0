import {
  type OutsideLeg,
  type OutsideRequest,
  type OutsideResult,
  PartyGone,
} from '../src/calls/ports.ts';
import { deferred, waitOrAbort } from '../src/kit/abort.ts';
import { isUnanswered } from './ari-error.ts';
import type { ChannelEnd, ChannelOwner, Exchange } from './exchange.ts';
import { endChannel } from './line.ts';
import type { OutboundDoor, OutboundRules } from './outbound.ts';
import { failureOf, plain, verdictGraceMs } from './ring-seat.ts';

/** The endpoint calls to the outside are made from; nobody can call in through it. */
const endpoint = 'outside';

/** The channel to somebody outside, from dialling to its end. */
export class CalledParty implements OutsideLeg, ChannelOwner {
  readonly legId: string;
  readonly number: string;
  readonly gone: AbortSignal;
  readonly #exchange: Exchange;
  readonly #gone = new AbortController();
  readonly #verdict = deferred<OutsideResult>();
  #weHungUp = false;
  isPlaced: boolean;

  /** `isPlaced`: the channel exists already (an adopted one). */
  constructor(exchange: Exchange, party: { legId: string; number: string }, isPlaced: boolean) {
    this.#exchange = exchange;
    this.legId = party.legId;
    this.number = party.number;
    this.isPlaced = isPlaced;
    this.gone = this.#gone.signal;
    exchange.owners.set(party.legId, this);
  }

  /** Resolves when somebody answers or nobody will. */
  get verdict(): Promise<OutsideResult> {
    return this.#verdict.promise;
  }

  async hangUp(): Promise<void> {
    this.#weHungUp = true;
    if (this.gone.aborted) return;
    await endChannel(this.#exchange, this.legId, this.gone);
  }

  entered(): void {
    this.#verdict.resolve({ kind: 'answered', leg: this });
  }

  key(): void {}

  ended(end: ChannelEnd): void {
    this.#exchange.owners.delete(this.legId);
    this.#verdict.resolve({ kind: 'failed', why: failureOf(end) });
    this.#gone.abort(new PartyGone(this.#weHungUp ? 'system' : 'party'));
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
  const { number } = request;
  const { rules } = door;
  const refused = door.refusal(number);
  if (refused !== null || !rules) return { kind: 'failed', why: refused ?? 'not-allowed' };
  const party = new CalledParty(exchange, request, false);
  door.passed(party.gone);
  const giveUp = exchange.clock.after(request.timeoutMs + verdictGraceMs, () => {
    void party.hangUp();
    party.ended({ why: 'vanished' });
  });
  try {
    await place(exchange, rules, request, party);
    return await waitOrAbort(party.verdict, signal);
  } catch (error) {
    await party.hangUp();
    throw error;
  } finally {
    giveUp();
  }
}

async function place(
  exchange: Exchange,
  rules: OutboundRules,
  { callId, legId, number, timeoutMs }: OutsideRequest,
  party: CalledParty,
): Promise<void> {
  try {
    await exchange.link.dial({
      channelId: plain(legId),
      endpoint: `PJSIP/${endpoint}/sip:${rules.prefix}${number}@${rules.host}:${rules.port}`,
      args: ['outside', plain(callId), plain(legId), number],
      callerId: rules.callerId,
      timeoutMs,
    });
  } catch (error) {
    // Without an answer nobody knows: it may be ringing.
    if (!isUnanswered(error)) {
      exchange.log.warn({ err: error }, 'a number outside could not be dialled');
      party.ended({ why: 'vanished' });
    }
  } finally {
    party.isPlaced = true;
  }
}
