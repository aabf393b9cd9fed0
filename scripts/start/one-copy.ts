import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from './problem.ts';

/** In the data folder: the number of the process that has claimed it. */
export const claimFile = 'start.pid';

const startProgram = 'start.mjs';
/** What claims a folder, by what its command line shows. */
const programs = [startProgram, 'scripts/restore/'];

/** The `npm start` that runs on this data folder, or null. */
export function startOf(dataDir: string): number | null {
  const pid = numberIn(join(dataDir, claimFile));
  return isRunning(pid, [startProgram]) ? pid : null;
}

/**
 * Makes the folder ours until this process ends, or until the function it returns is called: two copies
 * must not share one, the second would take the first one's Asterisk down. Of two that ask at the same
 * time one gets it.
 * @throws Problem when another process has it
 */
export function claimFolder(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o750 });
  const file = join(dataDir, claimFile);
  while (!create(file)) clearAway(file, dataDir);
  const release = () => {
    process.off('exit', release);
    if (numberIn(file) === process.pid) rmSync(file, { force: true });
  };
  process.once('exit', release);
  return release;
}

/**
 * The mark appears with the number in it: an empty one would look like one nobody keeps.
 * @returns false when there is one already, and it is not ours
 */
function create(file: string): boolean {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, `${process.pid}\n`);
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
    return numberIn(file) === process.pid;
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * Takes away what a process that is gone has left. By a name of our own, and then looked at again: in
 * between another one may have done the same and put its claim there.
 */
function clearAway(file: string, dataDir: string): void {
  refuseTaken(numberIn(file), dataDir);
  const taken = `${file}.${process.pid}`;
  try {
    renameSync(file, taken);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  const pid = numberIn(taken);
  if (isRunning(pid, programs)) renameSync(taken, file);
  else rmSync(taken, { force: true });
  refuseTaken(pid, dataDir);
}

function refuseTaken(pid: number, dataDir: string): void {
  if (!isRunning(pid, programs)) return;
  throw new Problem(
    `数据目录 ${dataDir} 正由另一个进程（${pid}）使用。请先停止它，或用环境变量 YIHAO_DATA_DIR 换一个目录。`,
    `The data folder ${dataDir} is in use by another process (${pid}). Stop it first, or choose another folder with YIHAO_DATA_DIR.`,
  );
}

/** NaN when there is none. */
function numberIn(file: string): number {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10);
  } catch {
    return Number.NaN;
  }
}

/** The number may belong to another program by now, so its command line is looked at. */
function isRunning(pid: number, names: readonly string[]): boolean {
  if (pid === process.pid) return false;
  try {
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return names.some((name) => commandLine.includes(name));
  } catch {
    return false;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
