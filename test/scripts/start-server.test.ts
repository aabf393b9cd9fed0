import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startServer } from '../../scripts/start/server.ts';
import { takeOverRunning } from '../../scripts/start/take-over.ts';

// Real processes: how a start tells what becomes of the server, and who asked for a take-over.

let folder: string;
let keeper: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yihao-server-'));
  mkdirSync(join(folder, 'dist/src'), { recursive: true });
});
afterEach(() => {
  keeper?.kill('SIGKILL');
  keeper = undefined;
  rmSync(folder, { recursive: true });
});

const pidFile = () => join(folder, 'server.pid');

/** A server that does this. */
function start(does: string, options: Parameters<typeof startServer>[3] = {}) {
  writeFileSync(join(folder, 'dist/src/main.js'), does);
  return startServer(folder, folder, {}, options);
}

const stays = 'setInterval(() => {}, 1000);';
const ready = 'process.send({ ready: true });';
const takes = 'process.send({ takesEvents: true });';

test('a successor is told that it is one; its number is noted when it serves', async () => {
  writeFileSync(pidFile(), '1\n');
  const told: string[] = [];
  const onEvents = () => told.push(readFileSync(pidFile(), 'utf8'));
  const wait = "if (process.env.YIHAO_TAKE_OVER === '1') setTimeout(() => { READY }, 50);";
  const server = await start(takes + wait.replace('READY', ready) + stays, { onEvents });
  expect(told).toEqual(['1\n']);
  expect(Number(readFileSync(pidFile(), 'utf8'))).toBeGreaterThan(1);
  server.kill();
  await server.exited;
});

test.each([
  ['before it takes events', 'process.exit(1)', []],
  ['just after it said that it takes events', `${takes}process.exit(1)`, [true]],
  [
    'when it is refused them',
    `${takes}process.send({ takesEvents: false });process.exit(1)`,
    [true, false],
  ],
])('a successor that ends %s', async (_when, does, words) => {
  const told: boolean[] = [];
  const onEvents = (takes: boolean) => told.push(takes);
  await expect(start(does, { onEvents })).rejects.toThrow(/did not start/);
  expect(told).toEqual(words);
  expect(existsSync(pidFile())).toBe(false);
});

test('a server that says why it does not start is quoted', async () => {
  const failing = start("process.send({ failed: 'migration 99' });process.exit(1)");
  await expect(failing).rejects.toThrow(/did not start:\nmigration 99/);
});

test('a start that hangs can be ended', async () => {
  const stop = new AbortController();
  const starting = start(stays, { signal: stop.signal });
  stop.abort();
  await expect(starting).rejects.toThrow(/did not start/);
});

/** A running copy that answers SIGUSR2 by doing this. */
async function keep(does: string): Promise<void> {
  const program = `process.on('SIGUSR2', () => { ${does} }); process.stdout.write('up'); ${stays}`;
  keeper = spawn(process.execPath, ['-e', program, 'start.mjs'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (keeper.stdout) await once(keeper.stdout, 'data');
  writeFileSync(join(folder, 'start.pid'), `${keeper.pid}\n`);
}

const answer = (outcome: object) =>
  `require('fs').writeFileSync('take-over.json', ${JSON.stringify(JSON.stringify(outcome))});`;

test('a take-over that was asked for is done when the running copy says so', async () => {
  // What an earlier one came to is not believed, and another number in server.pid says nothing.
  writeFileSync(join(folder, 'take-over.json'), '{"failure":"of yesterday"}');
  const late = `setTimeout(() => { ${answer({ failure: null })} }, 50);`;
  await keep(`require('fs').writeFileSync('server.pid', '77'); ${late}`);
  const said: string[] = [];
  await takeOverRunning({ dataDir: folder }, (line) => said.push(line));
  expect(said).toEqual([expect.stringContaining('has taken over')]);
  expect(existsSync(join(folder, 'take-over.json'))).toBe(true);
});

test.each([
  ['fails', answer({ failure: 'migration 99' }), /did not take over[^]*migration 99/],
  ['ends the running copy', 'process.exit(1)', /did not take over/],
])('a take-over that %s is told as a failure', async (_what, does, why) => {
  await keep(does);
  await expect(takeOverRunning({ dataDir: folder }, () => {})).rejects.toThrow(why);
});

test('where nothing runs there is nothing to take over', async () => {
  await expect(takeOverRunning({ dataDir: folder }, () => {})).rejects.toThrow(/Nothing runs/);
});
