import { ChannelGone, type Key, type Language, type Line } from '../src/calls/ports.ts';
import { type Deferred, deferred, sleep, waitOrAbort } from '../src/kit/abort.ts';
import { newId } from '../src/kit/ids.ts';
import { isNotThere, isUnanswered } from './ari-error.ts';
import type { AriChannel } from './ari-events.ts';
import { arrivalOf } from './arrival.ts';
import type { ChannelEnd, ChannelOwner, Exchange } from './exchange.ts';
import { askNowAndThen } from './playback-watch.ts';
import type { Role } from './role.ts';

/** A caller who types faster than anybody listens loses keys, not our memory. */
const keysKept = 32;
/** Asterisk fails the prompt of a caller who hangs up this long, at most, before it says they left. */
const leavingMs = 200;
/** A prompt that was ordered to stop and has not ended after this long is ordered so again. */
const stopAgainMs = 250;

/** A prompt that is played, and its end. */
interface Prompt {
  playbackId: string;
  over: Promise<unknown>;
}

/** What a line is made from. */
export interface LineFacts extends Pick<Line, 'channelId' | 'callerNumber' | 'dialledNumber'> {
  arrivedAt: number;
  direction: Line['direction'];
  /** Does it hear music? `unknown` when it was in our application before we were. */
  music: 'off' | 'unknown';
}

/** The line of a channel that came to us; it is told from now on what happens to the channel. */
export function lineOf(
  exchange: Exchange,
  channel: AriChannel,
  role: Extract<Role, { role: 'caller' | 'called' }>,
  enteredAt: string | null,
): CallerLine {
  const isCaller = role.role === 'caller';
  const line = new CallerLine(exchange, {
    channelId: channel.id,
    callerNumber: isCaller ? channel.caller.number : role.number,
    dialledNumber: role.dialled,
    arrivedAt: arrivalOf(channel, enteredAt, exchange.clock.now()),
    direction: isCaller ? 'in' : 'out',
    // A caller who waited in the dialplan for a server comes with music on.
    music: enteredAt === null || channel.state === 'Up' ? 'unknown' : 'off',
  });
  exchange.owners.set(channel.id, line);
  return line;
}

/** A caller's channel. See `README.md` for the two ways it closes. */
export class CallerLine implements Line, ChannelOwner {
  readonly channelId: string;
  readonly callerNumber: string;
  readonly dialledNumber: string;
  readonly arrivedAt: number;
  readonly direction: Line['direction'];
  readonly gone: AbortSignal;
  readonly isPlaced = true;
  readonly #exchange: Exchange;
  readonly #gone = new AbortController();
  #music: 'on' | 'off' | 'unknown';
  /** Settles with the order for music that is on its way: one to stop it must not overtake it. */
  #starting: Promise<void> = Promise.resolve();
  #prompt: Prompt | undefined;
  /** How often the line was made silent: what was still being looked for then is not said. */
  #silences = 0;
  #keys: Key[] = [];
  #keyWaiter: Deferred<Key | undefined> | undefined;
  #weHungUp = false;

  constructor(exchange: Exchange, facts: LineFacts) {
    this.#exchange = exchange;
    this.channelId = facts.channelId;
    this.callerNumber = phoneNumber(facts.callerNumber);
    this.dialledNumber = phoneNumber(facts.dialledNumber);
    this.arrivedAt = facts.arrivedAt;
    this.direction = facts.direction;
    this.#music = facts.music;
    this.gone = this.#gone.signal;
  }

