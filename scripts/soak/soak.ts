import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Hall } from '../../test/faults/hall.ts';
import type { BookedEvent } from '../../test/support/call-book.ts';
import { pause } from '../../test/support/until.ts';
import { growthBetween } from './heap-growth.ts';
import { Load } from './load.ts';
import type { Soak } from './page.ts';
import { probe, processFigures, snapshot } from './probe.ts';
import { trendOf } from './trend.ts';

const sampleEveryMs = 15_000;
/**
 * Not judged: code is compiled, caches fill, and each of the callers' numbers has called, which the
 * server remembers for a day. So many calls, and this part of all.
 */
const warmUp = { calls: 1_000, part: 0.25 };
/** Callers come from so many numbers, again and again: what is kept of each number is kept by then. */
export const soakNumbers = 500;
const shiftSeconds = 8 * 3_600;
/** At these parts of all calls the heap is written down, when it is asked for. */
const heapAt = [0.34, 0.67, 1];
/** Registrations of the seats' phones last ten minutes. */
const registerEveryMs = 200_000;
/** The search for the most: this long at each rate, and what still counts as served. */
const step = { seconds: 25, from: 1, by: 1, most: 20, waitP95Ms: 1_000 };
const part = 0.7;

interface SoakOptions {
  minutes: number;
  /** Calls a second; null: 70 % of the most, measured first. */
  rate: number | null;
  /** Where the server's heap is written down three times; null: nowhere, for the server stands still meanwhile. */
  heapFolder: string | null;
  say(text: string): void;
}

/** Everything that must not grow. */
const quantities = {
  'server: memory (RSS)': ' MB',
  'server: heap after a collection': ' MB',
  'server: open files': '',
  'server: handles': '',
  'exchange: memory (RSS)': ' MB',
  'exchange: open files': '',
  channels: '',
  bridges: '',
} as const;

/** The event loop is told, not judged by its slope: it follows what else the machine does. */
type Sample = { calls: number; loopP99Ms: number } & Record<keyof typeof quantities, number>;

/** Loads the hall, samples, empties it, and compares what was written down with what was dialled. */
export async function soak(hall: Hall, options: SoakOptions): Promise<Soak> {
  const { minutes, rate, say } = options;
  const renewing = setInterval(() => void renew(hall), registerEveryMs);
  try {
    const most = rate === null ? await measureMost(hall, say) : null;
    const perSecond = rate ?? Math.max(0.5, Math.floor((most ?? 1) * part * 10) / 10);
    say(`soaking: ${perSecond} calls a second for ${minutes} minutes`);
    const before = hall.house.book.count().all;
    const since = Date.now();
    const load = new Load(hall);
    const samples: Sample[] = [];
    const heaps = keepHeaps(hall, load, perSecond * minutes * 60, options);
    const cpuBefore = cpuOf(hall);
    const sampling = sampleWhile(hall, minutes * 60_000, samples, say, load);
    await Promise.all([load.run(perSecond, minutes * 60), sampling]);
    await load.over();
    const cpu = cpuOf(hall);
    await hall.empty();
    if (heaps.length > 1) say(`grown between the heaps:\n${growthBetween(heaps).join('\n')}`);
    const { channels, bridges } = await hall.house.left();
    const served = servedSince(hall, since);
    const each = (kind: 'server' | 'exchange') =>
      Math.round(((cpu[kind] - cpuBefore[kind]) * 1_000) / load.dialled);
    return {
      minutes,
      perSecond,
      most,
      seats: hall.seats.length,
      calls: load.dialled,
      failed: load.failed,
      notServed: load.dialled - served.size,
      recordsWrong: Math.abs(hall.house.book.count().all - before - load.dialled),
      cpuMs: { server: each('server'), exchange: each('exchange') },
      waitMs: {
        p50: percentile([...served.values()], 0.5),
        p99: percentile([...served.values()], 0.99),
      },
      loopP99Ms: Math.round(
        percentile(
          samples.map(({ loopP99Ms }) => loopP99Ms),
          0.5,
        ),
      ),
      ...judge(samples, load.dialled, perSecond * shiftSeconds),
      left: channels.length + bridges.length,
    };
  } finally {
    clearInterval(renewing);
  }
}

