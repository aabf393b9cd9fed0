import { createReadStream, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import cookie from '@fastify/cookie';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance } from 'fastify';
import { Server } from 'socket.io';
import type {
  ConsoleToServer,
  ServerToConsole,
  StorageState,
} from '../../src/realtime/protocol.ts';
import { demoNow } from './demo-clock.ts';
import { DemoDesk } from './desk.ts';
import { figureRoutes } from './figures.ts';
import { stir, wholeFloor } from './floor.ts';
import { messageRoutes } from './messages.ts';
import { orderRateRoutes } from './order-rates.ts';
import { orderRoutes } from './orders.ts';
import { meOf, people } from './people.ts';
import { problemOf, refuse } from './problem.ts';
import { dataRoutes } from './routes-data.ts';
import { deskRoutes } from './routes-desk.ts';
import { floorRoutes } from './routes-floor.ts';

import { leadingRoutes } from './routes-leading.ts';
import { routingRoutes } from './routes-routing.ts';
import { supervisionRoutes } from './supervision.ts';

const usualConsole = join(dirname(fileURLToPath(import.meta.url)), '../dist');
const csp =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self' ws: wss:";

let storage: StorageState = 'ok';

/** A running demo city. */
export interface MockServer {
  address: string;
  close(): Promise<void>;
}

/**
 * The console's server contract with a made-up city behind it: for working on pages and for
 * `npm run screens`. No telephone, no database, nothing kept.
 * @param dist the built console
 */
export async function startMock(port: number, dist = usualConsole): Promise<MockServer> {
  const app = Fastify();
  const io = new Server<ConsoleToServer, ServerToConsole>(app.server);
  const desk = new DemoDesk((message) => io.emit('desk', message));
  await app.register(cookie);
  app.addHook('onSend', async (_request, reply) => {
    reply.header('Content-Security-Policy', csp);
    reply.header('Date', new Date(demoNow()).toUTCString());
  });
  app.setErrorHandler((error, _request, reply) => {
    const { status, body } = problemOf(error);
    return reply.code(status).type('application/problem+json').send(body);
  });
  sessionRoutes(app);
  deskRoutes(app, desk);
  dataRoutes(app);
  routingRoutes(app);
  figureRoutes(app);
  orderRoutes(app);
  orderRateRoutes(app);
  supervisionRoutes(app);
  messageRoutes(app);
  floorRoutes(app, desk);
  leadingRoutes(app);
  if (existsSync(dist)) await app.register(fastifyStatic, { root: dist, wildcard: true });
  app.setNotFoundHandler((request, reply) => {
    if (request.url.startsWith('/api')) refuse('not-found');
    return reply.type('text/html').send(createReadStream(join(dist, 'index.html')));
  });
  app.post('/mock/storage', (request) => {
    storage = (request.body as { state: StorageState }).state;
    return { ok: true };
  });
  live(io, desk);
  const timer = setInterval(() => io.emit('floor', stir()), 2_000);
  await app.listen({ port, host: '127.0.0.1' });
  return {
    address: `http://127.0.0.1:${port}`,
    async close() {
      clearInterval(timer);
      await io.close();
      await app.close();
    },
  };
}

function sessionRoutes(app: FastifyInstance): void {
  const who = (login: string | undefined) => people.find((person) => person.login === login);
  app.get('/api/session', (request) => {
    const found = who(request.cookies['yihao_session']) ?? refuse('sign-in-needed');
    return meOf(found);
  });
  app.post('/api/session', (request, reply) => {
    const { login, password } = request.body as { login: string; password: string };
    if (login === 'locked') refuse('account-locked', { minutes: 15 });
    const found = who(login);
    if (!found || password !== 'demo') return refuse('sign-in-failed');
    reply.setCookie('yihao_session', login, { path: '/', httpOnly: true, sameSite: 'strict' });
    return meOf(found);
  });
  app.post('/api/session/password', (request) => {
    const found = who(request.cookies['yihao_session']) ?? refuse('sign-in-needed');
    found.mustChangePassword = false;
    return meOf(found);
  });
  app.delete('/api/session', (_request, reply) =>
    reply.clearCookie('yihao_session', { path: '/' }).code(204).send(),
  );
  app.post('/mock/low-rating', () => ({ ok: true }));
}

function live(io: Server<ConsoleToServer, ServerToConsole>, desk: DemoDesk): void {
  io.on('connection', (socket) => {
    if (storage !== 'ok') socket.emit('storage', storage);
    socket.on('watchFloor', (reply) => {
      reply({ ok: true, state: wholeFloor() });
      socket.emit('alert', {
        id: 'a-1',
        at: demoNow(),
        kind: 'low-rating',
        callId: '01JD001180K8ZQW4T2VX7MP9',
        seatId: '8021',
        agentName: '蔡雨桐',
        queueId: 'city',
        score: 1,
        limitMs: null,
      });
    });
    socket.on('watchDesk', (_request, reply) =>
      reply({ ok: true, state: { ...desk.message(), held: true } }),
    );
  });
}
