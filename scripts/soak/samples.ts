import type { ChildProcess } from 'node:child_process';
import type { Hall } from '../../test/faults/hall.ts';
import { probe, processFigures } from './probe.ts';
import { type Limits, type Trend, trendOf } from './trend.ts';
import { trimExchange } from './trim.ts';

/**
 * What must not grow, and what a rise is held against.
 *
 * - `ofServer`, `ofExchange`: memory. Eight hours may add a tenth of what the process has: no site
 *   would have to plan for it. A part of the memory is held against the whole, for that is what runs
 *   out. To be seen is 1 KB a call: a call holds some thirty while it lives. What is smaller is found
 *   by counting objects at rest (`rest.ts`), to the byte.
 * - `count`: eight hours may add a tenth; to be seen is one call in a hundred that leaves one behind.
 *   What is rarer is found at rest as well.
 */
const quantities = {
  'server: memory (RSS)': { unit: ' MB', against: 'ofServer' },
  'server: heap without compiled code': { unit: ' MB', against: 'ofServer' },
  'server: open files': { unit: '', against: 'count' },
  'server: handles': { unit: '', against: 'count' },
  'exchange: memory in use': { unit: ' MB', against: 'ofExchange' },
  'exchange: open files': { unit: '', against: 'count' },
  channels: { unit: '', against: 'count' },
  bridges: { unit: '', against: 'count' },
} as const;

type Quantity = keyof typeof quantities;

const harmlessPart = 0.1;
const visible = { ofServer: 1, ofExchange: 1, count: 10 } as const;

/** One look. The event loop is told, not judged by its slope: it follows what else the machine does. */
export type Sample = { calls: number; loopP99Ms: number } & Record<Quantity, number>;

export async function sampleOf({ house }: Hall, calls: number): Promise<Sample> {
  await trimExchange(house.dataDir);
  const server = processFigures(pidOf(house.process));
  const exchange = processFigures(house.asterisk.pid);
  const { heapMb, handles, loopP99Ms } = await probe(serverOf(house.process));
  const { channels, bridges } = await house.left();
  return {
    calls,
    'server: memory (RSS)': server.rssMb,
    'server: heap without compiled code': heapMb,
    'server: open files': server.files,
    'server: handles': handles,
    loopP99Ms,
    'exchange: memory in use': exchange.rssMb,
    'exchange: open files': exchange.files,
    channels: channels.length,
    bridges: bridges.length,
  };
}

/** A quantity under load. */
export interface Grown {
  name: string;
  unit: string;
  trend: Trend;
}

/** @param callsOfShift calls of eight hours at this rate */
export function judge(samples: readonly Sample[], callsOfShift: number): Grown[] {
  const at = samples.map(({ calls }) => calls);
  const valuesOf = (name: Quantity) => samples.map((sample) => sample[name]);
  const names = Object.keys(quantities) as Quantity[];
  return names.map((name) => {
    const { unit, against } = quantities[name];
    const whole = {
      ofServer: 'server: memory (RSS)',
      ofExchange: 'exchange: memory in use',
    } as const;
    const values = valuesOf(name);
    const compared = against === 'count' ? values : valuesOf(whole[against]);
    const mean = compared.reduce((sum, value) => sum + value, 0) / Math.max(1, compared.length);
    const limits: Limits = {
      harmless: harmlessPart * mean,
      visible: visible[against],
      callsOfShift,
    };
    return { name, unit, trend: trendOf({ at, values }, limits) };
  });
}

/** The server's process, which it has in a soak. */
export function serverOf(server: ChildProcess | undefined): ChildProcess {
  if (!server) throw new Error('the server has no process of its own');
  return server;
}

export function pidOf(server: ChildProcess | undefined): number {
  const { pid } = serverOf(server);
  if (pid === undefined) throw new Error('the server does not run');
  return pid;
}
