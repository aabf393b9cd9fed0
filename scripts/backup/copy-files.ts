import { join } from 'node:path';
import Database from 'better-sqlite3';
import { filesBelow, type Vault } from './files.ts';
import { countFiles, filesIn, type Manifest, missingNamed } from './manifest.ts';
import type { Progress } from './snapshot.ts';
import { sumLine, writeLines } from './sums.ts';

/** A file that belongs to a backup; the hash is known beforehand when the database has it. */
interface Wanted {
  path: string;
  sha256: string | null;
  bytes: number | null;
}

interface CopyOptions {
  /** The copy of the database that says which files there are. */
  database: string;
  dataDir: string;
  vault: Vault;
  /** The list of their hashes, written while they are copied. */
  list: string;
  progress: Progress;
}

type Copied = Pick<Manifest, 'files' | 'missing' | 'missingMore'>;

/** Copies every file the database speaks of, and every recorded prompt. */
export async function copyFiles(options: CopyOptions): Promise<Copied> {
  const sql = new Database(options.database, { readonly: true });
  try {
    const prompts = await uploads(options.dataDir);
    const copied: Copied = { files: { count: 0, bytes: 0 }, missing: [], missingMore: 0 };
    const total = countFiles(sql) + prompts.length;
    const lines = async function* () {
      let done = 0;
      for (const file of both(filesIn(sql), prompts)) {
        const line = await copyOne(options, file, copied);
        if (line !== null) yield line;
        done += 1;
        options.progress(done / total);
      }
    };
    await writeLines(options.list, lines());
    return copied;
  } finally {
    sql.close();
  }
}

function* both<T>(first: Iterable<T>, second: Iterable<T>): Generator<T> {
  yield* first;
  yield* second;
}

/** What people brought in that is not in the database: recorded prompts, some hundreds. */
async function uploads(dataDir: string): Promise<Wanted[]> {
  const paths = await filesBelow(join(dataDir, 'prompts-uploaded'));
  return paths.map((path) => ({ path: join('prompts-uploaded', path), sha256: null, bytes: null }));
}

/** @returns its line of the list; null when it could not be copied, which is noted */
async function copyOne(
  { dataDir, vault }: CopyOptions,
  file: Wanted,
  copied: Copied,
): Promise<string | null> {
  const { path } = file;
  try {
    const { sha256, bytes } = await keep(dataDir, vault, file);
    copied.files.count += 1;
    copied.files.bytes += bytes;
    return sumLine({ sha256, path });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (copied.missing.length < missingNamed) copied.missing.push({ path, why });
    else copied.missingMore += 1;
    return null;
  }
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
