import net from 'node:net';
import tls from 'node:tls';
import { type Deferred, deferred } from '../src/kit/abort.ts';
import { AriError } from './ari-error.ts';
import { type HttpReply, lengthNeeded, readReply } from './http-reply.ts';

export interface HttpRequest {
  method: string;
  /** With its query. */
  path: string;
  /** Without length and host, which are added. */
  headers: Readonly<Record<string, string>>;
  body?: string | undefined;
}

/** Connections that are kept: one is opened only when all are in use. */
export interface HttpPool {
  /** Rejects when there is no whole answer within the time limit. */
  send(request: HttpRequest): Promise<HttpReply>;
  /** No further request leaves; resolves when those under way are answered. */
  close(): Promise<void>;
}

/**
 * HTTP/1.1 as far as Asterisk speaks it, without Node's client: that one spends more processor time on
 * the few short requests of a call than everything else that is done for the call.
 */
export function openPool(baseUrl: string, silentMs: number): HttpPool {
  const base = new URL(baseUrl);
  const all = new Set<Connection>();
  const idle: Connection[] = [];
  const underWay = new Set<Promise<unknown>>();
  let isClosed = false;

  function open(): Connection {
    const connection = new Connection(connect(base), silentMs, () => all.delete(connection));
    all.add(connection);
    return connection;
  }

  async function exchange(text: string): Promise<HttpReply> {
    let connection = idle.pop();
    while (connection?.isUsable === false) connection = idle.pop();
    connection ??= open();
    const reply = await connection.send(text);
    if (connection.isUsable) idle.push(connection);
    return reply;
  }

  return {
    async send(request) {
      if (isClosed) throw new AriError(0, 'closed');
      const reply = exchange(textOf(base.host, request));
      underWay.add(reply);
      try {
        return await reply;
      } finally {
        underWay.delete(reply);
      }
    },
    async close() {
      isClosed = true;
      await Promise.allSettled(underWay);
      for (const connection of all) connection.close();
    },
  };
}

function connect({ protocol, hostname, port }: URL): net.Socket {
  const isSecure = protocol === 'https:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const to = { host, port: Number(port) || (isSecure ? 443 : 80), noDelay: true };
  if (!isSecure) return net.connect(to);
  return tls.connect({ ...to, ...(net.isIP(host) === 0 && { servername: host }) });
}

const withBody = new Set(['POST', 'PUT']);

function textOf(host: string, { method, path, headers, body }: HttpRequest): string {
  let head = `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: keep-alive\r\n`;
  for (const [name, value] of Object.entries(headers)) head += `${name}: ${value}\r\n`;
  if (body !== undefined) head += `Content-Length: ${Buffer.byteLength(body)}\r\n`;
  else if (withBody.has(method)) head += 'Content-Length: 0\r\n';
  return `${head}\r\n${body ?? ''}`;
}

/** One connection, with one request at a time. */
class Connection {
  isUsable = true;
  readonly #socket: net.Socket;
  #waiting: Deferred<HttpReply> | null = null;
  #parts: Buffer[] = [];
  #size = 0;
  #needed = 0;

  /** Closed by us when nothing is heard for `silentMs`: before Asterisk closes it (15 s by default). */
  constructor(socket: net.Socket, silentMs: number, onGone: () => void) {
    this.#socket = socket;
    socket.setTimeout(silentMs, () => socket.destroy(new Error(`silent for ${silentMs} ms`)));
    socket.on('data', (piece: Buffer) => this.#hear(piece));
    socket.on('error', (error) => this.#fail(error));
    for (const end of ['end', 'close']) {
      socket.on(end, () => this.#fail(new Error('the connection was closed')));
    }
    socket.on('close', onGone);
  }

  /** What is sent leaves in a later turn of the loop: what was stored in this one is on the disk by then. */
  send(text: string): Promise<HttpReply> {
    const waiting = deferred<HttpReply>();
    this.#waiting = waiting;
    process.nextTick(() => this.#socket.write(text));
    return waiting.promise;
  }

  close(): void {
    this.#socket.destroy();
  }

  #hear(piece: Buffer): void {
    this.#parts.push(piece);
    this.#size += piece.length;
    if (this.#size < this.#needed) return;
    const data = this.#parts.length === 1 ? piece : Buffer.concat(this.#parts);
    try {
      const read = readReply(data);
      if (read) return this.#tell(read.reply, read.isLast);
      this.#parts = [data];
      this.#needed = lengthNeeded(data);
    } catch (error) {
      this.#fail(error);
    }
  }

  #tell(reply: HttpReply, isLast: boolean): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    this.#parts = [];
    this.#size = 0;
    this.#needed = 0;
    if (isLast || !waiting) this.#end();
    waiting?.resolve(reply);
  }

  #fail(error: unknown): void {
    this.#end();
    this.#waiting?.reject(error);
    this.#waiting = null;
  }

  #end(): void {
    this.isUsable = false;
    this.#socket.destroy();
  }
}
