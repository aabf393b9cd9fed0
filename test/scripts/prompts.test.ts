import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadHotlineExample } from '../../config/load.ts';
import { loadPromptCatalogue } from '../../config/prompt-catalogue.ts';
import { alawOf, readWav, samplesOfAlaw } from '../../scripts/prompts/wav.ts';
import { shareOfTone, toneOf } from '../../scripts/sipp/tone.ts';
import { levelSpeech } from '../../src/hotline/shape.ts';
import { passagesOf } from '../../src/hotline/speak.ts';
import { wavOf } from '../../src/kit/wav.ts';

const catalogue = loadPromptCatalogue(
  join(import.meta.dirname, '../../config/hotline.example/prompts.yaml'),
);

test('every prompt the example city names is in the catalogue', () => {
  const { entries, menus, queues } = loadHotlineExample();
  const outcomes = queues.flatMap((q) => [q.onClosed, q.onNobody, q.onFull, q.onTooLong]);
  const named = [
    ...entries.flatMap((entry) => entry.greeting),
    ...menus.map((menu) => menu.prompt),
    ...outcomes.flatMap((outcome) => (outcome.do === 'message' ? [outcome.prompt] : [])),
  ];
  expect(named.filter((id) => !catalogue.has(id))).toEqual([]);
});

test.each([
  [0, '零'],
  [2, '两'],
  [10, '十'],
  [12, '十二'],
  [20, '二十'],
  [60, '六十'],
])('the number %i is said %s', (n, hanzi) => {
  expect(catalogue.get(`number-${n}`)?.zh).toBe(hanzi);
});

test('a service number is read digit by digit, a key as a number, Mandarin as pinyin', () => {
  expect(passagesOf('zh', '12345请按1')).toEqual([
    { language: 'zh', text: 'yao1 er4 san1 si4 wu3 qing3 an4 yi1' },
  ]);
  expect(passagesOf('en', 'the 12345 line, press 5')).toEqual([
    { language: 'en', text: 'the 1 2 3 4 5 line, press 5' },
  ]);
});

test('a mark changes the voice from there on', () => {
  const spoken = passagesOf('yue', '广东话。[en]English. [zh]中文。');
  expect(spoken.map(({ language }) => language)).toEqual(['yue', 'en', 'zh']);
});

test('loud and soft speech come out at the same level, without silence around them', () => {
  const speech = (gain: number) =>
    Float64Array.from({ length: 32_000 }, (_, i) =>
      i < 8_000 || i > 24_000 ? 0 : gain * Math.sin((2 * Math.PI * 300 * i) / 16_000),
    );
  const loud = levelSpeech(speech(0.9), 16_000);
  const soft = levelSpeech(speech(0.01), 16_000);
  const peak = (sound: Float64Array) => sound.reduce((max, v) => Math.max(max, Math.abs(v)), 0);
  expect(peak(soft)).toBeCloseTo(peak(loud), 2);
  expect(loud.length).toBeLessThan(19_000);
});

test('a WAV file is read back as it was written, other chunks aside', () => {
  const samples = toneOf(440, 0.1);
  const file = wavOf(samples, 8_000);
  const chunk = Buffer.concat([Buffer.from('LIST'), Buffer.from([4, 0, 0, 0]), Buffer.alloc(4)]);
  const padded = Buffer.concat([file.subarray(0, 36), chunk, file.subarray(36)]);
  expect(readWav(padded)).toEqual({ samples, sampleRateHz: 8_000 });
});

test('A-law keeps a tone a tone', () => {
  const heard = samplesOfAlaw(alawOf(toneOf(440, 0.5)));
  expect(shareOfTone(heard, 440)).toBeGreaterThan(0.99);
  expect(shareOfTone(heard, 880)).toBeLessThan(0.01);
});

test('A-law decodes every code to a sample that encodes to the same code', () => {
  const codes = Buffer.from(Array.from({ length: 256 }, (_, code) => code));
  expect(alawOf(samplesOfAlaw(codes))).toEqual(codes);
});
