import { createEngine } from '../../src/acd/engine.ts';
import type { Demand } from '../../src/staffing/erlang.ts';
import { loadOf } from '../../src/staffing/erlang.ts';
import {
  seatsNeeded,
  serviceAt,
  squareRootSeats,
  type Target,
} from '../../src/staffing/seats-needed.ts';
import { callStream, first } from './calls.ts';
import { openQueue } from './floor.ts';
import { simulate } from './simulate.ts';

/** What callers meet with so many seats: by formula, and in the simulation. */
export interface CurvePoint {
  seats: number;
  /** Share answered within the limit, by formula. */
  formula: number;
  simulated: number;
  meanWaitSeconds: number;
  abandoned: number;
}

export interface StaffAnswer {
  loadErlangs: number;
  /** By Erlang C. */
  erlangC: number;
  /** By Erlang A; null without a patience. */
  erlangA: number | null;
  /** The rule of thumb: load plus its square root. */
  squareRoot: number;
  /** By simulation with the real engine; null when no seat count of the curve reaches the target. */
  simulation: number | null;
  curve: CurvePoint[];
}

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

/** How many seats a demand needs, and what every number of seats around that gives. */
export function staffAnswer({ demand, target, calls }: Question): StaffAnswer {
  const patient: Demand = { ...demand, patienceSeconds: null };
  const erlangC = seatsNeeded(patient, target);
  const erlangA = demand.patienceSeconds === null ? null : seatsNeeded(demand, target);
  const loadErlangs = loadOf(demand);
  const middle = erlangA ?? erlangC;
  // Without patience, fewer seats than the load let the line grow for ever.
  const least = erlangA === null ? Math.floor(loadErlangs) + 1 : 1;
  const from = Math.max(least, middle - AROUND);
  const curve = Array.from({ length: middle + AROUND - from + 1 }, (_, at) =>
    pointAt(from + at, { demand, target, calls }),
  );
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
