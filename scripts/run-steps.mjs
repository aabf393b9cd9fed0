// What `check.mjs` and `test.mjs` share. Plain JavaScript: it runs before anything is compiled.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const projectFolder = fileURLToPath(new URL('..', import.meta.url));

/** The steps of `npm run check` besides the unit tests: [name, command, ...arguments]. */
export const checkSteps = [
  ['format (biome)', 'biome', 'check', '--linter-enabled=false', '.'],
  ['lint (oxlint)', 'oxlint', '--quiet'],
  ['types: server, scripts, tests (tsc)', 'tsc', '-p', 'tsconfig.json'],
  ['types: console (tsc)', 'tsc', '-p', 'web/tsconfig.json', '--noEmit'],
  ['dead code (knip)', 'knip'],
];

/** Runs every step, also after one has failed. */
export function runSteps(steps) {
  return steps.map(([name, command, ...args]) => ({ name, ...run(name, command, args) }));
}

/** Runs the tests of one vitest project and counts them. */
export function runTests(project) {
  const name = `tests: ${project} (vitest)`;
  const folder = mkdtempSync(join(tmpdir(), 'vitest-'));
  const report = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const args = ['run', '--project', project, '--passWithNoTests', ...reporters];
  const result = { name, passed: 0, failed: 0, ...run(name, 'vitest', args) };
  if (existsSync(report)) {
    const counted = JSON.parse(readFileSync(report, 'utf8'));
    result.passed = counted.numPassedTests;
    result.failed = counted.numFailedTests;
  }
  rmSync(folder, { recursive: true, force: true });
  return result;
}

/**
 * Prints a line per step, then `N passed, N failed` over tests and steps, and sets the exit code. A
 * step without tests counts as one; a test run that broke without a failed test counts as failed.
 */
export function summarise(results) {
  let passed = 0;
  let failed = 0;
  console.log('');
  for (const { name, ok, seconds, ...tests } of results) {
    passed += tests.passed ?? (ok ? 1 : 0);
    failed += ok ? 0 : Math.max(1, tests.failed ?? 0);
    console.log(`${ok ? '✓' : '✗'} ${name.padEnd(40)}${seconds.toFixed(1).padStart(8)} s`);
  }
  console.log(`\n${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

function run(name, command, args) {
  console.log(`\n▶ ${name}`);
  const path = `${join(projectFolder, 'node_modules/.bin')}:${process.env.PATH ?? ''}`;
  const begun = performance.now();
  const done = spawnSync(command, args, {
    cwd: projectFolder,
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  });
  return { ok: done.status === 0, seconds: (performance.now() - begun) / 1_000 };
}
