import { exchange } from '../support/house-rig.ts';
import { type Ear, SipPhone } from '../support/sip-phone.ts';
import { DIALLED } from './hall-hotline.ts';

/** Somebody who dials the hotline. */
export class HallCaller {
  readonly number: string;
  readonly #phone: SipPhone;
  /** The final answer to the INVITE; null while there is none, or when the caller had left before. */
  status: number | null = null;
  /** The exchange has hung up, not the caller. */
  wasHungUpOn = false;
  #isOver = false;
  #call: Awaited<ReturnType<SipPhone['call']>>;

  private constructor(number: string, phone: SipPhone, call: HallCaller['call']) {
    this.number = number;
    this.#phone = phone;
    this.#call = call;
    void this.#follow();
  }

  static async dial(number: string, to: string, openEar: () => Promise<Ear>): Promise<HallCaller> {
    const phone = await SipPhone.open(exchange.port, number, openEar);
    return new HallCaller(number, phone, await phone.call(to));
  }

  get call() {
    return this.#call;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Harmless when it is over. */
  hangUp(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#call.hangUp();
  }

  /** The same number calls again. */
  async redial(): Promise<void> {
    this.#call = await this.#phone.call(DIALLED);
    this.#isOver = false;
  }

  close(): void {
    this.#phone.close();
  }

  async #follow(): Promise<void> {
    const status = await this.#call.answered;
    if (!this.#isOver) this.status = status;
    await this.#call.over;
    this.wasHungUpOn = !this.#isOver;
    this.#isOver = true;
  }
}
