import type { Floor, QueueLive, SeatLive } from '../floor/schema.ts';
import type { FloorState } from '../floor/service.ts';
import type { Cancel, Clock } from '../kit/clock.ts';
import type { Log } from '../kit/log.ts';
import type { FloorChange } from './protocol.ts';

/** Changes within this time go out together: at most four messages a second. */
const GAP_MS = 250;
/** With nothing to tell, a wall still learns this often that its figures are fresh. */
const HEARTBEAT_MS = 5_000;

/** Turns the floor into a numbered stream of changes, while somebody watches. */
export interface FloorStream {
  /** The whole floor, numbered as the last change sent. */
  current(): Floor;
  /** Something on the floor is different now. */
  touched(): void;
  /** Nobody watching costs nothing. */
  setWatched(isWatched: boolean): void;
}

interface FloorStreamOptions {
  state: () => FloorState;
  send: (change: FloorChange) => void;
  clock: Clock;
  log: Pick<Log, 'error'>;
}

export function createFloorStream({ state, send, clock, log }: FloorStreamOptions): FloorStream {
  let n = 0;
  let sentAt = Number.NEGATIVE_INFINITY;
  let told: Told = { queues: new Map(), seats: new Map(), quarterIndex: 0 };
  let isWatched = false;
  let isDue = false;
  let cancel: Cancel | null = null;

  function tell(): void {
    const { change, isBehind, hasLost } = difference(told, state());
    // A change cannot say that a queue or a seat is gone: the gap makes every console ask again.
    n += hasLost ? 2 : 1;
    send({ n, ...change });
    if (isBehind) touched();
  }

  function flush(): void {
    isDue = false;
    sentAt = clock.now();
    cancel = clock.after(HEARTBEAT_MS, flush);
    try {
      tell();
    } catch (error) {
      log.error({ err: error }, 'the floor could not be told');
    }
  }

  function touched(): void {
    if (!isWatched || isDue) return;
    isDue = true;
    cancel?.();
    cancel = clock.after(Math.max(0, sentAt + GAP_MS - clock.now()), flush);
  }

  return {
    current: () => ({ n, ...state() }),
    touched,
    setWatched(wanted) {
      if (wanted === isWatched) return;
      isWatched = wanted;
      isDue = false;
      cancel?.();
      if (!wanted) return;
      told = remember(state());
      cancel = clock.after(HEARTBEAT_MS, flush);
    },
  };
}

/** What the watchers have been told, member by member. */
interface Told {
  queues: Map<string, QueueLive>;
  seats: Map<string, SeatLive>;
  quarterIndex: number;
}

function remember(state: FloorState): Told {
  return {
    queues: new Map(state.queues.map((queue) => [queue.queueId, queue])),
    seats: new Map(state.seats.map((seat) => [seat.seatId, seat])),
    quarterIndex: state.quarters.length - 1,
  };
}

/**
 * The members that are different; from here on they count as told. When a quarter of an hour has
 * passed, its last figures go first and `isBehind` asks for another message. An index smaller than
 * before is a new day.
 */
function difference(told: Told, state: FloorState) {
  const running = state.quarters.length - 1;
  const isNextQuarter = told.quarterIndex < running;
  const index = isNextQuarter ? told.quarterIndex : running;
  told.quarterIndex = isNextQuarter ? index + 1 : index;
  const queues = changedOf(told.queues, state.queues, ({ queueId }) => queueId);
  const seats = changedOf(told.seats, state.seats, ({ seatId }) => seatId);
  const change: Omit<FloorChange, 'n'> = {
    now: state.now,
    queues: queues.changed,
    seats: seats.changed,
    today: state.today,
    quarter: { index, ...(state.quarters[index] ?? { offered: 0, answered: 0 }) },
    connected: state.connected,
  };
  return { change, isBehind: isNextQuarter, hasLost: queues.hasLost || seats.hasLost };
}

/** A floor has thousands of seats and few of them change: nothing is made but of those. */
function changedOf<T extends object>(
  told: Map<string, T>,
  now: readonly T[],
  idOf: (one: T) => string,
) {
  const changed: T[] = [];
  let known = 0;
  const { size } = told;
  for (const one of now) {
    const id = idOf(one);
    const before = told.get(id);
    if (before) known += 1;
    if (before && isAlike(before, one)) continue;
    changed.push(one);
    told.set(id, one);
  }
  const hasLost = known < size;
  if (hasLost) {
    const there = new Set(now.map(idOf));
    for (const id of told.keys()) if (!there.has(id)) told.delete(id);
  }
  return { changed, hasLost };
}

/** The same fields with the same values, lists and parts included. */
function isAlike(a: object, b: object): boolean {
  const values: unknown[] = Object.values(a);
  const others: unknown[] = Object.values(b);
  if (values.length !== others.length) return false;
  return values.every((value, at) => {
    const other = others[at];
    if (typeof value !== 'object' || value === null) return value === other;
    return typeof other === 'object' && other !== null && isAlike(value, other);
  });
}