  answer(): Promise<void> {
    return this.command(() => this.#exchange.link.answer(this.channelId));
  }

  async say(language: Language, promptIds: readonly string[], signal: AbortSignal): Promise<void> {
    const silences = this.#silences;
    for (const promptId of promptIds) {
      const media = await this.#exchange.prompts.find(language, promptId);
      signal.throwIfAborted();
      this.gone.throwIfAborted();
      if (this.#silences !== silences) return;
      if (media !== undefined) await this.#play(promptId, media, signal);
    }
  }

  async nextKey(timeoutMs: number, signal: AbortSignal): Promise<Key | undefined> {
    this.gone.throwIfAborted();
    signal.throwIfAborted();
    const typedAhead = this.#keys.shift();
    if (typedAhead !== undefined) return typedAhead;
    const pressed = deferred<Key | undefined>();
    this.#keyWaiter = pressed;
    const cancel = this.#exchange.clock.after(timeoutMs, () => pressed.resolve(undefined));
    try {
      return await waitOrAbort(pressed.promise, this.gone, signal);
    } finally {
      cancel();
      if (this.#keyWaiter === pressed) this.#keyWaiter = undefined;
    }
  }

  forgetKeys(): void {
    this.#keys = [];
  }

  async startMusic(): Promise<void> {
    this.gone.throwIfAborted();
    if (this.#music === 'on') return;
    const started = this.command(async () => {
      await this.#exchange.link.startMusic(this.channelId);
      this.#music = 'on';
    });
    this.#starting = started.catch(() => {});
    await started;
  }

  async stopMusic(): Promise<void> {
    await this.#starting;
    this.gone.throwIfAborted();
    if (this.#music === 'off') return;
    await this.command(() => this.#exchange.link.stopMusic(this.channelId));
    this.#music = 'off';
  }

  /** Makes the line silent, so that it can be joined at once: no request waits behind a prompt. */
  async quiet(): Promise<void> {
    this.#silences += 1;
    const prompt = this.#prompt;
    if (prompt) await this.command(() => this.#stop(prompt));
    await this.stopMusic();
  }

  async hangUp(): Promise<void> {
    this.#weHungUp = true;
    if (this.gone.aborted) return;
    await endChannel(this.#exchange, this.channelId, this.gone);
  }

  entered(): void {}

  key(key: string): void {
    if (!isKey(key)) return;
    const waiter = this.#keyWaiter;
    this.#keyWaiter = undefined;
    if (waiter) waiter.resolve(key);
    else if (this.#keys.length < keysKept) this.#keys.push(key);
  }

  ended(end: ChannelEnd): void {
    this.#exchange.owners.delete(this.channelId);
    this.#gone.abort(new ChannelGone(end.why));
  }

  stillThere(): void {
    if (this.#weHungUp) void this.hangUp();
  }

  /**
   * Sends a request about this channel. Whatever the answer, a caller who has left shows as
   * `ChannelGone`. A request that got no answer is sent once more when the link is back: all of them
   * may be carried out twice.
   */
  async command(send: () => Promise<void>): Promise<void> {
    this.gone.throwIfAborted();
    try {
      await waitOrAbort(send(), this.gone);
    } catch (error) {
      if (!isUnanswered(error)) throw this.#reasonOf(error);
      await waitOrAbort(this.#exchange.settled(), this.gone);
      await waitOrAbort(send(), this.gone).catch((again: unknown) => {
        throw this.#reasonOf(again);
      });
    }
  }

  #reasonOf(error: unknown): unknown {
    if (isNotThere(error)) {
      // Asterisk says so before the event does. Should it be wrong, nobody is left in silence.
      this.ended({ why: 'hung-up', cause: 0, wasRinging: false });
      void endChannel(this.#exchange, this.channelId, this.gone);
    }
    return this.gone.aborted ? this.gone.reason : error;
  }

  async #play(promptId: string, media: string, signal: AbortSignal): Promise<void> {
    const { link, playbacks, clock, log } = this.#exchange;
    const playbackId = newId();
    const over = playbacks.expect(playbackId);
    const done = new AbortController();
    void askNowAndThen(this.#exchange, playbackId, done.signal);
    this.#music = 'off';
    const prompt = { playbackId, over };
    this.#prompt = prompt;
    try {
      await this.command(() => link.play(this.channelId, playbackId, media)).catch((err) => {
        this.gone.throwIfAborted();
        log.warn({ err, promptId }, 'a prompt was refused');
        playbacks.over(playbackId, true);
      });
      const { failed } = await waitOrAbort(over, this.gone, signal);
      if (failed) {
        await sleep(clock, leavingMs, this.gone);
        log.error({ promptId }, 'a prompt could not be played and is skipped');
      }
    } catch (error) {
      if (!this.gone.aborted) await this.#silence(prompt);
      throw error;
    } finally {
      done.abort();
      playbacks.forget(playbackId);
      if (this.#prompt === prompt) this.#prompt = undefined;
    }
  }

  /**
   * Stops a prompt and waits for its end. The order may come to nothing when the prompt is only just
   * beginning (seen on 22.10.1 on a busy machine), and everything asked of the channel then waits
   * behind the prompt: so it is given again until the end is told.
   */
  async #stop({ playbackId, over }: Prompt): Promise<void> {
    const { link, clock } = this.#exchange;
    const ended = new AbortController();
    void over.then(() => ended.abort());
    const enough = AbortSignal.any([ended.signal, this.gone]);
    while (!enough.aborted) {
      await link.stopPlayback(playbackId);
      await sleep(clock, stopAgainMs, enough).catch(() => {});
    }
  }

  async #silence(prompt: Prompt): Promise<void> {
    try {
      await this.#stop(prompt);
    } catch (error) {
      this.#exchange.log.warn({ err: error }, 'a prompt could not be stopped');
    }
  }
}

/**
 * Ends a channel and never rejects. When Asterisk cannot be asked now, it is asked again as soon as
 * the link is back, unless the channel is gone by then.
 */
export async function endChannel(
  exchange: Exchange,
  channelId: string,
  gone: AbortSignal,
): Promise<void> {
  try {
    await exchange.link.hangUp(channelId);
  } catch (error) {
    exchange.log.warn({ err: error, channelId }, 'a channel could not be hung up yet');
    const again = async () => {
      await exchange.settled();
      if (!gone.aborted) await exchange.link.hangUp(channelId);
    };
    again().catch((err: unknown) => {
      exchange.log.error({ err, channelId }, 'a channel could not be hung up');
    });
  }
}

/** Outside text: only what can be a number stays, at most 32 characters (E.164 has 15). */
export function phoneNumber(text: string): string {
  return text.replace(/[^0-9+*#]/g, '').slice(0, 32);
}

function isKey(text: string): text is Key {
  return /^[0-9*#]$/.test(text);
}
