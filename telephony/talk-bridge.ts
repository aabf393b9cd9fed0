import { sleep } from '../src/kit/abort.ts';
import { AriError, isNotThere } from './ari-error.ts';
import type { BridgeKind } from './ari-requests.ts';
import type { Exchange } from './exchange.ts';

const enterTries = 20;
const enterPauseMs = 50;

/** The bridge of a talk, as Asterisk has it. Whatever is asked of it may be asked twice. */
export class TalkBridge {
  readonly id: string;
  readonly #exchange: Exchange;
  /** Aborts when the talk is over. */
  readonly #over: AbortSignal;

  constructor(exchange: Exchange, id: string, over: AbortSignal) {
    this.#exchange = exchange;
    this.id = id;
    this.#over = over;
  }

  /** Makes it, and puts them in. An earlier one of that name that is on its way out cannot be entered any more. */
  async enter(kind: BridgeKind, channelIds: readonly string[]): Promise<void> {
    const { link, clock } = this.#exchange;
    for (let tries = 1; ; tries += 1) {
      await link.createBridge(this.id, kind);
      try {
        return await link.addToBridge(this.id, channelIds);
      } catch (error) {
        if (!isLeaving(error) || tries === enterTries) throw error;
        await sleep(clock, enterPauseMs, this.#over);
      }
    }
  }

  /** Who is in it; it is made if it is not there. */
  async members(): Promise<readonly string[]> {
    const { link } = this.#exchange;
    const members = (await link.findBridge(this.id))?.members ?? [];
    if (members.length === 0) await link.createBridge(this.id);
    return members;
  }

  add(channelId: string): Promise<void> {
    return this.#exchange.link.addToBridge(this.id, [channelId]);
  }

  /** Who is not in it is out: an earlier request may have been carried out without an answer. */
  async takeOut(channelId: string): Promise<void> {
    try {
      await this.#exchange.link.removeFromBridge(this.id, channelId);
    } catch (error) {
      if (!isNotThere(error)) throw error;
    }
  }

  /**
   * Before somebody else than the caller is heard, the talk moves into a bridge that mixes for the rest
   * of its life, also when two are left. Debian's Asterisk (22.10.1, its patch of `ast_translate` for
   * lost packets) takes the packets of another speaker for late ones of the first whenever their
   * numbers lie behind: for up to eleven minutes they would reach the phone, but neither the recording
   * nor a listening leader. What is mixed carries no numbers. It is a matter of milliseconds.
   */
  async mixFromNowOn(channelIds: readonly string[]): Promise<void> {
    const { link } = this.#exchange;
    const bridge = await link.findBridge(this.id);
    const isMixed = bridge?.kind === 'mixed';
    const isOut = (channelId: string) => !isMixed || !bridge.members.includes(channelId);
    const missing = channelIds.filter(isOut);
    if (missing.length === 0) return;
    if (bridge && !isMixed) {
      for (const channelId of bridge.members) await this.takeOut(channelId);
      await link.destroyBridge(this.id);
    }
    await this.enter('mixed', missing);
  }
}

function isLeaving(error: unknown): boolean {
  return error instanceof AriError && /Bridge not (in Stasis|found)/.test(error.message);
}
