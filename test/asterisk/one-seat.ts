import type { Line, RingRequest, Telephony } from '../../src/calls/ports.ts';
import { newId } from '../../src/kit/ids.ts';
import type { OutboundRules } from '../../telephony/outbound.ts';
import { type AsteriskRig, openSeat, openTelephony, rigPorts } from '../support/real-exchange.ts';
import { SipPhone } from '../support/sip-phone.ts';
import { until } from '../support/until.ts';

/** For what is never given up. */
export const never = new AbortController().signal;

/** A telephony on a real Asterisk, the seat S101 with its phone, and whoever dials. */
export class OneSeat {
  readonly rig: AsteriskRig;
  readonly telephony: Telephony;
  readonly seat: SipPhone;
  /** Callers who have come, newest last. */
  readonly lines: Line[] = [];
  /** What was told of phones: the seat, and whether it can be reached. */
  readonly phones: [string, boolean][] = [];
  readonly #callers: SipPhone[] = [];

  private constructor(rig: AsteriskRig, telephony: Telephony, seat: SipPhone) {
    this.rig = rig;
    this.telephony = telephony;
    this.seat = seat;
    this.listenTo(telephony);
  }

  /** @param ariUrl where the exchange is reached, if not directly */
  static async open(rig: AsteriskRig, ariUrl?: string, outbound?: OutboundRules): Promise<OneSeat> {
    const { telephony } = await openTelephony(rig, ariUrl, outbound);
    return new OneSeat(rig, telephony, await openSeat(telephony, 'S101'));
  }

  /** Takes note of callers and phones: of this telephony, or of that of a server started later. */
  listenTo(telephony: Telephony): void {
    telephony.listen({
      onCaller: (line) => this.lines.push(line),
      onPhone: (...change) => this.phones.push(change),
      onConnection: () => {},
    });
  }

  /** A telephone in the city. */
  async openCaller(number = '13800001234'): Promise<SipPhone> {
    const phone = await SipPhone.open(rigPorts.sipPort, number);
    this.#callers.push(phone);
    return phone;
  }

  /** Somebody dials the hotline and has arrived. */
  async dial() {
    const before = this.lines.length;
    const phone = await this.openCaller();
    const call = await phone.call('12345');
    await until(() => this.lines.length > before);
    const line = this.lines.at(-1);
    if (!line) throw new Error('no caller arrived');
    return { call, line };
  }

  /** Somebody dials the hotline, and we answer. */
  async answerCaller() {
    const { call, line } = await this.dial();
    await line.answer();
    await call.answered;
    return { call, line };
  }

  /** The seat is rung and answers. */
  answeredSeat(change: Partial<RingRequest> = {}) {
    return answeredAt(this.telephony, this.seat, change);
  }

  /** Asks the exchange itself, past the telephony. */
  async ask(method: string, path: string, body?: object): Promise<Response> {
    const { ariUrl, ariUser, ariPassword } = this.rig.asterisk;
    const basic = Buffer.from(`${ariUser}:${ariPassword}`).toString('base64');
    return await fetch(`${ariUrl}/ari/${path}`, {
      method,
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  /** How many channels there are in the exchange. */
  async channelCount(): Promise<number> {
    return ((await (await this.ask('GET', 'channels')).json()) as unknown[]).length;
  }

  /** We hang up on every caller. */
  async hangUpOnAll(): Promise<void> {
    for (const line of this.lines.splice(0)) await line.hangUp();
  }

  async close(): Promise<void> {
    this.seat.close();
    for (const phone of this.#callers) phone.close();
    await this.telephony.close();
  }
}

/** The order to ring S101, unless another seat is named. */
export function ringOf(change: Partial<RingRequest> = {}): RingRequest {
  return {
    callId: newId(),
    seatId: 'S101',
    legId: newId(),
    recordingId: newId(),
    ringTimeoutMs: 30_000,
    display: '138****1234',
    autoAnswer: false,
    ...change,
  };
}

/** A phone is rung at its seat and answers: the leg, and the call as the phone knows it. */
export async function answeredAt(
  telephony: Telephony,
  phone: SipPhone,
  change: Partial<RingRequest> = {},
) {
  const ring = await telephony.ringSeat(ringOf(change), never);
  if (ring.kind !== 'answered') throw new Error(`not answered: ${ring.why}`);
  const call = phone.rung.at(-1);
  if (!call) throw new Error('the phone was not rung');
  return { leg: ring.leg, phone: call };
}
