import { calm, Injected, rough } from './link.ts';
import type { Rng } from './rng.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;

/** Breaks things: the server, the exchange, the line between them, the disk. */
export class Faults {
  readonly #world: World;
  readonly #rng: Rng;
  #isOver = false;
  #diskFullUntil = 0;
  /** The server dies at this many crash points from now; 0 = not armed. */
  #pointsLeft = 0;
  /** When something was last broken. */
  lastAt = 0;

  constructor(world: World, rng: Rng) {
    this.#world = world;
    this.#rng = rng;
  }

  start(): void {
    const { link } = this.#world;
    const rng = this.#rng;
    link.weather = rough;
    this.#again(45 * MINUTE_MS, () => {
      // At any step, also of a start: the points are before and after each append, command and event.
      this.#pointsLeft = rng.int(1, 200);
    });
    this.#again(40 * MINUTE_MS, () => link.cut(rng.int(100, 60_000)));
    this.#again(300 * MINUTE_MS, () => {
      link.cut(rng.int(2_000, 20_000));
      link.exchange.die();
    });
    this.#again(180 * MINUTE_MS, () => {
      this.#diskFullUntil = this.#world.timeline.now + rng.int(500, 120_000);
    });
    this.#again(60 * MINUTE_MS, () => this.#vanish());
  }

  async stop(quiet: () => boolean): Promise<void> {
    this.#isOver = true;
    this.#pointsLeft = 0;
    this.#diskFullUntil = 0;
    this.#world.link.weather = calm;
    await this.#world.timeline.run(this.#world.timeline.now + 2 * MINUTE_MS, quiet);
    if (!this.#world.options.faults) return;
    // What a full disk swallowed is only put right by the next start.
    this.#kill();
    await this.#world.timeline.run(this.#world.timeline.now + 2 * MINUTE_MS, quiet);
  }

  crashPoint(): void {
    if (this.#pointsLeft === 0 || !this.#world.server?.isAlive) return;
    this.#pointsLeft -= 1;
    if (this.#pointsLeft === 0) this.#kill();
  }

  disk(): void {
    const { now } = this.#world.timeline;
    if (now >= this.#diskFullUntil) return;
    this.lastAt = now;
    throw new Injected('the disk is full');
  }

  #kill(): void {
    const { timeline } = this.#world;
    this.lastAt = timeline.now;
    this.#world.killServer();
    timeline.after(this.#rng.int(300, 30_000), () => {
      this.lastAt = timeline.now;
      this.#world.startServer().catch((error: unknown) => this.#world.complain(error));
    });
  }

  /** A channel is gone and nobody says so, until the connection is made anew. */
  #vanish(): void {
    const { link, timeline } = this.#world;
    const lines = [...link.exchange.lines.values()];
    const legs = [...link.exchange.legs.values()];
    const line = lines[this.#rng.int(0, Math.max(0, lines.length - 1))];
    const leg = legs[this.#rng.int(0, Math.max(0, legs.length - 1))];
    if (line && this.#rng.chance(0.5)) link.exchange.endLine(line, 'vanished', true);
    else if (leg) link.exchange.endLeg(leg, 'seat-lost', true);
    timeline.after(this.#rng.int(1, 5_000), () => link.cut(this.#rng.int(100, 1_000)));
  }

  #again(meanMs: number, act: () => void): void {
    this.#world.timeline.after(this.#rng.gap(meanMs), () => {
      if (this.#isOver) return;
      this.lastAt = this.#world.timeline.now;
      act();
      this.#again(meanMs, act);
    });
  }
}
