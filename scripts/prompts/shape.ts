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

/** One sound after the other with a pause between them. */
export function joinSounds(sounds: readonly Sound[], pauseSamples: number): Sound {
  const length = sounds.reduce((sum, sound) => sum + sound.length, 0);
  const joined = new Float64Array(length + pauseSamples * Math.max(0, sounds.length - 1));
  let at = 0;
  for (const sound of sounds) {
    joined.set(sound, at);
    at += sound.length + pauseSamples;
  }
  return joined;
}

/** Zero crossings of the sinc on each side: the filter falls to -50 dB well before the new limit. */
const filterWidth = 24;

/**
 * Changes the sample rate downwards with a windowed sinc, so that nothing folds back. The two rates
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

/** Speech of every prompt has this level, relative to full scale (telephone practice, G.100.1). */
const targetLevelDb = -20;
const peakLimit = 0.89;
const frameSeconds = 0.02;

/**
 * Brings speech to one loudness: the level of the frames in which somebody speaks, with the peaks
 * kept below the limit. Leading and trailing silence is cut to a breath.
 */
export function levelSpeech(sound: Sound, sampleRateHz: number): Sound {
  const frame = Math.round(frameSeconds * sampleRateHz);
  const powers: number[] = [];
  for (let at = 0; at + frame <= sound.length; at += frame) {
    powers.push(powerOf(sound.subarray(at, at + frame)));
  }
  const threshold = Math.max(...powers, 0) / 1_000;
  const speaking = powers.filter((power) => power > threshold);
  if (speaking.length === 0) return sound;
  const first = powers.findIndex((power) => power > threshold);
  const last = powers.findLastIndex((power) => power > threshold);
  const cut = sound.slice(Math.max(0, (first - 2) * frame), (last + 5) * frame);
  const level = Math.sqrt(speaking.reduce((sum, power) => sum + power, 0) / speaking.length);
  const peak = cut.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const gain = Math.min(10 ** (targetLevelDb / 20) / level, peakLimit / peak);
  return cut.map((value) => value * gain);
}

function powerOf(frame: Sound): number {
  return frame.reduce((sum, value) => sum + value * value, 0) / frame.length;
}
