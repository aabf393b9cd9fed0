/** Sound as numbers between -1 and 1. */
export type Sound = Float64Array;

export function toSound(samples: Int16Array): Sound {
  return Float64Array.from(samples, (sample) => sample / 32_768);
}

export function toSamples(sound: Sound): Int16Array {
  return Int16Array.from(sound, (value) =>
    Math.round(Math.max(-1, Math.min(0.999_97, value)) * 32_768),
  );
}

/** Zero crossings of the sinc on each side: the filter falls to -50 dB well before the new limit. */
const filterWidth = 24;

/**
 * Changes the sample rate with a windowed sinc, so that nothing folds back. The two rates
 * meet again and again at the same few phases, so each phase's filter is computed once.
 */
export function resample(sound: Sound, fromHz: number, toHz: number): Sound {
  const step = fromHz / greatestCommonDivisor(fromHz, toHz);
  const phases = toHz / greatestCommonDivisor(fromHz, toHz);
  const cutoff = Math.min(1, toHz / fromHz) * 0.94;
  const reach = Math.ceil(filterWidth / cutoff);
  const filters = Array.from({ length: phases }, (_, phase) =>
    Float64Array.from({ length: 2 * reach }, (_, tap) =>
      windowedSinc(phase / phases - (tap - reach + 1), cutoff, reach + 1),
    ),
  );
  const result = new Float64Array(Math.floor((sound.length * toHz) / fromHz));
  for (let i = 0; i < result.length; i++) {
    const first = Math.floor((i * step) / phases) - reach + 1;
    result[i] = weigh(sound, first, filters[(i * step) % phases] ?? new Float64Array());
  }
  return result;
}

function weigh(sound: Sound, first: number, filter: Float64Array): number {
  let sum = 0;
  const end = Math.min(filter.length, sound.length - first);
  for (let tap = Math.max(0, -first); tap < end; tap++) {
    sum += (sound[first + tap] ?? 0) * (filter[tap] ?? 0);
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function windowedSinc(offset: number, cutoff: number, reach: number): number {
  if (Math.abs(offset) < 1e-9) return cutoff;
  const angle = Math.PI * offset;
  const hann = 0.5 + 0.5 * Math.cos(angle / reach);
  return (Math.sin(angle * cutoff) / angle) * hann;
}
