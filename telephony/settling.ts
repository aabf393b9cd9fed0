import { type Deferred, deferred, sleep } from '../src/kit/abort.ts';
import type { Clock } from '../src/kit/clock.ts';
import type { Log } from '../src/kit/log.ts';
import { retryMs } from './reach.ts';

interface SettlingOptions {
  clock: Clock;
  log: Log;
  /** Aborts when nobody wants to know any more. */
  closed: AbortSignal;
  /** Finds out what was missed; tried again until it resolves. */
  catchUp(): Promise<void>;
  /** Told when what was missed is known, and when the connection is lost. */
  onConnection(connected: boolean): void;
}

/** Between a connection and the knowledge of what was missed before it. */
export class Settling {
  readonly #options: SettlingOptions;
  #settled: Deferred<void> = deferred();
  #connections = 0;
  /** Until `begin`, another server may still decide: what is true is not asked for yet. */
  #hasBegun = false;
  isSettled = false;

  constructor(options: SettlingOptions) {
    this.#options = options;
  }

  /** Resolves when we are connected and know what we missed; at once when nothing was missed. */
  get settled(): Promise<void> {
    return this.#settled.promise;
  }

  /** Another server, if there was one, has let go. */
  begin(): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    void this.#settle(this.#connections);
  }

  connection(connected: boolean): void {
    this.#connections += 1;
    if (connected) {
      if (this.#hasBegun) void this.#settle(this.#connections);
      return;
    }
    if (this.isSettled) this.#settled = deferred();
    this.isSettled = false;
    this.#options.onConnection(false);
  }

  /** Finds out what was missed, again and again until it succeeds or the connection is lost again. */
  async #settle(connection: number): Promise<void> {
    const { clock, log, closed, catchUp, onConnection } = this.#options;
    while (this.#connections === connection && !closed.aborted) {
      try {
        await catchUp();
        if (this.#connections !== connection) return;
        this.isSettled = true;
        this.#settled.resolve();
        onConnection(true);
        return;
      } catch (error) {
        log.warn({ err: error }, 'cannot learn yet what Asterisk is doing');
        await sleep(clock, retryMs, closed).catch(() => {});
      }
    }
  }
}
