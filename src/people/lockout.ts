import type { Clock } from '../kit/clock.ts';
import { AppError } from '../kit/errors.ts';
import type { PeopleRepo, PersonRow } from './repo.ts';

export interface LockoutRules {
  failuresAllowed: number;
  lockMinutes: number;
}

interface Failures {
  failedSignIns: number;
  lockedUntil: number | null;
}

const MINUTE_MS = 60_000;
/** How many logins that do not exist are remembered; the oldest is forgotten. */
const STRANGERS = 10_000;

/**
 * Locks an account after so many wrong passwords in a row. A login that does not exist is counted and
 * locked just the same, so that the answers tell nobody which accounts there are.
 */
export class Lockout {
  readonly #repo: PeopleRepo;
  readonly #clock: Clock;
  readonly #rules: LockoutRules;
  readonly #strangers = new Map<string, Failures>();

  constructor(repo: PeopleRepo, clock: Clock, rules: LockoutRules) {
    this.#repo = repo;
    this.#clock = clock;
    this.#rules = rules;
  }

  /**
   * Counts an attempt before its password is checked: many at once are many attempts, however long
   * checking takes. `succeeded` takes the count back.
   *
   * @returns true when this attempt was the last one allowed
   * @throws AppError `account-locked`
   */
  attempt(login: string, row: PersonRow | null): boolean {
    const now = this.#clock.now();
    const known = row ?? this.#strangers.get(login) ?? { failedSignIns: 0, lockedUntil: null };
    if (known.lockedUntil !== null && known.lockedUntil > now) {
      const minutes = Math.ceil((known.lockedUntil - now) / MINUTE_MS);
      throw new AppError('account-locked', { minutes });
    }
    const failedSignIns = (known.lockedUntil === null ? known.failedSignIns : 0) + 1;
    const isLast = failedSignIns >= this.#rules.failuresAllowed;
    const lockedUntil = isLast ? now + this.#rules.lockMinutes * MINUTE_MS : null;
    if (row === null) this.#remember(login, { failedSignIns, lockedUntil });
    else this.#repo.change(row.id, { failedSignIns, lockedUntil });
    return isLast;
  }

  succeeded(row: PersonRow): void {
    this.#repo.change(row.id, { failedSignIns: 0, lockedUntil: null });
  }

  #remember(login: string, failures: Failures): void {
    this.#strangers.delete(login);
    this.#strangers.set(login, failures);
    const [oldest] = this.#strangers.keys();
    if (this.#strangers.size > STRANGERS && oldest !== undefined) this.#strangers.delete(oldest);
  }
}
