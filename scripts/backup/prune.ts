import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Problem } from '../start/problem.ts';
import { backupsIn, names } from './manifest.ts';
import { type SpokenOf, sortOut } from './spoken-of.ts';
import { readSums } from './sums.ts';

/** What has not been written to for so long was cut off. */
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
  const kept = all.slice(-keep);
  const scratch = join(folder, `prune-${randomUUID()}.part`);
  try {
    const spokenOf = await sortOut(hashesOf(kept.map((name) => join(folder, name))), scratch);
    const backups = all.slice(0, -keep);
    // By another name first: half a backup never looks like a whole one.
    for (const name of backups) await rename(join(folder, name), join(folder, `${name}.part`));
    for (const name of [...unfinished, ...backups.map((gone) => `${gone}.part`)]) {
      await rm(join(folder, name), { recursive: true, force: true });
    }
    return { backups, files: await sweep(join(folder, 'files'), spokenOf) };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Removes what nobody speaks of. @returns how many files */
async function sweep(vault: string, spokenOf: SpokenOf): Promise<number> {
  let removed = 0;
  for (const entry of existsSync(vault) ? await readdir(vault, { withFileTypes: true }) : []) {
    const below = join(vault, entry.name);
    // A file that has no folder was never whole.
    const gone = entry.isFile() ? [below] : await unspoken(below, spokenOf);
    for (const path of gone) await rm(path, { force: true });
    removed += gone.length;
  }
  return removed;
}

/** The files of one folder of the vault that nobody speaks of. */
async function unspoken(folder: string, spokenOf: SpokenOf): Promise<string[]> {
  const kept = await spokenOf.beginningWith(basename(folder));
  if (kept === null) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !kept.has(entry.name))
    .map((entry) => join(folder, entry.name));
}

function refuseUnderWay(folder: string, unfinished: readonly string[]): void {
  const since = Date.now() - cutOffAfterMs;
  const running = unfinished.find((name) => lastTouched(join(folder, name)) > since);
  if (running === undefined) return;
  throw new Problem(
    `未清理旧备份：${join(folder, running)} 正在备份，或刚刚中断；一天后的备份会清理它。`,
    `Old backups were not removed: ${join(folder, running)} is being made or was cut off; a day later the next backup removes it.`,
  );
}

/** A backup of millions of files takes days: the list in it grows all the while. */
function lastTouched(folder: string): number {
  const all = [folder, ...readdirSync(folder).map((name) => join(folder, name))];
  return Math.max(...all.map((path) => statSync(path).mtimeMs));
}

/** Every hash the backups speak of; of two backups mostly the same ones. */
async function* hashesOf(backups: readonly string[]): AsyncGenerator<string, void, void> {
  for (const backup of backups) {
    const list = join(backup, names.files);
    try {
      for await (const { sha256 } of readSums(list)) yield sha256;
    } catch {
      throw new Problem(
        `未清理旧备份：无法读取 ${list}。`,
        `Old backups were not removed: ${list} cannot be read.`,
      );
    }
  }
}
