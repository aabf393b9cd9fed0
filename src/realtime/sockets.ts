import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { z } from 'zod';
import type { Cancel, Clock } from '../kit/clock.ts';
import type { Session } from '../yihao-server.ts';
import type { Door, SessionOf } from './handshake.ts';
import type { ConsoleToServer, ServerToConsole } from './protocol.ts';

/** Nothing a console says is longer. */
const MAX_MESSAGE_BYTES = 4_096;
/** Tabs of one session; more are a fault or an attack. */
const MAX_SOCKETS_PER_SESSION = 20;
/** A socket that has not named its session by then is cut. */
const CONNECT_TIMEOUT_MS = 5_000;
/** A cut line is noticed within the sum of these: a seat's desk is free again after 15 s at most. */
const PING_INTERVAL_MS = 10_000;
const PING_TIMEOUT_MS = 5_000;
/** Sessions run out by time too: asked again this often. Revoking closes at once. */
const SESSION_CHECK_MS = 15_000;

const UNANSWERED_UPGRADE_MS = 10_000;

/** What the server knows of one console tab. */
export interface SocketData {
  session: Session;
  cookie: string | undefined;
  /** The console's own name for its tab, or null. */
  tab: string | null;
}
type NoEvents = Record<string, never>;
export type ConsoleServer = Server<ConsoleToServer, ServerToConsole, NoEvents, SocketData>;
export type ConsoleSocket = Socket<ConsoleToServer, ServerToConsole, NoEvents, SocketData>;

/** The rooms; only the server puts a socket into one. */
export const rooms = {
  floor: 'floor',
  alerts: 'alerts',
  desk: (personId: string) => `desk:${personId}`,
  person: (personId: string) => `person:${personId}`,
  session: (sessionId: string) => `session:${sessionId}`,
};

const handshakeSchema = z.object({ tab: z.string().min(1).max(64).optional() });

/**
 * Socket.IO on the HTTP server, by WebSocket only, for signed-in people on our own pages. Nothing is
 * kept for a console that is away: it asks for the whole again when it is back.
 */
export function openServer(server: HttpServer, door: Door): ConsoleServer {
  const { sessionOf } = door;
  const io: ConsoleServer = new Server(server, {
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    connectTimeout: CONNECT_TIMEOUT_MS,
    pingInterval: PING_INTERVAL_MS,
    pingTimeout: PING_TIMEOUT_MS,
    // The phones' WebSocket is on the same server: only upgrades nobody has answered by then end.
    destroyUpgradeTimeout: UNANSWERED_UPGRADE_MS,
    allowRequest: (request, answer) => answer(null, mayConnect(request, door)),
  });
  io.use((socket, next) => {
    const { cookie } = socket.request.headers;
    const session = sessionOf(cookie);
    if (!session) return next(new Error('sign-in-needed'));
    const open = io.of('/').adapter.rooms.get(rooms.session(session.sessionId))?.size ?? 0;
    if (open >= MAX_SOCKETS_PER_SESSION) return next(new Error('too-many-requests'));
    const { data } = handshakeSchema.safeParse(socket.handshake.auth);
    socket.data = { session, cookie, tab: data?.tab ?? null };
    return next();
  });
  return io;
}

function mayConnect({ headers }: IncomingMessage, { isOwnOrigin, sessionOf }: Door): boolean {
  return isOwnOrigin(headers) && sessionOf(headers.cookie) !== null;
}

/** The sockets of this process in a room. */
export function socketsIn(io: ConsoleServer, room: string): ConsoleSocket[] {
  const ids = io.of('/').adapter.rooms.get(room) ?? [];
  return [...ids].flatMap((id) => io.of('/').sockets.get(id) ?? []);
}

/** Why a session is over. */
export type SessionEnd = 'revoked' | 'expired';

/** Tells a console that its session is over, and cuts it. */
export function endSocket(socket: ConsoleSocket, why: SessionEnd): void {
  socket.emit('signedOut', why);
  socket.disconnect(true);
}

export function endAll(io: ConsoleServer, room: string, why: SessionEnd): void {
  for (const socket of socketsIn(io, room)) endSocket(socket, why);
}

/** Looks again and again whether the sessions of open sockets still live. */
export function checkSessions(io: ConsoleServer, sessionOf: SessionOf, clock: Clock): Cancel {
  let cancel: Cancel = clock.after(SESSION_CHECK_MS, check);
  function check(): void {
    for (const socket of io.of('/').sockets.values()) {
      if (sessionOf(socket.data.cookie) === null) endSocket(socket, 'expired');
    }
    cancel = clock.after(SESSION_CHECK_MS, check);
  }
  return () => cancel();
}
