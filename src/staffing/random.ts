/** Random numbers from a seed: the same seed replays the same run. Never for secrets. */
export interface Random {
  /** Between 0 (included) and 1 (excluded). */
  next(): number;
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number;
  exponential(mean: number): number;
  /** `spread` is the standard deviation divided by the mean. */
  lognormal(mean: number, spread: number): number;
}

/** The generator `mulberry32`: 32 bits of state, good enough for queues and very quick. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;

  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  return {
    next,
    below: (below) => Math.floor(next() * below),
    exponential: (mean) => -mean * Math.log1p(-next()),
    lognormal(mean, spread) {
      const variance = Math.log1p(spread ** 2);
      const normal = Math.sqrt(-2 * Math.log1p(-next())) * Math.cos(2 * Math.PI * next());
      return mean * Math.exp(Math.sqrt(variance) * normal - variance / 2);
    },
  };
}
