import { expect, test } from 'vitest';
import { growthOf, kindsOf } from '../../scripts/soak/heap-growth.ts';
import { isPassed, linesOf, type Soak } from '../../scripts/soak/page.ts';
import { trendOf } from '../../scripts/soak/trend.ts';

/** Eight hours at 1.25 calls a second. */
const callsOfShift = 36_000;
const at = Array.from({ length: 60 }, (_, n) => 1_000 + n * 50);
const noise = (n: number) => Math.sin(n * 7) * 0.2;
const trend = (valueAt: (calls: number, n: number) => number) =>
  trendOf({ at, values: at.map(valueAt) }, callsOfShift);

test('what grows with every call is told from what only trembles, and from a growth that does not matter', () => {
  expect(trend((_, n) => 50 + noise(n)).isFlat).toBe(true);
  const leak = trend((calls, n) => 50 + calls * 0.000_5 + noise(n));
  expect(leak.isFlat).toBe(false);
  expect(leak.perThousandCalls).toBeCloseTo(0.5, 1);
  // 3.6 MB in eight hours, of 50.
  expect(trend((calls) => 50 + calls * 0.000_1).isFlat).toBe(true);
});

function soakOf(change: Partial<Soak>): Soak {
  const flat = trend(() => 50);
  return {
    minutes: 20,
    perSecond: 2,
    most: 3,
    seats: 40,
    calls: 2_400,
    failed: 0,
    notServed: 0,
    recordsWrong: 0,
    cpuMs: { server: 10, exchange: 10 },
    waitMs: { p50: 20, p99: 50 },
    loopP99Ms: 5,
    judgedCalls: 1_400,
    trends: [{ name: 'memory', unit: ' MB', warmUp: flat, trend: flat }],
    left: 0,
    ...change,
  };
}

test('a soak that was too short to tell does not pass, nor does one that lost anybody', () => {
  expect(isPassed(soakOf({}))).toBe(true);
  expect(isPassed(soakOf({ judgedCalls: 400 }))).toBe(false);
  expect(linesOf(soakOf({ judgedCalls: 400 }), '2026-11-22')[0]).toContain('too short');
  expect(isPassed(soakOf({ failed: 1 }))).toBe(false);
  const grows = trend((calls) => calls);
  const trends = [{ name: 'memory', unit: ' MB', warmUp: grows, trend: grows }];
  expect(isPassed(soakOf({ trends }))).toBe(false);
});

/** A heap with so many of each constructor, 16 bytes apiece. */
function heapOf(counts: Record<string, number>) {
  const strings = Object.keys(counts);
  const nodes = Object.values(counts).flatMap((count, name) =>
    Array.from({ length: count }, () => [1, name, 16]).flat(),
  );
  const meta = { node_fields: ['type', 'name', 'self_size'], node_types: [['hidden', 'object']] };
  return kindsOf({ snapshot: { meta }, nodes, strings });
}

test('between heaps only what grew every time is named, the most first', () => {
  const heaps = [
    heapOf({ Call: 1, Line: 2, Cache: 1 }),
    heapOf({ Call: 5, Line: 3, Cache: 9 }),
    heapOf({ Call: 9, Line: 4, Cache: 9 }),
  ];
  const lines = growthOf(heaps).map((line) => line.trim());
  expect(lines).toEqual(['128 bytes  1 → 5 → 9  object Call', '32 bytes  2 → 3 → 4  object Line']);
});
