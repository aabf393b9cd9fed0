import { fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { projectRoot } from '../../src/kit/root.ts';
import type { Fault } from '../../test/faults/fault.ts';
import { faults } from '../../test/faults/faults.ts';
import ownFolder from '../../test/support/own-folder.ts';
import { ensureAsterisk } from '../asterisk/install.ts';
import { aptNeeds, ensurePackages } from '../start/apt.ts';
import { buildProducts } from '../start/build.ts';
import { type Outcome, rowOf, updatePage } from './table.ts';

const usage = `npm run test:faults -- [F1 F7 …] [--short] [--kills N]
  Breaks a real house on a real Asterisk, fault by fault, and counts what was lost.
  --short   the run of npm test: fewer faults, smaller numbers; the page is not written
  --kills   how often the server is killed in the loops
  The table goes into docs/RELIABILITY.md.`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: 'boolean', default: false },
    kills: { type: 'string' },
  },
});
const unknown = positionals.filter((id) => !faults.some((fault) => fault.id === id));
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(', ')}\n${usage}`);
  process.exit(2);
}

const caseMaxMs = values.short ? 300_000 : 1_800_000;
const message = z.object({
  result: z
    .object({
      before: z.number(),
      lost: z.number(),
      doubled: z.number(),
      recoveryMs: z.number().nullable(),
      note: z.string(),
    })
    .optional(),
  error: z.string().optional(),
});

/** What kept faults from being run to their end. */
const errors: string[] = [];

/** Runs one fault in a process of its own. */
async function runOne(fault: Fault): Promise<Outcome> {
  console.log(`▶ ${fault.id} ${fault.what}: ${fault.injected}`);
  const options = JSON.stringify({
    short: values.short,
    kills: values.kills ? Number(values.kills) : null,
  });
  const child = fork(join(projectRoot, 'scripts/faults/case.ts'), [fault.id, options], {
    execArgv: ['--import', 'tsx'],
  });
  const limit = setTimeout(() => child.kill('SIGKILL'), caseMaxMs);
  const told = await new Promise<z.infer<typeof message>>((resolve) => {
    let said: z.infer<typeof message> = { error: 'the case ended without a word' };
    child.on('message', (raw) => {
      said = message.parse(raw);
    });
    child.once('exit', () => resolve(said));
  });
  clearTimeout(limit);
  if (told.error) {
    console.error(told.error);
    errors.push(`✗ ${fault.id}: ${told.error.split('\n').slice(0, 12).join('\n')}`);
  }
  const result = told.result ?? null;
  const passed = result !== null && result.lost === 0 && result.doubled === 0;
  const outcome = { fault, result, passed };
  console.log(`${passed ? '✓' : '✗'} ${rowOf(outcome)}\n`);
  return outcome;
}

const wanted = faults.filter(({ id, inShortRun }) =>
  positionals.length > 0 ? positionals.includes(id) : !values.short || inShortRun,
);
const inBrowser = wanted.some((fault) => fault.inBrowser);
await ensureAsterisk(console.log);
if (inBrowser) await ensurePackages([aptNeeds.chromium], console.log);
await buildProducts(projectRoot, console.log, !inBrowser);
const clearAway = await ownFolder();
const outcomes: Outcome[] = [];
for (const fault of wanted) outcomes.push(await runOne(fault));
await clearAway();
console.log([...outcomes.map(rowOf), ...errors].join('\n'));
if (!values.short) {
  const page = join(projectRoot, 'docs', 'RELIABILITY.md');
  const today = new Date().toISOString().slice(0, 10);
  writeFileSync(page, updatePage(readFileSync(page, 'utf8'), outcomes, today));
}
if (outcomes.some(({ passed }) => !passed)) process.exitCode = 1;
