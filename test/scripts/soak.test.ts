import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { growthOf, type Heap, kindsOf, objectsOn } from '../../scripts/soak/heap-growth.ts';
import { fillHistory } from '../../scripts/soak/history.ts';
import { isPassed, linesOf, type Soak } from '../../scripts/soak/page.ts';
import { leavings, type Rest } from '../../scripts/soak/rest.ts';
import { type Limits, trendOf } from '../../scripts/soak/trend.ts';
import { openStore } from '../../src/store/db.ts';

/** Eight hours at 1.25 calls a second; a tenth of 50 MB; 1 KB a call. */
const limits: Limits = { callsOfShift: 36_000, harmless: 5, visible: 1 };
const at = Array.from({ length: 60 }, (_, n) => 1_000 + n * 50);
const noise = (n: number) => Math.sin(n * 7) * 0.2;
const trend = (valueAt: (calls: number, n: number) => number) =>
  trendOf({ at, values: at.map(valueAt) }, limits);

test('what grows with every call is told from what only trembles, and from a growth that does not matter', () => {
  expect(trend((_, n) => 50 + noise(n)).verdict).toBe('flat');
  const leak = trend((calls, n) => 50 + calls * 0.000_5 + noise(n));
  expect(leak.verdict).toBe('grows');
  expect(leak.perThousandCalls).toBeCloseTo(0.5, 1);
  // 3.6 MB in eight hours, of 50.
  expect(trend((calls) => 50 + calls * 0.000_1).verdict).toBe('flat');
});

test('noise in which a rise that matters could hide is no proof that there is none', () => {
  expect(trend((_, n) => 50 + 50 * noise(n)).verdict).toBe('unclear');
  expect(trendOf({ at: [1, 2], values: [50, 50] }, limits).verdict).toBe('unclear');
});

test('samples that go on as the one before say less than as many that do not', () => {
  const [wanders, trembles] = [
    trend((_, n) => 50 + (n % 20 < 10 ? 0.2 : -0.2)),
    trend((_, n) => 50 + (n % 2 === 0 ? 0.2 : -0.2)),
  ];
  expect(wanders.plusMinus).toBeGreaterThan(2.5 * trembles.plusMinus);
});

const rest: Rest = {
  'server: open files': 35,
  'server: handles': 12,
  'exchange: open files': 60,
  channels: 0,
  bridges: 0,
};
const calls = 1_000;
const left = (more: number, files = 35) =>
  leavings(
    rest,
    { ...rest, 'server: open files': files },
    { before: heapOf({ Call: 100 }), after: heapOf({ Call: 100 + more }), calls },
  );

test('what calls leave behind shows at rest: an id forgotten of each, a file of one', () => {
  expect(left(40).isClean).toBe(true);
  expect(left(1_000)).toMatchObject({ isClean: false, perCall: { objects: 1, bytes: 16 } });
  const open = left(0, 36);
  expect(open.rows.filter(({ isSame }) => !isSame).map(({ name }) => name)).toEqual([
    'server: open files',
  ]);
  expect(open.isClean).toBe(false);
});

function soakOf(change: Partial<Soak>): Soak {
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
    grown: [{ name: 'memory', unit: ' MB', trend: trend(() => 50) }],
    left: left(0),
    ...change,
  };
}

test('a soak that was too short to tell does not pass, nor one that lost anybody or kept anything', () => {
  expect(isPassed(soakOf({}))).toBe(true);
  expect(linesOf(soakOf({}), '2026-11-22')[1]).toContain('as many as 30 seats take in eight hours');
  expect(isPassed(soakOf({ calls: 400 }))).toBe(false);
  expect(linesOf(soakOf({ calls: 400 }), '2026-11-22')[0]).toContain('too short');
  expect(isPassed(soakOf({ failed: 1 }))).toBe(false);
  const grown = [{ name: 'memory', unit: ' MB', trend: trend((calls) => calls) }];
  expect(isPassed(soakOf({ grown }))).toBe(false);
  expect(isPassed(soakOf({ left: left(9_000) }))).toBe(false);
});

/** A heap with so many of each constructor, 16 bytes apiece; those in capitals are compiled code. */
function heapOf(counts: Record<string, number>): Heap {
  const strings = Object.keys(counts);
  const nodes = Object.entries(counts).flatMap(([kind, count], name) =>
    Array.from({ length: count }, () => [kind === kind.toUpperCase() ? 2 : 1, name, 16]).flat(),
  );
  const types = [['hidden', 'object', 'code']];
  const meta = { node_fields: ['type', 'name', 'self_size'], node_types: types };
  return kindsOf({ snapshot: { meta }, nodes, strings });
}

test('between heaps what grew is named, the most first; compiled code is no object', () => {
  const [before, after] = [
    heapOf({ Call: 1, Line: 2, Cache: 9 }),
    heapOf({ Call: 9, Line: 4, Cache: 9, CODE: 3 }),
  ];
  expect(objectsOn(after)).toEqual({ count: 22, bytes: 352 });
  expect(growthOf(before, after).map((line) => line.trim())).toEqual([
    '128 bytes  1 → 9  object Call',
    '48 bytes  0 → 3  code CODE',
    '32 bytes  2 → 4  object Line',
  ]);
});

test('the history is larger than what SQLite keeps of it, and no call of it goes on', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'yihao-history-'));
  try {
    fillHistory(dataDir);
    const { sql, close } = openStore(join(dataDir, 'yihao.sqlite'));
    const one = (query: string) => Number(sql.prepare(query).pluck().get());
    const [pages, cacheKib] = [one('PRAGMA page_count'), -one('PRAGMA cache_size')];
    expect(pages * one('PRAGMA page_size')).toBeGreaterThan(1.2 * cacheKib * 1_024);
    expect(one('SELECT count(*) FROM calls')).toBe(0);
    close();
  } finally {
    rmSync(dataDir, { recursive: true });
  }
});
