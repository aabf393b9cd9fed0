import type { QueueStatus, SeatStatus } from '../acd/types.ts';
import type { DomainEvent, EventKind } from '../events.ts';
import type { Clock } from '../kit/clock.ts';
import { shanghaiMidnight } from '../kit/shanghai.ts';
import { countedKinds, type FloorFold } from './fold.ts';
import type { Floor, QueueLive, SeatLive } from './schema.ts';

/** A seat as it is set up. */
export interface ConfiguredSeat {
  id: string;
  name: string;
  enabled: boolean;
  queues: readonly { queueId: string }[];
}

/** Where the floor looks; `app.ts` hands these in. */
export interface FloorSources {
  configuredSeats: () => readonly ConfiguredSeat[];
  /** Queues of the configuration in force, in its order. */
  queueIds: () => readonly string[];
  /** Signed-in seats as the engine has them. */
  seats: () => readonly SeatStatus[];
  queue: (queueId: string) => QueueStatus | null;
  agentName: (agentId: string) => string | null;
  queueOfCall: (callId: string) => string | null;
  isReachable: (seatId: string) => boolean;
  isConnected: () => boolean;
}

/** The floor at this moment, without the number that belongs to a stream of changes. */
export type FloorState = Omit<Floor, 'n'>;

/** What the floor must be told of the time before it was there. */
export const rememberedKinds: readonly EventKind[] = [...countedKinds, 'seat.signed-out'];

export interface FloorService {
  /** Tells it what happened; at start, what there is of `rememberedKinds` since midnight. */
  apply(event: DomainEvent): void;
  state(): FloorState;
}

/** Puts the floor together: figures from the events, the moment from the engine. */
export function createFloorService(
  fold: FloorFold,
  sources: FloorSources,
  clock: Pick<Clock, 'now'>,
): FloorService {
  /** Since when seats are empty, as far as the events heard tell. */
  const emptySince = new Map<string, number>();
  const queueOfCall = new Map<string, string>();

  function callQueue(callId: string | null): string | null {
    if (callId === null) return null;
    return queueOfCall.get(callId) ?? sources.queueOfCall(callId);
  }

  function seatLive(seat: ConfiguredSeat, status: SeatStatus | undefined, now: number): SeatLive {
    return {
      seatId: seat.id,
      seatName: seat.name,
      agentId: status?.agentId ?? null,
      agentName: status ? sources.agentName(status.agentId) : null,
      state: status?.state ?? 'offline',
      since: status?.since ?? emptySince.get(seat.id) ?? shanghaiMidnight(now),
      reason: status?.reason ?? null,
      callQueueId: callQueue(status?.callId ?? null),
      queueIds: status ? [...status.queueIds] : seat.queues.map(({ queueId }) => queueId),
      reachable: sources.isReachable(seat.id),
    };
  }

  return {
    apply(event) {
      fold.apply(event);
      if (event.kind === 'seat.signed-out') emptySince.set(event.seatId, event.at);
      if (event.kind === 'call.ringing') queueOfCall.set(event.callId, event.queueId);
      if (event.kind === 'call.ended') queueOfCall.delete(event.callId);
    },
    state() {
      const now = clock.now();
      fold.turnTo(now);
      const signedIn = new Map(sources.seats().map((status) => [status.seatId, status]));
      const seats = sources
        .configuredSeats()
        .filter((seat) => seat.enabled || signedIn.has(seat.id))
        .map((seat) => seatLive(seat, signedIn.get(seat.id), now));
      return {
        now,
        queues: queuesLive(fold, sources, seats),
        seats,
        today: fold.today(),
        quarters: fold.quarters(now),
        connected: sources.isConnected(),
      };
    },
  };
}

function queuesLive(fold: FloorFold, sources: FloorSources, seats: SeatLive[]): QueueLive[] {
  const counts = countSeats(seats);
  return sources.queueIds().map((queueId) => {
    const status = sources.queue(queueId);
    return {
      queueId,
      waiting: status?.waiting ?? 0,
      callBacks: status?.callBacks ?? 0,
      longestSince: status?.longestSince ?? null,
      seats: counts.get(queueId) ?? noSeats(),
      today: fold.figures(queueId),
    };
  });
}

type SeatCounts = QueueLive['seats'];

const countedAs = {
  ready: 'ready',
  ringing: 'ringing',
  talking: 'talking',
  hold: 'talking',
  'wrap-up': 'wrapUp',
  'not-ready': 'notReady',
} as const satisfies Record<Exclude<SeatLive['state'], 'offline'>, keyof SeatCounts>;

/** Signed-in seats by queue and state; a seat of three queues counts in each. */
function countSeats(seats: readonly SeatLive[]): Map<string, SeatCounts> {
  const counts = new Map<string, SeatCounts>();
  for (const { state, queueIds } of seats) {
    if (state === 'offline') continue;
    for (const queueId of queueIds) {
      const of = counts.get(queueId) ?? noSeats();
      of.signedIn += 1;
      of[countedAs[state]] += 1;
      counts.set(queueId, of);
    }
  }
  return counts;
}

function noSeats(): SeatCounts {
  return { signedIn: 0, ready: 0, ringing: 0, talking: 0, wrapUp: 0, notReady: 0 };
}
