import { type Deferred, deferred } from '../../src/kit/abort.ts';
import type { ExchangeEvent } from './channels.ts';
import type { Exchange } from './exchange.ts';
import type { Rng } from './rng.ts';
import type { Timeline } from './timeline.ts';

/** An error the simulator put there on purpose: it may show up in the log, others may not. */
export class Injected extends Error {
  constructor(what: string) {
    super(`injected: ${what}`);
    this.name = 'Injected';
  }
}

/** How unruly the way between exchange and server is. All chances are per event or per command. */
export interface Weather {
  late: number;
  doubled: number;
  lost: number;
  rejected: number;
  slow: number;
}

export const calm: Weather = { late: 0, doubled: 0, lost: 0, rejected: 0, slow: 0 };
export const rough: Weather = {
  late: 0.02,
  doubled: 0.005,
  lost: 0.0005,
  rejected: 0.000_5,
  slow: 0.01,
};

/** How late an event comes at most. */
export const LATE_MAX_MS = 4_000;
const DETECTED_AFTER_MS = 5_000;
const REDIAL_MS = 500;

/** What a process that has died waits for. */
export function never<T>(): Promise<T> {
  return new Promise<T>(() => {});
}

/** A connected server's ear for events. */
export interface Listener {
  deliver(event: ExchangeEvent): void;
  /** Connected again (or for the first time): find out what was missed. */
  reconnected(): void;
  disconnected(): void;
}

/**
 * The connection between the exchange and the server: latency, losses, interruptions. An event that
 * is lost breaks the connection soon after, as a broken TCP stream does; nothing is lost for ever
 * unnoticed.
 */
export class Link {
  weather: Weather = calm;
  /** Set by the world: may kill the server here. */
  crashPoint: () => void = () => {};
  readonly exchange: Exchange;
  readonly #timeline: Timeline;
  readonly #rng: Rng;
  #listener: Listener | null = null;
  #isUp = true;
  #session = 0;
  #lastAt = 0;
  #upAgain: Deferred<void> = deferred();

  constructor(timeline: Timeline, rng: Rng, makeExchange: (link: Link) => Exchange) {
    this.#timeline = timeline;
    this.#rng = rng;
    this.exchange = makeExchange(this);
    this.#upAgain.resolve();
  }

  isConnected(listener: Listener): boolean {
    return this.#isUp && this.#listener === listener;
  }

  /** Resolves while the connection is up, or when it is up again. */
  get up(): Promise<void> {
    return this.#upAgain.promise;
  }

  attach(listener: Listener): void {
    this.#listener = listener;
    this.#session += 1;
  }

  /** The server process is gone. */
  detach(): void {
    this.#listener = null;
    this.#session += 1;
  }

  cut(forMs: number): void {
    if (!this.#isUp) return;
    this.#isUp = false;
    this.#session += 1;
    this.#upAgain = deferred();
    this.#listener?.disconnected();
    this.#timeline.after(forMs, () => {
      this.#isUp = true;
      this.#listener?.reconnected();
      this.#upAgain.resolve();
      this.callersComeIn();
    });
  }

  /** Callers in the dialplan's loop try our application again every half second. */
  callersComeIn(): void {
    for (const line of this.exchange.lines.values()) {
      if (!line.inApp) this.#comeIn(line.id);
    }
  }

  tell(event: ExchangeEvent): void {
    if (!this.#isUp || !this.#listener) return;
    const { late, doubled, lost } = this.weather;
    const rng = this.#rng;
    if (rng.chance(lost)) {
      this.#timeline.after(rng.int(1, DETECTED_AFTER_MS), () => this.cut(rng.int(100, 2_000)));
      return;
    }
    const isLate = rng.chance(late);
    // One after the other, as they come over a stream; a late one is overtaken.
    const dueAt = Math.max(this.#timeline.now + rng.int(1, 3), this.#lastAt);
    if (!isLate) this.#lastAt = dueAt;
    const delayMs = isLate ? rng.int(50, LATE_MAX_MS) : dueAt - this.#timeline.now;
    this.#deliver(event, delayMs);
    if (rng.chance(doubled)) this.#deliver(event, delayMs + rng.int(0, 300));
  }

  /**
   * Carries out a command of the server: on the way, there, and back. Rejects with `Injected`, and
   * waits out an interruption, as the real link does.
   */
  async command<T>(work: () => T, isAlive: () => boolean): Promise<T> {
    this.crashPoint();
    // Sent at the end of this turn of the loop, if the process lives to see it.
    await Promise.resolve();
    if (!isAlive()) return never();
    await this.#travel();
    for (; !this.#isUp; await this.#travel()) {
      await this.up;
      if (!isAlive()) return never();
    }
    if (this.#rng.chance(this.weather.rejected)) throw new Injected('the exchange refused');
    const result = work();
    this.crashPoint();
    await this.#travel();
    return isAlive() ? result : never();
  }

  #comeIn(channelId: string): void {
    this.#timeline.after(this.#rng.int(1, REDIAL_MS), () => {
      if (this.exchange.lines.get(channelId)?.inApp === false)
        this.tell({ kind: 'entered', channelId });
    });
  }

  #travel(): Promise<void> {
    const rng = this.#rng;
    const ms = rng.chance(this.weather.slow) ? rng.int(50, LATE_MAX_MS) : rng.int(0, 2);
    if (ms === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#timeline.after(ms, resolve);
    });
  }

  #deliver(event: ExchangeEvent, delayMs: number): void {
    const session = this.#session;
    this.#timeline.after(delayMs, () => {
      if (this.#session !== session || !this.#isUp) return;
      this.crashPoint();
      if (this.#session === session) this.#listener?.deliver(event);
    });
  }
}
