import type { Party, Talk } from '../../src/calls/ports.ts';
import { waitOrAbort } from '../../src/kit/abort.ts';
import type { Port } from './port.ts';
import type { PortLine } from './port-line.ts';

/** A bridge as one server process knows it; behaves as `telephony/talk.ts` does. */
export class PortTalk implements Talk {
  readonly #port: Port;
  readonly #bridgeId: string;
  readonly #line: PortLine;
  #leg: Party;
  #isHeld = false;
  /** A hold or resume was refused half-way. */
  #isHalfway = false;
  #isClosed = false;

  constructor(port: Port, callId: string, line: PortLine, leg: Party) {
    this.#port = port;
    this.#bridgeId = `talk-${callId}`;
    this.#line = line;
    this.#leg = leg;
    port.talks.add(this.#bridgeId);
  }

  async enter(channelIds: string[], held = false): Promise<Talk> {
    this.#isHeld = held;
    try {
      if (!held) await this.#line.quiet();
      await this.#put(channelIds);
      if (held) await this.#take();
    } catch (error) {
      await this.close();
      throw error;
    }
    return this;
  }

  async hold(): Promise<void> {
    if (this.#isClosed || (this.#isHeld && !this.#isHalfway)) return;
    this.#isHalfway = true;
    await this.#take();
    this.#isHeld = true;
    this.#isHalfway = false;
  }

  async resume(): Promise<void> {
    if (this.#isClosed || (!this.#isHeld && !this.#isHalfway)) return;
    this.#isHalfway = true;
    await this.#line.quiet();
    await this.#put([this.#line.channelId]);
    this.#isHeld = false;
    this.#isHalfway = false;
  }

  async admit(party: Party): Promise<void> {
    await this.#put([party.legId]);
  }

  async dismiss(): Promise<void> {}

  async mute(): Promise<void> {}

  async leaveTo(): Promise<void> {}

  async replaceLeg(leg: Party): Promise<void> {
    const old = this.#leg;
    this.#leg = leg;
    await this.#put([leg.legId]);
    await old.hangUp();
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#port.talks.delete(this.#bridgeId);
    for (let tries = 0; tries < 3; tries += 1) {
      try {
        return await this.#port.command(() => this.#port.exchange.destroyBridge(this.#bridgeId));
      } catch {
        // Refused once; the next try may be heard.
      }
    }
  }

  /** Concerns the caller alone: works when the seat's leg is gone. */
  async #take(): Promise<void> {
    const { channel, gone } = this.#line;
    await waitOrAbort(
      this.#port.command(() => this.#port.exchange.unbridge(channel)),
      gone,
    );
    await this.#line.startMusic();
  }

  async #put(channelIds: string[]): Promise<void> {
    const { exchange } = this.#port;
    const done = this.#port.command(() => exchange.bridge(this.#bridgeId, channelIds));
    if (await this.#guarded(done)) return;
    // Somebody has just left; the event that says so is on its way.
    await this.#guarded(
      new Promise<void>((resolve) => void this.#port.clock.after(1_000, resolve)),
    );
    throw new Error('a channel is not there');
  }

  /** If somebody has just left, rejects with the reason of their leaving. */
  #guarded<T>(work: Promise<T>): Promise<T> {
    return waitOrAbort(work, this.#line.gone, this.#leg.gone);
  }
}
