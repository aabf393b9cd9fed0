import { ChannelGone, type Key, type Language, type Line } from '../../src/calls/ports.ts';
import { type Deferred, deferred, waitOrAbort } from '../../src/kit/abort.ts';
import type { Clock } from '../../src/kit/clock.ts';

/** A caller's line without an exchange. Prompts last until the test lets them end. */
export class FakeLine implements Line {
  readonly channelId: string;
  readonly callerNumber: string;
  readonly dialledNumber: string;
  readonly arrivedAt: number;
  readonly direction: Line['direction'] = 'in';
  readonly heard: string[] = [];
  answered = false;
  music = false;
  hungUp = false;
  /** How long each prompt lasts. */
  promptMs = 1_000;
  readonly #gone = new AbortController();
  readonly #clock: Clock;
  #keys: Key[] = [];
  #waiter: Deferred<Key | undefined> | null = null;

  constructor(
    clock: Clock,
    channelId: string,
    dialledNumber: string,
    callerNumber = '13812345678',
  ) {
    this.#clock = clock;
    this.channelId = channelId;
    this.callerNumber = callerNumber;
    this.dialledNumber = dialledNumber;
    this.arrivedAt = clock.now();
  }

  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  leave(why: ChannelGone['why'] = 'hung-up'): void {
    this.#gone.abort(new ChannelGone(why));
  }

  press(...keys: Key[]): void {
    for (const key of keys) {
      const waiter = this.#waiter;
      this.#waiter = null;
      if (waiter) waiter.resolve(key);
      else this.#keys.push(key);
    }
  }

  async answer(): Promise<void> {
    this.gone.throwIfAborted();
    this.answered = true;
  }

  async say(language: Language, promptIds: readonly string[], signal: AbortSignal): Promise<void> {
    for (const promptId of promptIds) {
      this.gone.throwIfAborted();
      this.music = false;
      this.heard.push(`${language}:${promptId}`);
      const over = deferred<void>();
      const cancel = this.#clock.after(this.promptMs, () => over.resolve());
      try {
        await waitOrAbort(over.promise, this.gone, signal);
      } finally {
        cancel();
      }
    }
  }

  async nextKey(timeoutMs: number, signal: AbortSignal): Promise<Key | undefined> {
    signal.throwIfAborted();
    const typed = this.#keys.shift();
    if (typed !== undefined) return typed;
    const pressed = deferred<Key | undefined>();
    this.#waiter = pressed;
    const cancel = this.#clock.after(timeoutMs, () => pressed.resolve(undefined));
    try {
      return await waitOrAbort(pressed.promise, this.gone, signal);
    } finally {
      cancel();
      if (this.#waiter === pressed) this.#waiter = null;
    }
  }

  forgetKeys(): void {
    this.#keys = [];
  }

  async startMusic(): Promise<void> {
    this.gone.throwIfAborted();
    this.music = true;
  }

  async stopMusic(): Promise<void> {
    this.music = false;
  }

  async hangUp(): Promise<void> {
    this.hungUp = true;
    this.leave();
  }
}
