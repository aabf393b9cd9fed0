import Fastify from 'fastify';
import { io, type Socket } from 'socket.io-client';
import type { Person, Role } from '../../src/access.ts';
import type { DomainEvent } from '../../src/events.ts';
import type { AlertKind, AlertSubject } from '../../src/events-leading.ts';
import { createFloorFold } from '../../src/floor/fold.ts';
import type { FloorState } from '../../src/floor/service.ts';
import { isOwnOrigin } from '../../src/http/guards.ts';
import { mayWith } from '../../src/people/rules.ts';
import { createGateway, type Gateway, type GatewayOptions } from '../../src/realtime/gateway.ts';
import type { ConsoleToServer, ServerToConsole } from '../../src/realtime/protocol.ts';
import type { Desk } from '../../src/seats/schema.ts';
import type { Session } from '../../src/yihao-server.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { limitsOf } from '../support/limits.ts';

export type Client = Socket<ServerToConsole, ConsoleToServer>;

/** A gateway on a real HTTP server, with people, a floor and desks that a test may change. */
export interface Rig {
  clock: FakeClock;
  gateway: Gateway;
  port: number;
  floor: FloorState;
  desks: Map<string, Desk>;
  sessions: Map<string, Session>;
  /** Every frame any client of this rig got, as it came over the line. */
  frames: string[];
  /** Signs somebody in and opens a socket with the session's cookie. */
  connect(
    login: string,
    options?: { role?: Role; tab?: string; session?: string },
  ): Promise<Client>;
  close(): Promise<void>;
}

export async function openRig(overrides: Partial<GatewayOptions> = {}): Promise<Rig> {
  const app = Fastify();
  app.get('/other', () => 'other');
  const clock = new FakeClock();
  const sessions = new Map<string, Session>();
  const desks = new Map<string, Desk>();
  const floor = emptyFloor(clock.now());
  const gateway = createGateway({
    server: app.server,
    clock,
    log: { error: fail, warn: () => {} },
    sessionOf: (cookie) => sessions.get(cookie?.replace('yihao_session=', '') ?? '') ?? null,
    isOwnOrigin: (headers) => isOwnOrigin(headers, []),
    may: (person, permission) => mayWith(person.roles, permission),
    floor: () => ({ ...floor, now: clock.now() }),
    desk: (personId) => desks.get(personId) ?? null,
    pop: () => null,
    agentAt: (seatId) => [...desks].find(([, desk]) => desk.seatId === seatId)?.[0] ?? null,
    agentName: (agentId) => `Name of ${agentId}`,
    agentOfCall: () => null,
    storage: () => 'ok',
    ...overrides,
  });
  const port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
  const clients: Client[] = [];
  const frames: string[] = [];

  return {
    clock,
    gateway,
    port,
    floor,
    desks,
    sessions,
    frames,
    async connect(login, { role = 'agent', tab, session = `session-${login}` } = {}) {
      const known = sessions.get(session);
      if (!known) sessions.set(session, { sessionId: session, person: person(login, role) });
      const client = openClient(port, `yihao_session=${session}`, tab);
      clients.push(client);
      keepFrames(client, frames);
      await new Promise<void>((resolve, reject) => {
        client.once('connect', resolve);
        client.once('connect_error', reject);
      });
      return client;
    },
    async close() {
      for (const client of clients) client.close();
      await gateway.close();
      await app.close();
    },
  };
}

export function openClient(
  port: number,
  cookie: string | undefined,
  tab?: string,
  origin = `http://127.0.0.1:${String(port)}`,
): Client {
  return io(`http://127.0.0.1:${String(port)}`, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: { origin, ...(cookie === undefined ? {} : { cookie }) },
    ...(tab === undefined ? {} : { auth: { tab } }),
  });
}

/** Keeps every frame a client gets, as it came over the line. */
export function keepFrames(client: Client, frames: string[]): void {
  client.io.on('open', () =>
    client.io.engine.on('packet', (packet) => void frames.push(JSON.stringify(packet.data))),
  );
}

function person(login: string, role: Role): Person {
  return { id: login, login, name: login, staffNo: '1', roles: [role], mustChangePassword: false };
}

function fail(...args: unknown[]): never {
  throw new Error(`the gateway reported an error: ${JSON.stringify(args)}`);
}

/** An alert, as the log tells of it. */
export function raised(alert: AlertKind, about: Partial<AlertSubject> = {}): DomainEvent {
  const nothing = { callId: null, seatId: null, agentId: null, queueId: null, score: null };
  return {
    seq: 7,
    at: 0,
    kind: 'alert.raised',
    alertId: 'a1',
    key: 'k',
    alert,
    about: { ...nothing, limitMs: null, ...about },
  };
}

/** All messages of one kind a client gets, in order. */
export function listen<T>(client: Client, event: keyof ServerToConsole): T[] {
  const heard: T[] = [];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the caller says which it is
  client.on(event, (message: unknown) => void heard.push(message as T));
  return heard;
}

/** Resolves when everything sent to the client so far has arrived: a question goes behind it. */
export function caughtUp(client: Client): Promise<string> {
  return new Promise((resolve) => {
    client.emit('watchDesk', { take: false }, (answer) => resolve(answer.ok ? 'ok' : answer.code));
  });
}

export function disconnected(client: Client): Promise<string> {
  return new Promise((resolve) => {
    client.once('disconnect', resolve);
  });
}

export function desk(seatId: string, state: Desk['state']): Desk {
  return {
    seatId,
    seatName: `Seat ${seatId}`,
    phone: 'browser',
    phoneReachable: true,
    state,
    since: 0,
    reason: null,
    callId: null,
    until: null,
    notReadyNext: null,
    queueIds: ['consumer'],
    party: null,
    monitored: null,
    monitoring: null,
    now: 0,
  };
}

const emptyDay = createFloorFold(limitsOf(() => 0)).today();

function emptyFloor(now: number): FloorState {
  const noSeats = { signedIn: 0, ready: 0, ringing: 0, talking: 0, wrapUp: 0, notReady: 0 };
  const queue = (queueId: string) => ({
    queueId,
    waiting: 0,
    callBacks: 0,
    longestSince: null,
    seats: noSeats,
    today: emptyDay,
  });
  return {
    now,
    queues: [queue('consumer'), queue('housing')],
    seats: [],
    today: emptyDay,
    quarters: [{ offered: 0, answered: 0 }],
    connected: true,
  };
}
