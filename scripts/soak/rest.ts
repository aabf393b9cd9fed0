import { join } from 'node:path';
import type { Hall } from '../../test/faults/hall.ts';
import { pause } from '../../test/support/until.ts';
import { growthOf, type Heap, heapIn, objectsOn } from './heap-growth.ts';
import { snapshot } from './probe.ts';
import { sampleOf, serverOf } from './samples.ts';

/** Longer than idle connections are kept, ours to the exchange (5 s) and its own (15 s). */
const calmMs = 20_000;
/** Looks at what comes and goes by itself; the least of them is what stays. */
const looks = { count: 10, everyMs: 1_000 };

/** What there is while nobody is on the line. */
export interface Rest {
  heap: Heap;
  /** Counts of what stays. */
  stays: Record<string, number>;
}

const counted = [
  'server: open files',
  'server: handles',
  'exchange: open files',
  'channels',
  'bridges',
] as const;

/** Lets the house come to rest and looks at it; the server stands still while its heap is written down. */
export async function atRest(hall: Hall, folder: string, name: string): Promise<Rest> {
  await hall.empty();
  await pause(calmMs);
  const stays: Record<string, number> = {};
  for (let look = 0; look < looks.count; look += 1) {
    const sample = await sampleOf(hall, 0);
    for (const what of counted) stays[what] = Math.min(sample[what], stays[what] ?? sample[what]);
    await pause(looks.everyMs);
  }
  const file = join(folder, `${name}.heapsnapshot`);
  await snapshot(serverOf(hall.house.process), file);
  return { heap: heapIn(file), stays };
}

/**
 * The smallest thing that can be forgotten of a call is its id in a set: a text of 40 bytes and a place
 * in a table, some 80 bytes and one object. Half of that for each call is more than chance.
 */
const leastLeft = { bytes: 40, objects: 0.5 };

/** Two rests, and what the calls in between have left behind. */
export interface Leavings {
  rows: { name: string; before: number; after: number; isSame: boolean }[];
  perCall: { bytes: number; objects: number };
  isClean: boolean;
  /** What became more on the heap, one line for each kind. */
  growth: string[];
}

export function leavings(before: Rest, after: Rest, calls: number): Leavings {
  const [then, now] = [objectsOn(before.heap), objectsOn(after.heap)];
  const perCall = {
    bytes: (now.bytes - then.bytes) / calls,
    objects: (now.count - then.count) / calls,
  };
  const isHeapClean = perCall.bytes < leastLeft.bytes && perCall.objects < leastLeft.objects;
  const heapRow = {
    name: 'objects on the server’s heap',
    before: then.count,
    after: now.count,
    isSame: isHeapClean,
  };
  const rows = counted.map((name) => {
    const [was, is] = [before.stays[name] ?? 0, after.stays[name] ?? 0];
    return { name, before: was, after: is, isSame: is <= was };
  });
  const all = [heapRow, ...rows];
  const isClean = all.every(({ isSame }) => isSame);
  return { rows: all, perCall, isClean, growth: growthOf(before.heap, after.heap) };
}
