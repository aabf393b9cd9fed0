import { expect, test } from 'vitest';
import { erlangB, erlangC, serviceWithoutPatience } from '../../src/staffing/erlang.ts';
import { serviceWithPatience } from '../../src/staffing/erlang-a.ts';
import {
  halfinWhittDelayed,
  seatsNeeded,
  serviceAt,
  squareRootSeats,
} from '../../src/staffing/seats-needed.ts';

test.each([
  // From printed tables of the first Erlang formula.
  [1, 1, 0.5],
  [1, 2, 0.2],
  [3, 5, 0.11005],
  [10, 10, 0.21458],
  [20, 30, 0.00846],
  [100, 100, 0.0757],
])('Erlang B: %d erlangs on %d seats block %d', (load, seats, blocked) => {
  expect(erlangB(load, seats)).toBeCloseTo(blocked, 4);
});

test.each([
  [0.5, 1, 0.5],
  [1, 2, 1 / 3],
  [10, 12, 0.4494],
  [12, 12, 1],
])('Erlang C: %d erlangs on %d seats make %d wait', (load, seats, delayed) => {
  expect(erlangC(load, seats)).toBeCloseTo(delayed, 4);
});

test('thousands of erlangs neither overflow nor round away', () => {
  expect(erlangC(5_000, 5_070)).toBeGreaterThan(0.1);
  expect(erlangC(5_000, 5_070)).toBeLessThan(0.3);
});

// Garnett, Mandelbaum and Reiman, "Designing a call center with impatient customers" (2002), table 1:
// 48 calls a minute, 50 agents, one minute of service, two minutes of patience.
const published = { callsPerHour: 2_880, handlingSeconds: 60 };

test('the published call centre without patience waits 20.8 s', () => {
  const service = serviceWithoutPatience({ ...published, patienceSeconds: null }, 50, 15);
  expect(service.meanWaitSeconds).toBeCloseTo(20.8, 1);
  expect(service.occupancy).toBeCloseTo(0.96, 5);
});

test('with patience it loses 3.1 % and waits 3.7 s', () => {
  const service = serviceWithPatience({ ...published, patienceSeconds: 120 }, 50, 15);
  expect(service.abandoned).toBeCloseTo(0.031, 3);
  expect(service.meanWaitSeconds).toBeCloseTo(3.7, 1);
  expect(service.occupancy).toBeCloseTo(0.93, 2);
});

test('callers with endless patience are those of Erlang C', () => {
  const demand = { callsPerHour: 600, handlingSeconds: 180, patienceSeconds: 1e7 };
  const patient = serviceAt(demand, 33, 20);
  const endless = serviceAt({ ...demand, patienceSeconds: null }, 33, 20);
  expect(patient.delayed).toBeCloseTo(endless.delayed, 3);
  expect(patient.withinLimit).toBeCloseTo(endless.withinLimit, 3);
});

test('a hopeless overload loses what the seats cannot carry', () => {
  const demand = { callsPerHour: 7_500, handlingSeconds: 240, patienceSeconds: 60 };
  expect(serviceWithPatience(demand, 300, 15).abandoned).toBeCloseTo(0.4, 4);
  expect(serviceWithPatience(demand, 1, 15).abandoned).toBeCloseTo(0.998, 4);
  expect(serviceAt({ ...demand, patienceSeconds: null }, 300, 15).withinLimit).toBe(0);
});

test('the fewest seats reach the target and one less does not', () => {
  for (const patienceSeconds of [null, 30, 300]) {
    const demand = { callsPerHour: 1_100, handlingSeconds: 240, patienceSeconds };
    const seats = seatsNeeded(demand, { share: 0.95, limitSeconds: 15 });
    expect(serviceAt(demand, seats, 15).withinLimit).toBeGreaterThanOrEqual(0.95);
    expect(serviceAt(demand, seats - 1, 15).withinLimit).toBeLessThan(0.95);
  }
});

test('the square-root rule says how many wait in a large queue', () => {
  expect(squareRootSeats(100, 1)).toBe(110);
  expect(halfinWhittDelayed(1)).toBeCloseTo(0.2234, 3);
  expect(erlangC(100_000, squareRootSeats(100_000, 1))).toBeCloseTo(halfinWhittDelayed(1), 2);
});
