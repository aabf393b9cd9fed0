import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, normalize } from 'node:path';
import { rememberBackup } from '../../src/store/last-backup.ts';
import { copyHashed, hashOf, openVault, type Vault } from '../backup/files.ts';
import {
  backupsIn,
  countRows,
  exchangeDatabase,
  lastEventOf,
  type Manifest,
  names,
  readManifest,
} from '../backup/manifest.ts';
import { checkCopy } from '../backup/snapshot.ts';
import { readSums } from '../backup/sums.ts';
import { Problem } from '../start/problem.ts';

export interface RestoreOptions {
  /** A backup, or the folder of backups: then the newest one. */
  from: string;
  /** An empty folder, or one that does not exist yet. */
  to: string;
  progress: (step: string, share: number) => void;
}

/**
 * Makes a data folder of a backup, and checks on the way that everything is what it was: hashes of
 * databases and files, every page of the database, rows of every table. The database gets its name
 * last, so no server starts on half a restore; what fails leaves an empty folder behind.
 * @throws Problem saying what is wrong with the backup or with the folder
 */
export async function restore({ from, to, progress }: RestoreOptions) {
  const folder = backupIn(from);
  refuseFilled(to);
  const manifest = readManifest(folder);
  await checkSums(folder);
  await mkdir(to, { recursive: true, mode: 0o750 });
  try {
    const vault = openVault(join(dirname(folder), 'files'));
    await copyFiles(folder, vault, to, (copied) =>
      progress('files', copied / manifest.files.count),
    );
    if (existsSync(join(folder, names.exchange))) {
      await copyWhole(join(folder, names.exchange), join(to, exchangeDatabase));
    }
    progress('database', 0);
    const part = join(to, `${names.database}.part`);
    await copyWhole(join(folder, names.database), part);
    checkCopy(part, (sql) => compareCounts(manifest, countRows(sql), lastEventOf(sql)));
    await rename(part, join(to, names.database));
    rememberBackup(to, { at: Date.parse(manifest.takenAt), folder });
    progress('database', 1);
    return { folder, manifest };
  } catch (error) {
    for (const name of readdirSync(to)) await rm(join(to, name), { recursive: true, force: true });
    throw error;
  }
}

/** A folder of backups stands for its newest one. */
function backupIn(from: string): string {
  if (existsSync(join(from, names.manifest))) return from;
  const newest = backupsIn(from).at(-1);
  if (newest !== undefined) return join(from, newest);
  throw new Problem(`${from} 中没有备份。`, `There is no backup in ${from}.`);
}

function refuseFilled(to: string): void {
  if (!existsSync(to) || readdirSync(to).length === 0) return;
  throw new Problem(
    `目录 ${to} 不是空的。恢复只写入空目录，请换一个目录，或先移走其中的内容。`,
    `The folder ${to} is not empty. A restore writes into an empty folder only: name another one, or move its contents away first.`,
  );
}

async function checkSums(folder: string): Promise<void> {
  for await (const { path, sha256 } of readSums(join(folder, names.sums))) {
    if ((await hashOf(join(folder, basename(path)))) !== sha256) throw changed(path);
  }
}

async function copyFiles(
  folder: string,
  vault: Vault,
  to: string,
  progress: (copied: number) => void,
): Promise<void> {
  let done = 0;
  for await (const { path, sha256 } of readSums(join(folder, names.files))) {
    if (isAbsolute(path) || normalize(path).startsWith('..')) throw changed(path);
    if ((await vault.sizeOf(sha256)) === null) {
      throw new Problem(`备份中缺少文件 ${path}。`, `The backup lacks the file ${path}.`);
    }
    await mkdir(dirname(join(to, path)), { recursive: true, mode: 0o750 });
    const copied = await copyHashed(vault.pathOf(sha256), join(to, path));
    if (copied.sha256 !== sha256) throw changed(path);
    done += 1;
    progress(done);
  }
}

async function copyWhole(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o750 });
  await copyHashed(from, to);
}

function compareCounts(manifest: Manifest, rows: Record<string, number>, lastEvent: number): void {
  const wrong = Object.entries(manifest.rows).filter(([table, count]) => rows[table] !== count);
  if (wrong.length === 0 && lastEvent === manifest.lastEvent) return;
  const told = wrong.map(([table, count]) => `${table}: ${rows[table] ?? 0} / ${count}`).join(', ');
  throw new Problem(
    `数据库与清单不符（${told}）。`,
    `The database is not what the manifest says (rows there / in the manifest: ${told}).`,
  );
}

function changed(path: string): Problem {
  return new Problem(
    `备份中的 ${path} 已被改动或损坏（SHA-256 不符）。`,
    `${path} in the backup was changed or damaged: its SHA-256 is not the one on the list.`,
  );
}
