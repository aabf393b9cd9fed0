/** Chance for the demo: nothing here needs to be repeatable. */

/** True this often, 0 to 1. */
export function happens(probability: number): boolean {
  return Math.random() < probability;
}

export function between(low: number, high: number): number {
  return low + Math.random() * (high - low);
}

/** Waiting times of a Poisson process, and people's patience. */
export function exponential(mean: number): number {
  return -mean * Math.log(1 - Math.random());
}

/** Lengths of conversations: many short ones, a few long ones. */
export function lognormal(median: number, spread: number): number {
  const normal =
    Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
  return median * Math.exp(spread * normal);
}

/** One of them, each as likely as its weight says. @throws RangeError when there is none. */
export function pick<T>(options: readonly (readonly [T, number])[]): T {
  let rest = Math.random() * options.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [option, weight] of options) {
    rest -= weight;
    if (rest < 0) return option;
  }
  const last = options.at(-1);
  if (!last) throw new RangeError('nothing to pick from');
  return last[0];
}
