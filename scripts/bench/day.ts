import { createEngine } from '../../src/acd/engine.ts';
import { plainRules, queueName, signIn, someQueues } from '../../src/staffing/floor.ts';
import { createRandom, type Random } from '../../src/staffing/random.ts';
import { type SimCall, simulate } from '../../src/staffing/simulate.ts';

/** Calls by the hour of a hotline's day, as shares of the busiest hour. */
const HOURS = [
  0.08, 0.05, 0.04, 0.03, 0.04, 0.08, 0.2, 0.5, 0.9, 1, 0.98, 0.9, 0.7, 0.75, 0.9, 0.95, 0.92, 0.85,
  0.65, 0.5, 0.42, 0.33, 0.22, 0.13,
];
const HOUR_MS = 3_600_000;
const QUEUES = 100;
const TALK_MS = 310_000;
const WRAP_UP_MS = 60_000;
const PATIENCE_MS = 120_000;

export interface Day {
  calls: number;
  seats: number;
  inputs: number;
  /** By the clock on the wall. */
  seconds: number;
  /** Of the processor: the same on a machine that has nothing else to do. */
  cpuSeconds: number;
  waitedShare: number;
}

/** Plays one day of a whole province through the real engine, as fast as it goes. */
export function simulateDay(calls: number, seats: number): Day {
  const random = createRandom(12_345);
  const engine = createEngine();
  const queues = Array.from({ length: QUEUES }, (_, number) =>
    plainRules(queueName(number), { wrapUpMs: WRAP_UP_MS }),
  );
  engine.apply({ kind: 'queues-configured', queues }, 0);
  for (let number = 1; number <= seats; number += 1) {
    const memberships = someQueues(random, QUEUES, 5);
    for (const input of signIn(`seat-${number}`, memberships)) engine.apply(input, 0);
  }
  let came = 0;
  let waited = 0;
  const before = performance.now();
  const cpuBefore = process.cpuUsage();
  const inputs = simulate({
    engine,
    calls: arrivals(random, calls),
    onWaitEnd({ waitedMs }) {
      came += 1;
      if (waitedMs > 0) waited += 1;
    },
  });
  const seconds = (performance.now() - before) / 1_000;
  const { user, system } = process.cpuUsage(cpuBefore);
  const cpuSeconds = (user + system) / 1e6;
  return { calls: came, seats, inputs, seconds, cpuSeconds, waitedShare: waited / came };
}

function* arrivals(random: Random, calls: number): Generator<SimCall> {
  const whole = HOURS.reduce((sum, share) => sum + share, 0);
  for (const [hour, share] of HOURS.entries()) {
    const gapMs = (HOUR_MS * whole) / (calls * share);
    const endsAt = (hour + 1) * HOUR_MS;
    let arrivesAt = hour * HOUR_MS + random.exponential(gapMs);
    for (; arrivesAt < endsAt; arrivesAt += random.exponential(gapMs)) {
      yield {
        arrivesAt,
        queueId: queueName(random.below(QUEUES)),
        priority: 0,
        serviceMs: random.exponential(TALK_MS),
        patienceMs: random.exponential(PATIENCE_MS),
      };
    }
  }
}
