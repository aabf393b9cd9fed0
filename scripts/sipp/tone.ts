/** Telephone sound throughout: 16-bit samples at 8 kHz. */
export const phoneRateHz = 8_000;

/** A steady tone, 10 dB below full scale. */
export function toneOf(frequencyHz: number, seconds: number): Int16Array {
  const length = Math.round(seconds * phoneRateHz);
  return Int16Array.from({ length }, (_, i) =>
    Math.round(10_000 * Math.sin((2 * Math.PI * frequencyHz * i) / phoneRateHz)),
  );
}

/**
 * How much of a sound is this one tone, from 0 to 1 (Goertzel's algorithm). Silence has none.
 * @param sampleRateHz 8 kHz unless said otherwise.
 */
export function shareOfTone(
  samples: Int16Array,
  frequencyHz: number,
  sampleRateHz = phoneRateHz,
): number {
  const energy = samples.reduce((sum, sample) => sum + sample * sample, 0);
  if (energy === 0) return 0;
  const factor = 2 * Math.cos((2 * Math.PI * frequencyHz) / sampleRateHz);
  let before = 0;
  let last = 0;
  for (const sample of samples) [before, last] = [last, sample + factor * last - before];
  const power = before * before + last * last - factor * before * last;
  return (2 * power) / (samples.length * energy);
}
