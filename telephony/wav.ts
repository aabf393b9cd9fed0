import type { WavShape } from '../src/kit/wav.ts';

/** What MixMonitor writes and what we keep: 8 kHz, 16 bit, two channels. */
export const recordingShape: WavShape = { channels: 2, sampleRateHz: 8_000 };
/** One moment: a sample of each side, two bytes each. */
export const frameBytes = recordingShape.channels * 2;
export const bytesPerSecond = recordingShape.sampleRateHz * frameBytes;

/**
 * Exchanges left and right, in place. A seat's leg records itself, so MixMonitor puts the agent
 * (what comes from the channel) left and the caller (what goes to it) right; we keep caller left.
 * @param samples whole frames
 */
export function swapSides(samples: Buffer): Buffer {
  // The four bytes of a frame backwards, then each sample's two bytes forwards again.
  return samples.swap32().swap16();
}
