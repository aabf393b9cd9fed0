/**
 * Random numbers that follow from a seed alone (mulberry32), so that a run can be had again. Each
 * part of the world draws from a fork of its own: a change in one leaves the others as they were.
 */
export class Rng {
  readonly #seed: number;
  #state: number;

  constructor(seed: number) {
    this.#seed = seed | 0;
    this.#state = seed | 0;
  }

  fork(name: string): Rng {
    let hash = this.#seed ^ 0x9e3779b9;
    for (const letter of name) {
      hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x85ebca6b);
      hash ^= hash >>> 13;
    }
    return new Rng(hash);
  }

  /** At least 0, less than 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.int(0, list.length - 1)] ?? list[0];
  }

  /** Exponential with this mean: the gap between events that know nothing of each other. */
  gap(mean: number): number {
    return Math.round(-Math.log(1 - this.next()) * mean);
  }

  /** Log-normal: how long people do things. Half of them take less than `median`. */
  spread(median: number, sigma = 0.7): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
    return Math.round(median * Math.exp(sigma * normal));
  }
}
