import type { WaitEnd } from '../../../src/staffing/simulate.ts';
import { confidence, figuresOf, mean, noFigures, ratioOf } from '../figures.ts';
import type { Row, RowResult } from '../row.ts';
import { groupBy } from '../trace/group.ts';
import { readTrace, type TracedCall } from '../trace/read.ts';
import { type Model, replay } from '../trace/replay.ts';
import { staffOf } from '../trace/staff.ts';
import { kaplanMeier, type Survival } from '../trace/survival.ts';

const RUNS = 30;
/** A kind of call with fewer people giving up than this shares the patience of all. */
const ENOUGH_ABANDONED = 100;
const GOAL =
  'mean wait and abandonment within 10 % of the trace (figures: seconds a caller waited); control: the trace';

export const trace: Row = {
  name: 'trace',
  title: 'a call trace replayed through the real engine with its staff; control: the trace itself',
  async run({ tiny, callsFile }) {
    if (callsFile === null) return notRun();
    const calls = readTrace(callsFile);
    const model = modelOf(calls);
    const runs = Array.from({ length: tiny ? 2 : RUNS }, (_, seed) =>
      replay(calls, model, seed + 1),
    );
    const waits = runs.map((run) => mean(run.map(({ waitedMs }) => waitedMs / 1_000)));
    const left = runs.map((run) => mean(run.map(({ answered }) => (answered ? 0 : 1))));
    const tracedWait = mean(calls.map((call) => call.waitedSeconds));
    const tracedLeft = mean(calls.map((call) => (call.answered ? 0 : 1)));
    const waitOff = mean(waits) / tracedWait - 1;
    const leftOff = mean(left) / tracedLeft - 1;
    const ours = figuresOf(runs.flat().map(({ waitedMs }) => waitedMs / 1_000));
    const control = figuresOf(calls.map((call) => call.waitedSeconds));
    const { duties, types } = model.staff;
    return {
      samples: runs.length * calls.length,
      ours,
      control,
      ratio: { p50: ratioOf(ours.p50, control.p50), p99: ratioOf(ours.p99, control.p99) },
      goal: GOAL,
      met: tiny ? null : Math.abs(waitOff) <= 0.1 && Math.abs(leftOff) <= 0.1,
      notes: [
        `Mean wait ${mean(waits).toFixed(1)} s ± ${confidence(waits).toFixed(1)} over ${runs.length} runs, trace ${tracedWait.toFixed(1)} s: ${percent(waitOff)}.`,
        `Abandoned ${(100 * mean(left)).toFixed(2)} % ± ${(100 * confidence(left)).toFixed(2)}, trace ${(100 * tracedLeft).toFixed(2)} %: ${percent(leftOff)}.`,
        `${calls.length} calls, ${types.size} servers in ${duties.length} stretches of duty; half of the servers are free again ${median(model.wrapUp)} s after a call.`,
        `By kind of call, mean wait and share abandoned, replay against trace: ${kinds(calls, runs.flat())}.`,
      ],
    };
  },
};

function kinds(calls: readonly TracedCall[], ends: readonly WaitEnd[]): string {
  const replayed = groupBy(ends, ({ call }) => call.queueId);
  return [...groupBy(calls, (call) => call.type)]
    .map(([type, some]) => {
      const own = replayed.get(type) ?? [];
      const wait = mean(own.map(({ waitedMs }) => waitedMs / 1_000));
      const left = mean(own.map(({ answered }) => (answered ? 0 : 1)));
      const traced = `${mean(some.map((call) => call.waitedSeconds)).toFixed(0)} s`;
      const tracedLeft = mean(some.map(({ answered }) => (answered ? 0 : 1)));
      return `${type} ${wait.toFixed(0)} s against ${traced}, ${(100 * left).toFixed(0)} % against ${(100 * tracedLeft).toFixed(0)} %`;
    })
    .join('; ');
}

function modelOf(calls: readonly TracedCall[]): Model {
  const staff = staffOf(calls);
  const all = patience(calls);
  const own = new Map<string, Survival>();
  for (const [type, some] of groupBy(calls, (call) => call.type)) {
    const abandoned = some.filter((call) => !call.answered).length;
    if (abandoned >= ENOUGH_ABANDONED) own.set(type, patience(some));
  }
  const patienceOf = (type: string) => own.get(type) ?? all;
  return { staff, wrapUp: kaplanMeier([...staff.wrapUps.values()]), patienceOf };
}

/** Who was answered would have waited longer still; who gave up shows the patience. */
function patience(calls: readonly TracedCall[]): Survival {
  return kaplanMeier(
    calls.map(({ waitedSeconds, answered }) => ({ time: waitedSeconds, ended: !answered })),
  );
}

function median(survival: Survival): number {
  let seconds = 0;
  while (survival.longerThan(seconds) > 0.5 && seconds < 900) seconds += 1;
  return seconds;
}

function percent(share: number): string {
  return `${share >= 0 ? '+' : ''}${(100 * share).toFixed(1)} %`;
}

function notRun(): RowResult {
  return {
    samples: 0,
    ours: noFigures,
    control: noFigures,
    ratio: { p50: null, p99: null },
    goal: GOAL,
    met: null,
    notes: ['Not run: name a trace with --calls FILE.tsv.'],
  };
}
