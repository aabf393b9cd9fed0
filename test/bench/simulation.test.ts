import { expect, test } from 'vitest';
import { compare } from '../../scripts/bench/erlang-cell.ts';
import { createEngine } from '../../src/acd/engine.ts';
import { staffAnswer } from '../../src/staffing/answer.ts';
import { DueList } from '../../src/staffing/due-list.ts';
import { openQueue } from '../../src/staffing/floor.ts';
import { createRandom } from '../../src/staffing/random.ts';
import { type SimCall, simulate, type WaitEnd } from '../../src/staffing/simulate.ts';

function run(seats: number, calls: readonly Partial<SimCall>[]): WaitEnd[] {
  const engine = createEngine();
  openQueue(engine, seats);
  const ends: WaitEnd[] = [];
  const plain = { queueId: 'all', priority: 0, serviceMs: 100, patienceMs: Infinity };
  const all = calls.map((call) => ({ arrivesAt: 0, ...plain, ...call }));
  simulate({ engine, calls: all, onWaitEnd: (end) => ends.push(end) });
  return ends;
}

test('due things come out by time, and as they went in at the same time', () => {
  const random = createRandom(1);
  const list = new DueList<number>();
  const times = Array.from({ length: 500 }, () => random.below(40));
  for (const [at, time] of times.entries()) list.add(time, at);
  const out = times.map(() => list.take() ?? -1);
  const expected = [...times.keys()].sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
  expect(out).toEqual(expected);
  expect(list.nextAt).toBe(Infinity);
  expect(list.take()).toBeUndefined();
});

test('random numbers have the means they are asked for, and the seed replays them', () => {
  const random = createRandom(7);
  let sums = [0, 0];
  for (let i = 0; i < 100_000; i += 1) {
    sums = [(sums[0] ?? 0) + random.exponential(3), (sums[1] ?? 0) + random.lognormal(5, 1.5)];
  }
  expect((sums[0] ?? 0) / 100_000).toBeCloseTo(3, 1);
  expect((sums[1] ?? 0) / 100_000 / 5).toBeCloseTo(1, 1);
  expect(createRandom(3).next()).toBe(createRandom(3).next());
});

test('one seat serves in order of arrival, and the impatient leave', () => {
  const ends = run(1, [
    { arrivesAt: 0 },
    { arrivesAt: 10 },
    { arrivesAt: 20, patienceMs: 30 },
    { arrivesAt: 30 },
  ]);
  expect(ends.map(({ call, answered, waitedMs }) => [call.arrivesAt, answered, waitedMs])).toEqual([
    [0, true, 0],
    [20, false, 30],
    [10, true, 90],
    [30, true, 170],
  ]);
});

test('a wrap-up of the call keeps the seat until it is over', () => {
  const engine = createEngine();
  openQueue(engine, 1, { wrapUpMs: 1e9 });
  const waits: number[] = [];
  const call = { queueId: 'all', priority: 0, serviceMs: 100, patienceMs: Infinity };
  simulate({
    engine,
    calls: [
      { ...call, arrivesAt: 0, wrapUpMs: 50 },
      { ...call, arrivesAt: 10, wrapUpMs: 50 },
    ],
    onWaitEnd: ({ waitedMs }) => waits.push(waitedMs),
  });
  expect(waits).toEqual([0, 140]);
});

test.each([
  ['exponential', null],
  ['exponential', 30],
  ['constant', 60],
  [{ lognormalSpread: 1.5 }, null],
] as const)('the engine is the ideal queue: %j, patience %s', (law, patienceSeconds) => {
  const demand = { callsPerHour: 300, handlingSeconds: 100, patienceSeconds };
  const cell = { ...demand, seats: 10, load: 0.83, law, theory: null, theorySeconds: null };
  const effort = { engineCalls: 3_000, mostCalls: 6_000, halfWidth: 0 };
  const { unlikeMs, meanWaitSeconds } = compare(cell, effort);
  expect(unlikeMs).toBeLessThan(0.001);
  expect(meanWaitSeconds).toBeGreaterThan(1);
});

test('more seats, more callers in time: by formula and by simulation', () => {
  const demand = { callsPerHour: 300, handlingSeconds: 120, patienceSeconds: null };
  const target = { share: 0.9, limitSeconds: 15 };
  const answer = staffAnswer({ demand, target, calls: 3_000 });
  for (const [at, point] of answer.curve.entries()) {
    const before = answer.curve[at - 1];
    if (!before) continue;
    expect(point.seats).toBe(before.seats + 1);
    expect(point.formula).toBeGreaterThan(before.formula);
    expect(point.simulated).toBeGreaterThanOrEqual(before.simulated);
    expect(point.meanWaitSeconds).toBeLessThanOrEqual(before.meanWaitSeconds);
  }
  expect(Math.abs((answer.simulation ?? 0) - answer.erlangC)).toBeLessThanOrEqual(1);
});

test('impatient callers need fewer seats than the formula for patient ones says', () => {
  const demand = { callsPerHour: 300, handlingSeconds: 120, patienceSeconds: 60 };
  const answer = staffAnswer({ demand, target: { share: 0.9, limitSeconds: 15 }, calls: 3_000 });
  expect(answer.erlangA ?? Infinity).toBeLessThan(answer.erlangC);
  expect(Math.abs((answer.simulation ?? 0) - (answer.erlangA ?? 0))).toBeLessThanOrEqual(1);
});
