import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildPrompts } from '../../scripts/prompts/build.ts';
import { readWav } from '../../scripts/prompts/wav.ts';
import { toneOf } from '../../scripts/sipp/tone.ts';
import { wavOf } from '../../src/kit/wav.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yihao-prompts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function build(zh: string, all = false) {
  const texts = { zh, yue: '再见。', en: 'Goodbye.' };
  return buildPrompts(new Map([['goodbye', texts]]), folder, all, () => {});
}

test('a prompt is spoken in three languages, at 8 and at 16 kHz', async () => {
  expect(await build('再见。')).toEqual({ made: 3, kept: 0, foreign: 0 });
  for (const language of ['zh', 'yue', 'en']) {
    const narrow = readWav(readFileSync(join(folder, language, 'goodbye.wav')));
    const wide = readWav(readFileSync(join(folder, language, 'goodbye.wav16')));
    expect([narrow.sampleRateHz, wide.sampleRateHz]).toEqual([8_000, 16_000]);
    expect(Math.max(...narrow.samples)).toBeGreaterThan(3_000);
    expect(Math.abs(wide.samples.length - 2 * narrow.samples.length)).toBeLessThan(3);
  }
});

test('only what changed is spoken again', async () => {
  await build('再见。');
  expect(await build('再见。')).toEqual({ made: 0, kept: 3, foreign: 0 });
  expect(await build('感谢来电，再见。')).toEqual({ made: 1, kept: 2, foreign: 0 });
});

test('a recording somebody put there stays until all are made anew', async () => {
  await build('再见。');
  const recording = wavOf(toneOf(440, 0.2), 8_000);
  writeFileSync(join(folder, 'zh/goodbye.wav'), recording);
  expect(await build('感谢来电，再见。')).toEqual({ made: 0, kept: 2, foreign: 1 });
  expect(readFileSync(join(folder, 'zh/goodbye.wav'))).toEqual(recording);
  expect(await build('感谢来电，再见。', true)).toEqual({ made: 3, kept: 0, foreign: 0 });
});

test('Mandarin is not read as English', () => {
  // With -x espeak-ng prints what it is going to pronounce and marks a change of language.
  const phonemes = (text: string) =>
    execFileSync('espeak-ng', ['-q', '-x', '-v', 'cmn-latn-pinyin', '--', text], {
      encoding: 'utf8',
    });
  expect(phonemes('nin2 hao3')).not.toContain('(en)');
});
