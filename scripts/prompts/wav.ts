/**
 * Reads a mono WAV with 16-bit samples; other chunks than `fmt ` and `data` are skipped. A length
 * beyond the end of the file, as a program writes that streams, means: to the end.
 */
export function readWav(file: Buffer): { samples: Int16Array; sampleRateHz: number } {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE') {
    throw new Error('not a WAV file');
  }
  let sampleRateHz = 0;
  for (let at = 12; at + 8 <= file.length; ) {
    const name = file.toString('latin1', at, at + 4);
    const length = file.readUInt32LE(at + 4);
    const body = file.subarray(at + 8, at + 8 + length);
    if (name === 'fmt ') {
      const isPlain = body.readUInt16LE(0) === 1 && body.readUInt16LE(14) === 16;
      if (!isPlain || body.readUInt16LE(2) !== 1) throw new Error('not 16-bit mono PCM');
      sampleRateHz = body.readUInt32LE(4);
    }
    if (name === 'data') return { samples: int16(body), sampleRateHz };
    at += 8 + length + (length % 2);
  }
  throw new Error('a WAV file without samples');
}

function int16(bytes: Buffer): Int16Array {
  const samples = new Int16Array(Math.floor(bytes.length / 2));
  for (let i = 0; i < samples.length; i++) samples[i] = bytes.readInt16LE(i * 2);
  return samples;
}

/** One sample as G.711 A-law (ITU-T G.711, table 1a). */
function alawByte(sample: number): number {
  const sign = sample >= 0 ? 0x80 : 0;
  const magnitude = Math.min(sample >= 0 ? sample : -sample - 1, 32_635) >> 4;
  const exponent = magnitude < 16 ? 0 : 28 - Math.clz32(magnitude);
  const mantissa = exponent === 0 ? magnitude : magnitude >> (exponent - 1);
  return (sign | (exponent << 4) | (mantissa & 0x0f)) ^ 0x55;
}

/** 8 kHz samples as A-law, the form trunks in China carry: no transcoding while it plays. */
export function alawOf(samples: Int16Array): Buffer {
  return Buffer.from(Uint8Array.from(samples, alawByte));
}

/** One A-law byte as a 16-bit sample. */
function alawSample(byte: number): number {
  const code = byte ^ 0x55;
  const exponent = (code >> 4) & 0x07;
  const mantissa = ((code & 0x0f) << 4) + 8;
  const magnitude = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
  return code & 0x80 ? magnitude : -magnitude;
}

/** A-law as 16-bit samples at 8 kHz. */
export function samplesOfAlaw(bytes: Buffer): Int16Array {
  return Int16Array.from(bytes, alawSample);
}
