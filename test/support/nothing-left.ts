import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'vitest';
import type { House } from './house-rig.ts';
import { pause, until } from './until.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What calls could leave behind, in the exchange and in this process. */
export interface Leftovers {
  channels: string[];
  bridges: string[];
  /** Objects of ended calls that a listener, a timer, a promise or a map still holds on to. */
  lines: number;
  legs: number;
  /** Timers set for a call, by the place that set them. */
  timers: string[];
}

/** Places that wait for something also while nobody calls. */
const atRest =
  /^(src\/(app|people|orders|leading|realtime|messages)\b|telephony\/(ari-link|reach)\b)/;

/** Everything calls needed is gone again a moment after the last one ended. */
export async function expectNothingLeft(house: House): Promise<void> {
  const none: Leftovers = { channels: [], bridges: [], lines: 0, legs: 0, timers: [] };
  let found = none;
  await until(async () => {
    found = await leftoversOf(house);
    return JSON.stringify(found) === JSON.stringify(none);
  }, 'nothing left').catch(() => {});
  expect(found).toEqual(none);
  expect(house.complaints).toEqual([]);
}

/** The heap in use once everything nobody holds is gone, bytes. */
export async function settledHeap(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    collectGarbage();
    await pause(10);
  }
  return process.memoryUsage().heapUsed;
}

async function leftoversOf(house: House): Promise<Leftovers> {
  const { channels, bridges } = await house.left();
  if (channels.length + bridges.length === 0) await settledHeap();
  return {
    channels,
    bridges,
    lines: aliveIn(house.seen.lines),
    legs: aliveIn(house.seen.legs),
    timers: [...house.seen.timers].map(({ by }) => by).filter((by) => !atRest.test(by)),
  };
}

function aliveIn<T extends WeakKey>(refs: Set<WeakRef<T>>): number {
  for (const ref of refs) if (ref.deref() === undefined) refs.delete(ref);
  return refs.size;
}
