import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { FastifyReply } from 'fastify';
import { AppError } from '../kit/errors.ts';
import type { KeptRecording } from './records.ts';

/** A part of a file, both ends included. */
interface Part {
  start: number;
  end: number;
}

/** Sends a recording, or the one part of it that was asked for, so that a player can jump. */
export async function sendRecording(
  reply: FastifyReply,
  recording: KeptRecording,
  range: string | undefined,
): Promise<FastifyReply> {
  const file = await stat(recording.path).catch(() => null);
  if (file === null) throw new AppError('not-found');
  const part = partOf(range, file.size);
  reply.header('accept-ranges', 'bytes').header('cache-control', 'private, no-store');
  if (part === 'outside') {
    return reply
      .code(416)
      .header('content-range', `bytes */${String(file.size)}`)
      .send();
  }
  const { start, end } = part ?? { start: 0, end: file.size - 1 };
  if (part) {
    const where = `${String(start)}-${String(end)}/${String(file.size)}`;
    reply.code(206).header('content-range', `bytes ${where}`);
  }
  return reply
    .type('audio/wav')
    .header('etag', `"${recording.sha256}"`)
    .header('content-length', end - start + 1)
    .header('content-disposition', `inline; filename="${recording.id}.wav"`)
    .send(createReadStream(recording.path, { start, end }));
}

/**
 * The part a `Range` header asks for (RFC 9110 §14.2): undefined for the whole file, also when the
 * header is not understood or asks for several parts; `outside` when nothing of it exists.
 */
export function partOf(range: string | undefined, size: number): Part | 'outside' | undefined {
  const [whole, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range ?? '') ?? [];
  if (whole === undefined || (from === '' && to === '')) return undefined;
  if (from === '') {
    const length = Math.min(Number(to), size);
    return length === 0 ? 'outside' : { start: size - length, end: size - 1 };
  }
  const start = Number(from);
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (start >= size) return 'outside';
  return start > end ? undefined : { start, end };
}
