import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from './problem.ts';

const fileOf = (dataDir: string) => join(dataDir, 'start.pid');

/** Two copies must not share a data folder: the second would take the first one's Asterisk down. */
export function assertOnlyCopy(dataDir: string): void {
  const pid = startOf(dataDir);
  if (pid === null) return;
  throw new Problem(
    `数据目录 ${dataDir} 正由另一个进程（${pid}）使用。请先停止它，或用环境变量 YIHAO_DATA_DIR 换一个目录。`,
    `The data folder ${dataDir} is in use by another copy (process ${pid}). Stop it first, or choose another folder with YIHAO_DATA_DIR.`,
  );
}

/** The process that runs on this data folder, or null. */
export function startOf(dataDir: string): number | null {
  const file = fileOf(dataDir);
  if (!existsSync(file)) return null;
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
  return isStart(pid) ? pid : null;
}

/** Marks the folder as ours until this process ends. */
export function claimFolder(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o750 });
  writeFileSync(fileOf(dataDir), `${process.pid}\n`);
  process.once('exit', () => rmSync(fileOf(dataDir), { force: true }));
}

/** The number may belong to another program by now, so its command line is looked at. */
function isStart(pid: number): boolean {
  try {
    return (
      pid !== process.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('start.mjs')
    );
  } catch {
    return false;
  }
}
