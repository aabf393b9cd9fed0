import { expect, test } from 'vitest';
import { churn } from '../../scripts/bench/churn.ts';
import {
  confidence,
  figuresOf,
  noFigures,
  percentile,
  ratioOf,
} from '../../scripts/bench/figures.ts';
import { NaiveEngine } from '../../scripts/bench/naive-engine.ts';
import { updatePage } from '../../scripts/bench/page.ts';
import { report, toJson } from '../../scripts/bench/report.ts';
import type { Row } from '../../scripts/bench/row.ts';
import { rows } from '../../scripts/bench/rows.ts';
import { createEngine } from '../../src/acd/engine.ts';

test('percentiles are measured values, by nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);
  expect(figuresOf(hundred)).toEqual({ min: 1, p50: 50, p95: 95, p99: 99, max: 100 });
  expect(figuresOf([7])).toEqual({ min: 7, p50: 7, p95: 7, p99: 7, max: 7 });
  expect(figuresOf([])).toEqual(noFigures);
  expect(percentile([1, 2, 3, 4], 0.51)).toBe(3);
});

test('a ratio needs both sides', () => {
  expect(ratioOf(1, 4)).toBe(0.25);
  expect(ratioOf(null, 4)).toBeNull();
  expect(ratioOf(1, 0)).toBeNull();
});

test('the confidence interval narrows with the root of the count', () => {
  const few = Array.from({ length: 25 }, (_, at) => at % 2);
  const many = Array.from({ length: 2_500 }, (_, at) => at % 2);
  expect(confidence(few) / confidence(many)).toBeCloseTo(10, 0);
});

test('new figures take the place of the old ones, and other rows keep theirs', () => {
  const json = {
    name: 'engine',
    samples: 1,
    ours: { p50: 1, p95: 1, p99: 1, max: 1 },
    control: { p50: null, p95: null, p99: null, max: null },
    ratio: { p50: null, p99: null },
    goal: 'less',
    met: true,
    notes: ['A note.'],
  };
  const empty = '# Page\n<!-- end of rows -->\nThe end.\n';
  const once = updatePage(empty, json, 'Monday');
  const both = updatePage(once, { ...json, name: 'store' }, 'Monday');
  const again = updatePage(both, { ...json, met: false }, 'Tuesday');
  expect(again.match(/`engine`: \*\*not reached\*\*/g)).toHaveLength(1);
  expect(again.match(/`store`: reached/g)).toHaveLength(1);
  expect([again.includes('Tuesday'), again.endsWith('The end.\n')]).toEqual([true, true]);
  expect(() => updatePage('no place', json, 'Monday')).toThrow(/place/);
});

const plainRows = rows.filter(({ needs }) => needs === undefined);

test.each(plainRows.map((row): [string, Row] => [row.name, row]))(
  '%s runs small, and gives what the report needs',
  { timeout: 60_000 },
  async (name, row) => {
    const result = await row.run({ tiny: true, full: false, callsFile: null, progress: () => {} });
    const json = toJson(row, result);
    expect(Object.keys(json)).toEqual([
      'name',
      'samples',
      'ours',
      'control',
      'ratio',
      'goal',
      'met',
      'notes',
    ]);
    expect(Object.keys(json.ours)).toEqual(['p50', 'p95', 'p99', 'max']);
    expect(json.name).toBe(name);
    if (name !== 'trace') expect(result.samples).toBeGreaterThan(0);
    expect(report(row, result)).toContain(row.title);
  },
);

test.each([
  { seats: 60, idle: 0, waiting: 30, queues: 6, queuesPerSeat: 3 },
  { seats: 60, idle: 30, waiting: 0, queues: 6, queuesPerSeat: 3 },
])('the control decides as the engine does: $waiting waiting', (floor) => {
  const ours = churn(createEngine(), floor, 500);
  const control = churn(new NaiveEngine(), floor, 500);
  expect(control.digest).toBe(ours.digest);
  expect(ours.decisionMs.length).toBe(control.decisionMs.length);
});
