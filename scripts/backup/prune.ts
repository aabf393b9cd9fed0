import { readdirSync, statSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Problem } from '../start/problem.ts';
import { filesBelow } from './files.ts';
import { backupsIn, names, parseSums } from './manifest.ts';

/** Nobody makes one backup for so long: it was cut off. */
const cutOffAfterMs = 24 * 3_600_000;

export interface Pruned {
  /** Names of the backups that went. */
  backups: string[];
  /** How many files went with them. */
  files: number;
}

/**
 * Keeps the newest backups of a folder, removes the others, and then every file that no kept one
 * speaks of. What a run that was cut off left behind goes with the next one.
 * @throws Problem, with nothing removed, when the list of a kept backup cannot be read, or while
 *   another backup is being made: it counts on files that are there
 */
export async function prune(folder: string, keep: number): Promise<Pruned> {
  const unfinished = readdirSync(folder).filter((name) => name.endsWith('.part'));
  refuseUnderWay(folder, unfinished);
  const all = backupsIn(folder);
  const kept = new Set(all.slice(-keep));
  const spokenOf = new Set<string>();
  for (const name of kept) {
    for (const { sha256 } of await filesOf(join(folder, name))) spokenOf.add(sha256);
  }
  const backups = all.filter((name) => !kept.has(name));
  // By another name first: half a backup never looks like a whole one.
  for (const name of backups) await rename(join(folder, name), join(folder, `${name}.part`));
  for (const name of [...unfinished, ...backups.map((gone) => `${gone}.part`)]) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
  const vault = join(folder, 'files');
  const files = (await filesBelow(vault)).filter((path) => !spokenOf.has(basename(path)));
  for (const path of files) await rm(join(vault, path), { force: true });
  return { backups, files: files.length };
}

function refuseUnderWay(folder: string, unfinished: readonly string[]): void {
  const since = Date.now() - cutOffAfterMs;
  const running = unfinished.find((name) => statSync(join(folder, name)).mtimeMs > since);
  if (running === undefined) return;
  throw new Problem(
    `未清理旧备份：${join(folder, running)} 正在备份，或刚刚中断；一天后的备份会清理它。`,
    `Old backups were not removed: ${join(folder, running)} is being made or was cut off; a day later the next backup removes it.`,
  );
}

async function filesOf(backup: string): Promise<{ sha256: string }[]> {
  const list = join(backup, names.files);
  try {
    return parseSums(await readFile(list, 'utf8'));
  } catch {
    throw new Problem(
      `未清理旧备份：无法读取 ${list}。`,
      `Old backups were not removed: ${list} cannot be read.`,
    );
  }
}
