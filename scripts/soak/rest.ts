import { join } from 'node:path';
import type { Hall } from '../../test/faults/hall.ts';
import { pause } from '../../test/support/until.ts';
import { growthOf, type Heap, heapIn, objectsOn } from './heap-growth.ts';
import { snapshot } from './probe.ts';
import { sampleOf, serverOf } from './samples.ts';

/** Longer than idle connections are kept, ours to the exchange (5 s) and its own (15 s). */
export const calmMs = 20_000;
/**
 * Looks at what comes and goes by itself, each after the connections of the one before have been closed;
 * the least of them is what stays.
 */
const looks = { count: 4, everyMs: 7_000 };

/** Counts of what stays while nobody is on the line. */
export type Rest = Readonly<Record<(typeof counted)[number], number>>;

const counted = [
  'server: open files',
  'server: handles',
  'exchange: open files',
  'channels',
  'bridges',
] as const;

/** Everybody hangs up, and what is idle is closed. */
export async function calm(hall: Hall): Promise<void> {
  await hall.empty();
  await pause(calmMs);
}

/** Lets the house come to rest and looks at it. */
export async function atRest(hall: Hall): Promise<Rest> {
  await calm(hall);
  let least: Rest = await sampleOf(hall, 0);
  for (let look = 1; look < looks.count; look += 1) {
    await pause(looks.everyMs);
    const sample = await sampleOf(hall, 0);
    const entries = counted.map((name) => [name, Math.min(sample[name], least[name])] as const);
    least = Object.fromEntries(entries) as Rest;
  }
  return least;
}

/** What is on the server's heap; it stands still while it writes that down. */
export async function heapOf(hall: Hall, folder: string, name: string): Promise<Heap> {
  const file = join(folder, `${name}.heapsnapshot`);
  await snapshot(serverOf(hall.house.process), file);
  return heapIn(file);
}

/**
 * The smallest thing that can be forgotten of a call is its id in a set: a text of 40 bytes and a place
 * in a table, some 80 bytes and one object. Half of that for each call is more than chance.
 */
const leastLeft = { bytes: 40, objects: 0.5 };

/** What calls have left behind. */
export interface Leavings {
  rows: { name: string; before: number; after: number; isSame: boolean }[];
  perCall: { bytes: number; objects: number };
  isClean: boolean;
  /** What became more on the heap, one line for each kind. */
  growth: string[];
}

/** The heap at two rests, and the calls between them. */
export interface Heaps {
  before: Heap;
  after: Heap;
  calls: number;
}

export function leavings(before: Rest, after: Rest, heaps: Heaps): Leavings {
  const [then, now] = [objectsOn(heaps.before), objectsOn(heaps.after)];
  const perCall = {
    bytes: (now.bytes - then.bytes) / heaps.calls,
    objects: (now.count - then.count) / heaps.calls,
  };
  const rows: Leavings['rows'] = counted.map((name) => {
    const [was, is] = [before[name], after[name]];
    return { name, before: was, after: is, isSame: is <= was };
  });
  rows.push({
    name: `objects on the server’s heap (${heaps.calls} calls)`,
    before: then.count,
    after: now.count,
    isSame: perCall.bytes < leastLeft.bytes && perCall.objects < leastLeft.objects,
  });
  const isClean = rows.every(({ isSame }) => isSame);
  return { rows, perCall, isClean, growth: growthOf(heaps.before, heaps.after) };
}
