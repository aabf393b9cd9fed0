/** Bytes before the samples of the files we write. */
export const WAV_HEADER_BYTES = 44;

const SAMPLE_BYTES = 2;

/** How the samples of a file lie: 16-bit, interleaved when there are two channels. */
export interface WavShape {
  channels: 1 | 2;
  sampleRateHz: number;
}

/** The header of a WAV with 16-bit samples, to stand before `dataBytes` of them. */
export function wavHeader({ channels, sampleRateHz }: WavShape, dataBytes: number): Buffer {
  const frameBytes = channels * SAMPLE_BYTES;
  const header = Buffer.alloc(WAV_HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(WAV_HEADER_BYTES - 8 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(sampleRateHz, 24);
  header.writeUInt32LE(sampleRateHz * frameBytes, 28);
  header.writeUInt16LE(frameBytes, 32);
  header.writeUInt16LE(SAMPLE_BYTES * 8, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/** A whole mono WAV. */
export function wavOf(samples: Int16Array, sampleRateHz: number): Buffer {
  const data = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  return Buffer.concat([wavHeader({ channels: 1, sampleRateHz }, data.byteLength), data]);
}
