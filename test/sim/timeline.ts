import type { Cancel, Clock } from '../../src/kit/clock.ts';

/** More actions at one moment than any crowd could cause. */
const STILL_MAX = 20_000;

interface Due {
  at: number;
  number: number;
  action: (() => void) | null;
}

/**
 * Virtual time. What is due is run in order of time, then of asking; after each action every promise
 * that can settle without time passing has settled, so a run depends on nothing but its seed.
 */
export class Timeline {
  #now: number;
  #count = 0;
  #steps = 0;
  /** Actions since time last moved. */
  #still = 0;
  readonly #heap: Due[] = [];

  constructor(start: number) {
    this.#now = start;
  }

  get now(): number {
    return this.#now;
  }

  /** Actions run so far. */
  get steps(): number {
    return this.#steps;
  }

  after(delayMs: number, action: () => void): Cancel {
    this.#count += 1;
    const due: Due = { at: this.#now + Math.max(0, delayMs), number: this.#count, action };
    this.#push(due);
    return () => {
      due.action = null;
    };
  }

  /** Runs until `until`, or until `quiet`, asked whenever all is still, says to stop. */
  async run(until: number, quiet: () => boolean): Promise<void> {
    await hop();
    for (let next = this.#heap[0]; next && next.at <= until; next = this.#heap[0]) {
      this.#pop();
      if (!next.action) continue;
      this.#still = next.at > this.#now ? 0 : this.#still + 1;
      if (this.#still > STILL_MAX) throw new Error('time stands still: something runs in a circle');
      this.#now = Math.max(this.#now, next.at);
      this.#steps += 1;
      next.action();
      await hop();
      if (!quiet()) return;
    }
    this.#now = Math.max(this.#now, until);
  }

  #push(due: Due): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(due);
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = heap[up];
      if (!parent || isBefore(parent, due)) break;
      heap[at] = parent;
      at = up;
    }
    heap[at] = due;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      let child = heap[down];
      if (!child) break;
      const right = heap[down + 1];
      if (right && isBefore(right, child)) {
        down += 1;
        child = right;
      }
      if (isBefore(last, child)) break;
      heap[at] = child;
      at = down;
    }
    heap[at] = last;
  }
}

function isBefore(a: Due, b: Due): boolean {
  return a.at < b.at || (a.at === b.at && a.number < b.number);
}

/** One turn of the event loop: Node empties its queue of promises before it comes back. */
function hop(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** The clock of one server process. When the process dies, its timers die with it. */
export class LifeClock implements Clock {
  readonly #timeline: Timeline;
  #alarms = 0;
  #isDead = false;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  now(): number {
    return this.#timeline.now;
  }

  after(delayMs: number, action: () => void): Cancel {
    if (this.#isDead) return () => {};
    this.#alarms += 1;
    let isOver = false;
    const over = () => {
      if (!isOver) this.#alarms -= 1;
      isOver = true;
    };
    const cancel = this.#timeline.after(delayMs, () => {
      if (this.#isDead) return;
      over();
      action();
    });
    return () => {
      over();
      cancel();
    };
  }

  /** How many timers are running. */
  get alarms(): number {
    return this.#alarms;
  }

  die(): void {
    this.#isDead = true;
  }
}
