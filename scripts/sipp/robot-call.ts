import { deferred } from '../../src/kit/abort.ts';
import type { Gate } from './gate.ts';
import { RtpPhone } from './rtp-phone.ts';
import { type SipMessage, tagOf } from './wire.ts';

/** One call at a robot's phone, from the ring to its end. */
export class RobotCall {
  readonly callId: string;
  readonly #gate: Gate;
  readonly #peerTag: string;
  readonly #remote: SipMessage['media'];
  readonly #rtp: Promise<RtpPhone>;
  readonly #over = deferred<void>();
  readonly #answered = deferred<boolean>();
  readonly #rings = deferred<void>();
  readonly #acknowledged = deferred<void>();
  readonly #orders = new Set<string>();
  #mouth: RtpPhone | undefined;
  state: 'ringing' | 'talking' | 'over' = 'ringing';

  constructor(gate: Gate, invite: SipMessage, keepHeard: boolean) {
    this.#gate = gate;
    this.callId = invite.callId;
    this.#peerTag = tagOf(invite.text, 'From');
    this.#remote = invite.media;
    this.#rtp = RtpPhone.open(keepHeard);
  }

  /** True when the call was answered, false when it ended before. */
  get answered(): Promise<boolean> {
    return this.#answered.promise;
  }

  /** Resolves when the call is over. */
  get over(): Promise<void> {
    return this.#over.promise;
  }

  /** The port its SDP names; known once `answer` has begun. */
  get mediaPort(): number {
    return this.#mouth?.port ?? 9;
  }

  async answer(): Promise<void> {
    this.#mouth = await this.#rtp;
    await this.#rings.promise;
    if (this.state === 'ringing') this.#order('answer');
  }

  async refuse(): Promise<void> {
    await this.#rings.promise;
    if (this.state === 'ringing') this.#order('refuse');
  }

  async hangUp(): Promise<void> {
    if (this.state !== 'talking') return;
    await this.#acknowledged.promise;
    if (this.state === 'talking') this.#order('hang-up');
  }

  play(sound: Int16Array, loop = false): void {
    this.#mouth?.play(sound, loop);
  }

  /** What the agent has heard so far; needs `keepHeard`. */
  heard(): Int16Array {
    return this.#mouth?.heard() ?? new Int16Array();
  }

  /** SIPp takes an order only where its scenario waits for one, and each only once. */
  #order(order: 'answer' | 'refuse' | 'hang-up'): void {
    if (this.#orders.has(order)) return;
    this.#orders.add(order);
    this.#gate.order(this.callId, this.#peerTag, order);
  }

  /** Follows what passes on the wire. */
  see(message: SipMessage, from: 'phone' | 'exchange'): void {
    const isAnswerToInvite = from === 'phone' && message.cseq.endsWith(' INVITE');
    if (isAnswerToInvite && message.status === 180) this.#rings.resolve();
    if (isAnswerToInvite && message.status === 200) this.#connect();
    if (from === 'exchange' && message.method === 'ACK') this.#acknowledged.resolve();
    const isRefusal = isAnswerToInvite && (message.status ?? 0) >= 300;
    if (message.method === 'BYE' || isRefusal) this.end();
  }

  #connect(): void {
    if (this.state !== 'ringing') return;
    this.state = 'talking';
    if (this.#remote) this.#mouth?.connect(this.#remote);
    this.#answered.resolve(true);
  }

  /** The call is over, or its phone is switched off. Safe to call twice. */
  end(): void {
    if (this.state === 'over') return;
    this.state = 'over';
    this.#answered.resolve(false);
    this.#rings.resolve();
    this.#acknowledged.resolve();
    this.#over.resolve();
    void this.#rtp.then((rtp) => rtp.close());
  }
}
