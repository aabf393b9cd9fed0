import type { Line, Party, Talk } from '../src/calls/ports.ts';
import { sleep, waitOrAbort } from '../src/kit/abort.ts';
import { isNotThere } from './ari-error.ts';
import { DialledChannel } from './dialled.ts';
import type { Exchange } from './exchange.ts';
import { CallerLine, endChannel } from './line.ts';
import { onceMore } from './once-more.ts';
import { plain } from './ring-seat.ts';
import { TalkBridge } from './talk-bridge.ts';

const prefix = 'talk-';
/** Asterisk may say "not there" a moment before the event that says why. */
const reasonGraceMs = 1_000;

/** The name of a bridge of ours. */
export function talkBridgeId(id: string): string {
  return `${prefix}${plain(id)}`;
}

/** Is this bridge one of ours? */
export function isTalkBridge(bridgeId: string): boolean {
  return bridgeId.startsWith(prefix);
}

/**
 * Opens the talk of a call and enters it; `talks` names the bridges of all that are open.
 * @throws whatever keeps the two apart; then nothing is left of the talk.
 */
export async function openTalk(
  exchange: Exchange,
  talks: Set<string>,
  { callId, line, leg }: { callId: string; line: Line; leg: Party },
  enter: (talk: BridgedTalk) => Promise<void>,
): Promise<Talk> {
  line.gone.throwIfAborted();
  leg.gone.throwIfAborted();
  if (!(line instanceof CallerLine)) throw new TypeError('not a line of this exchange');
  const talk = new BridgedTalk(exchange, callId, line, leg, () => talks.delete(talk.bridgeId));
  talks.add(talk.bridgeId);
  try {
    await enter(talk);
  } catch (error) {
    await talk.close();
    throw error;
  }
  return talk;
}

/** The bridge of a call: its name follows from the call, so a restart finds it again. */
class BridgedTalk implements Talk {
  readonly bridgeId: string;
  readonly #exchange: Exchange;
  readonly #line: CallerLine;
  readonly #onClose: () => void;
  readonly #parties = new Set<Party>();
  #leg: Party;
  readonly #bridge: TalkBridge;
  /** The agent's phone that is sent silence. */
  #silenced: Party | null = null;
  /** The caller is out and hears music: what the last hold or resume that succeeded has left. */
  #isHeld = false;
  /** One has failed half-way: the next, hold or resume, is carried out whatever has been before. */
  #isHalfway = false;
  #isMuted = false;
  readonly #closed = new AbortController();
  /** What has been asked of the bridge and is not answered yet, given up by us or not. */
  #asked: Promise<unknown> = Promise.resolve();

  constructor(
    exchange: Exchange,
    callId: string,
    line: CallerLine,
    leg: Party,
    onClose: () => void,
  ) {
    this.bridgeId = talkBridgeId(callId);
    this.#exchange = exchange;
    this.#line = line;
    this.#leg = leg;
    this.#onClose = onClose;
    const over = AbortSignal.any([line.gone, this.#closed.signal]);
    this.#bridge = new TalkBridge(exchange, this.bridgeId, over);
  }

  /** Makes the bridge and puts both in. */
  async join(): Promise<void> {
    await this.#guarded(async () => {
      await this.#line.quiet();
      await this.#bridge.enter('smart', this.#wanted());
    });
  }

