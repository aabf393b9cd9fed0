import { z } from 'zod';
import type { Permission, Person } from '../access.ts';
import type { ErrorCode } from '../kit/errors.ts';
import type { Log } from '../kit/log.ts';
import type { Desks } from './desks.ts';
import type { FloorStream } from './floor-stream.ts';
import { createAllowance, type SessionOf } from './handshake.ts';
import type { ConsoleToServer } from './protocol.ts';
import { type ConsoleServer, type ConsoleSocket, endSocket, rooms } from './sockets.ts';
import {
  isAllowed,
  type May,
  neededToAsk,
  neededToHear,
  visibleDesk,
  visibleFloor,
} from './visible.ts';

const EVENT_BURST = 20;
const EVENTS_PER_SECOND = 5;

/** Who is asking, and what they may. */
export interface ConsoleRules {
  sessionOf: SessionOf;
  may: (person: Person, permission: Permission) => boolean;
  log: Pick<Log, 'error' | 'warn'>;
}

/** One tab's line to the house. */
interface Line extends ConsoleRules {
  io: ConsoleServer;
  socket: ConsoleSocket;
  floor: FloorStream;
  desks: Desks;
  now: () => number;
}

const watchDeskRequest = z.strictObject({ take: z.boolean() });

/** Serves one tab from its connection to its end. */
export function serveConsole(line: Line): void {
  const { socket, io, floor, desks } = line;
  const { person, sessionId } = socket.data.session;
  const may: May = (permission) => line.may(person, permission);

  void socket.join([rooms.person(person.id), rooms.session(sessionId)]);
  if (isAllowed(may, neededToHear.alert)) void socket.join(rooms.alerts);
  limitEvents(line);

  socket.on('watchFloor', (reply) =>
    answer(line, 'watchFloor', reply, () => {
      void socket.join(rooms.floor);
      floor.setWatched(true);
      return visibleFloor(floor.current());
    }),
  );
  socket.on('unwatchFloor', () => {
    void socket.leave(rooms.floor);
    floor.setWatched(isInhabited(io, rooms.floor));
  });
  socket.on('watchDesk', (request, reply) =>
    answer(line, 'watchDesk', reply, () => {
      const { take } = watchDeskRequest.parse(request);
      const who = { socketId: socket.id, tab: socket.data.tab };
      const { message, held, evicted } = desks.watch(person.id, who, take);
      void socket.join(rooms.desk(person.id));
      if (evicted) io.to(evicted).emit('deskTaken');
      return { ...visibleDesk(message), held };
    }),
  );
  socket.on('disconnect', () => {
    desks.leave(person.id, socket.id);
    floor.setWatched(isInhabited(io, rooms.floor));
  });
}

/** Answers a request when the session still lives and its person may ask; never throws. */
function answer<T>(
  line: Line,
  event: keyof ConsoleToServer,
  reply: (answer: { ok: true; state: T } | { ok: false; code: ErrorCode }) => void,
  state: () => T,
): void {
  // The types are the console's promise; what comes over the line may be anything.
  if (typeof reply !== 'function') return;
  try {
    const refusal = refusalOf(line, event);
    reply(refusal ? { ok: false, code: refusal } : { ok: true, state: state() });
  } catch (error) {
    if (error instanceof z.ZodError) return reply({ ok: false, code: 'invalid-input' });
    line.log.error({ err: error, event }, 'a console could not be answered');
    reply({ ok: false, code: 'internal' });
  }
}

/** Roles and sessions change while sockets live, so each request asks anew. */
function refusalOf(line: Line, event: keyof ConsoleToServer): ErrorCode | null {
  const { socket, sessionOf, may } = line;
  const session = sessionOf(socket.data.cookie);
  if (session === null) {
    endSocket(socket, 'expired');
    return 'sign-in-needed';
  }
  const { person } = session;
  if (person.mustChangePassword) return 'password-change-needed';
  return isAllowed((permission) => may(person, permission), neededToAsk[event])
    ? null
    : 'forbidden';
}

function limitEvents({ socket, log, now }: Line): void {
  const isAllowedNow = createAllowance(EVENT_BURST, EVENTS_PER_SECOND, now);
  socket.use((_event, next) => {
    if (isAllowedNow()) return next();
    log.warn({ personId: socket.data.session.person.id }, 'a console asks too often and is cut');
    socket.disconnect(true);
  });
}

function isInhabited(io: ConsoleServer, room: string): boolean {
  return (io.of('/').adapter.rooms.get(room)?.size ?? 0) > 0;
}
