import type { Pop } from '../calls/schema.ts';
import type { AlertKind } from '../events-leading.ts';
import type { Floor, QueueDay, QueueLive, SeatLive } from '../floor/schema.ts';
import type { Topic } from '../leading/schema.ts';
import type { Desk } from '../seats/schema.ts';

/**
 * The Socket.IO contract between server and console. Every message of a stream carries `n`, one
 * more than the last: a console that sees a gap asks for the whole again with `watch`.
 */

/** What changed on the floor since the message before; lists hold only changed members, whole. */
export interface FloorChange {
  n: number;
  now: number;
  queues: QueueLive[];
  seats: SeatLive[];
  today: QueueDay;
  /** The quarter of an hour that is running: index since midnight and its figures. */
  quarter: { index: number; offered: number; answered: number };
  connected: boolean;
}

/** Something a shift leader should look at now. */
export interface Alert {
  id: string;
  at: number;
  kind: AlertKind;
  callId: string | null;
  seatId: string | null;
  agentName: string | null;
  queueId: string | null;
  score: number | null;
  /** The limit that was passed, milliseconds. */
  limitMs: number | null;
}

/**
 * The room for what must be kept. `low`: new conversations are not recorded; `full`: nothing can be
 * saved, records wait in memory; `busy`: the same with room enough, because another program holds the
 * database or it became read-only. Calls go on in all of them.
 */
export type StorageState = 'ok' | 'low' | 'full' | 'busy';

export interface DeskMessage {
  n: number;
  desk: Desk | null;
  pop: Pop | null;
}

export interface ServerToConsole {
  /** The agent's own seat and call, whole, after each change. */
  desk(message: DeskMessage): void;
  floor(change: FloorChange): void;
  alert(alert: Alert): void;
  /** Another tab of the same agent took the desk: this one only looks on. */
  deskTaken(): void;
  /** What callers are told of incidents is something else now: ask `/api/bulletins/current`. */
  bulletins(): void;
  /** Rests, notices, alerts, missing calendars … are different now: ask again for what is on screen. */
  news(topic: Topic): void;
  /** How the disk of the server is; also on connecting when it is not `ok`. */
  storage(state: StorageState): void;
  /** The hotline configuration has a new version. */
  hotline(version: number): void;
  /** The session is over: sign in again. The socket is closed after it. */
  signedOut(why: 'revoked' | 'expired'): void;
}

/**
 * What a console says of itself in the handshake (`auth`). `tab` is made once per browser tab and
 * kept over reloads (session storage), so that a tab whose line was cut gets its own desk back
 * although the server has not noticed the cut yet.
 */
export interface Handshake {
  tab?: string;
}

export type WatchReply<T> = { ok: true; state: T } | { ok: false; code: string };

export interface ConsoleToServer {
  /** Start (or restart) the floor stream; answers with the whole floor. Needs `floor.watch`. */
  watchFloor(reply: (answer: WatchReply<Floor>) => void): void;
  unwatchFloor(): void;
  /**
   * Start the desk stream in this tab. The first tab holds the phone; a later one is told
   * `held: false` and may take over with `take: true`. Needs `desk.use`.
   */
  watchDesk(
    request: { take: boolean },
    reply: (answer: WatchReply<DeskMessage & { held: boolean }>) => void,
  ): void;
}