  /**
   * After a restart: joins whoever is missing, and leaves whoever is in where they are. A caller on hold
   * who cannot be given music is no reason to part them from the agent.
   */
  async rejoin(held: boolean): Promise<void> {
    await this.#onceMore(() => this.#putBack(held));
    this.#isHeld = held;
    if (!held) return;
    this.#isHalfway = true;
    await this.#onceMore(() => this.hold()).catch((err: unknown) => {
      this.#line.gone.throwIfAborted();
      const { log } = this.#exchange;
      log.warn({ err, bridgeId: this.bridgeId }, 'a caller may not be on hold as they were');
    });
  }

  async #putBack(held: boolean): Promise<void> {
    const members = await this.#bridge.members();
    const isOut = (channelId: string) => !members.includes(channelId);
    await this.#guarded(async () => {
      if (isOut(this.#leg.legId)) await this.#bridge.add(this.#leg.legId);
      if (held || !isOut(this.#line.channelId)) return;
      await this.#line.quiet();
      await this.#bridge.add(this.#line.channelId);
    });
  }

  /** Concerns the caller alone: works when the seat's leg is gone, which is when it matters most. */
  async hold(): Promise<void> {
    if (this.#isClosed() || (this.#isHeld && !this.#isHalfway)) return;
    this.#isHalfway = true;
    await this.#guarded(() => this.#bridge.takeOut(this.#line.channelId), [this.#line.gone]);
    await this.#line.startMusic();
    this.#isHeld = true;
    this.#isHalfway = false;
    await this.#fillSilence();
  }

  async resume(): Promise<void> {
    if (this.#isClosed() || (!this.#isHeld && !this.#isHalfway)) return;
    this.#isHalfway = true;
    await this.#fillSilence();
    await this.#line.quiet();
    await this.#guarded(() => this.#bridge.add(this.#line.channelId));
    this.#isHeld = false;
    this.#isHalfway = false;
  }

  async admit(party: Party): Promise<void> {
    this.#parties.add(party);
    party.gone.addEventListener('abort', () => void this.#without(party), { once: true });
    await this.#fillSilence();
    await this.#guarded(() => this.#mix());
    await this.#guarded(() => this.#bridge.add(party.legId), [party.gone]);
  }

  async dismiss(party: Party): Promise<void> {
    if (party.gone.aborted) return;
    await this.#bridge.takeOut(party.legId);
    await this.#without(party);
  }

  async mute(on: boolean): Promise<void> {
    this.#isMuted = on;
    const { link } = this.#exchange;
    const { legId, gone } = this.#leg;
    await this.#guarded(() => (on ? link.mute(legId) : link.unmute(legId)), [gone]);
  }

  async replaceLeg(leg: Party): Promise<void> {
    const old = this.#leg;
    this.#leg = leg;
    if (this.#isMuted) await this.mute(true);
    await this.#guarded(() => this.#bridge.add(leg.legId));
    await this.#fillSilence();
    await old.hangUp();
  }

  async leaveTo(party: Party): Promise<void> {
    const agent = this.#leg;
    this.#leg = party;
    this.#parties.delete(party);
    this.#isMuted = false;
    await this.resume();
    await agent.hangUp();
  }

  /**
   * The caller is taken out first: that request returns when they are out, while the bridge's own end
   * leaves them inside for a moment, and a prompt that comes in that moment may be lost without a word.
   * What was asked before is waited for: a bridge ordered by somebody who has hung up since must not
   * be made after it was destroyed.
   */
  async close(): Promise<void> {
    if (this.#isClosed()) return;
    this.#closed.abort(new Error('the talk is over'));
    this.#onClose();
    await this.#asked;
    const { link, log } = this.#exchange;
    try {
      if (!this.#line.gone.aborted && (!this.#isHeld || this.#isHalfway)) {
        // A caller who leaves at this moment is no channel any more (400): the bridge goes all the same.
        await this.#bridge.takeOut(this.#line.channelId).catch(() => {});
      }
      await link.destroyBridge(this.bridgeId);
    } catch (error) {
      log.warn({ err: error, bridgeId: this.bridgeId }, 'a bridge could not be taken apart');
    }
  }

  async #without(party: Party): Promise<void> {
    this.#parties.delete(party);
    await this.#fillSilence();
  }

  /**
   * Nobody is left between two bridges. Who cannot be moved goes on as before, without the party; when
   * not even that succeeds the seat counts as lost, and the caller is served anew.
   * @throws whatever kept them from being moved
   */
  async #mix(): Promise<void> {
    try {
      await this.#onceMore(() => this.#bridge.mixFromNowOn(this.#wanted()));
    } catch (error) {
      if (this.#isAnyGone()) throw error;
      await this.#onceMore(() => this.#bridge.enter('smart', this.#wanted())).catch((err) => {
        if (this.#isAnyGone()) return;
        const { log } = this.#exchange;
        log.error({ err, bridgeId: this.bridgeId }, 'a talk fell apart: its seat counts as lost');
        loseLeg(this.#exchange, this.#leg);
      });
      throw error;
    }
  }

  #isClosed(): boolean {
    return this.#closed.signal.aborted;
  }

  #isAnyGone(): boolean {
    return this.#line.gone.aborted || this.#leg.gone.aborted;
  }

  #onceMore(work: () => Promise<void>): Promise<void> {
    return onceMore(this.#exchange, AbortSignal.any([this.#line.gone, this.#leg.gone]), work);
  }

  /** Who belongs into the bridge before anybody else is let in. */
  #wanted(): string[] {
    return this.#isHeld ? [this.#leg.legId] : [this.#line.channelId, this.#leg.legId];
  }

  /**
   * An agent alone in the bridge is sent nothing, and what a leader whispers goes out with what is sent:
   * so silence is, until somebody else is in. Never rejects: the talk matters more.
   */
  async #fillSilence(): Promise<void> {
    const { link, log } = this.#exchange;
    const isOut = this.#isHeld && !this.#isHalfway;
    const isAlone = isOut && !this.#isClosed() && this.#parties.size === 0;
    const before = this.#silenced;
    const wanted = isAlone ? this.#leg : null;
    if (before === wanted) return;
    this.#silenced = wanted;
    try {
      if (before && !before.gone.aborted) await link.stopSilence(before.legId);
      if (wanted && !wanted.gone.aborted) await link.startSilence(wanted.legId);
    } catch (err) {
      log.debug({ err, bridgeId: this.bridgeId }, 'silence could not be filled in');
    }
  }

  /** Does something to the bridge; if somebody has just left, rejects with the reason of their leaving. */
  async #guarded(
    work: () => Promise<void>,
    needed: AbortSignal[] = [this.#line.gone, this.#leg.gone],
  ): Promise<void> {
    const gone = AbortSignal.any(needed);
    const asked = work();
    this.#asked = Promise.allSettled([this.#asked, asked]);
    try {
      await waitOrAbort(asked, gone);
    } catch (error) {
      if (isNotThere(error)) {
        await sleep(this.#exchange.clock, reasonGraceMs, gone).catch(() => {});
        gone.throwIfAborted();
      }
      throw error;
    }
  }
}

/** The leg is hung up, and counts as lost, not as hung up by anybody. */
function loseLeg(exchange: Exchange, leg: Party): void {
  if (leg instanceof DialledChannel) leg.ended({ why: 'vanished' });
  void endChannel(exchange, leg.legId, leg.gone);
}
