export interface HttpReply {
  status: number;
  text: string;
}

const headEnd = '\r\n\r\n';

/**
 * Reads a whole reply; null while some of it is missing. `isLast`: the connection ends with it.
 * @throws Error for what is no HTTP/1.1 reply with a length
 */
export function readReply(data: Buffer): { reply: HttpReply; isLast: boolean } | null {
  const end = data.indexOf(headEnd);
  if (end === -1) return null;
  const head = data.toString('latin1', 0, end);
  const [, version, status] = /^HTTP\/1\.(\d) (\d{3})/.exec(head) ?? [];
  if (status === undefined) throw new Error('not an HTTP reply');
  const body = bodyOf(head, data, end + headEnd.length, status);
  if (body === null) return null;
  const isLast = version === '0' || /\r\nconnection: *close/i.test(head);
  return { reply: { status: Number(status), text: body }, isLast };
}

/** How many bytes there must be before it is worth looking again. */
export function lengthNeeded(data: Buffer): number {
  const end = data.indexOf(headEnd);
  if (end === -1) return 0;
  return end + headEnd.length + (lengthIn(data.toString('latin1', 0, end)) ?? 0);
}

function lengthIn(head: string): number | null {
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  return length === undefined ? null : Number(length);
}

function bodyOf(head: string, data: Buffer, from: number, status: string): string | null {
  const length = lengthIn(head);
  if (length !== null) {
    return data.length < from + length ? null : data.toString('utf8', from, from + length);
  }
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) return chunksOf(data, from);
  if (status === '204') return '';
  throw new Error('a reply without a length');
}

/** A body in pieces, each with its length before it; null while some are missing. */
function chunksOf(data: Buffer, from: number): string | null {
  const chunks: Buffer[] = [];
  for (let at = from; ; ) {
    const lineEnd = data.indexOf('\r\n', at);
    if (lineEnd === -1) return null;
    const size = Number.parseInt(data.toString('latin1', at, lineEnd), 16);
    if (Number.isNaN(size)) throw new Error('a chunk without a length');
    const begin = lineEnd + 2;
    if (data.length < begin + size + 2) return null;
    if (size === 0) return Buffer.concat(chunks).toString();
    chunks.push(data.subarray(begin, begin + size));
    at = begin + size + 2;
  }
}
