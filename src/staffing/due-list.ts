/** Things to come, by time: a binary heap. What is due at the same time comes out as it went in. */
export class DueList<T> {
  readonly #heap: { at: number; number: number; what: T }[] = [];
  #number = 0;

  /** When the next thing is due; Infinity when nothing is. */
  get nextAt(): number {
    return this.#heap[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  add(at: number, what: T): void {
    this.#number += 1;
    const entry = { at, number: this.#number, what };
    let hole = this.#heap.length;
    this.#heap.push(entry);
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = this.#heap[parent];
      if (!above || !isBefore(entry, above)) break;
      this.#heap[hole] = above;
      hole = parent;
    }
    this.#heap[hole] = entry;
  }

  take(): T | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (!first || !last || first === last) return first?.what;
    let hole = 0;
    for (;;) {
      const left = this.#heap[2 * hole + 1];
      const right = this.#heap[2 * hole + 2];
      const rightFirst = left && right && isBefore(right, left);
      const child = rightFirst ? right : left;
      if (!child || !isBefore(child, last)) break;
      this.#heap[hole] = child;
      hole = 2 * hole + (rightFirst ? 2 : 1);
    }
    this.#heap[hole] = last;
    return first.what;
  }
}

interface Order {
  at: number;
  number: number;
}

function isBefore(a: Order, b: Order): boolean {
  return a.at < b.at || (a.at === b.at && a.number < b.number);
}
