import { serviceAt } from '../../../src/staffing/seats-needed.ts';
import { type Cell, type Compared, compare } from '../erlang-cell.ts';
import { figuresOf, ratioOf } from '../figures.ts';
import type { Row } from '../row.ts';

const HANDLING_SECONDS = 240;
const GOAL_PERCENT = 2;

export const erlang: Row = {
  name: 'erlang',
  title:
    'average wait (ASA) of the real engine against theory; control: an ideal queue, same callers',
  async run({ tiny }) {
    const cells = grid();
    const effort = tiny
      ? { engineCalls: 2_000, mostCalls: 20_000, halfWidth: 0.5 }
      : { engineCalls: 100_000, mostCalls: 51_200_000, halfWidth: 0.01 };
    const found = cells.map((cell) => compare(cell, effort));
    const judged = found.filter(({ theorySeconds }) => theorySeconds !== null);
    const ours = figuresOf(judged.map(({ deviation }) => 100 * Math.abs(deviation)));
    const control = figuresOf(
      judged.map(({ controlDeviation }) => 100 * Math.abs(controlDeviation)),
    );
    const unlike = Math.max(...found.map(({ unlikeMs }) => unlikeMs));
    return {
      samples: judged.reduce((sum, { calls }) => sum + calls, 0),
      ours,
      control,
      ratio: { p50: ratioOf(ours.p50, control.p50), p99: ratioOf(ours.p99, control.p99) },
      goal: 'ASA within 2 % of Erlang C, Erlang A and Pollaczek–Khinchine in every cell (figures: |deviation| in %)',
      met: tiny ? null : (ours.max ?? Number.POSITIVE_INFINITY) <= GOAL_PERCENT && unlike < 0.001,
      notes: [
        `The engine made every caller of every cell wait as long as the ideal queue did, to ${unlike.toExponential(1)} ms; ${effort.engineCalls} callers per cell went through the engine, the ideal queue then went on alone until the 95 % confidence interval was ±${100 * effort.halfWidth} % or ${effort.mostCalls} callers had come.`,
        ...found.map(say),
      ],
    };
  },
};

/** The loads to look at: what theory can tell exactly, and some where only the ideal queue can. */
function grid(): Cell[] {
  const exponential = { law: 'exponential', patienceSeconds: null } as const;
  const patient = [
    [1, 0.5],
    [1, 0.8],
    [5, 0.6],
    [5, 0.8],
    [20, 0.7],
    [20, 0.85],
    [50, 0.9],
    [100, 0.92],
  ].map(([seats = 1, load = 0]) => cell(seats, load, { ...exponential, theory: 'Erlang C' }));
  const impatient = [
    [5, 0.8, 60],
    [20, 0.9, 120],
    [20, 1.1, 60],
    [100, 0.95, 120],
    [100, 1.05, 60],
    [300, 1, 180],
  ].map(([seats = 1, load = 0, patienceSeconds = 0]) =>
    cell(seats, load, { law: 'exponential', patienceSeconds, theory: 'Erlang A' }),
  );
  const wide = { law: { lognormalSpread: 1.5 }, patienceSeconds: null } as const;
  const constant = { law: 'constant', patienceSeconds: null } as const;
  return [
    ...patient,
    ...impatient,
    cell(1, 0.7, { ...wide, theory: 'Pollaczek–Khinchine' }),
    cell(1, 0.7, { ...constant, theory: 'Pollaczek–Khinchine' }),
    cell(20, 0.85, { ...wide, theory: null }),
    cell(20, 0.95, { ...constant, patienceSeconds: 60, theory: null }),
  ];
}

function cell(
  seats: number,
  load: number,
  { law, patienceSeconds, theory }: Pick<Cell, 'law' | 'patienceSeconds' | 'theory'>,
): Cell {
  const callsPerHour = (seats * load * 3_600) / HANDLING_SECONDS;
  const demand = { callsPerHour, handlingSeconds: HANDLING_SECONDS, patienceSeconds };
  const theorySeconds =
    theory === 'Pollaczek–Khinchine'
      ? pollaczekKhinchine(load, law)
      : theory && serviceAt(demand, seats, 0).meanWaitSeconds;
  return { ...demand, seats, load, law, theory, theorySeconds };
}

/** The average wait at one seat, whatever the law of the service, by its second moment. */
function pollaczekKhinchine(load: number, law: Cell['law']): number {
  const spread = law === 'constant' ? 0 : law === 'exponential' ? 1 : law.lognormalSpread;
  return (load * HANDLING_SECONDS * (1 + spread ** 2)) / (2 * (1 - load));
}

function say({ cell: { seats, load, patienceSeconds, theory, law }, ...found }: Compared): string {
  const patience = patienceSeconds === null ? '' : `, patience ${patienceSeconds} s`;
  const service = typeof law === 'string' ? law : `lognormal ${law.lognormalSpread}`;
  const where = `${seats} seats, load ${load} per seat, ${service}${patience}`;
  const asa = `ASA ${found.meanWaitSeconds.toFixed(2)} s ± ${(100 * found.halfWidth).toFixed(1)} %`;
  if (found.theorySeconds === null) return `${where}: ${asa}, no exact theory.`;
  const off = `${(100 * found.deviation).toFixed(2)} %`;
  return `${where}: ${asa}, ${theory} ${found.theorySeconds.toFixed(2)} s, off by ${off} (${found.calls} callers).`;
}
