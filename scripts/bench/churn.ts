import type { Engine, Input } from '../../src/acd/types.ts';
import { plainRules, queueName, signIn, someQueues } from '../staff/floor.ts';
import { createRandom } from '../staff/random.ts';

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
  const random = createRandom(floor.seats * 31 + floor.waiting);
  const waiting = new Bag<string>();
  const talking = new Bag<{ callId: string; seatId: string }>();
  const talks = new Map<string, { callId: string; seatId: string }>();
  const times: number[] = [];
  let now = 1_000_000;
  let calls = 0;
  let digest = 0;
  let failing = false;

  function tell(input: Input): void {
    const before = performance.now();
    const { effects } = engine.apply(input, now);
    times.push(performance.now() - before);
    for (const effect of effects) if (effect.kind === 'ring') answer(effect);
  }

  function answer(ring: { callId: string; seatId: string; attempt: number }): void {
    const { callId, seatId, attempt } = ring;
    for (const letter of `${callId}>${seatId}`) {
      digest = (Math.imul(digest, 31) + letter.charCodeAt(0)) | 0;
    }
    if (failing) {
      failing = false;
      tell({ kind: 'ring-failed', callId, seatId, attempt, why: 'no-answer' });
      return tell({ kind: 'seat-ready', seatId });
    }
    waiting.remove(callId);
    const talk = { callId, seatId };
    talks.set(seatId, talk);
    talking.add(talk);
    tell({ kind: 'seat-answered', callId, seatId, attempt });
  }

  function enter(): void {
    calls += 1;
    const callId = `call-${calls}`;
    const queueId = queueName(random.below(floor.queues));
    waiting.add(callId);
    const person = { priority: 0, arrivedAt: now, lastAgentId: null };
    tell({ kind: 'caller-entered', callId, queueId, ...person });
  }

  function giveUp(): void {
    const callId = waiting.any(random.next());
    if (callId === undefined) return;
    waiting.remove(callId);
    tell({ kind: 'caller-left', callId, abandoned: true });
    enter();
  }

  function finishTalk(rests: boolean): void {
    const talk = talking.any(random.next());
    if (!talk) return;
    const { callId, seatId } = talk;
    talking.remove(talk);
    talks.delete(seatId);
    tell({ kind: 'talk-ended', callId, seatId, by: 'caller' });
    now += 1;
    tell({ kind: 'wrap-up-finished', seatId });
    if (!rests || talks.has(seatId)) return;
    tell({ kind: 'seat-not-ready', seatId, reason: 'rest' });
    tell({ kind: 'seat-ready', seatId });
  }

  const queues = Array.from({ length: floor.queues }, (_, number) =>
    plainRules(queueName(number), { wrapUpMs: 30_000 }),
  );
  tell({ kind: 'queues-configured', queues });
  for (let number = 1; number <= floor.seats; number += 1) {
    const memberships = someQueues(random, floor.queues, floor.queuesPerSeat);
    for (const input of signIn(`seat-${number}`, memberships)) tell(input);
  }
  const busy = floor.seats - floor.idle;
  while (talking.size < busy || waiting.size < floor.waiting) enter();
  times.length = 0;
  for (let round = 0; round < rounds; round += 1) {
    now += 1;
    const chance = random.next();
    failing = chance < 0.02;
    finishTalk(chance > 0.97);
    if (talking.size + waiting.size < busy + floor.waiting) enter();
    if (chance > 0.9) giveUp();
  }
  return { decisionMs: Float64Array.from(times), digest };
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
