import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backUp } from '../../scripts/backup/backup.ts';
import { filesBelow } from '../../scripts/backup/files.ts';
import { backupsIn, countRows } from '../../scripts/backup/manifest.ts';
import { prune } from '../../scripts/backup/prune.ts';
import { restore } from '../../scripts/restore/restore.ts';
import { checkFiles } from '../../scripts/verify/files.ts';
import { projectCalls } from '../../src/calls/projection.ts';
import type { NewEvent } from '../../src/events.ts';
import { openStore, type Store } from '../../src/store/db.ts';
import { createEventLog, type EventLog } from '../../src/store/event-log.ts';
import { lastBackup } from '../../src/store/last-backup.ts';
import { startWithoutExchange } from '../support/app-without-exchange.ts';

// A backup taken while calls are being written, and the restore that proves it.

const home = mkdtempSync(join(tmpdir(), 'yihao-backup-'));
const dataDir = join(home, 'data');
const to = join(home, 'backups');
const quiet = { progress: () => {} };
let store: Store;
let log: EventLog;

const callEvents = (callId: string): NewEvent[] => [
  {
    kind: 'call.arrived',
    at: 1,
    callId,
    entryId: 'main',
    caller: '13812345678',
    dialled: '12345',
    language: 'zh',
    channelId: `c-${callId}`,
  },
  { kind: 'call.ended', at: 2, callId, ending: 'left-in-greeting' },
];

