import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { textFrame } from '../support/tcp-proxy.ts';

/** What becomes of a request: it is refused with a status, or carried out without an answer. */
export type Fate = 404 | 409 | 500 | 'no answer';

/** What the exchange is made to do. */
interface Unruly {
  /** Of a request, before it is passed on; null when nothing special does. */
  requests?: (method: string, path: string) => Fate | null;
  /** What becomes of an event: how late each copy comes, ms; none for one that is lost. */
  events?: (type: string) => readonly number[];
}

/** Stands between server and exchange and reads what passes: requests one by one, events one by one. */
export class AriMeddler {
  unruly: Unruly = {};
  /** How often something was done. */
  meddled = 0;
  readonly #server: Server;
  readonly #target: number;

  private constructor(server: Server, target: number) {
    this.#server = server;
    this.#target = target;
    server.on('upgrade', (asked, socket, head) => this.#carryEvents(asked, socket, head));
    server.on('request', (asked, reply) => {
      const { method = '', url = '' } = asked;
      const path = url.split('?')[0] ?? '';
      const fate = this.unruly.requests?.(method, path) ?? null;
      if (fate !== null) this.meddled += 1;
      if (typeof fate === 'number') {
        asked.resume();
        reply.writeHead(fate, { 'content-type': 'application/json' });
        return void reply.end('{"message":"meddled with"}');
      }
      const passed = request(
        { host: '127.0.0.1', port: target, method, path: url, headers: asked.headers },
        (answer) => {
          if (fate === 'no answer') return void answer.resume();
          reply.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(reply);
        },
      );
      passed.on('error', () => reply.destroy());
      asked.pipe(passed);
    });
  }

  static async open(target: number): Promise<AriMeddler> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new AriMeddler(server, target);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** The stream of events: what the server says passes as it is, what the exchange says word by word. */
  #carryEvents({ url, rawHeaders }: IncomingMessage, socket: Duplex, head: Buffer): void {
    const far = connect(this.#target, '127.0.0.1');
    const end = () => {
      socket.destroy();
      far.destroy();
    };
    for (const side of [socket, far]) side.on('error', end).on('close', end);
    const headers = [];
    for (let at = 0; at < rawHeaders.length; at += 2) {
      const name = rawHeaders[at] ?? '';
      // Packed words could not be read.
      if (!/^sec-websocket-extensions$/i.test(name)) headers.push(`${name}: ${rawHeaders[at + 1]}`);
    }
    far.write(`GET ${url} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
    far.write(head);
    socket.on('data', (data: Buffer) => far.write(data));
    let kept = Buffer.alloc(0);
    let isOpen = false;
    far.on('data', (data: Buffer) => {
      kept = Buffer.concat([kept, data]);
      if (!isOpen) {
        const at = kept.indexOf('\r\n\r\n');
        if (at < 0) return;
        isOpen = true;
        socket.write(kept.subarray(0, at + 4));
        kept = kept.subarray(at + 4);
      }
      for (let frame = frameOf(kept); frame; frame = frameOf(kept)) {
        kept = kept.subarray(frame.whole.length);
        this.#pass(socket, frame);
      }
    });
  }

  #pass(socket: Duplex, { whole, opcode, payload }: Frame): void {
    const text = payload.toString();
    const type = opcode === 1 ? (/"type":"(\w+)"/.exec(text)?.[1] ?? '') : '';
    const delays = type === '' ? [0] : (this.unruly.events?.(type) ?? [0]);
    if (delays.length !== 1 || delays[0] !== 0) this.meddled += 1;
    for (const delayMs of delays) {
      const send = () =>
        void (socket.destroyed || socket.write(type === '' ? whole : textFrame(text)));
      if (delayMs === 0) send();
      else setTimeout(send, delayMs);
    }
  }
}

interface Frame {
  whole: Buffer;
  opcode: number;
  payload: Buffer;
}

/** The first frame of what a server sent (RFC 6455 §5.2: no mask), once all of it is there. */
function frameOf(bytes: Buffer): Frame | null {
  if (bytes.length < 2) return null;
  const opcode = (bytes[0] ?? 0) & 0x0f;
  const short = (bytes[1] ?? 0) & 0x7f;
  const headBytes = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < headBytes) return null;
  const length =
    short === 126
      ? bytes.readUInt16BE(2)
      : short === 127
        ? Number(bytes.readBigUInt64BE(2))
        : short;
  if (bytes.length < headBytes + length) return null;
  const whole = bytes.subarray(0, headBytes + length);
  return { whole, opcode, payload: whole.subarray(headBytes) };
}
