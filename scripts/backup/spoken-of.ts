import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readLines } from './sums.ts';

/** Hashes that wait in memory for one file of them. */
const hashesAtOnce = 500;

/** The first two digits of a hash, as the folders of the vault are named. */
const shards = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'));
const shardOf = (sha256: string): string => sha256.slice(0, 2);

export interface SpokenOf {
  /** All hashes that begin with two digits; null when these are not two digits of a hash. */
  beginningWith(digits: string): Promise<ReadonlySet<string> | null>;
}

/**
 * Puts hashes, some of them many times, into 256 files of a new folder by their first two digits, so
 * that only a 256th of them is ever in memory. It takes 65 bytes a hash there.
 */
export async function sortOut(hashes: AsyncIterable<string>, folder: string): Promise<SpokenOf> {
  await mkdir(folder, { mode: 0o700 });
  // All of them now: one that is not there later was taken away, and does not mean that there are none.
  await Promise.all(shards.map((shard) => writeFile(join(folder, shard), '')));
  const waiting = new Map(shards.map((shard) => [shard, [] as string[]]));
  for await (const sha256 of hashes) {
    const some = waiting.get(shardOf(sha256)) ?? [];
    if (some.push(sha256) < hashesAtOnce) continue;
    await write(join(folder, shardOf(sha256)), some.splice(0));
  }
  for (const [shard, some] of waiting) await write(join(folder, shard), some);
  return {
    async beginningWith(digits) {
      if (!waiting.has(digits)) return null;
      const all = new Set<string>();
      for await (const sha256 of readLines(join(folder, digits))) all.add(sha256);
      return all;
    },
  };
}

async function write(file: string, hashes: readonly string[]): Promise<void> {
  if (hashes.length > 0) await appendFile(file, `${hashes.join('\n')}\n`);
}
