import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type Database from 'better-sqlite3';
import { rememberBackup } from '../../src/store/last-backup.ts';
import { filesBelow, hashOf, openVault, type Vault } from './files.ts';
import {
  countRows,
  exchangeDatabase,
  filesIn,
  lastEventOf,
  type Manifest,
  names,
  sumLine,
} from './manifest.ts';
import { checkCopy, type Progress, snapshot } from './snapshot.ts';

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

/** A file that belongs to a backup; the hash is known beforehand when the database has it. */
interface Wanted {
  path: string;
  sha256: string | null;
  bytes: number | null;
}

interface Read {
  rows: Record<string, number>;
  lastEvent: number;
  sqlite: string;
  recordings: Wanted[];
  recordingsRunning: number;
}

/**
 * Takes a backup of a data folder while the server goes on. It has its name only when it is whole and
 * its database has been opened and checked.
 */
export async function backUp({ dataDir, to, progress }: BackupOptions): Promise<Backup> {
  const takenAt = new Date();
  const folder = join(resolve(to), takenAt.toISOString().replaceAll(/[:.]/g, '-'));
  const part = `${folder}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true, mode: 0o700 });
  try {
    const read = await copyDatabases(dataDir, part, (share) => progress('database', share));
    const wanted = [...read.recordings, ...(await uploads(dataDir))];
    const kept = await copyFiles(dataDir, openVault(join(to, 'files')), wanted, (share) =>
      progress('files', share),
    );
    const { rows, lastEvent, sqlite, recordingsRunning } = read;
    const manifest: Manifest = {
      format: 1,
      takenAt: takenAt.toISOString(),
      sqlite,
      rows,
      lastEvent,
      files: { count: kept.files.length, bytes: kept.bytes },
      recordingsRunning,
      missing: kept.missing,
    };
    const sums = await seal(part, manifest, kept.files);
    await rename(part, folder);
    rememberBackup(dataDir, { at: takenAt.getTime(), folder });
    return { folder, manifest, sha256: sums };
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  }
}

async function copyDatabases(dataDir: string, part: string, progress: Progress): Promise<Read> {
  const exchange = join(dataDir, exchangeDatabase);
  if (existsSync(exchange)) {
    await snapshot(exchange, join(part, names.exchange), () => {});
    checkCopy(join(part, names.exchange), () => {});
  }
  const copy = join(part, names.database);
  await snapshot(join(dataDir, 'yihao.sqlite'), copy, progress);
  return checkCopy(copy, (sql) => ({
    rows: countRows(sql),
    lastEvent: lastEventOf(sql),
    sqlite: String(sql.prepare('SELECT sqlite_version()').pluck().get()),
    ...recordingsIn(sql),
  }));
}

function recordingsIn(sql: Database.Database): Pick<Read, 'recordings' | 'recordingsRunning'> {
  const running = sql.prepare("SELECT count(*) FROM recordings WHERE state = 'running'").pluck();
  return { recordings: filesIn(sql), recordingsRunning: Number(running.get()) };
}

/** What people brought in that is not in the database: recorded prompts. */
async function uploads(dataDir: string): Promise<Wanted[]> {
  const paths = await filesBelow(join(dataDir, 'prompts-uploaded'));
  return paths.map((path) => ({ path: join('prompts-uploaded', path), sha256: null, bytes: null }));
}

async function copyFiles(
  dataDir: string,
  vault: Vault,
  wanted: readonly Wanted[],
  progress: Progress,
): Promise<{ files: string[]; bytes: number; missing: Manifest['missing'] }> {
  const files: string[] = [];
  const missing: Manifest['missing'] = [];
  let bytes = 0;
  for (const [at, file] of wanted.entries()) {
    const { path } = file;
    try {
      const kept = await keep(dataDir, vault, file);
      files.push(sumLine(kept.sha256, path));
      bytes += kept.bytes;
    } catch (error) {
      missing.push({ path, why: error instanceof Error ? error.message : String(error) });
    }
    progress((at + 1) / wanted.length);
  }
  return { files, bytes, missing };
}

async function keep(dataDir: string, vault: Vault, { path, sha256, bytes }: Wanted) {
  // A recording never changes: one an earlier backup holds is not read again.
  if (sha256 !== null && bytes !== null && (await vault.sizeOf(sha256)) === bytes) {
    return { sha256, bytes };
  }
  const kept = await vault.put(join(dataDir, path));
  if (sha256 !== null && kept.sha256 !== sha256) {
    throw new Error(`its SHA-256 is ${kept.sha256}, not ${sha256} as when it was made`);
  }
  return kept;
}

/** Writes the lists that say what the backup is. @returns the hash over them all. */
async function seal(part: string, manifest: Manifest, files: string[]): Promise<string> {
  const write = (name: string, text: string) =>
    writeFile(join(part, name), text, { mode: 0o600, flush: true });
  await write(names.files, files.map((line) => `${line}\n`).join(''));
  await write(names.manifest, `${JSON.stringify(manifest, null, 2)}\n`);
  const sealed = [names.database, names.exchange, names.files, names.manifest].filter((name) =>
    existsSync(join(part, name)),
  );
  const sums = await Promise.all(
    sealed.map(async (name) => sumLine(await hashOf(join(part, name)), name)),
  );
  await write(names.sums, `${sums.join('\n')}\n`);
  return hashOf(join(part, names.sums));
}
