import { type FileHandle, open, readFile, rename, writeFile } from 'node:fs/promises';
import { AppError } from '../kit/errors.ts';
import { type Peaks, peaksSchema } from './schema.ts';

const SLICES = 800;
/** Read at once: 2 s of 8 kHz stereo, well under a millisecond of counting. */
const CHUNK_SAMPLES = 32_768;
const FULL_SCALE = 32_768;

/** Where the samples of a WAV file lie and how to read them. */
interface WavFormat {
  channels: number;
  rate: number;
  dataAt: number;
  frames: number;
}

/**
 * Outlines of recordings: computed once, then kept beside the audio as JSON. A recording asked for
 * twice at the same time is read once.
 */
export function createPeaksReader(): (path: string) => Promise<Peaks> {
  const underway = new Map<string, Promise<Peaks>>();
  return (path) => {
    const known = underway.get(path);
    if (known) return known;
    const reading = cachedPeaks(path).finally(() => underway.delete(path));
    underway.set(path, reading);
    return reading;
  };
}

/** Where the outline of a recording is kept. */
export function peaksPath(path: string): string {
  return `${path}.peaks.json`;
}

async function cachedPeaks(path: string): Promise<Peaks> {
  const kept = await readFile(peaksPath(path), 'utf8').then(parsePeaks, () => undefined);
  if (kept) return kept;
  const peaks = await computePeaks(path);
  // Written aside and renamed, so that nobody reads half of it. A full disk only costs the cache.
  const aside = `${peaksPath(path)}.part`;
  await writeFile(aside, JSON.stringify(peaks))
    .then(() => rename(aside, peaksPath(path)))
    .catch(() => {});
  return peaks;
}

function parsePeaks(text: string): Peaks | undefined {
  try {
    return peaksSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/**
 * The loudest sample of each slice, left and right, 0 to 1, read in a stream of small chunks.
 *
 * @throws AppError `not-found` when there is no such file, `bad-audio` when it is no 16-bit PCM WAV
 *   with one or two channels
 */
async function computePeaks(path: string): Promise<Peaks> {
  const file = await open(path).catch((error: unknown) => {
    throw isMissing(error) ? new AppError('not-found') : error;
  });
  try {
    const format = await readFormat(file);
    const slices = Math.min(SLICES, format.frames);
    const loudest = [new Float64Array(slices), new Float64Array(slices)];
    for await (const { samples, firstFrame } of chunks(file, format)) {
      for (let at = 0; at < samples.length; at += 1) {
        const frame = firstFrame + Math.floor(at / format.channels);
        const slice = Math.floor((frame * slices) / format.frames);
        const side = loudest[at % format.channels];
        const level = Math.abs(samples[at] ?? 0);
        if (side && level > (side[slice] ?? 0)) side[slice] = level;
      }
    }
    const [left, right] = loudest.map((side) => Array.from(side, toUnit));
    const durationMs = Math.round((format.frames * 1_000) / format.rate);
    return { durationMs, left: left ?? [], right: format.channels === 2 ? (right ?? []) : [] };
  } finally {
    await file.close();
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function toUnit(level: number): number {
  return Math.round((level * 1_000) / FULL_SCALE) / 1_000;
}

async function* chunks(file: FileHandle, { channels, dataAt, frames }: WavFormat) {
  const buffer = new Int16Array(CHUNK_SAMPLES);
  const frameBytes = channels * 2;
  let firstFrame = 0;
  while (firstFrame < frames) {
    const wanted = Math.min(buffer.byteLength, (frames - firstFrame) * frameBytes);
    const position = dataAt + firstFrame * frameBytes;
    const { bytesRead } = await file.read(new Uint8Array(buffer.buffer), 0, wanted, position);
    const got = Math.floor(bytesRead / frameBytes);
    if (got === 0) return;
    yield { samples: buffer.subarray(0, got * channels), firstFrame };
    firstFrame += got;
  }
}

/** Walks the chunks of a WAV file to its samples. */
async function readFormat(file: FileHandle): Promise<WavFormat> {
  const { size } = await file.stat();
  const head = await readAt(file, 0, 12);
  if (head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8, 12) !== 'WAVE') {
    throw new AppError('bad-audio');
  }
  let channels = 0;
  let rate = 0;
  for (let at = 12; at + 8 <= size; ) {
    const chunk = await readAt(file, at, 8);
    const name = chunk.toString('latin1', 0, 4);
    const bytes = chunk.readUInt32LE(4);
    if (name === 'fmt ') {
      const fmt = await readAt(file, at + 8, 16);
      channels = fmt.readUInt16LE(2);
      rate = fmt.readUInt32LE(4);
      if (fmt.readUInt16LE(14) !== 16 || channels < 1 || channels > 2) break;
    }
    if (name === 'data' && rate > 0) {
      const there = Math.min(bytes, size - at - 8);
      return { channels, rate, dataAt: at + 8, frames: Math.floor(there / (channels * 2)) };
    }
    at += 8 + bytes + (bytes % 2);
  }
  throw new AppError('bad-audio');
}

async function readAt(file: FileHandle, position: number, bytes: number): Promise<Buffer> {
  const buffer = Buffer.alloc(bytes);
  const { bytesRead } = await file.read(buffer, 0, bytes, position);
  if (bytesRead < bytes) throw new AppError('bad-audio');
  return buffer;
}
