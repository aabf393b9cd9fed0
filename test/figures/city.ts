import { createEngine } from '../../src/acd/engine.ts';
import { OrderedSet } from '../../src/acd/ordered-set.ts';
import type { Effect, Input } from '../../src/acd/types.ts';
import type { NewEvent } from '../../src/events.ts';
import { rules } from '../acd/rig.ts';
import { Rng } from '../sim/rng.ts';

/** Queues of the made-up city, and how many of every hundred callers each gets. */
const shares = { consumer: 40, housing: 30, traffic: 20, foreign: 10 } as const;
type QueueId = keyof typeof shares;
export const queueIds = Object.keys(shares) as QueueId[];

interface Planned {
  at: number;
  number: number;
  act: () => void;
}

/** The real engine in virtual time, what is planned to happen in the city, and what was said of it. */
export class City {
  readonly engine = createEngine();
  readonly rng: Rng;
  /** When the day begins. */
  readonly from: number;
  now: number;
  /** Does what the engine wants done. */
  carryOut: (effect: Effect) => void = () => {};
  /** What is to happen, by time; ties in the order in which it was planned. */
  readonly #plan = new OrderedSet<Planned>((a, b) => a.at - b.at || a.number - b.number);
  #planned = 0;
  #said: NewEvent[] = [];

  constructor(seed: number, from: number) {
    this.rng = new Rng(seed);
    this.from = from;
    this.now = from;
    const more = { maxWaitMs: 120_000, maxWaiting: 12 };
    const queues = queueIds.map((id) => rules(id, { ...more, wrapUpMs: 20_000 }));
    this.tell({ kind: 'queues-configured', queues });
  }

  *run(): Generator<NewEvent> {
    for (;;) {
      yield* this.#said.splice(0);
      const due = this.engine.nextDueAt();
      const next = this.#plan.first();
      if (due === null && next === undefined) return;
      if (due !== null && (next === undefined || due <= next.at)) {
        this.now = Math.max(this.now, due);
        this.tell({ kind: 'time-passed' });
      } else if (next) {
        this.#plan.remove(next);
        this.now = next.at;
        next.act();
      }
    }
  }

  tell(input: Input): void {
    const { events, effects } = this.engine.apply(input, this.now);
    this.#said.push(...events);
    for (const effect of effects) this.carryOut(effect);
  }

  say(event: NewEvent): void {
    this.#said.push(event);
  }

  /** A queue, as often as callers want it. */
  queue(): QueueId {
    let drawn = this.between(0, 99);
    for (const queueId of queueIds) {
      drawn -= shares[queueId];
      if (drawn < 0) return queueId;
    }
    return 'consumer';
  }

  between(least: number, most: number): number {
    return this.rng.int(least, most);
  }

  at(at: number, act: () => void): void {
    this.#planned += 1;
    this.#plan.add({ at, number: this.#planned, act });
  }

  in(delayMs: number, act: () => void): void {
    this.at(this.now + Math.floor(delayMs), act);
  }
}
