/**
 * Waiting in a queue whose callers never give up: Poisson arrivals, exponential handling, seats that
 * all serve alike (M/M/n). Load is in erlangs: calls per second × handling seconds.
 */

/**
 * Erlang B: the share of calls that find all seats taken when nobody may wait. By the recursion over
 * seats, which stays exact where the factorials of the textbook overflow.
 */
export function erlangB(loadErlangs: number, seats: number): number {
  let blocked = 1;
  for (let seat = 1; seat <= seats; seat += 1) {
    blocked = (loadErlangs * blocked) / (seat + loadErlangs * blocked);
  }
  return blocked;
}

/** Erlang C: the share of callers who must wait; 1 when the seats cannot carry the load. */
export function erlangC(loadErlangs: number, seats: number): number {
  if (seats <= loadErlangs) return 1;
  const blocked = erlangB(loadErlangs, seats);
  return (seats * blocked) / (seats - loadErlangs * (1 - blocked));
}

/** What callers meet, on average. Times in seconds; shares between 0 and 1. */
export interface Service {
  /** Share of callers who do not find a free seat at once. */
  delayed: number;
  /** Average time in the queue over all callers (ASA), those who gave up included. */
  meanWaitSeconds: number;
  /** Share of all callers who are answered within the limit. */
  withinLimit: number;
  abandoned: number;
  /** Share of the seats' time spent on calls. */
  occupancy: number;
}

/** A queue to be staffed. */
export interface Demand {
  callsPerHour: number;
  /** Conversation and wrap-up. */
  handlingSeconds: number;
  /** Average patience of a caller; null = callers wait for ever. */
  patienceSeconds: number | null;
}

/** Calls per second × handling seconds: how many seats the calls alone would keep busy. */
export function loadOf({ callsPerHour, handlingSeconds }: Demand): number {
  return (callsPerHour * handlingSeconds) / 3_600;
}

/** What callers meet when nobody gives up; waits for ever (Infinity) when the load is too much. */
export function serviceWithoutPatience(
  demand: Demand,
  seats: number,
  limitSeconds: number,
): Service {
  const load = loadOf(demand);
  if (seats <= load) {
    const never = { withinLimit: 0, abandoned: 0, occupancy: 1 };
    return { delayed: 1, meanWaitSeconds: Number.POSITIVE_INFINITY, ...never };
  }
  const delayed = erlangC(load, seats);
  const spare = (seats - load) / demand.handlingSeconds;
  return {
    delayed,
    meanWaitSeconds: delayed / spare,
    withinLimit: 1 - delayed * Math.exp(-spare * limitSeconds),
    abandoned: 0,
    occupancy: load / seats,
  };
}
