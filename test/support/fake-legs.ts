import {
  type Leg,
  LegGone,
  type OutsideLeg,
  type OutsideRequest,
  PartyGone,
  type RingRequest,
} from '../../src/calls/ports.ts';

/** An answered seat without an exchange. */
export class FakeLeg implements Leg {
  readonly legId: string;
  readonly seatId: string;
  readonly recordingId: string;
  readonly #gone = new AbortController();

  constructor({
    legId,
    seatId,
    recordingId,
  }: Pick<RingRequest, 'legId' | 'seatId' | 'recordingId'>) {
    this.legId = legId;
    this.seatId = seatId;
    this.recordingId = recordingId;
  }

  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  end(by: LegGone['by']): void {
    this.#gone.abort(new LegGone(by));
  }

  async hangUp(): Promise<void> {
    this.end('system');
  }
}

/** Somebody outside who has answered, without an exchange. */
export class FakeOutsideLeg implements OutsideLeg {
  readonly legId: string;
  readonly number: string;
  readonly #gone = new AbortController();

  constructor({ legId, number }: Pick<OutsideRequest, 'legId' | 'number'>) {
    this.legId = legId;
    this.number = number;
  }

  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  leave(): void {
    this.#gone.abort(new PartyGone('party'));
  }

  async hangUp(): Promise<void> {
    this.#gone.abort(new PartyGone('system'));
  }
}
