import { AppError } from '../../src/kit/errors.ts';
import { hotlines } from './hotlines.ts';
import type { Rng } from './rng.ts';
import type { Server } from './server.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;

type Membership = { queueId: string; level: number };

/** Shift leaders who move seats between queues, and an administrator who changes the hotline. */
export class Bosses {
  readonly seatIds: string[];
  readonly numbers: readonly [string, ...string[]];
  readonly #world: World;
  readonly #rng: Rng;
  readonly #memberships = new Map<string, Membership[]>();
  #version = 1;
  #isOver = false;

  constructor(world: World, rng: Rng, seats: number) {
    this.#world = world;
    this.#rng = rng;
    this.seatIds = Array.from({ length: seats }, (_, index) => String(5001 + index));
    for (const seatId of this.seatIds) this.#memberships.set(seatId, this.#skills());
    const numbers = world.hotline.entries.flatMap((entry) => entry.numbers);
    // Most people dial the one number everybody knows.
    this.numbers = ['12345', '12345', '12345', ...numbers];
  }

  memberships(seatId: string): readonly Membership[] {
    return this.#memberships.get(seatId) ?? [];
  }

  /** Sets up the seats in an empty store. */
  furnish(server: Server): void {
    for (const id of this.seatIds) {
      server.floor.seats.create({
        id,
        name: id,
        phone: 'browser',
        queues: [...this.memberships(id)],
      });
    }
  }

  start(): void {
    const { timeline } = this.#world;
    const again = (meanMs: number, act: () => void): void => {
      timeline.after(this.#rng.gap(meanMs), () => {
        if (this.#isOver) return;
        if (this.#world.isServing) act();
        again(meanMs, act);
      });
    };
    again(20 * MINUTE_MS, () => this.#moveSeat());
    again(90 * MINUTE_MS, () => this.#changeHotline());
  }

  stop(): void {
    this.#isOver = true;
  }

  #skills(): Membership[] {
    const queueIds = hotlines[0].queues.map(({ id }) => id);
    const rng = this.#rng;
    const known = queueIds.filter(() => rng.chance(0.6));
    // Everybody takes general calls; so nobody waits for a seat that never comes.
    const skills = [...new Set([...known, 'general'])];
    return skills.map((queueId) => ({ queueId, level: rng.int(1, 3) }));
  }

  #moveSeat(): void {
    const seatId = this.#rng.pick(this.seatIds as [string, ...string[]]);
    const known = new Set(this.#world.hotline.queues.map(({ id }) => id));
    const before = this.#memberships.get(seatId) ?? [];
    const queues = this.#skills().filter(({ queueId }) => known.has(queueId));
    this.#memberships.set(seatId, queues);
    try {
      this.#world.server?.floor.seats.change(seatId, { queues });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#memberships.set(seatId, before);
    }
  }

  #changeHotline(): void {
    const world = this.#world;
    const before = world.hotline;
    world.hotline = this.#rng.pick(hotlines);
    this.#version += 1;
    if (!world.server?.hotlineChanged(this.#version)) world.hotline = before;
  }
}
