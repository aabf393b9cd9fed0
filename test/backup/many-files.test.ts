import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { backUp } from '../../scripts/backup/backup.ts';
import { countFiles, filesIn } from '../../scripts/backup/manifest.ts';
import { openStore } from '../../src/store/db.ts';

// More files than are read or named at once, and none of them there.

const home = mkdtempSync(join(tmpdir(), 'yihao-many-'));
afterAll(() => rmSync(home, { recursive: true }));
const quiet = { progress: () => {} };
const hash = (n: number) => n.toString(16).padStart(64, '0');

/** A data folder whose database speaks of `count` recordings and as many files of orders. */
function openData(name: string, count: number) {
  const dataDir = join(home, name);
  const store = openStore(join(dataDir, 'yihao.sqlite'));
  const recording = store.sql.prepare(
    `INSERT INTO recordings (id, callId, seatId, agentId, startedAt, state, file, sha256, bytes)
     VALUES (?, 'c', 's', 'a', 1, ?, ?, ?, 7)`,
  );
  const orderFile = store.sql.prepare(
    `INSERT INTO order_files (id, orderId, at, personId, name, kind, bytes, sha256)
     VALUES (?, 'o', 1, 'p', 'n', 'k', 8, ?)`,
  );
  store.transaction(() => {
    for (let n = 0; n < count; n += 1) {
      recording.run(`r${n}`, n % 2 === 0 ? 'ready' : 'repaired', `${n}.wav`, hash(n));
      recording.run(`removed${n}`, 'removed', `removed${n}.wav`, hash(n));
      // The same file belongs to two orders.
      orderFile.run(`f${n}`, hash(n));
      orderFile.run(`g${n}`, hash(n));
    }
  });
  return { store, dataDir };
}

test('every file is spoken of once, page after page, and the database is free in between', () => {
  const { store } = openData('pages', 20_001);
  const paths: string[] = [];
  for (const { path, bytes } of filesIn(store.sql)) {
    // An open statement would refuse it.
    if (paths.length === 15_000) store.sql.exec('CREATE INDEX other ON recordings (bytes)');
    expect(bytes).toBe(path.startsWith('recordings/') ? 7 : 8);
    paths.push(path);
  }
  expect([paths.length, new Set(paths).size, countFiles(store.sql)]).toEqual([
    40_002, 40_002, 40_002,
  ]);
  expect(paths.slice(0, 2)).toEqual(['recordings/0.wav', 'recordings/1.wav']);
  store.close();
});

test('a disk that is not there is told by a thousand names and a number', async () => {
  const { store, dataDir } = openData('gone', 510);
  const { manifest, folder } = await backUp({ dataDir, to: join(home, 'few'), ...quiet });
  expect(manifest.files).toEqual({ count: 0, bytes: 0 });
  expect([manifest.missing.length, manifest.missingMore]).toEqual([1_000, 20]);
  expect(readFileSync(join(folder, 'files.sha256'), 'utf8')).toBe('');
  store.close();
});

test('what was stored before the moment a backup names is in it, also when it had begun', async () => {
  const { store, dataDir } = openData('moment', 0);
  const begun = Date.now();
  const backup = backUp({ dataDir, to: join(home, 'moments'), ...quiet });
  // Its database is not read yet, and the server goes on writing.
  while (Date.now() <= begun + 2);
  const at = Date.now();
  store.sql.prepare("INSERT INTO events (at, kind, body) VALUES (?, 'x', '{}')").run(at);
  const { manifest, folder } = await backup;
  expect(manifest.lastEvent).toBe(1);
  expect(Date.parse(manifest.takenAt)).toBeGreaterThanOrEqual(at);
  expect(basename(folder)).toBe(manifest.takenAt.replaceAll(/[:.]/g, '-'));
  store.close();
});
