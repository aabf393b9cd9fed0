import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopLeftover } from '../../scripts/asterisk/leftover.ts';
import { asteriskFolders } from '../../scripts/asterisk/render.ts';

const prefix = 'yihao-tests-';

/**
 * Gives a run of tests a folder for temporary files that goes with it, whatever the tests and what they
 * start leave there; also what runs that were killed have left.
 * @returns takes the folder away
 */
export default async function ownFolder(): Promise<() => Promise<void>> {
  const everybodys = tmpdir();
  for (const name of readdirSync(everybodys)) {
    const [, pid] = new RegExp(`^${prefix}(\\d+)-`).exec(name) ?? [];
    if (pid && !isAlive(Number(pid))) await clearAway(join(everybodys, name));
  }
  const folder = mkdtempSync(join(everybodys, `${prefix}${process.pid}-`));
  process.env['TMPDIR'] = folder;
  return async () => {
    process.env['TMPDIR'] = everybodys;
    await clearAway(folder);
  };
}

/** An Asterisk that is still at work in there would hold its ports. */
async function clearAway(folder: string): Promise<void> {
  for (const name of readdirSync(folder)) {
    await stopLeftover(asteriskFolders(join(folder, name)), () => {});
  }
  rmSync(folder, { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
