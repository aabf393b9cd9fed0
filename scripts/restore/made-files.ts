import { mkdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { copyHashed } from '../backup/files.ts';
import { readSums } from '../backup/sums.ts';

/** What a restore makes in a folder, so that it can remove that and nothing else. */
export class MadeFiles {
  readonly folder: string;
  readonly #list: string;
  /** How many of the list are there: it may be too long to be remembered as a whole. */
  #listed = 0;
  readonly #others: string[] = [];

  /** @param list the list of hashes that files are copied by, in its order */
  constructor(folder: string, list: string) {
    this.folder = folder;
    this.#list = list;
  }

  /**
   * Copies the next file of the list and hashes it.
   * @throws Error (EEXIST) when somebody else's is there
   */
  async copyListed(from: string, path: string): ReturnType<typeof copyHashed> {
    await this.#begin(path);
    this.#listed += 1;
    return copyHashed(from, join(this.folder, path));
  }

  /** Copies another file. */
  async copy(from: string, path: string): Promise<void> {
    await this.#begin(path);
    this.note(path);
    await copyHashed(from, join(this.folder, path));
  }

  /** A file that is made in another way. */
  note(path: string): void {
    this.#others.push(path);
  }

  /** Removes the files, and the folders that are empty then. */
  async remove(): Promise<void> {
    const folders = new Set<string>();
    for await (const path of this.#paths()) {
      await rm(join(this.folder, path), { force: true });
      for (const above of foldersAbove(path)) folders.add(above);
    }
    const deepestFirst = [...folders].toSorted((a, b) => b.length - a.length);
    for (const path of deepestFirst) await rmdir(join(this.folder, path)).catch(() => {});
  }

  async *#paths(): AsyncGenerator<string, void, void> {
    yield* this.#others;
    if (this.#listed === 0) return;
    let left = this.#listed;
    for await (const { path } of readSums(this.#list)) {
      yield path;
      left -= 1;
      if (left === 0) return;
    }
  }

  async #begin(path: string): Promise<void> {
    const file = join(this.folder, path);
    await mkdir(dirname(file), { recursive: true, mode: 0o750 });
    await writeFile(file, '', { flag: 'wx' });
  }
}

/** `a` and `a/b` of `a/b/c`. */
function foldersAbove(path: string): string[] {
  const parent = dirname(path);
  return parent === '.' ? [] : [parent, ...foldersAbove(parent)];
}
