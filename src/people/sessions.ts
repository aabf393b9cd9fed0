import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { roles } from '../access.ts';
import type { Cancel, Clock } from '../kit/clock.ts';
import type { Store } from '../store/db.ts';
import { isStorageError } from '../store/storage-error.ts';
import type { Session } from '../yihao-server.ts';

export const SESSION_COOKIE = 'yihao_session';

/** How often a session in use is written down as alive, and how often dead ones are looked for. */
const MINUTE_MS = 60_000;

export type SessionEnd = 'revoked' | 'expired';

export interface SessionLimits {
  idleMinutes: number;
  longestMinutes: number;
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

type EndListener = (sessionId: string, why: SessionEnd) => void;

/** Who is signed in. The token lives in the browser's cookie; the database knows only its hash. */
export class Sessions {
  readonly #clock: Clock;
  readonly #idleMs: number;
  readonly #longestMs: number;
  readonly #statements: ReturnType<typeof prepareStatements>;
  readonly #listeners = new Set<EndListener>();

  constructor(store: Store, clock: Clock, limits: SessionLimits) {
    this.#clock = clock;
    this.#idleMs = limits.idleMinutes * MINUTE_MS;
    this.#longestMs = limits.longestMinutes * MINUTE_MS;
    this.#statements = prepareStatements(store);
  }

  /** Signs a person in; the token goes into the cookie and nowhere else. */
  open(personId: string, ip: string, userAgent: string): { token: string; sessionId: string } {
    const token = randomBytes(32).toString('base64url');
    const sessionId = hashOf(token);
    const now = this.#clock.now();
    const expiresAt = now + this.#longestMs;
    this.#statements.add.run(sessionId, personId, now, now, expiresAt, ip, userAgent.slice(0, 300));
    return { token, sessionId };
  }

  /** The live session a `Cookie` header belongs to; being asked counts as a sign of life. */
  ofCookie(cookieHeader: string | undefined): Session | null {
    const token = tokenIn(cookieHeader);
    const row = token === null ? undefined : this.#statements.live.get(hashOf(token));
    if (row === undefined) return null;
    const now = this.#clock.now();
    if (now >= row.expiresAt || now - row.lastSeenAt >= this.#idleMs) {
      whenItCan(() => this.end(row.id, 'expired'));
      return null;
    }
    if (now - row.lastSeenAt >= MINUTE_MS) this.touch(row.id);
    return { sessionId: row.id, person: toPerson(row) };
  }

  /** A sign of life that is no request: an open telephone or console. */
  touch(sessionId: string): void {
    const now = this.#clock.now();
    whenItCan(() => this.#statements.touch.run(now, sessionId, now - MINUTE_MS));
  }

  end(sessionId: string, why: SessionEnd): void {
    if (this.#statements.remove.run(sessionId).changes === 0) return;
    for (const listener of this.#listeners) listener(sessionId, why);
  }

  endAllOf(personId: string, why: SessionEnd, exceptSessionId?: string): void {
    for (const id of this.#statements.ofPerson.all(personId)) {
      if (id !== exceptSessionId) this.end(id, why);
    }
  }

  /** Told at once for every session that ends, so that its sockets can be closed. */
  onEnded(listener: EndListener): Cancel {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Ends what ran out, now and once a minute, until cancelled. */
  startSweeping(): Cancel {
    let cancel: Cancel | null = null;
    const sweep = (): void => {
      const now = this.#clock.now();
      for (const id of this.#statements.dead.all(now, now - this.#idleMs)) {
        whenItCan(() => this.end(id, 'expired'));
      }
      cancel = this.#clock.after(MINUTE_MS, sweep);
    };
    sweep();
    return () => cancel?.();
  }
}

/** Writes what need not be written: a disk without room must not keep anybody who is signed in out. */
function whenItCan(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!isStorageError(error)) throw error;
  }
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
