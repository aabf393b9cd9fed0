/** What MixMonitor writes and what we keep: 8 kHz, 16 bit, two channels. */
const rate = 8_000;
const channels = 2;
const sampleBytes = 2;

/** One moment: a sample of each side. */
export const frameBytes = channels * sampleBytes;
export const bytesPerSecond = rate * frameBytes;

/** The 44 bytes before `dataBytes` of samples. */
export function wavHeader(dataBytes: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(bytesPerSecond, 28);
  header.writeUInt16LE(frameBytes, 32);
  header.writeUInt16LE(sampleBytes * 8, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

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
