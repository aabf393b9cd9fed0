import type { Permission } from '../access.ts';
import type { Floor } from '../floor/schema.ts';
import type {
  Alert,
  ConsoleToServer,
  DeskMessage,
  FloorChange,
  ServerToConsole,
} from './protocol.ts';

/**
 * What each person may see of what the server tells by itself, all in this file. Callers' numbers
 * are no part of any message: the presenter of calls masks them before they come here, and the
 * floor knows no callers.
 */

/** Asks the rules of roles; see `src/people`. */
export type May = (permission: Permission) => boolean;

/** What a console must be allowed to do to ask for something; null needs a session only. */
export const neededToAsk = {
  watchFloor: 'floor.watch',
  unwatchFloor: null,
  watchDesk: 'desk.use',
} as const satisfies Record<keyof ConsoleToServer, Permission | null>;

/** What a person must be allowed to do to be told something; null needs a session only. */
export const neededToHear = {
  floor: 'floor.watch',
  alert: 'floor.watch',
  /** Only ever the own seat: the server puts a console into the room of its own person. */
  desk: 'desk.use',
  deskTaken: 'desk.use',
  hotline: null,
  bulletins: null,
  news: null,
  storage: null,
  signedOut: null,
} as const satisfies Record<keyof ServerToConsole, Permission | null>;

/** May this person ask for or hear it? */
export function isAllowed(may: May, needed: Permission | null): boolean {
  return needed === null || may(needed);
}

/** The floor looks the same to everyone who may watch it: queues, seats and agents' names. */
export function visibleFloor<T extends Floor | FloorChange>(floor: T): T {
  return floor;
}

/**
 * That something is wrong is for all who watch the floor. Which call it was, whose, and what the
 * caller thought of it is for those who may read all calls: a technician needs none of it.
 */
export function visibleAlert(alert: Alert, may: May): Alert {
  if (may('calls.read-all')) return alert;
  const isPersonal = alert.kind === 'low-rating' || alert.kind === 'recording-failed';
  if (!isPersonal) return { ...alert, callId: null };
  return { ...alert, callId: null, seatId: null, agentName: null, score: null };
}

/** Seat and call of the agent who asks. */
export function visibleDesk(message: DeskMessage): DeskMessage {
  return message;
}
