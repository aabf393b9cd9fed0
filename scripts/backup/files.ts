import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const chunkBytes = 256 * 1024;

/** SHA-256 of a file, in hexadecimal. */
export async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file, { highWaterMark: chunkBytes })) {
    hash.update(piece as Buffer);
  }
  return hash.digest('hex');
}

/** Copies a file and hashes what it copies; the bytes are on the disk when it resolves. */
export async function copyHashed(
  from: string,
  to: string,
): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  await using sink = await open(to, 'w', 0o640);
  for await (const piece of createReadStream(from, { highWaterMark: chunkBytes })) {
    const data = piece as Buffer;
    hash.update(data);
    bytes += data.length;
    await sink.writeFile(data);
  }
  await sink.sync();
  return { sha256: hash.digest('hex'), bytes };
}

/** Files kept once each under their own hash: a second backup copies only what is new. */
export function openVault(folder: string) {
  const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256);
  const sizeOf = (sha256: string) =>
    stat(pathOf(sha256)).then(
      ({ size }) => size,
      () => null,
    );
  return {
    pathOf,
    /** How many bytes are kept under a hash; null when nothing is. */
    sizeOf,
    /** Takes a copy of a file. A file gets its name here only when it is whole. */
    async put(file: string): Promise<{ sha256: string; bytes: number }> {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const part = join(folder, `part-${process.pid}`);
      try {
        const copied = await copyHashed(file, part);
        await mkdir(dirname(pathOf(copied.sha256)), { recursive: true, mode: 0o700 });
        await rename(part, pathOf(copied.sha256));
        return copied;
      } finally {
        await rm(part, { force: true });
      }
    },
  };
}
export type Vault = ReturnType<typeof openVault>;

/** Every file below a folder, by path relative to it; none when there is no such folder. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
