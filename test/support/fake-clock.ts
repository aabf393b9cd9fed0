import type { Cancel, Clock } from '../../src/kit/clock.ts';

interface Alarm {
  at: number;
  number: number;
  action: () => void;
}

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  #now: number;
  #count = 0;
  readonly #alarms = new Set<Alarm>();

  constructor(now = Date.parse('2026-11-20T09:00:00+08:00')) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(delayMs: number, action: () => void): Cancel {
    this.#count += 1;
    const alarm = { at: this.#now + Math.max(0, delayMs), number: this.#count, action };
    this.#alarms.add(alarm);
    return () => this.#alarms.delete(alarm);
  }

  /** How many timers are running: none should be left behind. */
  get alarms(): number {
    return this.#alarms.size;
  }

  /** Moves time, running what falls due in order and letting promises settle in between. */
  async advance(byMs: number): Promise<void> {
    const until = this.#now + byMs;
    await settle();
    for (let next = this.#next(until); next; next = this.#next(until)) {
      this.#now = Math.max(this.#now, next.at);
      this.#alarms.delete(next);
      next.action();
      await settle();
    }
    this.#now = until;
    await settle();
  }

  #next(until: number): Alarm | undefined {
    const due = [...this.#alarms].filter((alarm) => alarm.at <= until);
    return due.sort((a, b) => a.at - b.at || a.number - b.number)[0];
  }
}

/** Lets everything that can run without time passing run. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 5; round += 1) {
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
  }
}
