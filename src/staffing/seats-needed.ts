import { type Demand, loadOf, type Service, serviceWithoutPatience } from './erlang.ts';
import { serviceWithPatience } from './erlang-a.ts';

/** At least `share` of all callers answered within `limitSeconds`. */
export interface Target {
  share: number;
  limitSeconds: number;
}

/** What callers meet with so many seats: Erlang A when they have a patience, else Erlang C. */
export function serviceAt(demand: Demand, seats: number, limitSeconds: number): Service {
  const { patienceSeconds } = demand;
  return patienceSeconds === null
    ? serviceWithoutPatience(demand, seats, limitSeconds)
    : serviceWithPatience({ ...demand, patienceSeconds }, seats, limitSeconds);
}

/** The fewest seats that reach the target. A share of 1 is never reached; the caller keeps it below. */
export function seatsNeeded(demand: Demand, { share, limitSeconds }: Target): number {
  const enough = (seats: number) => serviceAt(demand, seats, limitSeconds).withinLimit >= share;
  let tooFew = 0;
  let seats = Math.max(1, Math.ceil(loadOf(demand)));
  while (!enough(seats)) {
    tooFew = seats;
    seats *= 2;
  }
  while (seats - tooFew > 1) {
    const middle = Math.floor((tooFew + seats) / 2);
    if (enough(middle)) seats = middle;
    else tooFew = middle;
  }
  return seats;
}

/**
 * The rule of thumb for large queues: load plus a safety of `spareFactor` × √load. Half of all
 * callers wait at a factor of about 0.5, one in five at 1, one in thirty at 2 (Halfin and Whitt 1981).
 */
export function squareRootSeats(loadErlangs: number, spareFactor: number): number {
  return Math.ceil(loadErlangs + spareFactor * Math.sqrt(loadErlangs));
}

/** Share of callers who wait under the square-root rule, for a large queue nobody gives up in. */
export function halfinWhittDelayed(spareFactor: number): number {
  const density = Math.exp(-(spareFactor ** 2) / 2) / Math.sqrt(2 * Math.PI);
  return 1 / (1 + (spareFactor * normalBelow(spareFactor)) / density);
}

/** The normal distribution function by its series (Marsaglia 2004); exact to double precision below 6. */
function normalBelow(x: number): number {
  let term = x;
  let sum = x;
  for (let i = 3; Math.abs(term) > 1e-17; i += 2) {
    term *= (x * x) / i;
    sum += term;
  }
  return 0.5 + sum * (Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI));
}
