import type { Leg, Talk } from '../src/calls/ports.ts';
import { sleep, waitOrAbort } from '../src/kit/abort.ts';
import { isNotThere } from './ari-error.ts';
import type { Exchange } from './exchange.ts';
import type { CallerLine } from './line.ts';
import { plain } from './ring-seat.ts';

const prefix = 'talk-';
/** Asterisk may say "not there" a moment before the event that says why. */
const reasonGraceMs = 1_000;

/** Is this bridge one of ours? */
export function isTalkBridge(bridgeId: string): boolean {
  return bridgeId.startsWith(prefix);
}

/** The bridge of a call: its name follows from the call, so a restart finds it again. */
export class BridgedTalk implements Talk {
  readonly bridgeId: string;
  readonly #exchange: Exchange;
  readonly #line: CallerLine;
  readonly #onClose: () => void;
  #leg: Leg;
  #isHeld = false;
  #isClosed = false;

  constructor(exchange: Exchange, callId: string, line: CallerLine, leg: Leg, onClose: () => void) {
    this.bridgeId = `${prefix}${plain(callId)}`;
    this.#exchange = exchange;
    this.#line = line;
    this.#leg = leg;
    this.#onClose = onClose;
  }

  /** Makes the bridge and puts both in. */
  async join(): Promise<void> {
    const { link } = this.#exchange;
    await this.#bridge(async () => {
      await Promise.all([this.#line.quiet(), link.createBridge(this.bridgeId)]);
      await link.addToBridge(this.bridgeId, [this.#line.channelId, this.#leg.legId]);
    });
  }

  /** After a restart: joins whoever is missing, and leaves whoever is in where they are. */
  async rejoin(held: boolean): Promise<void> {
    const { link } = this.#exchange;
    const members = (await link.bridgeMembers(this.bridgeId)) ?? [];
    if (members.length === 0) await link.createBridge(this.bridgeId);
    this.#isHeld = held;
    const isLineIn = members.includes(this.#line.channelId);
    await this.#bridge(async () => {
      if (!members.includes(this.#leg.legId)) await this.#add(this.#leg.legId);
      if (held && isLineIn) await link.removeFromBridge(this.bridgeId, this.#line.channelId);
      if (!held && !isLineIn) await this.#line.quiet().then(() => this.#add(this.#line.channelId));
    });
    if (held) await this.#line.startMusic();
  }

  async hold(): Promise<void> {
    if (this.#isHeld || this.#isClosed) return;
    this.#isHeld = true;
    const { link } = this.#exchange;
    await this.#bridge(() => link.removeFromBridge(this.bridgeId, this.#line.channelId));
    await this.#line.startMusic();
  }

  async resume(): Promise<void> {
    if (!this.#isHeld || this.#isClosed) return;
    this.#isHeld = false;
    await this.#line.quiet();
    await this.#bridge(() => this.#add(this.#line.channelId));
  }

  async replaceLeg(leg: Leg): Promise<void> {
    const old = this.#leg;
    this.#leg = leg;
    await this.#bridge(() => this.#add(leg.legId));
    await old.hangUp();
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#onClose();
    try {
      await this.#exchange.link.destroyBridge(this.bridgeId);
    } catch (error) {
      this.#exchange.log.warn(
        { err: error, bridgeId: this.bridgeId },
        'a bridge could not be taken apart',
      );
    }
  }

  #add(channelId: string): Promise<void> {
    return this.#exchange.link.addToBridge(this.bridgeId, [channelId]);
  }

  /** Does something to the bridge; if somebody has just left, rejects with the reason of their leaving. */
  async #bridge(work: () => Promise<void>): Promise<void> {
    const { gone } = this.#line;
    try {
      await waitOrAbort(waitOrAbort(work(), gone), this.#leg.gone);
    } catch (error) {
      if (isNotThere(error)) {
        await sleepUntilGone(this.#exchange, gone, this.#leg.gone);
        gone.throwIfAborted();
        this.#leg.gone.throwIfAborted();
      }
      throw error;
    }
  }
}

async function sleepUntilGone(exchange: Exchange, a: AbortSignal, b: AbortSignal): Promise<void> {
  await waitOrAbort(sleep(exchange.clock, reasonGraceMs, a), b).catch(() => {});
}
