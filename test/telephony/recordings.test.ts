import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Recordings } from '../../src/calls/ports.ts';
import { systemClock } from '../../src/kit/clock.ts';
import { createLog } from '../../src/kit/log.ts';
import { createRecordings } from '../../telephony/recordings.ts';

let spool: string;
let kept: string;
let recordings: Recordings;

beforeEach(() => {
  spool = mkdtempSync(join(tmpdir(), 'yihao-spool-'));
  kept = mkdtempSync(join(tmpdir(), 'yihao-kept-'));
  recordings = newRecordings();
});

afterEach(() => {
  rmSync(spool, { recursive: true });
  rmSync(kept, { recursive: true });
});

function newRecordings(): Recordings {
  return createRecordings({
    spoolFolder: spool,
    recordingsFolder: kept,
    clock: systemClock,
    log: createLog('silent'),
  });
}

/** As MixMonitor leaves it: agent, caller, agent, caller, … */
function writeRaw(recordingId: string, frames: number, extraBytes = 0): void {
  const raw = Buffer.alloc(frames * 4 + extraBytes);
  for (let i = 0; i < frames; i += 1) {
    raw.writeInt16LE(i % 30_000, i * 4);
    raw.writeInt16LE(-(i % 30_000), i * 4 + 2);
  }
  writeFileSync(join(spool, `${recordingId}.raw`), raw);
}

test('sides are exchanged over the whole file, whatever its size', async () => {
  writeRaw('long', 100_001);
  const { file, bytes, sha256, durationMs } = await recordings.finish('long', 0);
  const wav = readFileSync(join(kept, file));
  expect(wav.length).toBe(bytes);
  expect(bytes).toBe(44 + 100_001 * 4);
  expect(durationMs).toBe(12_500);
  expect(sha256).toBe(createHash('sha256').update(wav).digest('hex'));
  for (const i of [0, 1, 16_384, 29_999, 65_536, 100_000]) {
    expect(wav.readInt16LE(44 + i * 4)).toBe(-(i % 30_000) || 0);
    expect(wav.readInt16LE(46 + i * 4)).toBe(i % 30_000);
  }
});

test('the header says what a strict reader wants to know', async () => {
  writeRaw('one', 8_000);
  const { file } = await recordings.finish('one', 0);
  const head = readFileSync(join(kept, file)).subarray(0, 44);
  expect(head.toString('latin1', 0, 4) + head.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ');
  expect(head.readUInt32LE(4)).toBe(36 + 32_000);
  expect([head.readUInt16LE(22), head.readUInt32LE(24), head.readUInt16LE(34)]).toEqual([
    2, 8_000, 16,
  ]);
  expect(head.readUInt32LE(40)).toBe(32_000);
});

test('nothing to keep is an error, and nothing is left half made', async () => {
  await expect(recordings.finish('never-made', 0)).rejects.toThrow('ENOENT');
  writeRaw('empty', 0);
  await expect(recordings.finish('empty', 0)).rejects.toThrow('the recording is empty');
  expect(existsSync(join(kept, '1970'))).toBe(false);
});

test('leftovers are found, and marked as repaired once', async () => {
  writeRaw('left', 100, 3);
  writeFileSync(join(spool, 'not ours.raw'), 'x');
  const later = newRecordings();
  expect(await later.unfinished()).toEqual(['left']);
  expect(await later.finish('left', 0)).toMatchObject({ repaired: true, bytes: 444 });
  expect(await later.unfinished()).toEqual([]);
  writeRaw('fresh', 100);
  expect(await later.finish('fresh', 0)).toMatchObject({ repaired: false });
});

test('a recording whose call outlived the server is no leftover and not repaired', async () => {
  writeRaw('running', 100);
  const later = newRecordings();
  expect(await later.unfinished(new Set(['running']))).toEqual([]);
  expect(await later.finish('running', 0)).toMatchObject({ repaired: false });
});

test('what was ready when its server ended, before that could be stored, is taken as it is', async () => {
  writeRaw('ready', 20_000);
  const { repaired: _, ...kept } = await recordings.finish('ready', 0);
  const later = newRecordings();
  expect(await later.unfinished()).toEqual([]);
  expect(await later.finish('ready', 0)).toEqual({ ...kept, repaired: true });
});

test('a recording that is being written is waited for', async () => {
  writeRaw('growing', 100);
  const finishing = recordings.finish('growing', 0);
  setTimeout(() => writeRaw('growing', 200), 60);
  expect(await finishing).toMatchObject({ bytes: 844 });
});

test('no name leads out of the folders', async () => {
  for (const file of ['../x.wav', '/etc/passwd', 'a/../../x', '']) {
    expect(() => recordings.pathOf(file)).toThrow(TypeError);
  }
  expect(recordings.pathOf('2026/01/05/a.wav')).toBe(join(kept, '2026/01/05/a.wav'));
  await expect(recordings.finish('../secret', 0)).rejects.toThrow(TypeError);
});

test('a removed recording is gone, and removing it twice is harmless', async () => {
  writeRaw('gone', 10);
  const { file } = await recordings.finish('gone', 0);
  await recordings.remove(file);
  await recordings.remove(file);
  expect(existsSync(join(kept, file))).toBe(false);
});
