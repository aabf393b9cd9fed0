import { createEngine } from '../../src/acd/engine.ts';
import { type CallStream, callStream, first, type ServiceLaw } from '../../src/staffing/calls.ts';
import { openQueue } from '../../src/staffing/floor.ts';
import { simulate } from '../../src/staffing/simulate.ts';
import { confidence, mean } from './figures.ts';
import { createRecursion } from './recursion.ts';

/** One load of one queue, and what theory says of it. */
export interface Cell {
  seats: number;
  /** Per seat. */
  load: number;
  callsPerHour: number;
  handlingSeconds: number;
  patienceSeconds: number | null;
  law: ServiceLaw;
  theory: 'Erlang C' | 'Erlang A' | 'Pollaczek–Khinchine' | null;
  theorySeconds: number | null;
}

/** How long to look. */
export interface Effort {
  /** Callers played through the engine. */
  engineCalls: number;
  /** Callers at most, most of them through the ideal queue alone. */
  mostCalls: number;
  /** Enough when the 95 % interval of the average wait is no wider than ± this share of it. */
  halfWidth: number;
}

export interface Compared {
  cell: Cell;
  calls: number;
  meanWaitSeconds: number;
  /** Of the 95 % confidence interval, as a share of the mean. */
  halfWidth: number;
  theorySeconds: number | null;
  /** Of the engine from theory, as a share; 0 without a theory. */
  deviation: number;
  /** Of the ideal queue from theory. */
  controlDeviation: number;
  /** The largest difference between what one caller waited in the engine and in the ideal queue. */
  unlikeMs: number;
}

const BATCHES = 40;
const SEED = 20_250_101;

/**
 * Plays the same callers through the engine and through the ideal queue, caller by caller; then lets
 * the ideal queue, which is much quicker, go on until chance is small enough. The engine's average is
 * the ideal queue's long one plus the mean difference between the two on the callers both have served.
 */
export function compare(cell: Cell, effort: Effort): Compared {
  const stream: CallStream = { ...cell, seed: SEED };
  const ideal = createRecursion(cell.seats);
  const waits = engineWaits(stream, cell.seats, effort.engineCalls);
  let unlikeMs = 0;
  let extraMs = 0;
  let calls = 0;
  /** Sums of waits, over batches that are joined in pairs as the run gets longer. */
  let batches: number[] = [];
  let batchCalls = Math.ceil(effort.engineCalls / BATCHES);
  let sum = 0;
  for (const call of callStream(stream)) {
    const waitMs = ideal(call);
    const engineMs = waits[calls];
    if (engineMs !== undefined) {
      extraMs += engineMs - waitMs;
      unlikeMs = Math.max(unlikeMs, Math.abs(engineMs - waitMs));
    }
    sum += waitMs;
    calls += 1;
    if (calls % batchCalls !== 0) continue;
    batches.push(sum / batchCalls);
    sum = 0;
    if (batches.length < 2 * BATCHES) continue;
    batches = pairs(batches);
    batchCalls *= 2;
    const sure = confidence(batches) / mean(batches) <= effort.halfWidth;
    if (sure || calls >= effort.mostCalls) break;
  }
  const idealMs = mean(batches);
  const meanWaitSeconds = (idealMs + extraMs / effort.engineCalls) / 1_000;
  const off = (seconds: number) => (cell.theorySeconds ? seconds / cell.theorySeconds - 1 : 0);
  return {
    cell,
    calls,
    meanWaitSeconds,
    halfWidth: confidence(batches) / idealMs,
    theorySeconds: cell.theorySeconds,
    deviation: off(meanWaitSeconds),
    controlDeviation: off(idealMs / 1_000),
    unlikeMs,
  };
}

/** What each caller of a stream waits in the real engine, in order of arrival. */
function engineWaits(stream: CallStream, seats: number, calls: number): number[] {
  const engine = createEngine();
  openQueue(engine, seats);
  const places = new Map<object, number>();
  const waits: number[] = [];
  function* numbered() {
    for (const call of first(calls, callStream(stream))) {
      places.set(call, places.size);
      yield call;
    }
  }
  simulate({
    engine,
    calls: numbered(),
    onWaitEnd({ call, waitedMs }) {
      waits[places.get(call) ?? -1] = waitedMs;
    },
  });
  return waits;
}

function pairs(values: readonly number[]): number[] {
  return values.flatMap((value, at) => (at % 2 === 0 ? [(value + (values[at + 1] ?? 0)) / 2] : []));
}
