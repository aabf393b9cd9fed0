import { OrderedSet } from './ordered-set.ts';
import { LEVEL_MAX } from './types.ts';
import type { Caller } from './world.ts';

/** The callers of one queue nobody is rung for, in order of place, and by the level they may take. */
export interface WaitingLine {
  add(caller: Caller): void;
  remove(caller: Caller): void;
  /** Who is next for a seat of this level. */
  next(level: number): Caller | undefined;
  /** How many stand before this caller; -1 when the caller is not in the line. */
  ahead(caller: Caller): number;
}

export function createWaitingLine(): WaitingLine {
  const line = new OrderedSet<Caller>(byPlace);
  const levels = Array.from({ length: LEVEL_MAX }, () => new OrderedSet<Caller>(byPlace));

  return {
    add(caller) {
      line.add(caller);
      levels[caller.levelMax - 1]?.add(caller);
    },
    remove(caller) {
      line.remove(caller);
      levels[caller.levelMax - 1]?.remove(caller);
    },
    next(level) {
      const head = line.first();
      if (!head || head.levelMax >= level) return head;
      let next: Caller | undefined;
      for (let reach = level; reach <= LEVEL_MAX; reach += 1) {
        const first = levels[reach - 1]?.first();
        if (first && (!next || byPlace(first, next) < 0)) next = first;
      }
      return next;
    },
    ahead: (caller) => line.rank(caller),
  };
}

/** The published rule of order: the earlier place, and of two equal ones who entered first. */
export function byPlace(a: Caller, b: Caller): number {
  return a.placeAt - b.placeAt || a.number - b.number;
}
