import { createEngine } from '../../../src/acd/engine.ts';
import { churn, type Floor } from '../churn.ts';
import { simulateDay } from '../day.ts';
import { figuresOf, mean, percentile, ratioOf } from '../figures.ts';
import { NaiveEngine } from '../naive-engine.ts';
import type { Row } from '../row.ts';

const SIZES = [100, 316, 1_000, 3_162, 10_000];
const DECISION_GOAL_MS = 1;
const DAY_GOAL_SECONDS = 60;
/** log 10,000 over log 100. */
const GROWTH_OF_LOG = 2;

export const engine: Row = {
  name: 'engine',
  title: 'decisions of the queue engine; control: the same events on an engine that scans',
  async run({ tiny }) {
    const shrink = tiny ? 100 : 1;
    const full = floor(10_000 / shrink, 100 / Math.min(shrink, 10));
    const busy = churn(createEngine(), full, 30_000 / shrink);
    const calm = churn(
      createEngine(),
      { ...full, waiting: 0, idle: full.seats / 2 },
      30_000 / shrink,
    );
    const short = 4_000 / shrink;
    const control = churn(new NaiveEngine(), full, short);
    const same = churn(createEngine(), full, short).digest === control.digest;

    const costs = (tiny ? SIZES.slice(0, 2) : SIZES).map((seats) => costAt(seats, shrink));
    const growth = (costs.at(-1) ?? 0) / (costs[0] ?? 1);
    const day = simulateDay(1_200_000 / shrink, 10_000 / shrink);

    const ours = figuresOf([...busy.decisionMs, ...calm.decisionMs]);
    const theirs = figuresOf(control.decisionMs);
    const p99 = ours.p99 ?? Number.POSITIVE_INFINITY;
    return {
      samples: busy.decisionMs.length + calm.decisionMs.length,
      ours,
      control: theirs,
      ratio: { p50: ratioOf(ours.p50, theirs.p50), p99: ratioOf(ours.p99, theirs.p99) },
      goal: 'ms per decision: p99 ≤ 1; a day of 1.2 M calls ≤ 60 s of processor; cost from 100 to 10,000 seats × ≤ 2 (log n)',
      met: tiny
        ? null
        : p99 <= DECISION_GOAL_MS &&
          day.cpuSeconds <= DAY_GOAL_SECONDS &&
          growth <= GROWTH_OF_LOG &&
          same,
      notes: [
        `${full.seats} seats, each in ${full.queuesPerSeat} of ${full.queues} queues; one half of the samples with ${full.waiting} waiting and no idle seat (p99 ${show(busy.decisionMs)} ms), the other with nobody waiting and half of the seats idle (p99 ${show(calm.decisionMs)} ms).`,
        `The control, on the same floor with ${full.waiting} waiting, rang ${same ? 'the same' : 'OTHER'} seats for the same callers in the same order.`,
        `A day of ${day.calls} calls on ${day.seats} seats took ${day.cpuSeconds.toFixed(1)} s of processor time (judged), ${day.seconds.toFixed(1)} s by the clock: ${day.inputs} inputs, ${((day.cpuSeconds * 1e6) / day.inputs).toFixed(2)} µs each, the simulation's own work included; ${(100 * day.waitedShare).toFixed(1)} % of the callers waited.`,
        `Mean cost of a decision by seats: ${costs.map((cost, at) => `${SIZES[at]}: ${(cost * 1_000).toFixed(2)} µs`).join(', ')}; × ${growth.toFixed(2)} over all, as n^${exponent(costs).toFixed(3)}.`,
      ],
    };
  },
};

function floor(seats: number, queues: number): Floor {
  return { seats, idle: 0, waiting: seats / 5, queues, queuesPerSeat: Math.min(5, queues) };
}

/** Mean milliseconds of a decision on a floor with a fifth of its size waiting: the middle of three. */
function costAt(seats: number, shrink: number): number {
  const runs = Array.from({ length: 3 }, () => {
    const { decisionMs } = churn(createEngine(), floor(seats, 20), 10_000 / shrink);
    return mean([...decisionMs]);
  });
  return (
    percentile(
      runs.sort((a, b) => a - b),
      0.5,
    ) ?? 0
  );
}

/** The slope of log cost over log size by least squares: 0 is constant, 1 is linear. */
function exponent(costs: readonly number[]): number {
  const points = costs.map((cost, at) => ({ x: Math.log(SIZES[at] ?? 1), y: Math.log(cost) }));
  const x = mean(points.map((point) => point.x));
  const y = mean(points.map((point) => point.y));
  const covariance = mean(points.map((point) => (point.x - x) * (point.y - y)));
  return covariance / mean(points.map((point) => (point.x - x) ** 2));
}

function show(values: Float64Array): string {
  return (percentile(values.toSorted(), 0.99) ?? 0).toFixed(4);
}
