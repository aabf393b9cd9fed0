import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { hashOf } from '../backup/files.ts';
import { filesIn } from '../backup/manifest.ts';

/** Hashes every recording and every file of an order, and says which are gone or not what they were. */
export async function checkFiles(
  sql: Database.Database,
  dataDir: string,
): Promise<{ count: number; wrong: string[] }> {
  const wrong: string[] = [];
  let count = 0;
  for (const { path, sha256 } of filesIn(sql)) {
    count += 1;
    const found = await hashOf(join(dataDir, path)).catch(() => null);
    if (found !== sha256) wrong.push(`${path} is ${found === null ? 'missing' : 'changed'}`);
  }
  return { count, wrong };
}
