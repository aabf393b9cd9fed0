import { connect, createServer, type Server, type Socket } from 'node:net';

/** Something that passed between the server and Asterisk's HTTP port. */
export interface Passed {
  /** Of `performance.now()`. */
  atMs: number;
  /** A request, its reply, or a message of the event stream. */
  kind: 'request' | 'reply' | 'event';
  /** Tells the connections apart. */
  connection: number;
  /** `POST /ari/channels/…` of a request, the status line of a reply, the text of an event. */
  text: string;
}

/**
 * Listens in on ARI: stands between server and Asterisk, passes everything on unchanged and notes what
 * it was. Node's HTTP client begins every request with a write of its own, and so does Asterisk with
 * every reply: it is enough to look at how a piece begins.
 */
export class AriTap {
  /** Connections accepted so far. */
  connections = 0;
  /** Bytes of the event stream from Asterisk, with their framing. */
  eventBytes = 0;
  passed: Passed[] = [];
  readonly #server: Server;
  readonly #target: URL;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server, target: URL) {
    this.#server = server;
    this.#target = target;
    server.on('connection', (client) => this.#accept(client));
  }

  /** @param ariUrl Asterisk's. */
  static async open(ariUrl: string): Promise<AriTap> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new AriTap(server, new URL(ariUrl));
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return `http://127.0.0.1:${address.port}`;
  }

  /** Forgets what has passed. */
  reset(): void {
    this.connections = 0;
    this.eventBytes = 0;
    this.passed = [];
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #accept(client: Socket): void {
    this.connections += 1;
    const connection = this.connections;
    const server = connect(Number(this.#target.port), this.#target.hostname);
    let isEvents = false;
    this.#pass(client, server, (piece) => {
      const [request, path] = /^(?:GET|POST|PUT|DELETE) (\S+)/.exec(head(piece)) ?? [];
      if (request === undefined) return;
      if (path?.startsWith('/ari/events')) isEvents = true;
      else this.#note('request', connection, request);
    });
    this.#pass(server, client, (piece) => {
      const isReply = piece.toString('latin1', 0, 5) === 'HTTP/';
      if (isReply) return isEvents || this.#note('reply', connection, head(piece));
      if (!isEvents) return;
      this.eventBytes += piece.length;
      this.#note('event', connection, piece.toString('utf8'));
    });
  }

  #pass(from: Socket, to: Socket, look: (piece: Buffer) => void): void {
    this.#sockets.add(from);
    from.setNoDelay(true);
    from.on('data', (piece: Buffer) => {
      look(piece);
      to.write(piece);
    });
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
    from.on('error', () => to.destroy());
  }

  #note(kind: Passed['kind'], connection: number, text: string): void {
    this.passed.push({ atMs: performance.now(), kind, connection, text });
  }
}

/** The first line of a piece. */
function head(piece: Buffer): string {
  return piece.toString('latin1', 0, Math.min(piece.length, 600)).split('\r\n', 1)[0] ?? '';
}
