import type { WavShape } from '../src/kit/wav.ts';

/** What MixMonitor writes and what we keep: 8 kHz, 16 bit, two channels. */
export const recordingShape: WavShape = { channels: 2, sampleRateHz: 8_000 };
const sampleBytes = 2;

/** One moment: a sample of each side. */
export const frameBytes = recordingShape.channels * sampleBytes;
export const bytesPerSecond = recordingShape.sampleRateHz * frameBytes;

/**
 * Exchanges left and right, in place. A seat's leg records itself, so MixMonitor puts the agent
 * (what comes from the channel) left and the caller (what goes to it) right; we keep caller left.
 * @param samples whole frames
 */
export function swapSides(samples: Buffer): Buffer {
  for (let at = 0; at + frameBytes <= samples.length; at += frameBytes) {
    const left = samples.readInt16LE(at);
    samples.writeInt16LE(samples.readInt16LE(at + sampleBytes), at);
    samples.writeInt16LE(left, at + sampleBytes);
  }
  return samples;
}