/** A conversation that was recorded, file and all. */
function keepRecording(recordingId: string): void {
  const bytes = randomBytes(100_000);
  const file = join('2026', '11', `${recordingId}.wav`);
  mkdirSync(dirname(join(dataDir, 'recordings', file)), { recursive: true });
  writeFileSync(join(dataDir, 'recordings', file), bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const of = { at: 3, recordingId, callId: 'a' };
  log.append([
    { kind: 'recording.started', ...of, seatId: '1001', agentId: 'p' },
    {
      kind: 'recording.ready',
      ...of,
      file,
      sha256,
      durationMs: 1,
      bytes: bytes.length,
      repaired: false,
    },
  ]);
}

/** Calls without a pause, until told to stop. @returns how many there were */
function load(): () => number {
  let calls = 0;
  let stopped = false;
  const next = () => {
    if (stopped) return;
    calls += 1;
    log.append(callEvents(`load-${calls}`));
    if (calls % 20 === 0) keepRecording(`r-${calls}`);
    setImmediate(next);
  };
  next();
  return () => {
    stopped = true;
    return calls;
  };
}

beforeAll(() => {
  store = openStore(join(dataDir, 'yihao.sqlite'));
  log = createEventLog(store, [projectCalls(store)], pino({ level: 'silent' }));
  store.transaction(() => {
    const insert = store.sql.prepare("INSERT INTO events (at, kind, body) VALUES (1, 'x', ?)");
    for (let n = 0; n < 20_000; n += 1) insert.run(JSON.stringify({ fill: 'x'.repeat(300), n }));
  });
  keepRecording('first');
  mkdirSync(join(dataDir, 'prompts-uploaded/zh'), { recursive: true });
  writeFileSync(join(dataDir, 'prompts-uploaded/zh/welcome.wav'), 'a prompt');
});
afterAll(() => {
  store.close();
  rmSync(home, { recursive: true });
});

test('a backup under load is one moment, and the server starts on what is restored from it', async () => {
  const before = log.read({ callId: 'load-1' }).length;
  const stop = load();
  const shares: number[] = [];
  const backup = await backUp({ dataDir, to, progress: (_step, share) => shares.push(share) });
  const written = stop();
  expect(before).toBe(0);
  expect(written).toBeGreaterThan(5);
  expect(shares.length).toBeGreaterThan(3);
  const { manifest } = backup;
  expect(manifest.missing).toEqual([]);
  // A moment: no call in it lacks its end, though the log went on meanwhile.
  expect(manifest.rows['events']).toBe(manifest.lastEvent);
  expect(manifest.lastEvent).toBeLessThan(Number(countRows(store.sql)['events']));
  expect(lastBackup(dataDir)?.folder).toBe(backup.folder);

  const restored = join(home, 'restored');
  await restore({ from: to, to: restored, ...quiet });
  const copy = openStore(join(restored, 'yihao.sqlite'));
  expect(countRows(copy.sql)).toEqual(manifest.rows);
  const hashes = copy.sql
    .prepare<[], { file: string; sha256: string }>(
      "SELECT file, sha256 FROM recordings WHERE state = 'ready'",
    )
    .all();
  expect(hashes.length).toBe(manifest.files.count - 1);
  for (const { file, sha256 } of hashes) {
    const bytes = readFileSync(join(restored, 'recordings', file));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  }
  copy.close();
  expect(readFileSync(join(restored, 'prompts-uploaded/zh/welcome.wav'), 'utf8')).toBe('a prompt');

  const app = await startWithoutExchange({ dataDir: restored });
  const ready = await fetch(`${app.url}/readyz`);
  expect(await ready.json()).toMatchObject({ database: 'ok', exchange: 'ok' });
  await app.stop(0);
});

test('a second backup copies only what is new', async () => {
  const other = join(home, 'other');
  const kept = async () => (await filesBelow(join(other, 'files'))).length;
  const first = await backUp({ dataDir, to: other, ...quiet });
  const keptFirst = await kept();
  keepRecording('late');
  const second = await backUp({ dataDir, to: other, ...quiet });
  expect(second.manifest.files.count).toBe(first.manifest.files.count + 1);
  expect(await kept()).toBe(keptFirst + 1);
  const restored = join(home, 'newest');
  expect((await restore({ from: other, to: restored, ...quiet })).folder).toBe(second.folder);
});

test('only the newest stay, with every file they speak of', async () => {
  const many = join(home, 'many');
  const prompt = join(dataDir, 'prompts-uploaded/zh/closed.wav');
  const taken: string[] = [];
  for (const words of ['first words', 'later words', 'later words']) {
    writeFileSync(prompt, words);
    taken.push((await backUp({ dataDir, to: many, ...quiet })).folder);
  }
  rmSync(prompt);
  writeFileSync(join(many, 'files/part-1'), 'half a file');
  const [oldest = ''] = taken.splice(0, 1);
  // What only the oldest has, and what was cut off.
  expect(await prune(many, 2)).toEqual({ backups: [basename(oldest)], files: 2 });
  expect(backupsIn(many)).toEqual(taken.map((folder) => basename(folder)));
  for (const [at, from] of taken.entries()) {
    const restored = join(home, `kept-${at}`);
    await restore({ from, to: restored, ...quiet });
    const heard = readFileSync(join(restored, 'prompts-uploaded/zh/closed.wav'), 'utf8');
    expect(heard).toBe('later words');
  }
  expect(await prune(many, 2)).toEqual({ backups: [], files: 0 });
});

test('nothing goes while another backup is being made, or when a list of files cannot be read', async () => {
  const busy = join(home, 'busy');
  await backUp({ dataDir, to: busy, ...quiet });
  const { folder } = await backUp({ dataDir, to: busy, ...quiet });
  const other = join(busy, '2026-11-01T00-00-00-000Z.part');
  mkdirSync(other);
  const before = await filesBelow(busy);
  await expect(prune(busy, 1)).rejects.toThrow(/is being made or was cut off/);
  expect(await filesBelow(busy)).toEqual(before);
  // Begun long ago, and still being written to.
  writeFileSync(join(other, 'files.sha256'), '');
  utimesSync(other, 1, 1);
  await expect(prune(busy, 1)).rejects.toThrow(/is being made or was cut off/);
  utimesSync(join(other, 'files.sha256'), 1, 1);
  const list = readFileSync(join(folder, 'files.sha256'));
  rmSync(join(folder, 'files.sha256'));
  await expect(prune(busy, 1)).rejects.toThrow(/cannot be read/);
  expect(backupsIn(busy)).toHaveLength(2);
  writeFileSync(join(folder, 'files.sha256'), list);
  expect((await prune(busy, 1)).backups).toHaveLength(1);
  expect(readdirSync(busy).sort()).toEqual([basename(folder), 'files']);
});

test('a recording that is gone or changed is named, not passed over', async () => {
  keepRecording('gone');
  keepRecording('changed');
  rmSync(join(dataDir, 'recordings/2026/11/gone.wav'));
  writeFileSync(join(dataDir, 'recordings/2026/11/changed.wav'), 'something else');
  const { manifest } = await backUp({ dataDir, to: join(home, 'gaps'), ...quiet });
  expect(manifest.missing).toMatchObject([
    { path: 'recordings/2026/11/gone.wav', why: expect.stringContaining('ENOENT') },
    { path: 'recordings/2026/11/changed.wav', why: expect.stringContaining('SHA-256') },
  ]);
  expect((await checkFiles(store.sql, dataDir)).wrong).toEqual([
    'recordings/2026/11/gone.wav is missing',
    'recordings/2026/11/changed.wav is changed',
  ]);
});

test('a restore refuses a folder with something in it', async () => {
  const filled = join(home, 'filled');
  mkdirSync(filled);
  writeFileSync(join(filled, 'mine.txt'), '');
  await expect(restore({ from: to, to: filled, ...quiet })).rejects.toThrow(/not empty/);
  expect(readdirSync(filled)).toEqual(['mine.txt']);
});

test('a server that was started on the folder meanwhile keeps it, and all that is its own', async () => {
  const taken = join(home, 'taken');
  const mine = () => openStore(join(taken, 'yihao.sqlite'));
  const meanwhile = (step: string, share: number) => {
    if (step !== 'database' || share !== 0) return;
    mine().close();
    writeFileSync(join(taken, 'recordings/mine.wav'), 'mine');
  };
  await expect(restore({ from: to, to: taken, progress: meanwhile })).rejects.toThrow(
    /made a database of its own/,
  );
  expect(readdirSync(taken).sort()).toEqual(['recordings', 'yihao.sqlite']);
  expect(await filesBelow(join(taken, 'recordings'))).toEqual(['mine.wav']);
  const store = mine();
  expect(countRows(store.sql)['events']).toBe(0);
  store.close();
});

test('a restore writes over no file that came meanwhile', async () => {
  const taken = join(home, 'beside');
  const prompt = 'prompts-uploaded/zh/welcome.wav';
  let isMine = false;
  const meanwhile = () => {
    if (isMine || existsSync(join(taken, prompt))) return;
    mkdirSync(dirname(join(taken, prompt)), { recursive: true });
    writeFileSync(join(taken, prompt), 'mine');
    isMine = true;
  };
  await expect(restore({ from: to, to: taken, progress: meanwhile })).rejects.toThrow(/EEXIST/);
  expect(await filesBelow(taken)).toEqual([prompt]);
  expect(readFileSync(join(taken, prompt), 'utf8')).toBe('mine');
});

test('while a restore works on a folder, nobody else can claim it', async () => {
  const claimed = join(home, 'claimed');
  const numbers = new Set<string>();
  const look = (_step: string, share: number) => {
    if (share < 1) numbers.add(readFileSync(join(claimed, 'start.pid'), 'utf8'));
  };
  await restore({ from: to, to: claimed, progress: look });
  expect([...numbers]).toEqual([`${process.pid}\n`]);
  expect(readdirSync(claimed)).not.toContain('start.pid');
  expect(readdirSync(claimed)).not.toContain('yihao.sqlite.part');
});

test.each([
  ['the database', (folder: string) => join(folder, 'yihao.sqlite')],
  ['the manifest', (folder: string) => join(folder, 'manifest.json')],
  [
    'a file',
    (folder: string) => {
      const files = join(dirname(folder), 'files');
      const [some = ''] = readdirSync(files);
      return join(files, some, readdirSync(join(files, some))[0] ?? '');
    },
  ],
])('a restore finds %s changed and leaves nothing behind', async (_what, file) => {
  const folder = mkdtempSync(join(home, 'spoilt-'));
  const backup = await backUp({ dataDir, to: folder, ...quiet });
  const bytes = readFileSync(file(backup.folder));
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 2) ^ 1, bytes.length - 2);
  writeFileSync(file(backup.folder), bytes);
  const empty = mkdtempSync(join(home, 'empty-'));
  await expect(restore({ from: folder, to: empty, ...quiet })).rejects.toThrow(
    /SHA-256|not a complete backup/,
  );
  expect(readdirSync(empty)).toEqual([]);
});
