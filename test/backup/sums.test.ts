import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sortOut } from '../../scripts/backup/spoken-of.ts';
import { linesOf, readSums, sumLine, writeLines } from '../../scripts/backup/sums.ts';

// Lists of millions of files: written and read a little at a time.

const home = mkdtempSync(join(tmpdir(), 'yihao-sums-'));
afterAll(() => rmSync(home, { recursive: true }));

async function* each<T>(some: Iterable<T>) {
  yield* some;
}
async function all<T>(some: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of some) items.push(item);
  return items;
}
const hash = (n: number) => n.toString(16).padStart(64, '0');

test('lines are the same, wherever the pieces of a file are cut', async () => {
  const text = 'one\ntwo two\n\n三号\nlast';
  for (const bytes of [1, 2, 3, 5, 8, 100]) {
    const pieces = text.match(new RegExp(`[^]{1,${bytes}}`, 'g')) ?? [];
    expect(await all(linesOf(each(pieces)))).toEqual(['one', 'two two', '三号', 'last']);
  }
  expect(await all(linesOf(each([])))).toEqual([]);
});

test('a list far longer than what is read at once comes back as it was, letters of several bytes and all', async () => {
  const list = join(home, 'long');
  const sums = Array.from({ length: 5_000 }, (_, n) => ({
    sha256: hash(n),
    path: `录音/${n}.wav`,
  }));
  await writeLines(list, each(sums.map(sumLine)));
  expect(readFileSync(list, 'utf8')).toBe(sums.map((sum) => `${sumLine(sum)}\n`).join(''));
  expect(await all(readSums(list))).toEqual(sums);
});

test('what is no line of a list is named, after those before it', async () => {
  const list = join(home, 'wrong');
  writeFileSync(list, `${hash(1)}  one\n${hash(2)} two\n`);
  const seen: string[] = [];
  const read = async () => {
    for await (const { path } of readSums(list)) seen.push(path);
  };
  await expect(read()).rejects.toThrow(/Not a line of a list of hashes: 0+2 two/);
  expect(seen).toEqual(['one']);
  await expect(all(readSums(join(home, 'not there')))).rejects.toThrow(/ENOENT/);
});

test('lines are asked for only as the disk takes them', async () => {
  const list = join(home, 'slow');
  const line = 'x'.repeat(999);
  let given = 0;
  let mostWaiting = 0;
  const lines = async function* () {
    for (; given < 2_000; given += 1) {
      mostWaiting = Math.max(mostWaiting, given * 1_000 - sizeOf(list));
      yield line;
    }
  };
  await writeLines(list, lines());
  expect(sizeOf(list)).toBe(2_000_000);
  expect(mostWaiting).toBeLessThan(200_000);
});
const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

test('a list that cannot be made to its end says why', async () => {
  const lines = async function* () {
    yield 'one';
    await Promise.resolve();
    throw new Error('no more');
  };
  await expect(writeLines(join(home, 'cut'), lines())).rejects.toThrow('no more');
});

test('hashes are found again by how they begin, each once', async () => {
  const folder = join(home, 'sorted');
  const some = Array.from(
    { length: 3_000 },
    (_, n) => (n % 3).toString().repeat(2) + hash(n).slice(2),
  );
  const spokenOf = await sortOut(each([...some, ...some]), folder);
  expect(await spokenOf.beginningWith('11')).toEqual(new Set(some.filter((_, n) => n % 3 === 1)));
  expect((await spokenOf.beginningWith('ff'))?.size).toBe(0);
  expect(await spokenOf.beginningWith('lost+found')).toBeNull();
  // Gone is not the same as empty: nobody may take all files for unspoken of.
  rmSync(join(folder, '22'));
  await expect(spokenOf.beginningWith('22')).rejects.toThrow(/ENOENT/);
});
