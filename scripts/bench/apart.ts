import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../src/kit/root.ts';
import { noFigures } from './figures.ts';
import type { Row, RowResult } from './row.ts';

/**
 * Runs a row in a process of its own, so that one that fails, hangs or eats the memory costs the
 * others nothing. Whatever it started or wrote for the moment is gone afterwards.
 *
 * @param options passed on as they were given
 * @returns its figures; where there are none, why, as a row that was not reached
 */
export async function runApart(
  row: Row,
  options: readonly string[],
  mostMs: number,
): Promise<RowResult> {
  const folder = mkdtempSync(join(tmpdir(), `yihao-bench-${row.name}-`));
  const child = fork(join(projectRoot, 'scripts/bench/main.ts'), [row.name, ...options], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // With a group of its own, it can be ended with everything it started.
    detached: true,
  });
  const end = () => endGroup(child.pid);
  process.once('exit', end);
  let found: RowResult | null = null;
  // Only this very program's other half speaks here.
  child.once('message', (message) => (found = message as RowResult));
  const limit = AbortSignal.timeout(mostMs);
  let why = 'it did not say anything';
  try {
    await once(child, 'close', { signal: limit });
  } catch {
    why = `it took more than ${(mostMs / 60_000).toFixed(0)} minutes`;
  } finally {
    end();
    process.off('exit', end);
    rmSync(folder, { recursive: true, force: true });
  }
  return found ?? failed(why);
}

/** The result of a row that has none. */
export function failed(why: string): RowResult {
  const ratio = { p50: null, p99: null };
  const figures = { ours: noFigures, control: noFigures, ratio };
  return { ...figures, samples: 0, goal: 'to be measured', met: false, notes: [`Failed: ${why}.`] };
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // All of it is gone already.
  }
}
