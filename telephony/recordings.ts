import { createHash, type Hash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative } from 'node:path';
import type { FinishedRecording, Recordings } from '../src/calls/ports.ts';
import { sleep } from '../src/kit/abort.ts';
import type { Clock } from '../src/kit/clock.ts';
import type { Log } from '../src/kit/log.ts';
import { WAV_HEADER_BYTES, wavHeader } from '../src/kit/wav.ts';
import { plain } from './ring-seat.ts';
import { bytesPerSecond, frameBytes, recordingShape, swapSides } from './wav.ts';

type Written = Pick<FinishedRecording, 'sha256' | 'durationMs' | 'bytes'>;

export interface RecordingsOptions {
  /** Where Asterisk's MixMonitor writes `<recording id>.raw`. */
  spoolFolder: string;
  /** Where finished recordings are kept, by day. */
  recordingsFolder: string;
  clock: Clock;
  log: Log;
}

/** Asterisk writes the last samples a moment after the channel's end. */
const quietMs = 100;
const quietLimitMs = 5_000;
/** Hotline days are Chinese days (no summer time since 1991). */
const chinaOffsetMs = 8 * 3_600_000;
const chunkBytes = 64 * 1024;

/** Recordings on disk; see `Recordings`. A file is complete before it has its name. */
export function createRecordings(options: RecordingsOptions): Recordings {
  const { spoolFolder, recordingsFolder, clock, log } = options;
  const rawOf = (recordingId: string) => join(spoolFolder, `${plain(recordingId)}.raw`);
  const pathOf = (file: string) => below(recordingsFolder, file);
  /** Found lying there at the start: what comes of them was put together after a crash. */
  const leftovers = new Set<string>();

  return {
    async finish(recordingId, startedAt) {
      const raw = rawOf(recordingId);
      const day = new Date(startedAt + chinaOffsetMs).toISOString().slice(0, 10);
      const file = join(...day.split('-'), `${recordingId}.wav`);
      if (!existsSync(raw) && existsSync(pathOf(file))) {
        log.warn(
          { recordingId },
          'a recording was ready when its server ended, and is taken as it is',
        );
        return { file, ...(await readWav(pathOf(file))), repaired: true };
      }
      const rawBytes = await settledSize(raw, clock);
      const kept = await writeWav(raw, rawBytes, pathOf(file)).catch(async (error: unknown) => {
        // On a full disk a half file would only take room from the rest.
        await rm(`${pathOf(file)}.part`, { force: true });
        throw error;
      });
      await unlink(raw);
      const repaired = leftovers.delete(recordingId);
      if (repaired) log.warn({ recordingId }, 'a recording was put together after a crash');
      return { file, ...kept, repaired };
    },
    async unfinished(stillRunning = new Set()) {
      const names = await readdir(spoolFolder).catch(() => []);
      for (const name of names) {
        const recordingId = /^([A-Za-z0-9_-]{1,64})\.raw$/.exec(name)?.[1];
        if (recordingId === undefined || stillRunning.has(recordingId)) continue;
        leftovers.add(recordingId);
      }
      return [...leftovers];
    },
    pathOf,
    async remove(file) {
      await rm(pathOf(file), { force: true });
    },
  };
}

/** Resolves a path below `folder`. @throws TypeError when it would lead anywhere else. */
function below(folder: string, file: string): string {
  const path = join(folder, file);
  const inside = relative(folder, path);
  if (isAbsolute(file) || inside === '' || inside.startsWith('..')) {
    throw new TypeError('not a file below the recordings folder');
  }
  return path;
}

/** The size of a file once it has stopped growing. @throws when there is nothing in it. */
async function settledSize(file: string, clock: Clock): Promise<number> {
  const never = new AbortController().signal;
  let size = (await stat(file)).size;
  for (let waitedMs = 0; waitedMs < quietLimitMs; waitedMs += quietMs) {
    await sleep(clock, quietMs, never);
    const now = (await stat(file)).size;
    if (now === size) break;
    size = now;
  }
  if (size < frameBytes) throw new Error('the recording is empty');
  return size;
}

/** A disk that is nearly full may take a part. */
async function writeAll(sink: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await sink.write(bytes, at)).bytesWritten;
}

/** What `writeWav` said of a file it wrote. */
async function readWav(file: string): Promise<Written> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return written(hash, bytes - WAV_HEADER_BYTES);
}

function written(hash: Hash, dataBytes: number): Written {
  return {
    sha256: hash.digest('hex'),
    durationMs: Math.round((dataBytes / bytesPerSecond) * 1000),
    bytes: WAV_HEADER_BYTES + dataBytes,
  };
}

/**
 * Writes the WAV beside its final place and renames it, hashing on the way. An incomplete frame at
 * the end, as a crash leaves it, is dropped.
 */
async function writeWav(raw: string, rawBytes: number, target: string): Promise<Written> {
  const dataBytes = rawBytes - (rawBytes % frameBytes);
  const part = `${target}.part`;
  await mkdir(dirname(target), { recursive: true });
  const hash = createHash('sha256');
  await using source = await open(raw, 'r');
  await using sink = await open(part, 'w', 0o640);
  const write = async (bytes: Buffer) => {
    hash.update(bytes);
    await writeAll(sink, bytes);
  };
  await write(wavHeader(recordingShape, dataBytes));
  const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, dataBytes));
  for (let at = 0; at < dataBytes; ) {
    const wanted = Math.min(chunk.length, dataBytes - at);
    const { bytesRead } = await source.read(chunk, 0, wanted, at);
    const whole = bytesRead - (bytesRead % frameBytes);
    if (whole === 0) throw new Error('the recording became shorter');
    await write(swapSides(chunk.subarray(0, whole)));
    at += whole;
  }
  await sink.sync();
  await rename(part, target);
  return written(hash, dataBytes);
}
