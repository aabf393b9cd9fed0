import { parseArgs } from 'node:util';
import type { SimResult } from '../../test/sim/world.ts';
import { runSeeds } from './batches.ts';

/**
 * `npm run sim -- --seed N --days D --seats S [--faults] [--no-call-backs] [--runs R] [--json]`: one
 * seed replays one run; several runs take the seeds that follow, on every core, and tell of each as it ends.
 */
const { values } = parseArgs({
  allowNegative: true,
  options: {
    seed: { type: 'string', default: '1' },
    days: { type: 'string', default: '1' },
    seats: { type: 'string', default: '30' },
    faults: { type: 'boolean', default: false },
    'call-backs': { type: 'boolean', default: true },
    runs: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});

const [firstSeed, days, runs] = [Number(values.seed), Number(values.days), Number(values.runs)];
const begun = performance.now();
const results: SimResult[] = [];
const endings: Record<string, number> = {};
let cpuSeconds = 0;

const seeds = Array.from({ length: runs }, (_, n) => firstSeed + n);
const { faults, 'call-backs': callBacks } = values;
const options = { hours: days * 24, seats: Number(values.seats), faults, callBacks };
await runSeeds(seeds, options, (told) => {
  results.push(told.result);
  cpuSeconds += told.cpuSeconds;
  for (const [ending, count] of Object.entries(told.result.endings))
    endings[ending] = (endings[ending] ?? 0) + count;
  if (!values.json) tell(told.result);
});
results.sort((a, b) => a.seed - b.seed);

const sum = (what: 'calls' | 'events' | 'restarts') =>
  results.reduce((all, result) => all + result[what], 0);
const broken = results.filter((result) => result.broken !== null);
const seconds = (performance.now() - begun) / 1_000;

if (values.json) {
  console.log(JSON.stringify({ results, seconds, cpuSeconds }, null, 2));
} else {
  for (const [ending, count] of Object.entries(endings)) console.log(`  ${ending}: ${count}`);
  const seen = `${sum('calls')} calls, ${sum('events')} events, ${sum('restarts')} restarts`;
  console.log(`${runs * days} days: ${seen}`);
  console.log(`in ${seconds.toFixed(1)} s (${cpuSeconds.toFixed(1)} s of CPU)`);
  console.log(broken.length === 0 ? 'nothing broken' : `${broken.length} of ${runs} runs broken`);
}
process.exitCode = broken.length === 0 ? 0 : 1;

function tell({ seed, calls, restarts, hash, at, trace, broken: what }: SimResult): void {
  const minutes = ((performance.now() - begun) / 60_000).toFixed(1);
  const head = `seed ${seed}: ${calls} calls, ${restarts} restarts, hash ${hash}`;
  console.log(`${head}, ${results.length} of ${runs} after ${minutes} min`);
  if (what === null) return;
  for (const line of trace) console.log(line);
  console.log(`seed ${seed} broken at ${at}: ${what}`);
}
