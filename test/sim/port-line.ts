import { ChannelGone, type Key, type Language, type Line } from '../../src/calls/ports.ts';
import { type Deferred, deferred, waitOrAbort } from '../../src/kit/abort.ts';
import type { CallerChannel } from './channels.ts';
import type { Port } from './port.ts';

const KEYS_KEPT = 32;

/** A caller's channel as one server process knows it; behaves as `telephony/line.ts` does. */
export class PortLine implements Line {
  readonly channelId: string;
  readonly callerNumber: string;
  readonly dialledNumber: string;
  readonly arrivedAt: number;
  readonly direction: Line['direction'];
  readonly channel: CallerChannel;
  readonly #port: Port;
  readonly #gone = new AbortController();
  #music = false;
  #keys: Key[] = [];
  #keyWaiter: Deferred<Key | undefined> | null = null;
  #playing: { id: number | null; over: Deferred<void> } | null = null;

  constructor(port: Port, channel: CallerChannel) {
    this.#port = port;
    this.channel = channel;
    this.channelId = channel.id;
    this.callerNumber = channel.from;
    this.dialledNumber = channel.dialled;
    this.direction = channel.isOurs ? 'out' : 'in';
    this.arrivedAt = channel.arrivedAt;
    port.lines.set(channel.id, this);
  }

  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  answer(): Promise<void> {
    return this.#command(() => {
      this.channel.answered = true;
    });
  }

  async say(_language: Language, promptIds: readonly string[], signal: AbortSignal): Promise<void> {
    for (const promptId of promptIds) {
      // As in the real one: the prompt's file is looked up first.
      await Promise.resolve();
      signal.throwIfAborted();
      this.gone.throwIfAborted();
      await this.#play(promptId, signal);
    }
  }

  async nextKey(timeoutMs: number, signal: AbortSignal): Promise<Key | undefined> {
    this.gone.throwIfAborted();
    signal.throwIfAborted();
    const typed = this.#keys.shift();
    if (typed !== undefined) return typed;
    const pressed = deferred<Key | undefined>();
    this.#keyWaiter = pressed;
    const cancel = this.#port.clock.after(timeoutMs, () => pressed.resolve(undefined));
    try {
      return await waitOrAbort(pressed.promise, this.gone, signal);
    } finally {
      cancel();
      if (this.#keyWaiter === pressed) this.#keyWaiter = null;
    }
  }

  forgetKeys(): void {
    this.#keys = [];
  }

  async startMusic(): Promise<void> {
    this.gone.throwIfAborted();
    if (this.#music) return;
    await this.#command(() => this.#port.exchange.music(this.channel, true));
    this.#music = true;
  }

  async stopMusic(): Promise<void> {
    this.gone.throwIfAborted();
    if (!this.#music) return;
    await this.#command(() => this.#port.exchange.music(this.channel, false));
    this.#music = false;
  }

  async quiet(): Promise<void> {
    if (this.#playing) await this.#command(() => this.#port.exchange.stopPlay(this.channel));
    await this.stopMusic();
  }

  async hangUp(): Promise<void> {
    if (!this.gone.aborted) await this.#port.endChannel(this.channelId, this.gone);
  }

  ended(why: ChannelGone['why']): void {
    this.#port.lines.delete(this.channelId);
    this.#gone.abort(new ChannelGone(why));
  }

  key(key: Key): void {
    const waiter = this.#keyWaiter;
    this.#keyWaiter = null;
    if (waiter) waiter.resolve(key);
    else if (this.#keys.length < KEYS_KEPT) this.#keys.push(key);
  }

  played(playback: number): void {
    if (this.#playing?.id === playback) this.#playing.over.resolve();
  }

  /** After an interruption: a prompt that ended meanwhile has ended. */
  catchUp(channel: CallerChannel): void {
    const { id } = this.#playing ?? { id: null };
    if (id !== null && channel.playback?.id !== id) this.#playing?.over.resolve();
  }

  async #play(promptId: string, signal: AbortSignal): Promise<void> {
    const playing: { id: number | null; over: Deferred<void> } = { id: null, over: deferred() };
    this.#music = false;
    this.#playing = playing;
    try {
      await this.#command(() => {
        playing.id = this.#port.exchange.play(this.channel, promptId);
      });
      await waitOrAbort(playing.over.promise, this.gone, signal);
    } catch (error) {
      if (!this.gone.aborted) await this.#silence();
      throw error;
    } finally {
      if (this.#playing === playing) this.#playing = null;
    }
  }

  async #silence(): Promise<void> {
    await this.#port.command(() => this.#port.exchange.stopPlay(this.channel)).catch(() => {});
  }

  /** Whatever the answer, a caller who has left shows as `ChannelGone`. */
  async #command(work: () => void): Promise<void> {
    this.gone.throwIfAborted();
    const done = this.#port.command(() => {
      if (this.channel.alive) work();
      return this.channel.alive;
    });
    const wasThere = await waitOrAbort(done, this.gone);
    if (wasThere) return;
    this.ended('hung-up');
    throw this.gone.reason;
  }
}
