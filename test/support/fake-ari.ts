import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import {
  type AriOperation,
  type AriOperationName,
  ariOperations,
} from '../../telephony/ari-operations.ts';
import { textFrame } from './tcp-proxy.ts';

export interface FakeRequest {
  operation: AriOperationName;
  params: Record<string, string>;
  body: unknown;
}

/** What the fake does with a request: a reply, or one of the ways to misbehave. */
export type FakeAnswer = { status: number; body?: unknown } | 'never-answer' | 'reset' | 'bad-json';

type Answerer = (request: FakeRequest) => FakeAnswer | undefined;

/** A channel in the shape Asterisk describes one. */
export function fakeChannel(id: string, args = 'caller,12345', state = 'Ring') {
  return {
    id,
    name: `PJSIP/loopback-${id}`,
    state,
    creationtime: '2026-01-05T08:00:00.000+0000',
    caller: { name: '', number: '13800001234' },
    connected: { name: '', number: '' },
    dialplan: {
      context: 'from-trunk',
      exten: '12345',
      app_name: 'Stasis',
      app_data: `yihao,${args}`,
    },
  };
}

/**
 * Asterisk's HTTP and event stream as far as the link speaks them, without telephones. It describes
 * its own API as Asterisk does, keeps a list of channels, and misbehaves on request.
 */
