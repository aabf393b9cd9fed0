import { setImmediate as nextTurn } from 'node:timers/promises';
import { resample, toSamples } from '../kit/sound.ts';
import { wavOf } from '../kit/wav.ts';
import type { Recorded } from './wav.ts';

/** One slice takes a few milliseconds; calls are served between two of them. */
const SLICE_SECONDS = 2;

/**
 * A recording at another rate, as a mono 16-bit WAV. Works slice by slice, each with a second of its
 * neighbours, so that the filter sees no edge where there is none and callers notice nothing.
 */
export async function wavAt(
  recorded: Pick<Recorded, 'sound' | 'sampleRateHz'>,
  toHz: number,
): Promise<Buffer> {
  const { sound, sampleRateHz: fromHz } = recorded;
  const samples = new Int16Array(Math.floor((sound.length * toHz) / fromHz));
  for (let second = 0; second * toHz < samples.length; second += SLICE_SECONDS) {
    const first = Math.max(0, second - 1);
    const slice = sound.subarray(first * fromHz, (second + SLICE_SECONDS + 1) * fromHz);
    const made = toSamples(resample(slice, fromHz, toHz));
    const skip = (second - first) * toHz;
    const room = samples.length - second * toHz;
    samples.set(made.subarray(skip, skip + Math.min(SLICE_SECONDS * toHz, room)), second * toHz);
    await nextTurn();
  }
  return wavOf(samples, toHz);
}
