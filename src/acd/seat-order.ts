import { OrderedSet } from './ordered-set.ts';
import { LEVEL_MAX, type QueueRules, type Strategy } from './types.ts';
import type { Seat } from './world.ts';

/** The idle seats of one queue, by level, each level in the order the strategy rings them. */
export interface IdleSeats {
  readonly size: number;
  add(seat: Seat, level: number): void;
  remove(seat: Seat): void;
  /** The seat to ring among levels up to `levelMax`. */
  best(levelMax: number): Seat | undefined;
}

type Order = (a: Seat, b: Seat) => number;

/**
 * `longest-idle`: who has been free longest (fair, the default). `fewest-calls`: who answered least
 * since signing in. `best-level`: the best level first, then longest idle. `round-robin`: whose
 * turn in this queue lies furthest back.
 */
function orderOf(strategy: Strategy, queueId: string): Order {
  const longestIdle: Order = (a, b) => a.idleSince - b.idleSince || a.number - b.number;
  switch (strategy) {
    case 'longest-idle':
    case 'best-level':
      return longestIdle;
    case 'fewest-calls':
      return (a, b) => a.answered - b.answered || longestIdle(a, b);
    case 'round-robin':
      return (a, b) =>
        (a.turns.get(queueId) ?? 0) - (b.turns.get(queueId) ?? 0) || longestIdle(a, b);
    default:
      return strategy satisfies never;
  }
}

export function createIdleSeats({ strategy, id }: Pick<QueueRules, 'strategy' | 'id'>): IdleSeats {
  const order = orderOf(strategy, id);
  const levels = Array.from({ length: LEVEL_MAX }, () => new OrderedSet<Seat>(order));
  const levelAt = new Map<Seat, number>();

  return {
    get size() {
      return levelAt.size;
    },
    add(seat, level) {
      levelAt.set(seat, level);
      levels[level - 1]?.add(seat);
    },
    remove(seat) {
      const level = levelAt.get(seat);
      if (level === undefined) return;
      levelAt.delete(seat);
      levels[level - 1]?.remove(seat);
    },
    best(levelMax) {
      if (levelAt.size === 0) return undefined;
      let best: Seat | undefined;
      for (let level = 0; level < levelMax; level += 1) {
        const first = levels[level]?.first();
        if (first && (!best || order(first, best) < 0)) best = first;
        if (best && strategy === 'best-level') return best;
      }
      return best;
    },
  };
}
