import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectRoot } from '../../../src/kit/root.ts';
import { openConsoles } from '../fan-consoles.ts';
import { type FanOrder, type FanReport, fanNews } from '../fan-words.ts';
import { figuresOf, mean, ratioOf } from '../figures.ts';
import type { Row } from '../row.ts';

const GOAL_CPU = 1.2;
const GOAL_MS = 250;

export const fanout: Row = {
  name: 'fanout',
  title:
    'ms from a change on a floor of 10,000 seats to each of 1,000 consoles, one merged update a second; control: Socket.IO alone, ready-made messages of the same content',
  async run({ tiny, progress }) {
    const consoles = tiny ? 20 : 1_000;
    const order = { seats: tiny ? 200 : 10_000, changing: tiny ? 5 : 130, rounds: tiny ? 2 : 15 };
    const sides = { ours: noRuns(), control: noRuns() };
    // In turns, so that a busy moment of the machine meets both.
    for (let turn = 0; turn < (tiny ? 1 : 3); turn += 1) {
      for (const side of ['ours', 'control'] as const) {
        progress(`${side}, turn ${turn + 1}`);
        const run = await play({ ...order, side }, consoles);
        sides[side].delaysMs.push(...run.delaysMs);
        sides[side].cpuMs.push(run.cpuMs / order.rounds);
        sides[side].bytes = run.bytes;
        sides[side].cut += run.cut;
      }
    }
    const { ours, control } = sides;
    const us = figuresOf(ours.delaysMs);
    const them = figuresOf(control.delaysMs);
    const cpu = mean(ours.cpuMs) / mean(control.cpuMs);
    return {
      samples: ours.delaysMs.length,
      ours: us,
      control: them,
      ratio: { p50: ratioOf(us.p50, them.p50), p99: ratioOf(us.p99, them.p99) },
      goal: `processor ≤ ${GOAL_CPU} × the control; p99 ≤ ${GOAL_MS} ms`,
      met: tiny
        ? null
        : ours.cut === 0 && cpu <= GOAL_CPU && (us.p99 ?? Number.POSITIVE_INFINITY) <= GOAL_MS,
      notes: [
        `Processor of the server for one update to ${consoles} consoles: ${mean(ours.cpuMs).toFixed(1)} ms against ${mean(control.cpuMs).toFixed(1)}: ${cpu.toFixed(2)} ×. Ours looks through the ${order.seats} seats for what changed, numbers it, and counts 100 queues; the control only sends.`,
        `${order.changing} seats change each second; a message has ${(ours.bytes / 1_024).toFixed(0)} KiB (control ${(control.bytes / 1_024).toFixed(0)}). Consoles and server are two processes on one machine; consoles do not read what they get.`,
        `Consoles whose line was cut, ours and the control's: ${ours.cut}, ${control.cut}.`,
      ],
    };
  },
};

interface Runs {
  delaysMs: number[];
  /** Of each turn: the server's processor time for one round. */
  cpuMs: number[];
  bytes: number;
  /** Consoles that did not get every change: their line was cut. */
  cut: number;
}

function noRuns(): Runs {
  return { delaysMs: [], cpuMs: [], bytes: 0, cut: 0 };
}

async function play(order: FanOrder, count: number) {
  const server = fork(join(projectRoot, 'scripts/bench/fan-server.ts'), [JSON.stringify(order)], {
    execArgv: ['--import', 'tsx'],
  });
  try {
    const where = await heard(server);
    if (!('port' in where)) throw new Error('the server did not say where it listens');
    const consoles = await openConsoles(where.port, count);
    server.send('go');
    const report = await heard(server);
    if (!('cpuMs' in report)) throw new Error('the server did not say how it went');
    await consoles.settled(order.rounds);
    consoles.close();
    const whole = consoles.arrivals.filter((mine) => mine.length === order.rounds);
    return {
      cut: count - whole.length,
      delaysMs: delays(report, whole),
      cpuMs: report.cpuMs,
      bytes: consoles.bytes(),
    };
  } finally {
    server.kill();
    if (server.exitCode === null) await once(server, 'exit');
  }
}

/** Of each change at each console. */
function delays({ changedAt }: FanReport, arrivals: readonly number[][]): number[] {
  return arrivals.flatMap((mine) => changedAt.map((at, round) => (mine[round] ?? 0) - at));
}

async function heard(server: ChildProcess) {
  const gone = once(server, 'exit').then(() => {
    throw new Error('the server of the fan-out ended');
  });
  const [news]: unknown[] = await Promise.race([once(server, 'message'), gone]);
  return fanNews.parse(news);
}
