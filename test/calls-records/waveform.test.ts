import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPeaksReader, peaksPath } from '../../src/calls/waveform.ts';
import { stereo, wav } from './wav.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yihao-peaks-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function file(bytes: Buffer): Promise<string> {
  const path = join(folder, 'recording.wav');
  await writeFile(path, bytes);
  return path;
}

describe('the outline of a recording', () => {
  it('shows the caller left and the agent right, slice by slice', async () => {
    // Ten seconds: the caller speaks in the first half, the agent, louder, in the second.
    const half = 40_000;
    const samples = stereo(2 * half, (at) => (at < half ? [-8_192, 0] : [0, 16_384]));
    const peaks = await createPeaksReader()(await file(wav(samples)));
    expect(peaks.durationMs).toBe(10_000);
    expect([peaks.left.length, peaks.right.length]).toEqual([800, 800]);
    expect(peaks.left.slice(0, 400).every((level) => level === 0.25)).toBe(true);
    expect(peaks.left.slice(400).every((level) => level === 0)).toBe(true);
    expect(peaks.right.slice(0, 400).every((level) => level === 0)).toBe(true);
    expect(peaks.right.slice(400).every((level) => level === 0.5)).toBe(true);
  });

  it('finds one loud sample wherever it is, across chunks of reading', async () => {
    const frames = 200_003;
    for (const loudAt of [0, 16_383, 16_384, 100_001, frames - 1]) {
      const samples = stereo(frames, (at) => [at === loudAt ? 32_767 : 0, 0]);
      const path = await file(wav(samples));
      await rm(peaksPath(path), { force: true });
      const peaks = await createPeaksReader()(path);
      expect(peaks.left.indexOf(1)).toBe(Math.floor((loudAt * 800) / frames));
      expect(peaks.left.filter((level) => level > 0)).toHaveLength(1);
    }
  });

  it('is short for a short recording, and empty for an empty one', async () => {
    const short = await createPeaksReader()(await file(wav([1_000, 2_000, 3_000, 4_000])));
    expect(short).toMatchObject({ left: [0.031, 0.092], right: [0.061, 0.122] });
    await rm(join(folder, 'recording.wav.peaks.json'));
    expect(await createPeaksReader()(await file(wav([])))).toEqual({
      durationMs: 0,
      left: [],
      right: [],
    });
  });

  it('is computed once and kept beside the audio', async () => {
    const path = await file(wav(stereo(8_000, () => [100, 100])));
    const peaksOf = createPeaksReader();
    const [one, two] = await Promise.all([peaksOf(path), peaksOf(path)]);
    expect(one).toBe(two);
    expect(JSON.parse(await readFile(peaksPath(path), 'utf8'))).toEqual(one);
    await writeFile(path, 'gone');
    expect(await peaksOf(path)).toEqual(one);
  });

  it('is computed anew when the kept one is damaged', async () => {
    const path = await file(wav(stereo(8_000, () => [100, 100])));
    await writeFile(peaksPath(path), '{"left":');
    expect((await createPeaksReader()(path)).durationMs).toBe(1_000);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['no WAV', Buffer.from('<html>'.repeat(20))],
    ['a WAV without data', wav([]).subarray(0, 40)],
    [
      'eight channels',
      wav(
        Array.from({ length: 80 }, () => 0),
        8,
      ),
    ],
  ])('refuses %s', async (_, bytes) => {
    await expect(createPeaksReader()(await file(bytes))).rejects.toMatchObject({
      code: 'bad-audio',
    });
  });
});
