import type { Floor } from '../../../src/floor/schema.ts';
import type { FloorChange } from '../../../src/realtime/protocol.ts';

/**
 * The floor after a change. `undefined` means a change was missed: ask for the whole again. A
 * change that is already contained leaves the floor as it is.
 */
export function mergeFloor(floor: Floor, change: FloorChange): Floor | undefined {
  if (change.n <= floor.n) return floor;
  if (change.n !== floor.n + 1) return undefined;
  const quarters = [...floor.quarters];
  while (quarters.length <= change.quarter.index) quarters.push({ offered: 0, answered: 0 });
  quarters[change.quarter.index] = {
    offered: change.quarter.offered,
    answered: change.quarter.answered,
  };
  return {
    n: change.n,
    now: change.now,
    queues: replaceBy(floor.queues, change.queues, (queue) => queue.queueId),
    seats: replaceBy(floor.seats, change.seats, (seat) => seat.seatId),
    today: change.today,
    quarters,
    connected: change.connected,
  };
}

function replaceBy<T>(old: readonly T[], changed: readonly T[], key: (item: T) => string): T[] {
  if (changed.length === 0) return [...old];
  const fresh = new Map(changed.map((item) => [key(item), item]));
  const merged = old.map((item) => {
    const id = key(item);
    const next = fresh.get(id);
    fresh.delete(id);
    return next ?? item;
  });
  return [...merged, ...fresh.values()];
}
