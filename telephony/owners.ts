import type { ChannelOwner } from './exchange.ts';

/**
 * The one table by which events find their owner. Owners put themselves in and are taken out at their
 * end; channels that ended lately are remembered, because a list Asterisk made meanwhile, or a moment
 * after, may still name them, and a caller who has left must not come in a second time.
 */
export class Owners extends Map<string, ChannelOwner> {
  #lately = new Set<string>();
  #before = new Set<string>();

  /** The channel has ended, whoever owned it. */
  override delete(channelId: string): boolean {
    this.#lately.add(channelId);
    return super.delete(channelId);
  }

  /** Does a channel belong to nobody, and did it not end lately either? */
  isStranger(channelId: string): boolean {
    return !this.has(channelId) && !this.#lately.has(channelId) && !this.#before.has(channelId);
  }

  /** What a list told has been dealt with: what ended before the one before it is forgotten. */
  forgetOld(): void {
    this.#before = this.#lately;
    this.#lately = new Set();
  }
}
