import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimFolder, startOf } from '../../scripts/start/one-copy.ts';
import { projectRoot } from '../../src/kit/root.ts';

let folder: string;
let mark: string;
const others: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yihao-claim-'));
  mark = join(folder, 'start.pid');
});
afterEach(() => {
  for (const other of others.splice(0)) other.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** Another process whose command line shows this program. */
async function other(program: string): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', program]);
  others.push(child);
  await once(child, 'spawn');
  return child.pid ?? 0;
}

/** Several processes that claim the folder at once and keep it; what each of them came to. */
async function contest(count: number): Promise<string[]> {
  const program = `
    const { claimFolder } = await import(${JSON.stringify(join(projectRoot, 'scripts/start/one-copy.ts'))});
    process.stdout.write('here\\n');
    process.stdin.once('data', () => {
      try { claimFolder(${JSON.stringify(folder)}); process.stdout.write('mine'); }
      catch { process.stdout.write('refused'); }
    });`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', program, 'start.mjs'];
  const children = Array.from({ length: count }, () =>
    spawn(process.execPath, args, { cwd: projectRoot, stdio: ['pipe', 'pipe', 'inherit'] }),
  );
  others.push(...children);
  await Promise.all(children.map(({ stdout }) => once(stdout, 'data')));
  const answers = children.map(({ stdout }) => once(stdout, 'data'));
  for (const { stdin } of children) stdin.write('go\n');
  return (await Promise.all(answers)).map(String);
}

test('a folder is claimed until it is released', () => {
  const release = claimFolder(join(folder, 'data'));
  const inside = join(folder, 'data/start.pid');
  expect(readFileSync(inside, 'utf8')).toBe(`${process.pid}\n`);
  release();
  expect(existsSync(inside)).toBe(false);
});

test.each(['start.mjs', 'scripts/restore/main.ts'])(
  'a folder %s works on is refused',
  async (program) => {
    const pid = await other(program);
    writeFileSync(mark, `${pid}\n`);
    expect(() => claimFolder(folder)).toThrow(`in use by another process (${pid})`);
    expect(readFileSync(mark, 'utf8')).toBe(`${pid}\n`);
    // A restore must not be sent the signal that asks for a take-over: it would end it.
    expect(startOf(folder)).toBe(program === 'start.mjs' ? pid : null);
  },
);

test.each([
  ['a process that is gone', '999999999\n'],
  ['a disk that was full', ''],
])('a mark left by %s does not lock the folder', (_whose, left) => {
  writeFileSync(mark, left);
  claimFolder(folder)();
  expect(readdirSync(folder)).toEqual([]);
});

test('a number that is another program’s by now does not lock the folder', async () => {
  writeFileSync(mark, `${await other('something-else')}\n`);
  claimFolder(folder)();
  expect(readdirSync(folder)).toEqual([]);
});

test('what is released is only one’s own claim', async () => {
  const release = claimFolder(folder);
  const pid = await other('start.mjs');
  writeFileSync(`${mark}.new`, `${pid}\n`);
  renameSync(`${mark}.new`, mark);
  release();
  expect(readFileSync(mark, 'utf8')).toBe(`${pid}\n`);
});

test.each([
  ['a new folder', 3, null],
  ['a folder whose keeper is gone', 2, '999999999\n'],
])('of those who claim %s at once, one gets it', async (_what, count, left) => {
  if (left !== null) writeFileSync(mark, left);
  const came = await contest(count);
  expect(came.filter((each) => each === 'mine')).toHaveLength(1);
  expect(readdirSync(folder)).toEqual(['start.pid']);
});
