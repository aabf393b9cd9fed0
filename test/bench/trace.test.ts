import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { trace } from '../../scripts/bench/rows/trace.ts';
import { readTrace } from '../../scripts/bench/trace/read.ts';
import { staffOf } from '../../scripts/bench/trace/staff.ts';
import { kaplanMeier } from '../../scripts/bench/trace/survival.ts';
import { createRandom } from '../../src/staffing/random.ts';

const folder = mkdtempSync(join(tmpdir(), 'yihao-trace-'));
afterAll(() => rmSync(folder, { recursive: true }));

const HEAD =
  'vru+line\tcall_id\tpriority\ttype\tdate\tvru_entry\tvru_exit\tvru_time\tq_start\tq_exit\tq_time\toutcome\tser_start\tser_exit\tser_time\tserver';

/** A time of the morning, in seconds after eight. */
function clock(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${8 + Math.floor(seconds / 3_600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function line(at: number, waited: number, talk: number, server: string, outcome = 'AGENT'): string {
  const queue = waited > 0 ? [clock(at), clock(at + waited)] : ['0:00:00', '0:00:00'];
  const from = at + waited;
  const service = talk > 0 ? [clock(from), clock(from + talk)] : ['0:00:00', '0:00:00'];
  const head = ['L1', '1', '0', 'PS', '240101', clock(at - 5), clock(at), '5'];
  return [...head, ...queue, waited, outcome, ...service, talk, server].join('\t');
}

function file(...lines: string[]): string {
  const path = join(folder, 'calls.tsv');
  writeFileSync(path, [HEAD, ...lines, ''].join('\n'));
  return path;
}

test('calls are read by the names of the columns; what never queued is left out', () => {
  const calls = readTrace(
    file(
      line(100, 0, 60, 'S1'),
      line(110, 40, 0, 'NO_SERVER', 'HANG'),
      line(120, 0, 0, 'NO_SERVER', 'HANG'),
      line(130, 0, 5, 'NO_SERVER'),
      line(140, 0, 30, 'S1', 'PHANTOM'),
    ),
  );
  const eight = 8 * 3_600;
  expect(
    calls.map(({ queuedAt, waitedSeconds, answered }) => [
      queuedAt - eight,
      waitedSeconds,
      answered,
    ]),
  ).toEqual([
    [100, 0, true],
    [110, 40, false],
  ]);
  expect(calls[0]?.talk).toEqual({ server: 'S1', startedAt: eight + 100, seconds: 60 });
});

test('a line that is not of a trace is named', () => {
  expect(() => readTrace(file('nonsense'))).toThrow(/line 2/);
});

test('Kaplan-Meier: the textbook sample, and draws that know more', () => {
  // 1, 2+, 3, 4+, 5: survival 4/5, then × 2/3, then 0.
  const seen = [1, 2, 3, 4, 5].map((time) => ({ time, ended: time % 2 === 1 }));
  const survival = kaplanMeier(seen);
  expect(survival.longerThan(0.5)).toBe(1);
  expect(survival.longerThan(2)).toBeCloseTo(0.8, 10);
  expect(survival.longerThan(3)).toBeCloseTo(0.8 * (2 / 3), 10);
  const random = createRandom(4);
  const beyond = Array.from({ length: 200 }, () => survival.drawBeyond(2, random));
  expect(new Set(beyond)).toEqual(new Set([3, 5]));
  const share = beyond.filter((time) => time === 3).length / 200;
  expect(share).toBeGreaterThan(0.2);
  expect(share).toBeLessThan(0.46);
});

test('staff: stretches without a break, and notes seen while callers waited', () => {
  const calls = readTrace(
    file(
      line(0, 0, 60, 'S1'),
      // Waits from 50 to 80: the server's notes took from 60 to 80.
      line(50, 30, 100, 'S1'),
      // Nobody waits at 180: how long the notes took is not seen.
      line(300, 0, 10, 'S1'),
      line(5_000, 0, 10, 'S1'),
    ),
  );
  const { duties, wrapUps } = staffOf(calls);
  const eight = 8 * 3_600;
  expect(duties.map(({ from, until }) => [from - eight, until - eight])).toEqual([
    [0, 300],
    [5_000, 5_000],
  ]);
  expect([...wrapUps.values()]).toEqual([
    { time: 20, ended: true },
    { time: 0, ended: false },
  ]);
});

test('a made trace of one server comes back from the engine as it was', async () => {
  const lines: string[] = [];
  let free = 0;
  for (let at = 0; at < 6_000; at += 60) {
    const from = Math.max(at, free);
    const talk = 30 + ((at / 60) % 4) * 19;
    lines.push(line(at, from - at, talk, 'S1'));
    free = from + talk + 2;
  }
  const found = await trace.run({
    tiny: true,
    full: false,
    callsFile: file(...lines),
    progress: () => {},
  });
  expect(found.samples).toBe(200);
  expect(found.ours.p95 ?? 0).toBeGreaterThan(0);
  expect(found.ratio.p99 ?? 0).toBeGreaterThan(0.7);
  expect(found.ratio.p99 ?? 0).toBeLessThan(1.3);
});

test('without a trace the row says so and is not judged', async () => {
  const found = await trace.run({ tiny: true, full: false, callsFile: null, progress: () => {} });
  expect([found.met, found.samples]).toEqual([null, 0]);
  expect(found.notes.join()).toContain('--calls');
});
