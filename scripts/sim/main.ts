import { parseArgs } from 'node:util';
import { simulate } from '../../test/sim/world.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    days: { type: 'string', default: '1' },
    seats: { type: 'string', default: '30' },
    faults: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const startedAt = performance.now();
const result = await simulate({
  seed: Number(values.seed),
  hours: Number(values.days) * 24,
  seats: Number(values.seats),
  faults: values.faults,
});
const seconds = (performance.now() - startedAt) / 1_000;
console.log(JSON.stringify({ ...result, seconds }, null, 2));
process.exitCode = result.broken === null ? 0 : 1;
