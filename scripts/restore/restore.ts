import { existsSync, readdirSync } from 'node:fs';
import { link, rm } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, normalize } from 'node:path';
import { rememberBackup } from '../../src/store/last-backup.ts';
import { hashOf, openVault, type Vault } from '../backup/files.ts';
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
import { claimFile, claimFolder } from '../start/one-copy.ts';
import { Problem } from '../start/problem.ts';
import { MadeFiles } from './made-files.ts';

/** The database until everything is there. */
const part = `${names.database}.part`;

export interface RestoreOptions {
  /** A backup, or the folder of backups: then the newest one. */
  from: string;
  /** An empty folder, or one that does not exist yet. */
  to: string;
  progress: (step: string, share: number) => void;
}

/**
 * Makes a data folder of a backup, and checks on the way that everything is what it was: hashes of
 * databases and files, every page of the database, rows of every table. Meanwhile the folder is claimed
 * as `npm start` claims it. A server that is started without that could still come: so no file that is
 * there is written over, the database gets its name last and never that of another one, and what fails
 * removes what it made and nothing else.
 * @throws Problem saying what is wrong with the backup or with the folder
 */
export async function restore({ from, to, progress }: RestoreOptions) {
  const folder = backupIn(from);
  refuseFilled(to);
  const manifest = readManifest(folder);
  await checkSums(folder);
  const release = claimFolder(to);
  const made = new MadeFiles(to, join(folder, names.files));
  try {
    refuseFilled(to);
    await fill(folder, manifest, made, progress);
    await nameDatabase(to);
  } catch (error) {
    await made.remove();
    throw error;
  } finally {
    release();
  }
  await rm(join(to, part), { force: true });
  progress('database', 1);
  return { folder, manifest };
}

/** Everything is there and checked when it resolves; the database under the name `part`. */
async function fill(
  folder: string,
  manifest: Manifest,
  made: MadeFiles,
  progress: RestoreOptions['progress'],
): Promise<void> {
  const vault = openVault(join(dirname(folder), 'files'));
  await copyFiles(folder, vault, made, (copied) =>
    progress('files', copied / manifest.files.count),
  );
  if (existsSync(join(folder, names.exchange))) {
    await made.copy(join(folder, names.exchange), exchangeDatabase);
  }
  progress('database', 0);
  await made.copy(join(folder, names.database), part);
  // What checking it may leave behind.
  for (const end of ['-journal', '-wal', '-shm']) made.note(`${part}${end}`);
  checkCopy(join(made.folder, part), (sql) =>
    compareCounts(manifest, countRows(sql), lastEventOf(sql)),
  );
  made.note('last-backup.json');
  rememberBackup(made.folder, { at: Date.parse(manifest.takenAt), folder });
}

/** A second name for the part: other than a new name it never takes the place of a file. */
async function nameDatabase(to: string): Promise<void> {
  try {
    await link(join(to, part), join(to, names.database));
  } catch (error) {
    if (!existsSync(join(to, names.database))) throw error;
    throw new Problem(
      `恢复期间有服务在 ${to} 上启动并新建了数据库。没有覆盖它：请先停止该服务，再恢复到空目录。`,
      `While this restored, a server was started on ${to} and made a database of its own. It was left as it is: stop that server, and restore into an empty folder.`,
    );
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
  if (!existsSync(to) || readdirSync(to).every((name) => name === claimFile)) return;
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
  made: MadeFiles,
  progress: (copied: number) => void,
): Promise<void> {
  let done = 0;
  for await (const { path, sha256 } of readSums(join(folder, names.files))) {
    if (isAbsolute(path) || normalize(path).startsWith('..')) throw changed(path);
    if ((await vault.sizeOf(sha256)) === null) {
      throw new Problem(`备份中缺少文件 ${path}。`, `The backup lacks the file ${path}.`);
    }
    const copied = await made.copyListed(vault.pathOf(sha256), path);
    if (copied.sha256 !== sha256) throw changed(path);
    done += 1;
    progress(done);
  }
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
