// What `check.mjs` and `test.mjs` share. Plain JavaScript: it runs before anything is compiled.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const projectFolder = fileURLToPath(new URL('..', import.meta.url));

/** What the compiler knows from the last time, so that it looks at what has changed since. */
const remembered = (part) => `--incremental --tsBuildInfoFile .cache/${part}.tsbuildinfo`;

/** The steps of `npm run check` besides the unit tests: [name, command]. */
export const checkSteps = [
  ['format (biome)', 'biome check --linter-enabled=false .'],
  ['lint (oxlint)', 'oxlint --quiet'],
  ['types: server, scripts, tests (tsc)', `tsc -p tsconfig.json ${remembered('server')}`],
  ['types: console (tsc)', `tsc -p web/tsconfig.json --noEmit ${remembered('console')}`],
  ['dead code (knip)', 'knip'],
];

/**
 * Runs every step in turn, also after one has failed.
 * @param aside beside something that prints as it goes: what a step says is held until its end
 */
export async function runSteps(steps, aside = false) {
  const results = [];
  for (const [name, command] of steps) {
    results.push({ name, ...(await run(name, command.split(' '), aside)) });
  }
  return results;
}

/** Runs the tests of one vitest project: counts them, and keeps what failed. */
export async function runTests(project) {
  const name = `tests: ${project} (vitest)`;
  const folder = mkdtempSync(join(tmpdir(), 'vitest-'));
  const report = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=./scripts/test-report.mjs'];
  const command = ['vitest', 'run', '--project', project, '--passWithNoTests', ...reporters];
  const result = await run(name, command, false, { TEST_REPORT: report });
  const told = existsSync(report)
    ? JSON.parse(readFileSync(report, 'utf8'))
    : { passed: 0, failed: 0, failures: [{ where: name, message: ['ended without a report'] }] };
  rmSync(folder, { recursive: true, force: true });
  return { name, ...result, ...told };
}

/**
 * Prints what failed, a line per step, then `N passed, N failed` over tests and steps, and sets the
 * exit code. A step without tests counts as one; a test run that broke without a failed test counts
 * as failed.
 */
export function summarise(results) {
  let passed = 0;
  let failed = 0;
  for (const { where, message } of results.flatMap(({ failures }) => failures ?? [])) {
    console.log(`\n✗ ${where}\n${message.map((line) => `    ${line}`).join('\n')}`);
  }
  console.log('');
  for (const { name, ok, seconds, ...tests } of results) {
    passed += tests.passed ?? (ok ? 1 : 0);
    failed += ok ? 0 : Math.max(1, tests.failed ?? 0);
    console.log(`${ok ? '✓' : '✗'} ${name.padEnd(40)}${seconds.toFixed(1).padStart(8)} s`);
  }
  console.log(`\n${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

async function run(name, [command, ...args], aside = false, environment = {}) {
  const path = `${join(projectFolder, 'node_modules/.bin')}:${process.env.PATH ?? ''}`;
  const begun = performance.now();
  const said = [];
  if (!aside) console.log(`\n▶ ${name}`);
  const child = spawn(command, args, {
    cwd: projectFolder,
    stdio: aside ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    env: { ...process.env, ...environment, PATH: path },
  });
  child.stdout?.on('data', (piece) => said.push(piece));
  child.stderr?.on('data', (piece) => said.push(piece));
  const ok = await new Promise((resolve) => {
    child.once('close', (code) => resolve(code === 0));
    child.once('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(false);
    });
  });
  if (aside) process.stdout.write(`\n▶ ${name}\n${Buffer.concat(said).toString()}`);
  return { ok, seconds: (performance.now() - begun) / 1_000 };
}
