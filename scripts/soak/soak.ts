import type { Hall } from '../../test/faults/hall.ts';
import type { BookedEvent } from '../../test/support/call-book.ts';
import { pause } from '../../test/support/until.ts';
import { Load } from './load.ts';
import type { Soak } from './page.ts';
import { processFigures } from './probe.ts';
import { atRest, calm, calmMs, type Heaps, heapOf, leavings } from './rest.ts';
import { judge, pidOf, type Sample, sampleOf } from './samples.ts';

const sampleEveryMs = 15_000;
/**
 * After a rest, in which V8 gives back what it keeps for young objects, it takes so long until the server
 * holds as much memory as from then on: 168.4 MB after 700 calls, 172.3 after 4,000, 172.7 after 16,600.
 */
const leadInMs = 300_000;
/**
 * Calls before anything is judged, those of the search for the most among them. Each of the callers'
 * numbers has called by then, which the server remembers for a day, and what runs with every call is
 * compiled: in a run of 8,400 the server's memory rose by 3 MB from the 2,000th call to the 3,800th, and
 * no further; what had grown at rest was compiled code.
 */
const warmUpCalls = 5_000;
/** Callers come from so many numbers, again and again: what is kept of each number is kept by then. */
export const soakNumbers = 500;
const shiftSeconds = 8 * 3_600;
/**
 * Calls between the two heaps, after what is judged under load: to write a heap down takes memory that
 * the process keeps, and in which a growth would hide.
 */
const callsBetweenHeaps = 1_000;
/** Of each seat, in the quarter of an hour of the two heaps, before the first of them. */
const callsPerSeat = 4;
const quarterMs = 900_000;
/** To write one heap down. */
const heapMs = 15_000;
/** Registrations of the seats' phones last ten minutes. */
const registerEveryMs = 200_000;
/** The search for the most: this long at each rate, and what still counts as served. */
const step = { seconds: 20, from: 2, by: 2, most: 40, waitP95Ms: 1_000 };
const part = 0.7;

interface SoakOptions {
  minutes: number;
  /** Calls a second; null: 70 % of the most, measured first. */
  rate: number | null;
  /** Where the server's heap is written down, twice. */
  heapFolder: string;
  say(text: string): void;
}

/** Warms the hall up, loads it, samples, empties it, and compares it with what it was at rest before. */
export async function soak(hall: Hall, options: SoakOptions): Promise<Soak> {
  const renewing = setInterval(() => void renew(hall), registerEveryMs);
  try {
    return await soakStaffed(hall, options);
  } finally {
    clearInterval(renewing);
  }
}

async function soakStaffed(hall: Hall, options: SoakOptions): Promise<Soak> {
  const { minutes, rate, heapFolder, say } = options;
  const countedBefore = hall.house.book.count().all;
  const most = rate === null ? await measureMost(hall, say) : null;
  const perSecond = rate ?? Math.max(0.5, Math.floor((most ?? 1) * part * 10) / 10);
  await warmUp(hall, perSecond, hall.house.book.count().all - countedBefore);
  const before = await atRest(hall);
  say(`soaking: ${perSecond} calls a second for ${minutes} minutes`);
  const recordsBefore = hall.house.book.count().all;
  const since = Date.now();
  const load = new Load(hall);
  const cpuBefore = cpuOf(hall);
  const sampling = sampleWhile(hall, minutes * 60_000, say, load);
  await Promise.all([load.run(perSecond, minutes * 60), sampling]);
  await load.over();
  const cpu = cpuOf(hall);
  const judgedCalls = load.dialled;
  const heaps = await heapsAround(hall, heapFolder, load, perSecond);
  const left = leavings(before, await atRest(hall), heaps);
  say(`grown on the heap from rest to rest:\n${left.growth.join('\n')}`);
  const waits = [...servedSince(hall, since).values()];
  const samples = await sampling;
  const cpuMs = (kind: 'server' | 'exchange') =>
    Math.round(((cpu[kind] - cpuBefore[kind]) * 1_000) / judgedCalls);
  return {
    minutes,
    perSecond,
    most,
    seats: hall.seats.length,
    calls: load.dialled,
    failed: load.failed,
    notServed: load.dialled - waits.length,
    recordsWrong: Math.abs(hall.house.book.count().all - recordsBefore - load.dialled),
    cpuMs: { server: cpuMs('server'), exchange: cpuMs('exchange') },
    waitMs: { p50: percentile(waits, 0.5), p99: percentile(waits, 0.99) },
    loopP99Ms: Math.round(medianOf(samples.map(({ loopP99Ms }) => loopP99Ms))),
    grown: judge(samples, perSecond * shiftSeconds),
    left,
  };
}

/**
 * The heap before and after so many calls more, both within one quarter of an hour: its figures are kept
 * until it is over, for each agent who has served in it.
 */
async function heapsAround(
  hall: Hall,
  folder: string,
  load: Load,
  perSecond: number,
): Promise<Heaps> {
  const calls = callsPerSeat * hall.seats.length;
  const neededMs = ((calls + callsBetweenHeaps) / perSecond) * 1_000 + 3 * heapMs + 2 * calmMs;
  const leftMs = quarterMs - (Date.now() % quarterMs);
  if (leftMs < neededMs) await pause(leftMs);
  await load.run(perSecond, calls / perSecond);
  await load.over();
  const dialled = load.dialled;
  await calm(hall);
  // Not counted: the watchdog looks at a server that stands still, and what that takes (2 MB) stays.
  await heapOf(hall, folder, 'before');
  const before = await heapOf(hall, folder, 'before');
  await load.run(perSecond, callsBetweenHeaps / perSecond);
  await load.over();
  await calm(hall);
  const after = await heapOf(hall, folder, 'after');
  return { before, after, calls: load.dialled - dialled };
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

async function warmUp(hall: Hall, perSecond: number, callsMade: number): Promise<void> {
  const load = new Load(hall);
  await load.run(perSecond, Math.max(0, warmUpCalls - callsMade) / perSecond);
  await load.over();
}

async function sampleWhile(
  hall: Hall,
  forMs: number,
  say: SoakOptions['say'],
  load: Load,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  const begun = performance.now();
  for (let next = leadInMs; next <= forMs; next += sampleEveryMs) {
    await pause(Math.max(0, next - (performance.now() - begun)));
    const sample = await sampleOf(hall, load.dialled);
    samples.push(sample);
    const short = Object.entries(sample).map(([name, value]) => `${name} ${value.toFixed(1)}`);
    say(`${load.failed} failed; ${short.join(', ')}`);
  }
  return samples;
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

function medianOf(values: readonly number[]): number {
  return percentile(values, 0.5);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
