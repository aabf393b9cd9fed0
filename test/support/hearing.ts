import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWav } from '../../scripts/prompts/wav.ts';
import { patienceMs, pause } from './until.ts';

/** A tenth of a second, at 8 kHz: long enough to be like nothing else that is ever said. */
const pieceSamples = 800;
const alike = 0.95;

/** Was the beginning of this prompt heard? Compares sound with sound, whatever lies around it. */
export function isHeard(heard: Int16Array, dataDir: string, prompt: string): boolean {
  return placeOf(heard, dataDir, prompt) >= 0;
}

/** The prompts that were heard, in the order in which they began. */
export function promptsHeard(
  heard: Int16Array,
  dataDir: string,
  prompts: readonly string[],
): string[] {
  return prompts
    .map((prompt) => ({ prompt, at: placeOf(heard, dataDir, prompt) }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at)
    .map(({ prompt }) => prompt);
}

/** Where the loudest piece of the prompt's first second and a half was heard, or -1. */
function placeOf(heard: Int16Array, dataDir: string, prompt: string): number {
  const file = readFileSync(join(dataDir, 'prompts', `${prompt}.wav`));
  const piece = loudestPiece(readWav(file).samples.subarray(0, 12_000));
  const own = Math.sqrt(energy(piece));
  let around = energy(heard.subarray(0, piece.length));
  for (let at = 0; at + piece.length < heard.length; at += 1) {
    // Most places are ruled out by loudness alone, before the costly comparison.
    const ratio = Math.sqrt(around) / own;
    if (ratio > 0.8 && ratio < 1.25 && likeness(heard, at, piece) / (own * own * ratio) > alike) {
      return at;
    }
    const leaves = heard[at] ?? 0;
    const comes = heard[at + piece.length] ?? 0;
    around += comes * comes - leaves * leaves;
  }
  return -1;
}

function loudestPiece(samples: Int16Array): Int16Array {
  let best = samples.subarray(0, pieceSamples);
  for (let at = 0; at + pieceSamples <= samples.length; at += 200) {
    const piece = samples.subarray(at, at + pieceSamples);
    if (energy(piece) > energy(best)) best = piece;
  }
  return best;
}

function energy(samples: Int16Array): number {
  return samples.reduce((sum, sample) => sum + sample * sample, 0);
}

function likeness(heard: Int16Array, at: number, piece: Int16Array): number {
  let sum = 0;
  for (let i = 0; i < piece.length; i += 1) sum += (heard[at + i] ?? 0) * (piece[i] ?? 0);
  return sum;
}

/** Waits until the caller hears the beginning of a prompt. */
export async function untilHeard(
  ear: { heard(): Int16Array },
  dataDir: string,
  prompt: string,
  withinMs = patienceMs,
): Promise<void> {
  const giveUpAt = performance.now() + withinMs;
  for (let searched = 0; ; ) {
    const heard = ear.heard();
    if (isHeard(heard.subarray(searched), dataDir, prompt)) return;
    if (performance.now() > giveUpAt) throw new Error(`${prompt} was not heard`);
    searched = Math.max(0, heard.length - pieceSamples);
    await pause(200);
  }
}
