import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { pinyinLibrary } from '../kit/pinyin.ts';
import type { Sound } from '../kit/sound.ts';
import { joinSounds, levelSpeech } from './shape.ts';
import { type Recorded, readRecording } from './wav.ts';

const run = promisify(execFile);

/** The languages prompts are spoken in. */
export const spokenLanguages = ['zh', 'yue', 'en'] as const;
export type SpokenLanguage = (typeof spokenLanguages)[number];

/**
 * espeak-ng's voices and speeds in words per minute. `cmn` reads hanzi as English in 1.51, so
 * Mandarin goes in as pinyin; `yue` reads hanzi itself.
 */
export const voices: Record<SpokenLanguage, { voice: string; speed: number }> = {
  zh: { voice: 'cmn-latn-pinyin', speed: 165 },
  yue: { voice: 'yue', speed: 160 },
  en: { voice: 'en', speed: 155 },
};

/** A piece of a prompt in one voice. */
export interface Passage {
  language: SpokenLanguage;
  /** As the voice wants to read it. */
  text: string;
}

/** Splits a text at its voice marks (`[en]…`) and spells each piece for its voice. */
export function passagesOf(language: SpokenLanguage, text: string): Passage[] {
  const parts = text.split(/\[(zh|yue|en)\]/);
  const passages: Passage[] = [];
  for (let i = 0; i < parts.length; i += 2) {
    const spoken = parts[i]?.trim();
    const speaker = i === 0 ? language : spokenLanguages.find((name) => name === parts[i - 1]);
    if (spoken && speaker) passages.push({ language: speaker, text: spell(speaker, spoken) });
  }
  return passages;
}

const spokenDigits: Record<SpokenLanguage, string> = {
  zh: '零幺二三四五六七八九',
  yue: '零一二三四五六七八九',
  en: '0123456789',
};

function spell(language: SpokenLanguage, text: string): string {
  const numbersRead = text.replace(/\d+/g, (number) => readNumber(language, number));
  return language === 'zh' ? toPinyin(numbersRead) : numbersRead;
}

/** Service numbers digit by digit, as people say them; small numbers as numbers. */
function readNumber(language: SpokenLanguage, number: string): string {
  if (number.length >= 3) {
    const names = Array.from(number, (digit) => spokenDigits[language][Number(digit)] ?? digit);
    return names.join(language === 'en' ? ' ' : '');
  }
  if (language === 'en' || number.length > 1) return number;
  return '零一二三四五六七八九'[Number(number)] ?? number;
}

function toPinyin(text: string): string {
  const options = { toneType: 'num', nonZh: 'consecutive', type: 'string' } as const;
  return pinyinLibrary()
    .pinyin(text, options)
    .replace(/[，、；：]/g, ',')
    .replace(/[。！？]/g, '.');
}

/** Between two passages of one prompt. */
const pauseSeconds = 0.35;

/**
 * A prompt as the machine says it: each passage by its voice, all at one loudness. Rejects when
 * espeak-ng is not there.
 */
export async function speakText(
  language: SpokenLanguage,
  text: string,
): Promise<Pick<Recorded, 'sound' | 'sampleRateHz'>> {
  const spoken = await Promise.all(passagesOf(language, text).map(speak));
  const sampleRateHz = spoken[0]?.sampleRateHz ?? 22_050;
  const sounds: Sound[] = spoken.map(({ sound }) => levelSpeech(sound, sampleRateHz));
  return { sound: joinSounds(sounds, Math.round(pauseSeconds * sampleRateHz)), sampleRateHz };
}

/** Lets espeak-ng speak one passage. */
async function speak(passage: Passage): Promise<Recorded> {
  const { voice, speed } = voices[passage.language];
  const args = ['-v', voice, '-s', String(speed), '--stdout', '--', passage.text];
  const { stdout } = await run('espeak-ng', args, { encoding: 'buffer', maxBuffer: 2 ** 26 });
  return readRecording(stdout);
}