export class FakeAri {
  readonly user = 'yihao';
  readonly password: string;
  readonly channels = new Map<string, ReturnType<typeof fakeChannel>>();
  /** Every request that reached the API, in order. */
  readonly requests: FakeRequest[] = [];
  startedAt = '2026-01-05T00:00:00.000+0000';
  version = '22.10.1';
  /** Asked before the fake's own answers. */
  answer: Answerer = () => undefined;
  /** Breaks the description of the API that ari-client reads when it connects. */
  documents: 'bad-json' | undefined;
  /** Answers no ping any more, and sends nothing. */
  isSilent = false;
  readonly #server: Server;
  readonly #streams = new Set<Socket>();
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server, password: string) {
    this.password = password;
    this.#server = server;
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    server.on('request', (request, reply) => void this.#onRequest(request, reply));
    server.on('upgrade', (request, socket) => this.#onUpgrade(request, socket as Socket));
  }

  static async start(password = 'fake-secret'): Promise<FakeAri> {
    const server = createServer({ keepAliveTimeout: 60_000 });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new FakeAri(server, password);
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return address.port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Sends an event, or any text, on every stream. */
  emit(event: object | string): void {
    if (this.isSilent) return;
    const frame = textFrame(typeof event === 'string' ? event : JSON.stringify(event));
    for (const stream of this.#streams) stream.write(frame);
  }

  /** A caller enters the application. */
  bring(id: string): void {
    const channel = fakeChannel(id);
    this.channels.set(id, channel);
    const timestamp = new Date().toISOString();
    this.emit({ type: 'StasisStart', timestamp, args: ['caller', '12345'], channel });
  }

  /** A caller hangs up. */
  takeAway(id: string): void {
    const channel = this.channels.get(id);
    this.channels.delete(id);
    this.emit({ type: 'StasisEnd', channel });
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((done) => this.#server.close(done));
  }

  async #onRequest(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', this.url);
    const path = url.pathname.replace(/^\/ari/, '');
    const basic = Buffer.from(`${this.user}:${this.password}`).toString('base64');
    // As Asterisk does: whoever asked through a proxy is sent through it again.
    const base = `http://${request.headers.host}/ari`;
    if (path === '/api-docs/resources.json') return send(reply, 200, resources(base));
    if (request.headers.authorization !== `Basic ${basic}`) {
      return send(reply, 401, { message: 'Authentication required' });
    }
    const document = /^\/api-docs\/(\w+)\.json$/.exec(path)?.[1];
    if (document && this.documents) return void reply.writeHead(200).end('{"half a');
    if (document) return send(reply, 200, description(base, document));
    const found = findOperation(request.method ?? '', path);
    if (!found) return send(reply, 404, { message: 'Resource not found' });
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const text = Buffer.concat(parts).toString();
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const params = { ...Object.fromEntries(url.searchParams), ...found.params };
    const seen = { operation: found.operation, params, body };
    this.requests.push(seen);
    const answer = this.answer(seen) ?? this.#ownAnswer(seen);
    if (answer === 'never-answer') return;
    if (answer === 'reset') request.socket.resetAndDestroy();
    else if (answer === 'bad-json') reply.writeHead(200).end('{"half a');
    else send(reply, answer.status, answer.body);
  }

  #ownAnswer({ operation, params }: FakeRequest): Exclude<FakeAnswer, string> {
    const { channelId = '' } = params;
    if (operation === 'asterisk.getInfo') {
      return {
        status: 200,
        body: { status: { startup_time: this.startedAt }, system: { version: this.version } },
      };
    }
    if (operation === 'channels.list') return { status: 200, body: [...this.channels.values()] };
    if (operation.endsWith('list') || operation === 'endpoints.listByTech') {
      return { status: 200, body: [] };
    }
    if (operation === 'applications.get') return { status: 200, body: { endpoint_ids: [] } };
    if (operation === 'channels.originateWithId') {
      return { status: 200, body: fakeChannel(channelId, '', 'Down') };
    }
    if (operation.startsWith('channels.') && !this.channels.has(channelId)) {
      return { status: 404, body: { message: 'Channel not found' } };
    }
    if (operation === 'channels.hangup') this.takeAway(channelId);
    if (operation === 'playbacks.get' || operation === 'bridges.get') {
      return { status: 404, body: { message: 'Not found' } };
    }
    return { status: 204 };
  }

  #onUpgrade(request: IncomingMessage, socket: Socket): void {
    socket.on('error', () => {});
    const url = new URL(request.url ?? '', this.url);
    const account = `${this.user}:${this.password}`;
    const basic = `Basic ${Buffer.from(account).toString('base64')}`;
    const isKnown = url.searchParams.get('api_key') === account;
    if (!isKnown && request.headers.authorization !== basic) {
      socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
      return;
    }
    const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash('sha1').update(key).digest('base64');
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        `Sec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    // Asterisk tells the old stream of an application, and talks to the new one only.
    this.emit({ type: 'ApplicationReplaced' });
    this.#streams.clear();
    this.#streams.add(socket);
    socket.on('close', () => this.#streams.delete(socket));
    socket.on('data', (frame: Buffer) => {
      const kind = (frame[0] ?? 0) & 0x0f;
      if (kind === 0x9 && !this.isSilent) socket.write(Buffer.from([0x8a, 0]));
      if (kind === 0x8) socket.end();
    });
  }
}

function resources(basePath: string) {
  const names = new Set(Object.keys(ariOperations).map((name) => name.split('.')[0]));
  return {
    swaggerVersion: '1.1',
    basePath,
    apis: [...names].map((name) => ({ path: `/api-docs/${name}.{format}` })),
  };
}

function description(basePath: string, resource: string) {
  const mine = Object.entries<AriOperation>(ariOperations).filter(([name]) =>
    name.startsWith(`${resource}.`),
  );
  return {
    swaggerVersion: '1.2',
    basePath,
    resourcePath: `/api-docs/${resource}.{format}`,
    apis: mine.map(([name, operation]) => ({
      path: operation.path,
      operations: [
        {
          httpMethod: operation.method,
          nickname: name.split('.')[1],
          responseClass: 'object',
          parameters: parametersOf(operation),
        },
      ],
    })),
    models: {},
  };
}

function parametersOf({ path, query = [], body }: AriOperation) {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  const parameter = (paramType: string) => (name: string) => ({
    name,
    paramType,
    required: paramType === 'path',
    dataType: 'string',
  });
  return [
    ...inPath.map(parameter('path')),
    ...query.map(parameter('query')),
    ...(body === undefined ? [] : [parameter('body')(body)]),
  ];
}

function findOperation(method: string, path: string) {
  for (const [name, operation] of Object.entries<AriOperation>(ariOperations)) {
    const pattern = operation.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
    const match = operation.method === method ? new RegExp(`^${pattern}$`).exec(path) : null;
    if (match) {
      const params = Object.entries(match.groups ?? {}).map(
        ([key, value]) => [key, decodeURIComponent(value)] as const,
      );
      return { operation: name as AriOperationName, params: Object.fromEntries(params) };
    }
  }
  return undefined;
}

function send(reply: ServerResponse, status: number, body?: unknown): void {
  reply.writeHead(status, { 'content-type': 'application/json' });
  reply.end(body === undefined ? undefined : JSON.stringify(body));
}
