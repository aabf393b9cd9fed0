import type { Sound } from '../kit/sound.ts';

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
