import type { Hall } from '../../test/faults/hall.ts';
import type { HallCaller } from '../../test/faults/hall-caller.ts';
import { pause } from '../../test/support/until.ts';

/** How long a caller stays, from dialling to hanging up; the greeting is within it. */
const stayMs = { from: 5_000, to: 7_000 };
/** The phone lives on for the last packets of its call. */
const lingerMs = 3_000;

/** Callers who come at a steady rate, are served, and hang up. */
export class Load {
  dialled = 0;
  /** Callers the exchange refused, did not answer or hung up on. */
  failed = 0;
  readonly #hall: Hall;
  readonly #open = new Set<HallCaller>();

  constructor(hall: Hall) {
    this.#hall = hall;
  }

  /** Dials so many times a second for so long; a busy machine that falls behind catches up. */
  async run(perSecond: number, seconds: number): Promise<void> {
    const begun = performance.now();
    const first = this.dialled;
    for (;;) {
      const elapsed = (performance.now() - begun) / 1_000;
      if (elapsed >= seconds) return;
      while (this.dialled - first < elapsed * perSecond) await this.#dial();
      await pause(10);
    }
  }

  /** Resolves when everybody who dialled has left. */
  async over(): Promise<void> {
    while (this.#open.size > 0) await pause(100);
  }

  async #dial(): Promise<void> {
    this.dialled += 1;
    const caller = await this.#hall.dial();
    this.#open.add(caller);
    const stay = stayMs.from + Math.random() * (stayMs.to - stayMs.from);
    setTimeout(() => void this.#leave(caller), stay);
  }

  /** A caller who is gone takes their phone along: a soak must not drown in its own sockets. */
  async #leave(caller: HallCaller): Promise<void> {
    const wasServed = caller.status === 200 && !caller.wasHungUpOn;
    if (!wasServed) this.failed += 1;
    caller.hangUp();
    await pause(lingerMs);
    caller.close();
    this.#hall.callers.splice(this.#hall.callers.indexOf(caller), 1);
    this.#open.delete(caller);
  }
}
