import type { ChannelGone } from '../src/calls/ports.ts';
import { type Deferred, deferred } from '../src/kit/abort.ts';
import type { Clock } from '../src/kit/clock.ts';
import type { Log } from '../src/kit/log.ts';
import type { ChannelEnding } from './ari-events.ts';
import type { AriRequests } from './ari-requests.ts';
import type { Owners } from './owners.ts';
import type { Prompts } from './prompts.ts';

/** How a channel came to its end: by its own account, or found missing after a reconnect. */
export type ChannelEnd =
  | ({ why: 'hung-up' } & ChannelEnding)
  | { why: Exclude<ChannelGone['why'], 'hung-up'> };

/** Somebody who owns a channel and is told what happens to it. Every call may come twice. */
export interface ChannelOwner {
  /** False while Asterisk may not have made the channel yet, so that its absence means nothing. */
  readonly isPlaced: boolean;
  /** The channel is up and in our application. */
  entered(): void;
  key(key: string): void;
  ended(end: ChannelEnd): void;
  /** A list names the channel: what we have hung up on, whatever was answered to that, is hung up on again. */
  stillThere(): void;
}

/** What lines, rings and talks share. */
export interface Exchange {
  readonly link: AriRequests;
  readonly prompts: Prompts;
  readonly clock: Clock;
  readonly log: Log;
  readonly owners: Owners;
  readonly playbacks: Playbacks;
  /** Channels nobody owned that came in while Asterisk was being asked for a list. */
  readonly justEntered: Set<string>;
  /** Resolves when we are connected and know what we missed; at once when nothing was missed. */
  settled(): Promise<void>;
}

/** The prompts that play now, each with somebody waiting for its end. */
export class Playbacks {
  readonly #waiting = new Map<string, Deferred<{ failed: boolean }>>();

  /** Registers before the request is sent, so that no end can be missed. */
  expect(playbackId: string): Promise<{ failed: boolean }> {
    const over = deferred<{ failed: boolean }>();
    this.#waiting.set(playbackId, over);
    return over.promise;
  }

  over(playbackId: string, failed: boolean): void {
    this.#waiting.get(playbackId)?.resolve({ failed });
    this.#waiting.delete(playbackId);
  }

  forget(playbackId: string): void {
    this.#waiting.delete(playbackId);
  }

  isExpected(playbackId: string): boolean {
    return this.#waiting.has(playbackId);
  }

  ids(): string[] {
    return [...this.#waiting.keys()];
  }
}
