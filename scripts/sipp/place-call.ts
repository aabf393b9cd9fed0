import { deferred } from '../../src/kit/abort.ts';
import { type Address, Gate } from './gate.ts';
import { RtpPhone } from './rtp-phone.ts';
import { type Sipp, startSipp } from './sipp.ts';
import { type SipMessage, tagOf } from './wire.ts';

/** What to dial. */
export interface CallRequest {
  /** The exchange's SIP address. */
  exchange: Address;
  /** The number dialled, e.g. `12345`. */
  to: string;
  /** The caller's number. */
  from: string;
  /** Spoken from the answer on, 8 kHz; silence otherwise. */
  sound?: Int16Array;
  loop?: boolean;
  /** Keep what the caller hears, for `heard()`. */
  keepHeard?: boolean;
}

/** How a call ended, seen from the caller's phone. */
export interface CallOutcome {
  answered: boolean;
  /** The exchange's final answer: 200, or why not. Undefined when the caller gave up before. */
  status: number | undefined;
  endedBy: 'caller' | 'exchange';
  /** From the first INVITE to the answer, milliseconds. */
  answeredAfterMs: number | undefined;
  /** From the answer to the end, milliseconds. */
  talkedMs: number;
}

/**
 * A real SIP call: SIPp speaks SIP, `RtpPhone` is ear and mouth. The call's end has to be waited for
 * (`ended`), or `hangUp` called, to free its sockets.
 */
export class Call {
  readonly #gate: Gate;
  readonly #phone: RtpPhone;
  readonly #sipp: Sipp;
  #startedAt = performance.now();
  readonly #reached = deferred<void>();
  readonly #answered = deferred<boolean>();
  #callId = '';
  #peerTag = '';
  #status: number | undefined;
  #answeredAt: number | undefined;
  #endedAt: number | undefined;
  #endedBy: 'caller' | 'exchange' = 'exchange';
  #isLeaving = false;
  /** Resolves when the call is over, for whatever reason. */
  readonly ended: Promise<CallOutcome>;

  constructor(gate: Gate, phone: RtpPhone, sipp: Sipp, request: CallRequest) {
    this.#gate = gate;
    this.#phone = phone;
    this.#sipp = sipp;
    gate.listen((message, from) => this.#see(message, from));
    if (request.sound) phone.play(request.sound, request.loop);
    this.ended = this.#finish();
  }

  /** True once the exchange's answer is acknowledged, false when the call ended without one. */
  get answered(): Promise<boolean> {
    return this.#answered.promise;
  }

  /** Presses keys, as a person would: 100 ms each. */
  press(keys: string): void {
    this.#phone.press(keys);
  }

  play(sound: Int16Array, loop = false): void {
    this.#phone.play(sound, loop);
  }

  /** What the caller has heard so far; needs `keepHeard`. */
  heard(): Int16Array {
    return this.#phone.heard();
  }

  /** Ends the call from the caller's side, also while it is not answered yet. */
  async hangUp(): Promise<CallOutcome> {
    await Promise.race([this.#reached.promise, this.ended]);
    // Between the answer and its ACK SIPp takes no order, and a second one it would stumble over.
    if (this.#status === 200) await this.answered;
    if (!this.#isLeaving) this.#gate.order(this.#callId, this.#peerTag, 'hang-up');
    this.#isLeaving = true;
    return this.ended;
  }

  #see(message: SipMessage, from: 'phone' | 'exchange'): void {
    if (this.#callId === '') this.#startedAt = performance.now();
    this.#callId = message.callId;
    // RFC 3261 §9.1: a CANCEL has to wait for the first answer.
    if (from === 'exchange') this.#reached.resolve();
    const isFinal = (message.status ?? 0) >= 200;
    if (from === 'exchange' && isFinal && message.cseq.endsWith(' INVITE')) this.#conclude(message);
    if (from === 'phone' && message.method === 'ACK' && this.#status === 200) {
      this.#answered.resolve(true);
    }
    const isEnd = message.method === 'BYE' || message.method === 'CANCEL';
    if (isEnd && this.#endedAt === undefined) {
      this.#endedAt = performance.now();
      this.#endedBy = from === 'phone' ? 'caller' : 'exchange';
    }
  }

  #conclude(message: SipMessage): void {
    if (this.#status !== undefined) return;
    this.#status = message.status;
    this.#peerTag = tagOf(message.text, 'To');
    if (message.status !== 200) return;
    this.#answeredAt = performance.now();
    if (message.media) this.#phone.connect(message.media);
  }

  async #finish(): Promise<CallOutcome> {
    const { complaint } = await this.#sipp.ended;
    this.#answered.resolve(false);
    this.#phone.close();
    this.#gate.close();
    const endedAt = this.#endedAt ?? performance.now();
    if (this.#status === undefined && this.#endedAt === undefined) {
      throw new Error(
        `the call could not be placed: ${complaint || 'no answer from the exchange'}`,
      );
    }
    return {
      answered: this.#answeredAt !== undefined,
      status: this.#status,
      endedBy: this.#endedBy,
      answeredAfterMs:
        this.#answeredAt === undefined ? undefined : this.#answeredAt - this.#startedAt,
      talkedMs: this.#answeredAt === undefined ? 0 : Math.max(0, endedAt - this.#answeredAt),
    };
  }
}

/** Dials. Resolves as soon as the INVITE is on its way; what follows is the returned call's. */
export async function placeCall(request: CallRequest): Promise<Call> {
  const phone = await RtpPhone.open(request.keepHeard ?? false);
  const gate = await Gate.open(request.exchange, () => phone.port);
  const keys = { to: request.to, from: request.from };
  const sipp = await startSipp('caller', gate, keys, ['-m', '1', '-recv_timeout', '7200000']);
  return new Call(gate, phone, sipp, request);
}
