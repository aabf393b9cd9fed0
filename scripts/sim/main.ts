import { parseArgs } from 'node:util';
import { simulate } from '../../test/sim/world.ts';

/** `npm run sim -- --seed N --days D --seats S [--faults] [--call-backs] [--json]`: one seed replays one run. */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    days: { type: 'string', default: '1' },
    seats: { type: 'string', default: '30' },
    faults: { type: 'boolean', default: false },
    'call-backs': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const days = Number(values.days);
const startedAt = performance.now();
const result = await simulate({
  seed: Number(values.seed),
  hours: days * 24,
  seats: Number(values.seats),
  faults: values.faults,
  callBacks: values['call-backs'],
});
const seconds = (performance.now() - startedAt) / 1_000;
const cpuSeconds = process.cpuUsage().user / 1e6;

if (values.json) console.log(JSON.stringify({ ...result, seconds, cpuSeconds }, null, 2));
else {
  const { seed, calls, events, restarts, hash, broken } = result;
  console.log(`seed ${seed}: ${calls} calls, ${events} events, ${restarts} restarts, hash ${hash}`);
  for (const [ending, count] of Object.entries(result.endings))
    console.log(`  ${ending}: ${count}`);
  console.log(`${days} days in ${seconds.toFixed(1)} s (${cpuSeconds.toFixed(1)} s of CPU)`);
  for (const line of result.trace) console.log(line);
  console.log(broken === null ? 'nothing broken' : `broken at ${result.at}: ${broken}`);
}
process.exitCode = result.broken === null ? 0 : 1;
