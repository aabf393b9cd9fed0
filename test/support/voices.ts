import { expect } from 'vitest';
import { strengthOf } from './rtp-ear.ts';
import { patienceMs, pause } from './until.ts';

/** What each party of a talk says without a pause, Hz: no two are multiples of each other. */
export const tones = { caller: 440, agent: 700, party: 1_100, leader: 1_700 } as const;
export type Voice = keyof typeof tones;

/** Everything one party has heard since their phone was answered. */
export type Ear = () => ArrayLike<number>;

/** Weaker than this nobody speaks; the voices have an amplitude of 8,000 and more. */
const audible = 1_200;
const windowMs = 300;

/**
 * Each party hears exactly these voices. What was under way when the question was asked may take a
 * moment; from then on it has to hold for two looks in a row.
 */
export async function expectHeard<Name extends string>(
  ears: Record<Name, Ear>,
  wanted: Record<Name, readonly Voice[]>,
): Promise<void> {
  const giveUpAt = performance.now() + patienceMs;
  let found = await heardNow(ears);
  let right = 0;
  while (right < 2 && performance.now() < giveUpAt) {
    right = isSame(found, wanted) ? right + 1 : 0;
    if (right < 2) found = await heardNow(ears);
  }
  expect(found).toEqual(wanted);
}

/** No voice of these was ever heard in this stretch of sound, however briefly. */
export function neverHeard(heard: ArrayLike<number>, voice: Voice): void {
  const stretch = 400;
  let strongest = 0;
  for (let at = 0; at + stretch <= heard.length; at += stretch / 2) {
    const piece = Array.prototype.slice.call(heard, at, at + stretch);
    strongest = Math.max(strongest, strengthOf(piece, tones[voice]));
  }
  expect(strongest, `${voice} was heard`).toBeLessThan(audible);
}

async function heardNow<Name extends string>(
  ears: Record<Name, Ear>,
): Promise<Record<Name, Voice[]>> {
  const names = Object.keys(ears) as Name[];
  const from = names.map((name) => ears[name]().length);
  await pause(windowMs);
  const found = names.map((name, at): [Name, Voice[]] => {
    const piece = Array.prototype.slice.call(ears[name](), from[at]);
    return [name, voicesIn(piece)];
  });
  return Object.fromEntries(found) as Record<Name, Voice[]>;
}

function voicesIn(piece: ArrayLike<number>): Voice[] {
  const voices = Object.keys(tones) as Voice[];
  return voices.filter((voice) => strengthOf(piece, tones[voice]) > audible);
}

function isSame(found: unknown, wanted: unknown): boolean {
  return JSON.stringify(found) === JSON.stringify(wanted);
}
