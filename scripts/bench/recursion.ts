import type { SimCall } from '../staff/simulate.ts';

/**
 * The control of the queue simulation: what each caller of one first-come-first-served queue must
 * wait, by keeping only when each seat is free again (Kiefer and Wolfowitz 1955). A caller whose
 * patience is shorter than that wait gives up and costs no seat any time.
 */
export function createRecursion(seats: number): (call: SimCall) => number {
  /** When each seat is free, as a heap: the earliest first. */
  const free = new Float64Array(seats);

  return ({ arrivesAt, serviceMs, patienceMs }) => {
    const startsAt = Math.max(arrivesAt, free[0] ?? 0);
    const waitMs = startsAt - arrivesAt;
    if (waitMs > patienceMs) return patienceMs;
    replaceFirst(free, startsAt + serviceMs);
    return waitMs;
  };
}

function replaceFirst(heap: Float64Array, value: number): void {
  const at = (index: number) => heap[index] ?? Number.POSITIVE_INFINITY;
  let hole = 0;
  for (;;) {
    const left = 2 * hole + 1;
    const child = at(left + 1) < at(left) ? left + 1 : left;
    if (at(child) >= value) break;
    heap[hole] = at(child);
    hole = child;
  }
  heap[hole] = value;
}
