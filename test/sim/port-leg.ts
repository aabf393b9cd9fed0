import { type Leg, LegGone, type RingResult } from '../../src/calls/ports.ts';
import { type Deferred, deferred } from '../../src/kit/abort.ts';
import type { Port } from './port.ts';

/** An answered or ringing seat, as one server process knows it. */
export class PortLeg implements Leg {
  readonly legId: string;
  readonly seatId: string;
  readonly recordingId: string;
  readonly verdict: Deferred<RingResult> = deferred();
  readonly #gone = new AbortController();
  readonly #port: Port;
  #weHungUp = false;

  constructor(port: Port, leg: Pick<Leg, 'legId' | 'seatId' | 'recordingId'>) {
    this.#port = port;
    this.legId = leg.legId;
    this.seatId = leg.seatId;
    this.recordingId = leg.recordingId;
    port.legs.set(leg.legId, this);
  }

  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  async hangUp(): Promise<void> {
    this.#weHungUp = true;
    if (this.gone.aborted) return;
    await this.#port.endChannel(this.legId, this.gone);
  }

  ended(by: LegGone['by'], why: Extract<RingResult, { kind: 'failed' }>['why']): void {
    this.#port.legs.delete(this.legId);
    this.verdict.resolve({ kind: 'failed', why });
    this.#gone.abort(new LegGone(this.#weHungUp ? 'system' : by));
  }
}