/** RFC 7502's way: more and more a second, until the first step in which not everybody is served well. */
async function measureMost(hall: Hall, say: SoakOptions['say']): Promise<number> {
  let most = 0;
  for (let perSecond = step.from; perSecond <= step.most; perSecond += step.by) {
    const load = new Load(hall);
    const since = Date.now();
    await load.run(perSecond, step.seconds);
    await load.over();
    const waits = [...servedSince(hall, since).values()];
    const p95 = percentile(waits, 0.95);
    say(`${perSecond} a second: ${waits.length} of ${load.dialled} served, p95 ${p95} ms`);
    if (load.failed > 0 || waits.length < load.dialled || p95 > step.waitP95Ms) break;
    most = perSecond;
  }
  return most;
}

async function sampleWhile(
  hall: Hall,
  forMs: number,
  samples: Sample[],
  say: SoakOptions['say'],
  load: Load,
): Promise<void> {
  const begun = performance.now();
  for (let next = sampleEveryMs; next <= forMs; next += sampleEveryMs) {
    await pause(Math.max(0, next - (performance.now() - begun)));
    const sample = await sampleOf(hall, load.dialled);
    samples.push(sample);
    const short = Object.entries(sample).map(([name, value]) => `${name} ${value.toFixed(0)}`);
    say(`${load.dialled} dialled, ${load.failed} failed; ${short.join(', ')}`);
  }
}

async function sampleOf({ house }: Hall, calls: number): Promise<Sample> {
  const server = processFigures(pidOf(house.process));
  const exchange = processFigures(house.asterisk.pid);
  const { heapMb, handles, loopP99Ms } = await probe(serverOf(house.process));
  const { channels, bridges } = await house.left();
  return {
    calls,
    'server: memory (RSS)': server.rssMb,
    'server: heap after a collection': heapMb,
    'server: open files': server.files,
    'server: handles': handles,
    loopP99Ms,
    'exchange: memory (RSS)': exchange.rssMb,
    'exchange: open files': exchange.files,
    channels: channels.length,
    bridges: bridges.length,
  };
}

/** The quantities while the house warmed up, and after it. */
function judge(samples: readonly Sample[], dialled: number, callsOfShift: number) {
  const from = Math.max(warmUp.calls, dialled * warmUp.part);
  const [early, late] = [
    samples.filter(({ calls }) => calls <= from),
    samples.filter(({ calls }) => calls >= from),
  ];
  const trend = (some: readonly Sample[], name: keyof typeof quantities) => {
    const at = some.map(({ calls }) => calls);
    return trendOf({ at, values: some.map((sample) => sample[name]) }, callsOfShift);
  };
  const names = Object.keys(quantities) as (keyof typeof quantities)[];
  return {
    judgedCalls: Math.max(0, dialled - from),
    trends: names.map((name) => ({
      name,
      unit: quantities[name],
      warmUp: trend(early, name),
      trend: trend(late, name),
    })),
  };
}

/** Writes the heap down at its times; @returns the files, filled as they are written */
function keepHeaps(
  { house }: Hall,
  load: Load,
  total: number,
  { heapFolder, say }: SoakOptions,
): string[] {
  const files: string[] = [];
  if (heapFolder === null) return files;
  load.onDialled = async () => {
    const next = heapAt[files.length];
    if (next === undefined || load.dialled < Math.floor(total * next)) return;
    const file = join(heapFolder, `server-${load.dialled}.heapsnapshot`);
    files.push(file);
    await snapshot(serverOf(house.process), file);
    say(`heap written: ${file}`);
  };
  return files;
}

/** Who was connected to a seat, and how long that took from the queue on. */
function servedSince({ house }: Hall, since: number): Map<string, number> {
  const waits = new Map<string, number>();
  for (const event of house.book.eventsOfKind('call.connected')) {
    if (event.at >= since) waits.set(...waitOf(event));
  }
  return waits;
}

function waitOf(event: BookedEvent): [string, number] {
  return [String(event['callId']), Number(event['waitedMs'])];
}

function cpuOf({ house }: Hall): { server: number; exchange: number } {
  const server = processFigures(pidOf(house.process)).cpuSeconds;
  return { server, exchange: processFigures(house.asterisk.pid).cpuSeconds };
}

async function renew(hall: Hall): Promise<void> {
  for (const { phone, credential } of hall.seats) await phone.register(credential.password);
}

function serverOf(server: ChildProcess | undefined): ChildProcess {
  if (!server) throw new Error('the server has no process of its own');
  return server;
}

function pidOf(server: ChildProcess | undefined): number {
  const { pid } = serverOf(server);
  if (pid === undefined) throw new Error('the server does not run');
  return pid;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
