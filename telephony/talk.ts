import type { Line, Party, Talk } from '../src/calls/ports.ts';
import { sleep, waitOrAbort } from '../src/kit/abort.ts';
import { AriError, isNotThere, isUnanswered } from './ari-error.ts';
import type { BridgeKind } from './ari-requests.ts';
import type { Exchange } from './exchange.ts';
import { CallerLine } from './line.ts';
import { plain } from './ring-seat.ts';

const prefix = 'talk-';
/** Asterisk may say "not there" a moment before the event that says why. */
const reasonGraceMs = 1_000;
const enterTries = 20;
const enterPauseMs = 50;

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
  /** The agent's phone that is sent silence. */
  #silenced: Party | null = null;
  #isHeld = false;
  #isMuted = false;
  #isClosed = false;
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
  }

  /** Makes the bridge and puts both in. */
  async join(): Promise<void> {
    await this.#bridge(async () => {
      await this.#line.quiet();
      await this.#enterNew('smart', [this.#line.channelId, this.#leg.legId]);
    });
  }

  /** An earlier bridge of the same call may still be on its way out; it cannot be entered any more. */
  async #enterNew(kind: BridgeKind, channelIds: readonly string[]): Promise<void> {
    const { link, clock } = this.#exchange;
    for (let tries = 1; ; tries += 1) {
      await link.createBridge(this.bridgeId, kind);
      try {
        return await link.addToBridge(this.bridgeId, channelIds);
      } catch (error) {
        if (!isBridgeLeaving(error) || tries === enterTries || this.#isClosed) throw error;
        await sleep(clock, enterPauseMs, this.#line.gone);
      }
    }
  }

  /** After a restart: joins whoever is missing, and leaves whoever is in where they are. */
  async rejoin(held: boolean): Promise<void> {
    const { link } = this.#exchange;
    const members = (await link.findBridge(this.bridgeId))?.members ?? [];
    if (members.length === 0) await link.createBridge(this.bridgeId);
    this.#isHeld = held;
    const isLineIn = members.includes(this.#line.channelId);
    await this.#bridge(async () => {
      if (!members.includes(this.#leg.legId)) await this.#add(this.#leg.legId);
      if (held && isLineIn) await link.removeFromBridge(this.bridgeId, this.#line.channelId);
      if (!held && !isLineIn) await this.#line.quiet().then(() => this.#add(this.#line.channelId));
    });
    if (held) await this.#line.startMusic();
    await this.#fillSilence();
  }

  /** Concerns the caller alone: works when the seat's leg is gone, which is when it matters most. */
  async hold(): Promise<void> {
    if (this.#isHeld || this.#isClosed) return;
    this.#isHeld = true;
    const { link } = this.#exchange;
    const take = () => link.removeFromBridge(this.bridgeId, this.#line.channelId);
    await this.#bridge(take, [this.#line.gone]);
    await this.#line.startMusic();
    await this.#fillSilence();
  }

  async resume(): Promise<void> {
    if (!this.#isHeld || this.#isClosed) return;
    this.#isHeld = false;
    await this.#fillSilence();
    await this.#line.quiet();
    await this.#bridge(() => this.#add(this.#line.channelId));
  }

  async admit(party: Party): Promise<void> {
    this.#parties.add(party);
    party.gone.addEventListener('abort', () => void this.#without(party), { once: true });
    await this.#fillSilence();
    await this.#bridge(() => this.#mixFromNowOn().catch((error) => this.#mixOnceMore(error)));
    await this.#bridge(() => this.#add(party.legId), [party.gone]);
  }

  async dismiss(party: Party): Promise<void> {
    if (party.gone.aborted) return;
    const { link } = this.#exchange;
    await link.removeFromBridge(this.bridgeId, party.legId).catch(passIfNotThere);
    await this.#without(party);
  }

  async mute(on: boolean): Promise<void> {
    this.#isMuted = on;
    const { link } = this.#exchange;
    const { legId, gone } = this.#leg;
    await this.#bridge(() => (on ? link.mute(legId) : link.unmute(legId)), [gone]);
  }

  async replaceLeg(leg: Party): Promise<void> {
    const old = this.#leg;
    this.#leg = leg;
    if (this.#isMuted) await this.mute(true);
    await this.#bridge(() => this.#add(leg.legId));
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
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#onClose();
    await this.#asked;
    const { link, log } = this.#exchange;
    try {
      if (!this.#line.gone.aborted && !this.#isHeld) {
        // A caller who leaves at this moment is no channel any more (400): the bridge goes all the same.
        await link.removeFromBridge(this.bridgeId, this.#line.channelId).catch(() => {});
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
   * Before somebody else than the caller is heard, the talk moves into a bridge that mixes for the rest
   * of its life, also when two are left. Debian's Asterisk (22.10.1, its patch of `ast_translate` for
   * lost packets) takes the packets of another speaker for late ones of the first whenever their
   * numbers lie behind: for up to eleven minutes they would reach the phone, but neither the recording
   * nor a listening leader. What is mixed carries no numbers. It is a matter of milliseconds.
   */
  async #mixFromNowOn(): Promise<void> {
    const { link } = this.#exchange;
    const bridge = await link.findBridge(this.bridgeId);
    const isMixed = bridge?.kind === 'mixed';
    const isIn = (channelId: string) => isMixed && bridge.members.includes(channelId);
    const wanted = this.#isHeld ? [this.#leg.legId] : [this.#line.channelId, this.#leg.legId];
    if (wanted.every(isIn)) return;
    if (bridge && !isMixed) {
      for (const channelId of bridge.members) {
        await link.removeFromBridge(this.bridgeId, channelId).catch(passIfNotThere);
      }
      await link.destroyBridge(this.bridgeId);
    }
    await this.#enterNew(
      'mixed',
      wanted.filter((channelId) => !isIn(channelId)),
    );
  }

  /** Nobody is left between two bridges because the connection was lost in between. */
  async #mixOnceMore(error: unknown): Promise<void> {
    if (!isUnanswered(error)) throw error;
    await this.#exchange.settled();
    await this.#mixFromNowOn();
  }

  /**
   * An agent alone in the bridge is sent nothing, and what a leader whispers goes out with what is sent:
   * so silence is, until somebody else is in. Never rejects: the talk matters more.
   */
  async #fillSilence(): Promise<void> {
    const { link, log } = this.#exchange;
    const isAlone = this.#isHeld && !this.#isClosed && this.#parties.size === 0;
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

  #add(channelId: string): Promise<void> {
    return this.#exchange.link.addToBridge(this.bridgeId, [channelId]);
  }

  /** Does something to the bridge; if somebody has just left, rejects with the reason of their leaving. */
  async #bridge(
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

function isBridgeLeaving(error: unknown): boolean {
  return error instanceof AriError && /Bridge not (in Stasis|found)/.test(error.message);
}

function passIfNotThere(error: unknown): void {
  if (!isNotThere(error)) throw error;
}
