import type { Floor } from '../floor/schema.ts';
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
    const next = state();
    const { change, isBehind } = difference(told, next);
    // A change cannot say that a queue or a seat is gone: the gap makes every console ask again.
    n += lostMembers(told, next) ? 2 : 1;
    told = remember(next, isBehind ? change.quarter.index + 1 : change.quarter.index);
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
  queues: Map<string, string>;
  seats: Map<string, string>;
  quarterIndex: number;
}

function remember(state: FloorState, quarterIndex = state.quarters.length - 1): Told {
  return {
    queues: new Map(state.queues.map((queue) => [queue.queueId, JSON.stringify(queue)])),
    seats: new Map(state.seats.map((seat) => [seat.seatId, JSON.stringify(seat)])),
    quarterIndex,
  };
}

function lostMembers(told: Told, state: FloorState): boolean {
  const queues = new Set(state.queues.map((queue) => queue.queueId));
  const seats = new Set(state.seats.map((seat) => seat.seatId));
  return (
    [...told.queues.keys()].some((id) => !queues.has(id)) ||
    [...told.seats.keys()].some((id) => !seats.has(id))
  );
}

/**
 * The members that are different. When a quarter of an hour has passed, its last figures go first
 * and `isBehind` asks for another message. An index smaller than before is a new day.
 */
function difference(told: Told, state: FloorState) {
  const running = state.quarters.length - 1;
  const isNextQuarter = told.quarterIndex < running;
  const index = isNextQuarter ? told.quarterIndex : running;
  const change: Omit<FloorChange, 'n'> = {
    now: state.now,
    queues: state.queues.filter((one) => told.queues.get(one.queueId) !== JSON.stringify(one)),
    seats: state.seats.filter((one) => told.seats.get(one.seatId) !== JSON.stringify(one)),
    today: state.today,
    quarter: { index, ...(state.quarters[index] ?? { offered: 0, answered: 0 }) },
    connected: state.connected,
  };
  return { change, isBehind: isNextQuarter };
}
