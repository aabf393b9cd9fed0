import { type Leg, LegGone, type RingRequest, type RingResult } from '../src/calls/ports.ts';
import { deferred, waitOrAbort } from '../src/kit/abort.ts';
import { isUnanswered } from './ari-error.ts';
import type { RingOrder } from './ari-requests.ts';
import type { ChannelEnd, ChannelOwner, Exchange } from './exchange.ts';
import { endChannel } from './line.ts';

/** Where in the dialplan an answered seat begins to record itself before it comes to us. */
const seatContext = 'yihao-seat';
const unrecordedContext = 'yihao-seat-unrecorded';
/** If Asterisk has told nothing this long after the ring should be over, it will not. */
export const verdictGraceMs = 3_000;

/** The two ways phones are asked to answer by themselves; each maker reads one of them. */
const answerByItself = {
  'PJSIP_HEADER(add,Call-Info)': '<sip:yihao>;answer-after=0',
  'PJSIP_HEADER(add,Alert-Info)': '<sip:yihao>;info=alert-autoanswer;delay=0',
} as const;

/** Q.850 causes. 0 is a hang-up from the far side without a cause. */
const normalEnds: ReadonlySet<number> = new Set([0, 16]);
const userBusy = 17;
const callRejected = 21;

/** A seat's channel, from the ring to its end. */
export class SeatLeg implements Leg, ChannelOwner {
  readonly legId: string;
  readonly seatId: string;
  readonly recordingId: string;
  readonly gone: AbortSignal;
  readonly #exchange: Exchange;
  readonly #gone = new AbortController();
  readonly #verdict = deferred<RingResult>();
  #weHungUp = false;
  isPlaced: boolean;

  /** `isPlaced`: the channel exists already (an adopted leg). */
  constructor(
    exchange: Exchange,
    leg: { legId: string; seatId: string; recordingId: string },
    isPlaced: boolean,
  ) {
    this.#exchange = exchange;
    this.legId = leg.legId;
    this.seatId = leg.seatId;
    this.recordingId = leg.recordingId;
    this.isPlaced = isPlaced;
    this.gone = this.#gone.signal;
    exchange.owners.set(leg.legId, this);
  }

  /** Resolves when the phone is answered or the ring has failed. */
  get verdict(): Promise<RingResult> {
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
    this.#gone.abort(new LegGone(this.#weHungUp ? 'system' : sideOf(end)));
  }
}

/** Rings a seat's phone; see `Telephony.ringSeat`. */
export async function ringSeat(
  exchange: Exchange,
  request: RingRequest,
  signal: AbortSignal,
): Promise<RingResult> {
  signal.throwIfAborted();
  const order = orderOf(request);
  const leg = new SeatLeg(exchange, request, false);
  const giveUp = exchange.clock.after(request.ringTimeoutMs + verdictGraceMs, () => {
    void leg.hangUp();
    leg.ended({ why: 'vanished' });
  });
  try {
    await place(exchange, order, leg);
    return await waitOrAbort(leg.verdict, signal);
  } catch (error) {
    await leg.hangUp();
    throw error;
  } finally {
    giveUp();
  }
}

/** Asks Asterisk to ring. A refusal is a verdict; no answer leaves it open: the phone may be ringing. */
async function place(exchange: Exchange, order: RingOrder, leg: SeatLeg): Promise<void> {
  try {
    await exchange.link.ring(order);
  } catch (error) {
    if (!isUnanswered(error)) {
      // Asterisk answers 500 when the phone has no contact, that is when it is not registered.
      exchange.log.warn({ err: error, seatId: leg.seatId }, 'a seat could not be rung');
      leg.ended({ why: 'vanished' });
    }
  } finally {
    leg.isPlaced = true;
  }
}

function orderOf(request: RingRequest): RingOrder {
  return {
    channelId: plain(request.legId),
    endpoint: `PJSIP/${plain(request.seatId)}`,
    context: request.unrecorded ? unrecordedContext : seatContext,
    extension: 's',
    callerId: request.display.replace(/[^0-9+*#]/g, ''),
    timeoutMs: request.ringTimeoutMs,
    variables: {
      YIHAO_CALL: plain(request.callId),
      YIHAO_SEAT: plain(request.seatId),
      YIHAO_LEG: plain(request.legId),
      YIHAO_RECORDING: plain(request.recordingId),
      'PJSIP_HEADER(add,X-Yihao-Call)': plain(request.callId),
      ...(request.autoAnswer && answerByItself),
    },
  };
}

/** What goes into the dialplan is of our own making; this holds if that ever changes. */
export function plain(id: string): string {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(id))
    throw new TypeError(`not a plain id: ${JSON.stringify(id)}`);
  return id;
}

/** What an end before the answer means. */
export function failureOf(end: ChannelEnd): Extract<RingResult, { kind: 'failed' }>['why'] {
  if (end.why !== 'hung-up') return 'unreachable';
  if (end.cause === userBusy) return 'busy';
  if (end.cause === callRejected) return 'refused';
  // Asterisk's own time-out and a phone's 480 carry the same cause; a phone that rang was there.
  return end.wasRinging ? 'no-answer' : 'unreachable';
}

function sideOf(end: ChannelEnd): LegGone['by'] {
  return end.why === 'hung-up' && normalEnds.has(end.cause) ? 'agent' : 'seat-lost';
}
