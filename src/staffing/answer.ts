import { createEngine } from '../acd/engine.ts';
import { callStream, first } from './calls.ts';
import { type Demand, loadOf } from './erlang.ts';
import { openQueue } from './floor.ts';
import type { CurvePoint, StaffAnswer, StaffQuestion } from './schema.ts';
import { seatsNeeded, serviceAt, squareRootSeats, type Target } from './seats-needed.ts';
import { simulate } from './simulate.ts';

interface Question {
  demand: Demand;
  target: Target;
  /** Calls to simulate for each seat count. */
  calls: number;
}

/** Looked at on both sides of the formula's answer. */
const AROUND = 8;
/** The first calls find an empty floor and are not counted. */
const WARM_UP_SHARE = 0.1;
const SEED = 95_15;

/** Calls simulated for each number of seats. */
export const SIMULATED_CALLS = 100_000;

/** A question as people ask it. */
export function questionOf(asked: StaffQuestion): Question {
  const { callsPerHour, handlingSeconds, percent, limitSeconds, patienceSeconds = null } = asked;
  return {
    demand: { callsPerHour, handlingSeconds, patienceSeconds },
    target: { share: percent / 100, limitSeconds },
    calls: SIMULATED_CALLS,
  };
}

/**
 * How many seats a demand needs, and what every number of seats around that gives.
 * @param onPoint told each number of seats as soon as it is simulated, and how many there will be
 */
export function staffAnswer(
  { demand, target, calls }: Question,
  onPoint: (point: CurvePoint, done: number, of: number) => void = () => {},
): StaffAnswer {
  const patient: Demand = { ...demand, patienceSeconds: null };
  const erlangC = seatsNeeded(patient, target);
  const erlangA = demand.patienceSeconds === null ? null : seatsNeeded(demand, target);
  const loadErlangs = loadOf(demand);
  const middle = erlangA ?? erlangC;
  // Without patience, fewer seats than the load let the line grow for ever.
  const least = erlangA === null ? Math.floor(loadErlangs) + 1 : 1;
  const from = Math.max(least, middle - AROUND);
  const of = middle + AROUND - from + 1;
  const curve = Array.from({ length: of }, (_, at) => {
    const point = pointAt(from + at, { demand, target, calls });
    onPoint(point, at + 1, of);
    return point;
  });
  const enough = curve.find(({ simulated }) => simulated >= target.share);
  return {
    loadErlangs,
    erlangC,
    erlangA,
    squareRoot: squareRootSeats(loadErlangs, 1),
    simulation: enough?.seats ?? null,
    curve,
  };
}

function pointAt(seats: number, { demand, target, calls }: Question): CurvePoint {
  const formula = serviceAt(demand, seats, target.limitSeconds).withinLimit;
  return { seats, formula, ...simulated(seats, { demand, target, calls }) };
}

/** The same callers for every number of seats, so that the curve shows the seats and not chance. */
function simulated(seats: number, { demand, target, calls }: Question) {
  const engine = createEngine();
  openQueue(engine, seats);
  const stream = callStream({ ...demand, law: 'exponential', seed: SEED });
  const countFrom = (calls * WARM_UP_SHARE * 3_600_000) / demand.callsPerHour;
  let counted = 0;
  let inTime = 0;
  let abandoned = 0;
  let waitedMs = 0;
  simulate({
    engine,
    calls: first(calls, stream),
    onWaitEnd(end) {
      if (end.call.arrivesAt < countFrom) return;
      counted += 1;
      waitedMs += end.waitedMs;
      if (!end.answered) abandoned += 1;
      else if (end.waitedMs <= target.limitSeconds * 1_000) inTime += 1;
    },
  });
  return {
    simulated: inTime / counted,
    meanWaitSeconds: waitedMs / counted / 1_000,
    abandoned: abandoned / counted,
  };
}
