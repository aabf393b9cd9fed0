import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { roles } from '../access.ts';
import type { Cancel, Clock } from '../kit/clock.ts';
import type { Store } from '../store/db.ts';
import type { Session } from '../yihao-server.ts';

export const SESSION_COOKIE = 'yihao_session';

/** How often a session in use is written down as alive, and how often dead ones are looked for. */
const MINUTE_MS = 60_000;

export type SessionEnd = 'revoked' | 'expired';

export interface SessionLimits {
  idleMinutes: number;
  longestMinutes: number;
}

/** Who is signed in. The token lives in the browser's cookie; the database knows only its hash. */
export interface Sessions {
  open(personId: string, ip: string, userAgent: string): { token: string; sessionId: string };
  /** The live session a `Cookie` header belongs to; being asked counts as a sign of life. */
  ofCookie(cookieHeader: string | undefined): Session | null;
  /** A sign of life that is no request: an open telephone or console. */
  touch(sessionId: string): void;
  end(sessionId: string, why: SessionEnd): void;
  endAllOf(personId: string, why: SessionEnd, exceptSessionId?: string): void;
  /** Told at once for every session that ends, so that its sockets can be closed. */
  onEnded(listener: (sessionId: string, why: SessionEnd) => void): Cancel;
  /** Looks for sessions that ran out, once a minute, until cancelled. */
  startSweeping(): Cancel;
}

interface Row {
  id: string;
  lastSeenAt: number;
  expiresAt: number;
  personId: string;
  login: string;
  name: string;
  staffNo: string;
  roles: string;
  mustChangePassword: number;
}

const rolesShape = z.array(z.enum(roles));

export function createSessions(store: Store, clock: Clock, limits: SessionLimits): Sessions {
  const idleMs = limits.idleMinutes * MINUTE_MS;
  const statements = prepareStatements(store);
  let listeners: readonly ((sessionId: string, why: SessionEnd) => void)[] = [];

  const end = (sessionId: string, why: SessionEnd): void => {
    if (statements.remove.run(sessionId).changes === 0) return;
    for (const listener of listeners) listener(sessionId, why);
  };
  const endEach = (ids: readonly string[], why: SessionEnd): void => {
    for (const id of ids) end(id, why);
  };
  const sweep = (): void => {
    endEach(statements.dead.all(clock.now(), clock.now() - idleMs), 'expired');
  };

  return {
    open(personId, ip, userAgent) {
      const token = randomBytes(32).toString('base64url');
      const now = clock.now();
      const longestMs = limits.longestMinutes * MINUTE_MS;
      const sessionId = hashOf(token);
      statements.add.run(sessionId, personId, now, now, now + longestMs, ip, userAgent);
      return { token, sessionId };
    },
    ofCookie(cookieHeader) {
      const token = tokenIn(cookieHeader);
      const row = token === null ? undefined : statements.live.get(hashOf(token));
      if (row === undefined) return null;
      const now = clock.now();
      if (now >= row.expiresAt || now - row.lastSeenAt >= idleMs) {
        end(row.id, 'expired');
        return null;
      }
      if (now - row.lastSeenAt >= MINUTE_MS) statements.touch.run(now, row.id, now - MINUTE_MS);
      return { sessionId: row.id, person: toPerson(row) };
    },
    touch(sessionId) {
      statements.touch.run(clock.now(), sessionId, clock.now() - MINUTE_MS);
    },
    end,
    endAllOf(personId, why, exceptSessionId) {
      const ids = statements.ofPerson.all(personId);
      endEach(
        ids.filter((id) => id !== exceptSessionId),
        why,
      );
    },
    onEnded(listener) {
      listeners = [...listeners, listener];
      return () => {
        listeners = listeners.filter((other) => other !== listener);
      };
    },
    startSweeping() {
      let cancel: Cancel | null = null;
      const again = (): void => {
        sweep();
        cancel = clock.after(MINUTE_MS, again);
      };
      again();
      return () => cancel?.();
    },
  };
}

function prepareStatements({ sql }: Store) {
  return {
    add: sql.prepare(
      `INSERT INTO sessions (id, personId, createdAt, lastSeenAt, expiresAt, ip, userAgent)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    live: sql.prepare<[string], Row>(
      `SELECT s.id, s.lastSeenAt, s.expiresAt, p.id AS personId, p.login, p.name, p.staffNo,
              p.roles, p.mustChangePassword
       FROM sessions s JOIN people p ON p.id = s.personId
       WHERE s.id = ? AND p.disabledAt IS NULL`,
    ),
    touch: sql.prepare('UPDATE sessions SET lastSeenAt = ? WHERE id = ? AND lastSeenAt <= ?'),
    remove: sql.prepare('DELETE FROM sessions WHERE id = ?'),
    ofPerson: sql.prepare<[string], string>('SELECT id FROM sessions WHERE personId = ?').pluck(),
    dead: sql
      .prepare<[number, number], string>(
        'SELECT id FROM sessions WHERE expiresAt <= ? OR lastSeenAt <= ?',
      )
      .pluck(),
  };
}

function toPerson(row: Row): Session['person'] {
  return {
    id: row.personId,
    login: row.login,
    name: row.name,
    staffNo: row.staffNo,
    roles: rolesShape.parse(JSON.parse(row.roles)),
    mustChangePassword: row.mustChangePassword === 1,
  };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** The session token in a `Cookie` header, or null. */
function tokenIn(cookieHeader: string | undefined): string | null {
  for (const pair of cookieHeader?.split(';') ?? []) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === SESSION_COOKIE && value !== undefined && value !== '') return value;
  }
  return null;
}
