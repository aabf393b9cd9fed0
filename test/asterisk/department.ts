import type { OutsideLeg, Telephony } from '../../src/calls/ports.ts';
import { newId } from '../../src/kit/ids.ts';
import type { OutboundRules } from '../../telephony/outbound.ts';
import { rigPorts } from '../support/real-exchange.ts';
import { type PhoneCall, SipPhone } from '../support/sip-phone.ts';
import { never } from './one-seat.ts';

/** A department outside, which every number that may be called leads to. */
export class Department {
  readonly phone: SipPhone;

  private constructor(phone: SipPhone) {
    this.phone = phone;
  }

  static async open(): Promise<Department> {
    return new Department(await SipPhone.open(rigPorts.sipPort, 'department'));
  }

  /** Whom we may call, and that it is the department who answers. */
  get rules(): OutboundRules {
    return {
      host: '127.0.0.1',
      port: this.phone.port,
      prefix: '9',
      allowed: ['110', '0571XXXXXXXX'],
      callerId: '12345',
      maxConcurrent: 2,
      maxPerMinute: 1_000,
    };
  }

  /** The department is called and answers: our leg, and the call as its phone knows it. */
  async reachedBy(
    telephony: Telephony,
    callId = newId(),
    number = '110',
  ): Promise<{ leg: OutsideLeg; phone: PhoneCall }> {
    const request = { callId, legId: newId(), number, timeoutMs: 30_000 };
    const result = await telephony.dialOut(request, never);
    if (result.kind !== 'answered') throw new Error(`not answered: ${result.why}`);
    return { leg: result.leg, phone: this.newest() };
  }

  /** The call the department was rung for last. */
  newest(): PhoneCall {
    const call = this.phone.rung.at(-1);
    if (!call) throw new Error('the department was not rung');
    return call;
  }

  close(): void {
    this.phone.close();
  }
}
