import type { Engine, Input } from '../../src/acd/types.ts';
import { plainRules, queueName, signIn, someQueues } from '../../src/staffing/floor.ts';
import { createRandom, type Random } from '../../src/staffing/random.ts';

/** A floor kept in one state while calls come and go on it. */
export interface Floor {
  seats: number;
  /** How many of them stand idle; with callers waiting, none. */
  idle: number;
  waiting: number;
  queues: number;
  queuesPerSeat: number;
}

/** What a run of `churn` saw. */
export interface Churned {
  /** Milliseconds of each decision. */
  decisionMs: Float64Array;
  /** A number made of every caller and seat that was rung, in order: equal for equal decisions. */
  digest: number;
}

/**
 * Fills a floor, then plays `rounds` on it: a conversation ends, the seat finishes its notes and is
 * free, a caller enters, now and then one gives up, a ring fails, a seat takes a rest. Time runs, but
 * never to a time-out. Every decision is timed by itself.
 */
export function churn(engine: Pick<Engine, 'apply'>, floor: Floor, rounds: number): Churned {
  const play = new Play(engine, floor);
  play.fill();
  play.times.length = 0;
  for (let round = 0; round < rounds; round += 1) play.round();
  return { decisionMs: Float64Array.from(play.times), digest: play.digest };
}

interface Talk {
  callId: string;
  seatId: string;
}

class Play {
  readonly times: number[] = [];
  digest = 0;
  readonly #engine: Pick<Engine, 'apply'>;
  readonly #floor: Floor;
  readonly #busy: number;
  readonly #random: Random;
  readonly #waiting = new Bag<string>();
  readonly #talking = new Bag<Talk>();
  readonly #talkAt = new Map<string, Talk>();
  #now = 1_000_000;
  #calls = 0;
  /** The next ring is not answered. */
  #failing = false;

  constructor(engine: Pick<Engine, 'apply'>, floor: Floor) {
    this.#engine = engine;
    this.#floor = floor;
    this.#busy = floor.seats - floor.idle;
    this.#random = createRandom(floor.seats * 31 + floor.waiting);
  }

  fill(): void {
    const { seats, queues, queuesPerSeat, waiting } = this.#floor;
    const rules = Array.from({ length: queues }, (_, number) =>
      plainRules(queueName(number), { wrapUpMs: 30_000 }),
    );
    this.#tell({ kind: 'queues-configured', queues: rules });
    for (let number = 1; number <= seats; number += 1) {
      const memberships = someQueues(this.#random, queues, queuesPerSeat);
      for (const input of signIn(`seat-${number}`, memberships)) this.#tell(input);
    }
    while (this.#talking.size < this.#busy || this.#waiting.size < waiting) this.#enter();
  }

  round(): void {
    this.#now += 1;
    const chance = this.#random.next();
    this.#failing = chance < 0.02;
    this.#finishTalk(chance > 0.97);
    const present = this.#talking.size + this.#waiting.size;
    if (present < this.#busy + this.#floor.waiting) this.#enter();
    if (chance > 0.9) this.#giveUp();
  }

  #tell(input: Input): void {
    const before = performance.now();
    const { effects } = this.#engine.apply(input, this.#now);
    this.times.push(performance.now() - before);
    for (const effect of effects) if (effect.kind === 'ring') this.#answer(effect);
  }

  #answer(ring: Talk & { attempt: number }): void {
    const { callId, seatId, attempt } = ring;
    for (const letter of `${callId}>${seatId}`) {
      this.digest = (Math.imul(this.digest, 31) + letter.charCodeAt(0)) | 0;
    }
    if (this.#failing) {
      this.#failing = false;
      this.#tell({ kind: 'ring-failed', callId, seatId, attempt, why: 'no-answer' });
      return this.#tell({ kind: 'seat-ready', seatId });
    }
    this.#waiting.remove(callId);
    const talk = { callId, seatId };
    this.#talkAt.set(seatId, talk);
    this.#talking.add(talk);
    this.#tell({ kind: 'seat-answered', callId, seatId, attempt });
  }

  #enter(): void {
    this.#calls += 1;
    const callId = `call-${this.#calls}`;
    const queueId = queueName(this.#random.below(this.#floor.queues));
    this.#waiting.add(callId);
    const person = { priority: 0, arrivedAt: this.#now, lastAgentId: null };
    this.#tell({ kind: 'caller-entered', callId, queueId, ...person });
  }

  #giveUp(): void {
    const callId = this.#waiting.any(this.#random.next());
    if (callId === undefined) return;
    this.#waiting.remove(callId);
    this.#tell({ kind: 'caller-left', callId, abandoned: true });
    this.#enter();
  }

  #finishTalk(rests: boolean): void {
    const talk = this.#talking.any(this.#random.next());
    if (!talk) return;
    const { callId, seatId } = talk;
    this.#talking.remove(talk);
    this.#talkAt.delete(seatId);
    this.#tell({ kind: 'talk-ended', callId, seatId, by: 'caller' });
    this.#now += 1;
    this.#tell({ kind: 'wrap-up-finished', seatId });
    if (!rests || this.#talkAt.has(seatId)) return;
    this.#tell({ kind: 'seat-not-ready', seatId, reason: 'rest' });
    this.#tell({ kind: 'seat-ready', seatId });
  }
}

/** Things one of which is taken by chance; adding, removing and choosing cost nothing. */
class Bag<T> {
  readonly #items: T[] = [];
  readonly #places = new Map<T, number>();

  get size(): number {
    return this.#items.length;
  }

  add(item: T): void {
    this.#places.set(item, this.#items.length);
    this.#items.push(item);
  }

  remove(item: T): void {
    const place = this.#places.get(item);
    const last = this.#items.pop();
    if (place === undefined || last === undefined) return;
    this.#places.delete(item);
    if (last === item) return;
    this.#items[place] = last;
    this.#places.set(last, place);
  }

  any(chance: number): T | undefined {
    return this.#items[Math.floor(chance * this.#items.length)];
  }
}
