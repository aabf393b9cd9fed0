import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wavOf } from '../../src/kit/wav.ts';
import { alawOf } from './wav.ts';

/** Changing the tune below means raising this, so that old files are replaced. */
const tuneVersion = 2;

const beatSeconds = 0.6;

/**
 * A slow walk over four pentatonic chords, as semitones above A3. Written for this project; a file
 * from elsewhere would bring its licence along.
 */
const bars: readonly (readonly number[])[] = [
  [3, 10, 15, 19, 22, 19, 15, 10],
  [0, 7, 12, 15, 19, 15, 12, 7],
  [8, 15, 20, 24, 27, 24, 20, 15],
  [10, 14, 17, 22, 26, 22, 17, 14],
];
const rounds = 3;

/** Makes the waiting music in `folder` when it is not there: A-law for trunks, 16 kHz for the rest. */
export function ensureMusic(folder: string): void {
  const name = join(folder, `waiting-${tuneVersion}`);
  if (existsSync(`${name}.alaw`) && existsSync(`${name}.wav16`)) return;
  // Asterisk plays whatever lies in the folder: an older tune has to go.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeWhole(`${name}.wav16`, wavOf(compose(16_000), 16_000));
  writeWhole(`${name}.alaw`, alawOf(compose(8_000)));
}

/** A file is either whole or absent, also when the machine loses power half-way. */
function writeWhole(file: string, content: Buffer): void {
  writeFileSync(`${file}.part`, content);
  renameSync(`${file}.part`, file);
}

/** The whole tune; its end rings into its beginning, so that the loop has no seam. */
function compose(sampleRateHz: number): Int16Array {
  const notes = Array.from({ length: rounds }, () => bars.flat()).flat();
  const beat = Math.round(beatSeconds * sampleRateHz);
  const mix = new Float64Array(notes.length * beat);
  notes.forEach((semitones, index) => {
    strike(mix, index * beat, 220 * 2 ** (semitones / 12), sampleRateHz);
  });
  return Int16Array.from(mix, (value) => Math.round(Math.tanh(value) * 6_000));
}

/** Adds one soft bell: three harmonics that die away, the higher ones sooner. */
function strike(mix: Float64Array, start: number, frequencyHz: number, sampleRateHz: number): void {
  const length = Math.round(2.4 * sampleRateHz);
  for (let i = 0; i < length; i++) {
    const seconds = i / sampleRateHz;
    const attack = Math.min(1, seconds / 0.02);
    const angle = 2 * Math.PI * frequencyHz * seconds;
    const tone =
      Math.sin(angle) * Math.exp(-1.6 * seconds) +
      0.35 * Math.sin(2 * angle) * Math.exp(-3 * seconds) +
      0.12 * Math.sin(3 * angle) * Math.exp(-5 * seconds);
    const at = (start + i) % mix.length;
    mix[at] = (mix[at] ?? 0) + 0.4 * attack * tone;
  }
}
