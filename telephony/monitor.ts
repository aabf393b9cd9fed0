import type { Leg, Monitoring, MonitorMode, OutsideLeg } from '../src/calls/ports.ts';
import { deferred, waitOrAbort } from '../src/kit/abort.ts';
import { newId } from '../src/kit/ids.ts';
import { isUnanswered } from './ari-error.ts';
import type { ChannelOwner, Exchange } from './exchange.ts';
import { endChannel } from './line.ts';
import { plain } from './ring-seat.ts';
import { talkBridgeId } from './talk.ts';

/**
 * Where the leader's voice goes: `out` is what the agent's phone is sent, so nobody else can hear it;
 * `both` adds what comes from the phone, so the others in the talk hear it, too.
 */
const whisperOf: Record<MonitorMode, 'none' | 'out' | 'both'> = {
  listen: 'none',
  whisper: 'out',
  barge: 'both',
};

/** A channel that hears what an agent's channel hears and says. Ends with it. */
class Snoop implements ChannelOwner {
  readonly channelId = `snoop-${newId()}`;
  readonly isPlaced = false;
  readonly #exchange: Exchange;
  readonly #entered = deferred<void>();
  readonly #gone = new AbortController();

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
    exchange.owners.set(this.channelId, this);
  }

  /** Resolves when it can be put into a bridge. */
  async open(legId: string, mode: MonitorMode): Promise<void> {
    try {
      await this.#exchange.link.snoop(legId, this.channelId, whisperOf[mode]);
    } catch (error) {
      // Refused: there is no such channel, and nothing will tell of its end.
      if (!isUnanswered(error)) this.ended();
      throw error;
    }
    await waitOrAbort(this.#entered.promise, this.#gone.signal);
  }

  async hangUp(): Promise<void> {
    if (!this.#gone.signal.aborted) {
      await endChannel(this.#exchange, this.channelId, this.#gone.signal);
    }
  }

  entered(): void {
    this.#entered.resolve();
  }

  key(): void {}

  ended(): void {
    this.#exchange.owners.delete(this.channelId);
    this.#gone.abort(new Error('what was listened to is over'));
  }

  /** Ends with what it listens on. */
  stillThere(): void {}
}

/** A leader's phone, bridged with what an agent's phone hears and says. */
class BridgedMonitoring implements Monitoring {
  readonly bridgeId = talkBridgeId(`monitor-${newId()}`);
  readonly #exchange: Exchange;
  readonly #leader: Leg;
  #agent: Leg;
  #mode: MonitorMode = 'listen';
  #snoop: Snoop | undefined;

  constructor(exchange: Exchange, agent: Leg, leader: Leg) {
    this.#exchange = exchange;
    this.#agent = agent;
    this.#leader = leader;
  }

  async open(mode: MonitorMode): Promise<void> {
    const { link } = this.#exchange;
    await link.createBridge(this.bridgeId);
    await link.addToBridge(this.bridgeId, [this.#leader.legId]);
    await this.change(mode);
  }

  async moveTo(agent: Leg): Promise<void> {
    this.#agent = agent;
    await this.change(this.#mode);
  }

  async change(mode: MonitorMode): Promise<void> {
    this.#mode = mode;
    const before = this.#snoop;
    const snoop = new Snoop(this.#exchange);
    this.#snoop = snoop;
    // The old one goes first: a whisper that has ended must not be heard a moment longer.
    await before?.hangUp();
    await waitOrAbort(snoop.open(this.#agent.legId, mode), this.#agent.gone);
    await this.#exchange.link.addToBridge(this.bridgeId, [snoop.channelId]);
  }

  async close(): Promise<void> {
    await this.#snoop?.hangUp();
    try {
      await this.#exchange.link.destroyBridge(this.bridgeId);
    } catch (err) {
      this.#exchange.log.warn({ err }, 'a bridge could not be taken apart');
    }
  }
}

/**
 * Records a talk on after its agent has left, see `Telephony.recordOn`: by a channel that listens on
 * the leg, so that nothing happens to the talk itself.
 */
export async function recordOn(
  exchange: Exchange,
  leg: OutsideLeg,
  recordingId: string,
): Promise<void> {
  const snoop = new Snoop(exchange);
  await waitOrAbort(snoop.open(leg.legId, 'listen'), leg.gone);
  await exchange.link.recordOn(snoop.channelId, plain(recordingId));
}

/** Lets a leader hear an agent's talk; see `Telephony.monitor`. */
export async function monitor(
  exchange: Exchange,
  bridges: Set<string>,
  { agent, leader }: { agent: Leg; leader: Leg },
  mode: MonitorMode,
): Promise<Monitoring> {
  const monitoring = new BridgedMonitoring(exchange, agent, leader);
  // What cannot be taken apart now belongs to nobody, and goes at the next look.
  const close = () => {
    bridges.delete(monitoring.bridgeId);
    return monitoring.close();
  };
  bridges.add(monitoring.bridgeId);
  try {
    await monitoring.open(mode);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    change: (next) => monitoring.change(next),
    moveTo: (next) => monitoring.moveTo(next),
    close,
  };
}
