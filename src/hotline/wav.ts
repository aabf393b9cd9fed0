import { AppError } from '../kit/errors.ts';
import type { Sound } from '../kit/sound.ts';

/** Lengths and rates a prompt may have; telephone speech has nothing above 8 kHz. */
const limits = { minRateHz: 8_000, maxRateHz: 48_000, minSeconds: 0.1, maxSeconds: 180 };

export interface Recorded {
  /** Both channels of a stereo file mixed into one. */
  sound: Sound;
  sampleRateHz: number;
  seconds: number;
}

interface Format {
  channels: number;
  sampleRateHz: number;
  readSample: (view: DataView, at: number) => number;
  sampleBytes: number;
}

/**
 * Reads an uploaded WAV by its content, whatever its name says: PCM of 8, 16, 24 or 32 bits or
 * floating point, one or two channels.
 * @throws AppError `bad-audio`
 */
export function readRecording(file: Buffer): Recorded {
  const chunks = chunksOf(file);
  const head = chunks.get('fmt ');
  const data = chunks.get('data');
  if (head === undefined || head.length < 16 || data === undefined) throw new AppError('bad-audio');
  const format = formatOf(head);
  const frameBytes = format.sampleBytes * format.channels;
  const frames = Math.floor(data.length / frameBytes);
  const seconds = frames / format.sampleRateHz;
  if (seconds < limits.minSeconds || seconds > limits.maxSeconds) throw new AppError('bad-audio');
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const sound = new Float64Array(frames);
  for (let frame = 0; frame < frames; frame++) {
    let sum = 0;
    for (let channel = 0; channel < format.channels; channel++) {
      sum += format.readSample(view, frame * frameBytes + channel * format.sampleBytes);
    }
    sound[frame] = sum / format.channels;
  }
  return { sound, sampleRateHz: format.sampleRateHz, seconds };
}

/** The chunks by name; a length beyond the end means: to the end. */
function chunksOf(file: Buffer): Map<string, Buffer> {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE') {
    throw new AppError('bad-audio');
  }
  const chunks = new Map<string, Buffer>();
  for (let at = 12; at + 8 <= file.length; ) {
    const length = file.readUInt32LE(at + 4);
    const name = file.toString('latin1', at, at + 4);
    if (!chunks.has(name)) chunks.set(name, file.subarray(at + 8, at + 8 + length));
    at += 8 + length + (length % 2);
  }
  return chunks;
}

const readers: Record<string, Pick<Format, 'readSample' | 'sampleBytes'>> = {
  'pcm-8': { sampleBytes: 1, readSample: (view, at) => (view.getUint8(at) - 128) / 128 },
  'pcm-16': { sampleBytes: 2, readSample: (view, at) => view.getInt16(at, true) / 32_768 },
  'pcm-24': {
    sampleBytes: 3,
    readSample: (view, at) => ((view.getInt8(at + 2) << 16) | view.getUint16(at, true)) / 8_388_608,
  },
  'pcm-32': { sampleBytes: 4, readSample: (view, at) => view.getInt32(at, true) / 2_147_483_648 },
  'float-32': {
    sampleBytes: 4,
    readSample(view, at) {
      const value = view.getFloat32(at, true);
      return Number.isFinite(value) ? value : 0;
    },
  },
};

function formatOf(head: Buffer): Format {
  const code = head.readUInt16LE(0);
  // The extensible form keeps the real code in the first two bytes of its subformat.
  const real = code === 0xfffe && head.length >= 26 ? head.readUInt16LE(24) : code;
  const kind = { 1: 'pcm', 3: 'float' }[real] ?? 'unknown';
  const reader = readers[`${kind}-${head.readUInt16LE(14)}`];
  const channels = head.readUInt16LE(2);
  const sampleRateHz = head.readUInt32LE(4);
  const isUsual = sampleRateHz >= limits.minRateHz && sampleRateHz <= limits.maxRateHz;
  if (reader === undefined || channels < 1 || channels > 2 || !isUsual) {
    throw new AppError('bad-audio');
  }
  return { channels, sampleRateHz, ...reader };
}
