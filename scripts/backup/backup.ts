import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type Database from 'better-sqlite3';
import { rememberBackup } from '../../src/store/last-backup.ts';
import { copyFiles } from './copy-files.ts';
import { hashOf, openVault } from './files.ts';
import { countRows, exchangeDatabase, lastEventOf, type Manifest, names } from './manifest.ts';
import { checkCopy, type Progress, snapshot } from './snapshot.ts';
import { sumLine } from './sums.ts';

export interface BackupOptions {
  dataDir: string;
  /** Where backups are kept: every backup in a folder of its own. */
  to: string;
  progress: (step: string, share: number) => void;
}

export interface Backup {
  folder: string;
  manifest: Manifest;
  /** SHA-256 of the list of hashes: kept elsewhere, it tells whether anything was changed. */
  sha256: string;
}

/** What is told of a database before its files are copied. */
type Read = Pick<Manifest, 'rows' | 'lastEvent' | 'sqlite' | 'recordingsRunning'>;

/**
 * Takes a backup of a data folder while the server goes on. It has its name only when it is whole and
 * its database has been opened and checked.
 */
export async function backUp({ dataDir, to, progress }: BackupOptions): Promise<Backup> {
  const part = join(resolve(to), `${nameOf(new Date())}.part`);
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true, mode: 0o700 });
  try {
    const takenAt = await copyDatabases(dataDir, part, (share) => progress('database', share));
    const database = join(part, names.database);
    const read = checkCopy(database, readCopy);
    const kept = await copyFiles({
      database,
      dataDir,
      vault: openVault(join(to, 'files')),
      list: join(part, names.files),
      progress: (share) => progress('files', share),
    });
    const manifest: Manifest = { format: 1, takenAt: takenAt.toISOString(), ...read, ...kept };
    const sha256 = await seal(part, manifest);
    const folder = join(resolve(to), nameOf(takenAt));
    await rename(part, folder);
    rememberBackup(dataDir, { at: takenAt.getTime(), folder });
    return { folder, manifest, sha256 };
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  }
}

const nameOf = (at: Date): string => at.toISOString().replaceAll(/[:.]/g, '-');

/** @returns the moment the copy of ours shows */
async function copyDatabases(dataDir: string, part: string, progress: Progress): Promise<Date> {
  const exchange = join(dataDir, exchangeDatabase);
  if (existsSync(exchange)) {
    await snapshot(exchange, join(part, names.exchange), () => {});
    checkCopy(join(part, names.exchange), () => {});
  }
  return snapshot(join(dataDir, 'yihao.sqlite'), join(part, names.database), progress);
}

function readCopy(sql: Database.Database): Read {
  const running = sql.prepare("SELECT count(*) FROM recordings WHERE state = 'running'").pluck();
  return {
    sqlite: String(sql.prepare('SELECT sqlite_version()').pluck().get()),
    rows: countRows(sql),
    lastEvent: lastEventOf(sql),
    recordingsRunning: Number(running.get()),
  };
}

/** Writes down what the backup is, and the hashes of it. @returns the hash over them all. */
async function seal(part: string, manifest: Manifest): Promise<string> {
  const write = (name: string, text: string) =>
    writeFile(join(part, name), text, { mode: 0o600, flush: true });
  await write(names.manifest, `${JSON.stringify(manifest, null, 2)}\n`);
  const sealed = [names.database, names.exchange, names.files, names.manifest].filter((name) =>
    existsSync(join(part, name)),
  );
  const sums = await Promise.all(
    sealed.map(async (path) => sumLine({ path, sha256: await hashOf(join(part, path)) })),
  );
  await write(names.sums, `${sums.join('\n')}\n`);
  return hashOf(join(part, names.sums));
}
