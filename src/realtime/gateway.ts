import type { Server as HttpServer } from 'node:http';
import type { DomainEvent } from '../events.ts';
import type { Floor } from '../floor/schema.ts';
import type { FloorState } from '../floor/service.ts';
import type { Clock } from '../kit/clock.ts';
import { alertOf } from './alerts.ts';
import { type ConsoleRules, serveConsole } from './console.ts';
import { createDesks, type DeskSources } from './desks.ts';
import { createFloorStream } from './floor-stream.ts';
import type { Door } from './handshake.ts';
import { createNewsTeller, newsForAll, newsOf } from './news.ts';
import type { Alert, StorageState } from './protocol.ts';
import { checkSessions, endAll, openServer, rooms, type SessionEnd, socketsIn } from './sockets.ts';
import { type May, visibleAlert, visibleDesk, visibleFloor } from './visible.ts';

/** What the gateway needs of the rest of the house; `app.ts` hands it in. */
export interface GatewayOptions extends Door, ConsoleRules, DeskSources {
  server: HttpServer;
  clock: Clock;
  floor: () => FloorState;
  /** Who is signed in at a seat. */
  agentAt: (seatId: string) => string | null;
  agentName: (agentId: string) => string | null;
  /** Whose call it is. */
  agentOfCall: (callId: string) => string | null;
  /** How the disk is. */
  storage: () => StorageState;
}

/** The live line to the consoles. */
export interface Gateway {
  /** Subscribe it to the event log. */
  onEvent(event: DomainEvent): void;
  /** A seat's phone came or went. */
  onPhone(seatId: string): void;
  /** The exchange came or went. */
  onExchange(): void;
  /** The disk has filled up, or has room again. */
  onStorage(state: StorageState): void;
  /** A year's calendar of working days is missed, or has come. */
  onCalendar(): void;
  /** The floor with the number of the last change told, for `GET /api/floor`. */
  floor(): Floor;
  /** Cuts the sockets of a session that has ended, after telling them why. */
  closeSession(sessionId: string, why: SessionEnd): void;
  /** Cuts all sockets of a person, for instance when roles were taken away. */
  closePerson(personId: string): void;
  /** Cuts every socket; the HTTP server stays. */
  close(): Promise<void>;
}

/** Opens the Socket.IO gateway on the HTTP server. Rooms are joined here and nowhere else. */
export function createGateway(options: GatewayOptions): Gateway {
  const { clock } = options;
  const io = openServer(options.server, options);
  const floor = createFloorStream({
    ...options,
    state: options.floor,
    send: (change) => void io.to(rooms.floor).emit('floor', visibleFloor(change)),
  });
  const desks = createDesks({
    ...options,
    send: (personId, message) =>
      void io.to(rooms.desk(personId)).emit('desk', visibleDesk(message)),
  });
  io.on('connection', (socket) => {
    serveConsole({ ...options, io, socket, floor, desks, now: () => clock.now() });
    if (options.storage() !== 'ok') socket.emit('storage', options.storage());
  });
  const stopChecking = checkSessions(io, options.sessionOf, clock);

  const tellAlert = (alert: Alert) => {
    for (const socket of socketsIn(io, rooms.alerts)) {
      const { person } = socket.data.session;
      const may: May = (permission) => options.may(person, permission);
      socket.emit('alert', visibleAlert(alert, may));
    }
  };

  const news = createNewsTeller(clock, (topic) => void io.to(rooms.alerts).emit('news', topic));
  const tellNews = (event: DomainEvent) => {
    const all = newsForAll(event);
    if (all !== null) io.emit('news', all);
    const found = newsOf(event);
    if (!found) return;
    news.touched(found.topic);
    if (found.personId !== null) io.to(rooms.person(found.personId)).emit('news', found.topic);
  };

  return {
    onEvent(event) {
      floor.touched();
      if ('agentId' in event) desks.touched(event.agentId);
      if (event.kind === 'seat.queues') touchSeat(event.seatId);
      // A guest's coming and going, and a leader's listening, show at two desks.
      if ('bySeatId' in event) touchSeat(event.bySeatId);
      if (event.kind === 'call.guest-joined' || event.kind === 'call.guest-left') {
        const agentId = options.agentOfCall(event.callId);
        if (agentId !== null) desks.touched(agentId);
      }
      if (event.kind === 'bulletin.on' || event.kind === 'bulletin.off') io.emit('bulletins');
      if (event.kind === 'hotline.changed') io.emit('hotline', event.version);
      const alert = alertOf(event, options.agentName);
      if (alert) tellAlert(alert);
      tellNews(event);
    },
    onPhone: touchSeat,
    onExchange: () => floor.touched(),
    onStorage: (state) => void io.emit('storage', state),
    onCalendar: () => void io.emit('news', 'calendar'),
    floor: () => floor.current(),
    closeSession: (sessionId, why) => endAll(io, rooms.session(sessionId), why),
    closePerson: (personId) => endAll(io, rooms.person(personId), 'revoked'),
    async close() {
      stopChecking();
      news.stop();
      floor.setWatched(false);
      io.disconnectSockets(true);
      await io.of('/').adapter.close();
      io.engine.close();
    },
  };

  function touchSeat(seatId: string): void {
    floor.touched();
    const agentId = options.agentAt(seatId);
    if (agentId !== null) desks.touched(agentId);
  }
}
