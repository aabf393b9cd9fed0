import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { SimResult } from '../../test/sim/world.ts';

/**
 * A run leaves some 4 MB behind: Node keeps every combined signal that somebody listens to until it
 * aborts, and a house that is killed in a run aborts none. A process makes so many runs at most.
 */
const runsEach = 25;

/** What one process is told. */
export const someSchema = z.object({
  seeds: z.array(z.number()),
  hours: z.number(),
  seats: z.number(),
  faults: z.boolean(),
  callBacks: z.boolean(),
});

type Options = Omit<z.infer<typeof someSchema>, 'seeds'>;

/** A run, and what it took. */
interface Told {
  result: SimResult;
  cpuSeconds: number;
}

/** Runs all seeds, a process for each core at a time; tells of each run as it ends. */
export async function runSeeds(
  seeds: readonly number[],
  options: Options,
  tell: (told: Told) => void,
): Promise<void> {
  const cores = availableParallelism();
  const some = Math.min(runsEach, Math.ceil(seeds.length / cores));
  const left = [...seeds];
  const work = async () => {
    while (left.length > 0) await runSome({ ...options, seeds: left.splice(0, some) }, tell);
  };
  await Promise.all(Array.from({ length: cores }, work));
}

function runSome(some: z.infer<typeof someSchema>, tell: (told: Told) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const file = join(import.meta.dirname, 'run-some.ts');
    const child = fork(file, [JSON.stringify(some)], { execArgv: ['--import', 'tsx'] });
    child.on('message', (told) => tell(told as Told));
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`a process with seeds ${some.seeds.join(', ')} ended with ${code}`));
    });
  });
}
