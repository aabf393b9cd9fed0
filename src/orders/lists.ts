import { orderStateNames } from '../order-rules/words.ts';
import type { Store } from '../store/db.ts';

/** What may be listed: by states, by the units somebody acts for, or everything. */
export interface Reach {
  readonly states?: readonly string[];
  /** Units whose orders are seen; null is every unit's. */
  readonly unitIds: readonly string[] | null;
}

/** An order of a list before it is read: its rowid, and what the list is sorted by. */
interface Listed {
  readonly row: number;
  readonly at: number;
}

/** Orders in one state, of one unit or (null) of all. */
interface Pile {
  readonly unit: string | null;
  readonly state: string;
}

/**
 * Which orders stand on a list. Only indexes are read for it, and of each no more than the list is
 * long: a million orders are too many to sort.
 */
export class OrderLists {
  readonly #pilesOf;
  readonly #burning;
  readonly #burningOf;
  readonly #burningOfUnit;
  readonly #calmOf;
  readonly #calmOfUnit;

  constructor({ sql }: Store) {
    this.#pilesOf = sql.prepare<[string, string], Pile>(
      `SELECT u.value AS unit, s.value AS state FROM json_each(?) u, json_each(?) s
       WHERE EXISTS (SELECT 1 FROM orders INDEXED BY orders_unit
                     WHERE handlingUnitId = u.value AND orders.state = s.value)`,
    );
    this.#burning = sql.prepare<[number], Listed>(
      `SELECT rowid AS row, dueAt AS at FROM orders INDEXED BY orders_burning
       WHERE dueAt IS NOT NULL ORDER BY dueAt LIMIT ?`,
    );
    this.#burningOf = sql.prepare<[string, number, number], Listed>(
      `SELECT rowid AS row, dueAt AS at FROM orders INDEXED BY orders_state
       WHERE state = ? AND dueAt < ? ORDER BY dueAt LIMIT ?`,
    );
    this.#burningOfUnit = sql.prepare<[string, string, number, number], Listed>(
      `SELECT rowid AS row, dueAt AS at FROM orders INDEXED BY orders_unit
       WHERE handlingUnitId = ? AND state = ? AND dueAt < ? ORDER BY dueAt LIMIT ?`,
    );
    // Sorted by how long ago, so that the newest comes first as what burns most does above.
    this.#calmOf = sql.prepare<[string, number, number], Listed>(
      `SELECT rowid AS row, -createdAt AS at FROM orders INDEXED BY orders_calm
       WHERE dueAt IS NULL AND state = ? AND createdAt > -? ORDER BY createdAt DESC LIMIT ?`,
    );
    this.#calmOfUnit = sql.prepare<[string, string, number, number], Listed>(
      `SELECT rowid AS row, -createdAt AS at FROM orders INDEXED BY orders_calm_unit
       WHERE dueAt IS NULL AND handlingUnitId = ? AND state = ? AND createdAt > -?
       ORDER BY createdAt DESC LIMIT ?`,
    );
  }

  /**
   * What burns first at the top; behind it what no clock runs for, the newest first.
   * @returns rowids, good until something is written
   */
  rowsOf(reach: Reach, limit: number): number[] {
    const piles = this.#piles(reach);
    const isEverything = reach.unitIds === null && reach.states === undefined;
    const burning = isEverything
      ? this.#burning.all(limit)
      : firstOf(piles, limit, ({ unit, state }, before) =>
          unit === null
            ? this.#burningOf.all(state, before, limit)
            : this.#burningOfUnit.all(unit, state, before, limit),
        );
    const left = limit - burning.length;
    const calm = firstOf(left > 0 ? piles : [], left, ({ unit, state }, before) =>
      unit === null
        ? this.#calmOf.all(state, before, left)
        : this.#calmOfUnit.all(unit, state, before, left),
    );
    return [...burning, ...calm].map(({ row }) => row);
  }

  /** Of a reach's units only piles in which something lies: a city has thousands that are empty. */
  #piles({ states = orderStateNames, unitIds }: Reach): Pile[] {
    if (unitIds === null) return states.map((state) => ({ unit: null, state }));
    return this.#pilesOf.all(JSON.stringify(unitIds), JSON.stringify(states));
  }
}

/**
 * The first of several sorted piles together. Each is read only as far as it comes before the last of
 * those found so far, so most give nothing.
 */
function firstOf(
  piles: readonly Pile[],
  limit: number,
  read: (pile: Pile, before: number) => readonly Listed[],
): Listed[] {
  let first: Listed[] = [];
  for (const pile of piles) {
    const last = first.length < limit ? undefined : first.at(-1);
    const found = read(pile, last?.at ?? Number.POSITIVE_INFINITY);
    if (found.length === 0) continue;
    first = [...first, ...found].sort((a, b) => a.at - b.at).slice(0, limit);
  }
  return first;
}
