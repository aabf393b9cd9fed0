import { simulate } from '../../test/sim/world.ts';
import { someSchema } from './batches.ts';

// A process of `batches.ts`: runs the seeds it was given and tells of each.
const { seeds, ...options } = someSchema.parse(JSON.parse(process.argv[2] ?? ''));
for (const seed of seeds) {
  const before = process.cpuUsage().user;
  const result = await simulate({ seed, ...options });
  process.send?.({ result, cpuSeconds: (process.cpuUsage().user - before) / 1e6 });
}
