import { once } from 'node:events';
import {
  type LineRequest,
  type LineResult,
  type OpenLines,
  PartyGone,
} from '../src/calls/ports.ts';
import { waitOrAbort } from '../src/kit/abort.ts';
import { newId } from '../src/kit/ids.ts';
import { DialledChannel, dial } from './dialled.ts';
import type { ChannelEnd, Exchange } from './exchange.ts';
import { endChannel } from './line.ts';
import type { OutboundDoor } from './outbound.ts';
import { addressOf } from './outside.ts';
import { plain, SeatLeg } from './ring-seat.ts';

/** The line to a telephone outside that is a seat's phone, open between calls. */
export class HomeLine extends DialledChannel {
  readonly seatId: string;
  /** How it ended; null while it is open. */
  end: ChannelEnd | null = null;
  /** We have hung up, and Asterisk has not said so yet. */
  isLeaving = false;

  /** `isPlaced`: the channel exists already (an adopted one). */
  constructor(exchange: Exchange, line: { legId: string; seatId: string }, isPlaced: boolean) {
    super(exchange, line.legId, isPlaced);
    this.seatId = line.seatId;
  }

  override ended(end: ChannelEnd): void {
    this.end ??= end;
    super.ended(end);
  }

  protected override reasonOf(end: ChannelEnd | null): PartyGone {
    return new PartyGone(end === null ? 'system' : 'party');
  }
}

/**
 * Lines kept open (保持线路). Each lies alone in a bridge of its own. A call for the seat is a local
 * channel: its near half is the seat's leg as any other, recorded and joined to the caller; its far half
 * (`yihao-home` in the dialplan) comes into the line's bridge. When the leg ends so does its far half,
 * and the line is alone again: nothing has to be put back, also after a restart.
 */
export class HomeLines implements OpenLines {
  readonly #exchange: Exchange;
  readonly #door: OutboundDoor;
  readonly #onChange: (seatId: string, isOpen: boolean) => void;
  readonly #open = new Map<string, HomeLine>();

  constructor(
    exchange: Exchange,
    door: OutboundDoor,
    onChange: (seatId: string, isOpen: boolean) => void,
  ) {
    this.#exchange = exchange;
    this.#door = door;
    this.#onChange = onChange;
  }

  has(seatId: string): boolean {
    return this.#open.get(seatId)?.isLeaving === false;
  }

  seatIds(): string[] {
    return [...this.#open.keys()].filter((seatId) => this.has(seatId));
  }

  /** Calls the telephone; see `OpenLines.open`. */
  async open(request: LineRequest, signal: AbortSignal): Promise<LineResult> {
    signal.throwIfAborted();
    const { number, timeoutMs } = request;
    const seatId = plain(request.seatId);
    if (this.has(seatId)) return 'open';
    // Who signs out and in again in one breath finds the former line still on its way out.
    const former = this.#open.get(seatId)?.gone;
    if (former && !former.aborted) await waitOrAbort(once(former, 'abort'), signal);
    const { rules } = this.#door;
    const refused = this.#door.refusal(number, 'kept-open');
    if (refused !== null || !rules) return refused ?? 'not-allowed';
    this.#door.dialled();
    const legId = `home-${newId()}`;
    const order = {
      channelId: legId,
      ...addressOf(rules, number),
      args: ['home', seatId],
      timeoutMs,
    };
    const line = new HomeLine(this.#exchange, { legId, seatId }, false);
    const result = await dial(
      this.#exchange,
      line,
      {
        timeoutMs,
        send: () => this.#exchange.link.dial(order),
        refused: 'the telephone of a seat could not be dialled',
      },
      signal,
    );
    if (result.kind === 'failed') return result.why;
    await this.keep(line);
    return this.has(seatId) ? 'open' : 'unreachable';
  }

  /**
   * An answered line is the seat's phone from now on. One that is there already is left where it is;
   * one that cannot be kept is hung up, for the agent would wait on a line that is nobody's. Never
   * rejects: one line's failure is not the others'.
   */
  async keep(line: HomeLine): Promise<void> {
    try {
      await this.#keep(line);
    } catch (err) {
      this.#exchange.log.warn({ err, seatId: line.seatId }, 'an open line could not be kept');
      void line.hangUp();
    }
  }

  async #keep(line: HomeLine): Promise<void> {
    const { seatId, legId } = line;
    const { link } = this.#exchange;
    const bridgeId = bridgeOf(seatId);
    await link.createBridge(bridgeId);
    const bridge = await link.findBridge(bridgeId);
    if (!bridge?.members.includes(legId)) await link.addToBridge(bridgeId, [legId]);
    if (line.gone.aborted) return;
    this.#open.set(seatId, line);
    line.gone.addEventListener('abort', () => this.#lost(line), { once: true });
    this.#onChange(seatId, true);
  }

  async close(seatId: string): Promise<void> {
    const line = this.#open.get(seatId);
    if (!line) return;
    line.isLeaving = true;
    await line.hangUp();
  }

  /** The far half of a call for the seat has come in: it is let into the line. */
  async enter(seatId: string, channelId: string): Promise<void> {
    const { link, log } = this.#exchange;
    try {
      if (!this.has(seatId)) throw new Error('the line is not open');
      await link.answer(channelId);
      await link.addToBridge(bridgeOf(seatId), [channelId]);
    } catch (err) {
      log.warn({ err, seatId }, 'a call could not be given over an open line');
      for (const leg of this.#legsOf(seatId)) leg.ended({ why: 'vanished' });
      await link.hangUp(channelId).catch(() => {});
    }
  }

  /** A talk over the line ends as the line did. */
  #lost(line: HomeLine): void {
    const { seatId, end } = line;
    if (this.#open.get(seatId) === line) this.#open.delete(seatId);
    for (const leg of this.#legsOf(seatId)) {
      leg.ended(end ?? { why: 'vanished' });
      void endChannel(this.#exchange, leg.legId, leg.gone);
    }
    this.#exchange.link.destroyBridge(bridgeOf(seatId)).catch((err: unknown) => {
      this.#exchange.log.warn({ err, seatId }, 'the bridge of a line could not be taken apart');
    });
    this.#onChange(seatId, false);
  }

  #legsOf(seatId: string): SeatLeg[] {
    const owners = [...this.#exchange.owners.values()];
    return owners.filter(
      (one): one is SeatLeg => one instanceof SeatLeg && one.isOverLine && one.seatId === seatId,
    );
  }
}

function bridgeOf(seatId: string): string {
  return `home-${seatId}`;
}
