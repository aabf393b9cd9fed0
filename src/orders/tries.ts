import type { Clock } from '../kit/clock.ts';
import type { Store } from '../store/db.ts';

const DAY_MS = 86_400_000;
/** Digits of a number that tell orders apart well enough, and that callers may key alone. */
export const SHORTEST_NUMBER = 6;

/** Wrong guesses within a day: of one order's code by anybody, of one caller, of one address. */
const limits = { number: 20, caller: 10, address: 60 } as const;

/** Who asks after an order: by telephone, or from an address in the net. */
export type Asking = { readonly caller: string } | { readonly address: string };

/**
 * The guard against guessing query codes: wrong ones are counted for a day, by order and by who asks, and
 * outlive a restart. Whoever has guessed too often learns nothing, not even with the right code.
 */
export class Tries {
  readonly #clock: Clock;
  readonly #count;
  readonly #add;
  readonly #forget;

  constructor({ sql }: Store, clock: Clock) {
    this.#clock = clock;
    this.#count = sql
      .prepare<[string, number]>('SELECT count(*) FROM progress_tries WHERE subject = ? AND at > ?')
      .pluck();
    this.#add = sql.prepare<[string, number]>(
      'INSERT INTO progress_tries (subject, at) VALUES (?, ?)',
    );
    this.#forget = sql.prepare<[string, number]>(
      'DELETE FROM progress_tries WHERE subject = ? AND at <= ?',
    );
  }

  /** Has somebody guessed too often, of this number or from there? */
  areTooMany(number: string, asking: Asking): boolean {
    const since = this.#clock.now() - DAY_MS;
    return subjects(number, asking).some(
      ({ subject, limit }) => Number(this.#count.get(subject, since)) >= limit,
    );
  }

  /** Notes a wrong guess. */
  add(number: string, asking: Asking): void {
    const now = this.#clock.now();
    for (const { subject } of subjects(number, asking)) {
      this.#forget.run(subject, now - DAY_MS);
      this.#add.run(subject, now);
    }
  }
}

/** Guesses that name an order by more or fewer of its digits count together. */
function subjects(number: string, asking: Asking): { subject: string; limit: number }[] {
  const order = { subject: `number:${number.slice(-SHORTEST_NUMBER)}`, limit: limits.number };
  const [kind, who] =
    'caller' in asking
      ? (['caller', asking.caller] as const)
      : (['address', asking.address] as const);
  // A withheld number is nobody in particular: the call's own limit holds.
  return who === '' ? [order] : [order, { subject: `${kind}:${who}`, limit: limits[kind] }];
}
