import { connect, createServer, type Server, type Socket } from 'node:net';

interface Pair {
  client: Socket;
  server: Socket;
  isWebSocket: boolean;
}

/**
 * A wire that can fail: stands between a client and a server on the loopback and cuts, stalls,
 * refuses or answers by itself.
 */
export class TcpProxy {
  /** Connections accepted so far, and the most at one time. */
  accepted = 0;
  mostAtOnce = 0;
  /** Everything clients have sent, for looking up what was asked. */
  sent = '';
  readonly #server: Server;
  readonly #target: number;
  readonly #pairs = new Set<Pair>();
  #mode: 'pass' | 'stall' | 'refuse' = 'pass';
  #canned: string | undefined;

  private constructor(server: Server, target: number) {
    this.#server = server;
    this.#target = target;
    server.on('connection', (client) => this.#accept(client));
  }

  static async open(targetPort: number): Promise<TcpProxy> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new TcpProxy(server, targetPort);
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return `http://127.0.0.1:${address.port}`;
  }

  /** All is well again; what was held back while stalled is delivered. */
  pass(): void {
    this.#mode = 'pass';
    this.#canned = undefined;
    for (const { client, server } of this.#pairs) {
      client.resume();
      server.resume();
    }
  }

  /** Connections stay and are accepted, but nothing passes. */
  stall(): void {
    this.#mode = 'stall';
    for (const { client, server } of this.#pairs) {
      client.pause();
      server.pause();
    }
  }

  /** New connections are reset; see `cut` for those that exist. */
  refuse(): void {
    this.#mode = 'refuse';
  }

  /** Answers every new connection with this text instead of asking the server. */
  answerWith(text: string): void {
    this.#canned = text;
  }

  /** Resets every connection. */
  cut(): void {
    for (const { client, server } of this.#pairs) {
      client.resetAndDestroy();
      server.destroy();
    }
    this.#pairs.clear();
  }

  /** Puts a text message into every WebSocket, as if the server had sent it. */
  injectMessage(text: string): void {
    const frame = textFrame(text);
    for (const { client, isWebSocket } of this.#pairs) if (isWebSocket) client.write(frame);
  }

  async close(): Promise<void> {
    this.refuse();
    this.cut();
    await new Promise((done) => this.#server.close(done));
  }

  #accept(client: Socket): void {
    client.on('error', () => {});
    this.accepted += 1;
    if (this.#mode === 'refuse') {
      client.resetAndDestroy();
      return;
    }
    if (this.#canned !== undefined) {
      const canned = this.#canned;
      client.once('data', () => client.end(canned, () => client.destroySoon()));
      return;
    }
    const server = connect(this.#target, '127.0.0.1');
    const pair: Pair = { client, server, isWebSocket: false };
    this.#pairs.add(pair);
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#pairs.size);
    client.on('data', (data) => {
      const text = data.toString('latin1');
      this.sent += text;
      if (/^upgrade: websocket/im.test(text)) pair.isWebSocket = true;
      server.write(data);
    });
    server.on('data', (data) => client.write(data));
    server.on('error', () => client.destroy());
    const end = () => {
      this.#pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    client.on('close', end);
    server.on('close', end);
    if (this.#mode === 'stall') this.stall();
  }
}

/** A WebSocket text frame as servers send it: one fragment, no mask (RFC 6455 §5.2). */
export function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const short = payload.length < 126;
  const head = Buffer.alloc(short ? 2 : 4);
  head[0] = 0x81;
  head[1] = short ? payload.length : 126;
  if (!short) head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}
