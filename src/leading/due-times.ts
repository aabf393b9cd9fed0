import { OrderedSet } from '../acd/ordered-set.ts';
import type { Cancel, Clock } from '../kit/clock.ts';

interface Due {
  key: string;
  at: number;
}

/** A timer cannot wait longer than 24 days; waking up once an hour for nothing costs nothing. */
const LONGEST_SLEEP_MS = 3_600_000;

/**
 * Moments by key, with one timer to the earliest of them: nothing polls, and to set, move or clear
 * one costs O(log n).
 */
export class DueTimes {
  readonly #clock: Clock;
  readonly #onDue: (key: string) => void;
  readonly #byKey = new Map<string, Due>();
  readonly #order = new OrderedSet<Due>(
    (a, b) => a.at - b.at || (a.key < b.key ? -1 : Number(a.key > b.key)),
  );
  #wake: { at: number; cancel: Cancel } | null = null;

  /** @param onDue is told each key once its moment has come; the key is cleared by then */
  constructor(clock: Clock, onDue: (key: string) => void) {
    this.#clock = clock;
    this.#onDue = onDue;
  }

  /** Sets or moves the moment of a key. */
  set(key: string, at: number): void {
    this.#drop(key);
    const due = { key, at };
    this.#byKey.set(key, due);
    this.#order.add(due);
    this.#sleep();
  }

  clear(key: string): void {
    if (this.#drop(key)) this.#sleep();
  }

  /** No timer is left behind. */
  stop(): void {
    this.#wake?.cancel();
    this.#wake = null;
  }

  #drop(key: string): boolean {
    const due = this.#byKey.get(key);
    if (!due) return false;
    this.#byKey.delete(key);
    return this.#order.remove(due);
  }

  #sleep(): void {
    const at = this.#order.first()?.at ?? null;
    if (this.#wake?.at === at) return;
    this.stop();
    if (at === null) return;
    const delayMs = Math.min(Math.max(0, at - this.#clock.now()), LONGEST_SLEEP_MS);
    this.#wake = { at, cancel: this.#clock.after(delayMs, () => this.#wakeUp()) };
  }

  #wakeUp(): void {
    this.#wake = null;
    const now = this.#clock.now();
    for (let due = this.#order.first(); due && due.at <= now; due = this.#order.first()) {
      this.#drop(due.key);
      this.#onDue(due.key);
    }
    this.#sleep();
  }
}
