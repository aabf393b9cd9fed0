import type { SimCall } from '../../src/staffing/simulate.ts';

/**
 * The control of the queue simulation: what each caller of one first-come-first-served queue must
 * wait, by keeping only when each seat is free again (Kiefer and Wolfowitz 1955). A caller whose
 * patience is shorter than that wait gives up and costs no seat any time.
 */
export function createRecursion(seats: number): (call: SimCall) => number {
  /** When each seat is free, as a heap: the earliest first, and below the last seats nothing. */
  const free = new Float64Array(2 * seats + 1).fill(Number.POSITIVE_INFINITY);
  free.fill(0, 0, seats);

  return ({ arrivesAt, serviceMs, patienceMs }) => {
    const startsAt = Math.max(arrivesAt, free[0] ?? 0);
    const waitMs = startsAt - arrivesAt;
    if (waitMs > patienceMs) return patienceMs;
    replaceFirst(free, startsAt + serviceMs);
    return waitMs;
  };
}

function replaceFirst(heap: Float64Array, value: number): void {
  let hole = 0;
  for (;;) {
    let child = 2 * hole + 1;
    let earliest = heap[child] ?? 0;
    const right = heap[child + 1] ?? 0;
    if (right < earliest) {
      earliest = right;
      child += 1;
    }
    if (earliest >= value) break;
    heap[hole] = earliest;
    hole = child;
  }
  heap[hole] = value;
}
