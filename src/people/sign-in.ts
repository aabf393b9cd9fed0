import type { Auditor } from '../access.ts';
import { AppError } from '../kit/errors.ts';
import type { Store } from '../store/db.ts';
import type { Session } from '../yihao-server.ts';
import type { Lockout } from './lockout.ts';
import { hashPassword, isPassword } from './passwords.ts';
import type { PeopleRepo } from './repo.ts';
import { isStrongPassword, type PasswordRules, weakPassword } from './rules.ts';
import type { Sessions } from './sessions.ts';

/** Where a request comes from. */
export interface Origin {
  ip: string;
  userAgent: string;
}

interface Parts {
  store: Store;
  repo: PeopleRepo;
  sessions: Sessions;
  lockout: Lockout;
  audit: Auditor;
  passwordRules: PasswordRules;
}

/** Getting in, getting out, and one's own password. */
export class SignIn {
  readonly #parts: Parts;
  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * @returns the token for the cookie
   * @throws AppError `sign-in-failed` for an unknown login, a wrong password and a disabled account
   *   alike, `account-locked`
   */
  async signIn(login: string, password: string, from: Origin): Promise<string> {
    const { repo, sessions, lockout, audit } = this.#parts;
    const row = repo.byLogin(login);
    const isLast = lockout.attempt(login.toLowerCase(), row);
    const matches = await isPassword(password, row?.passwordHash ?? null);
    // Read again: it may have been disabled, or its password reset, while the hash was computed.
    const current = row === null ? null : repo.byId(row.id);
    const mayEnter =
      matches && current?.disabledAt === null && current.passwordHash === row?.passwordHash;
    if (!mayEnter) {
      // A login that does not exist may be a password typed into the wrong field: not kept.
      const subject = row === null ? 'person:unknown' : `person:${row.id}`;
      const action = isLast ? 'sign-in.locked' : 'sign-in.failed';
      audit({ person: row, ip: from.ip, action, subject });
      throw new AppError('sign-in-failed');
    }
    lockout.succeeded(current);
    audit({ person: current, ip: from.ip, action: 'sign-in', subject: `person:${current.id}` });
    return sessions.open(current.id, from.ip, from.userAgent).token;
  }

  signOut({ sessionId, person }: Session, ip: string): void {
    this.#parts.sessions.end(sessionId, 'revoked');
    this.#parts.audit({ person, ip, action: 'sign-out', subject: `person:${person.id}` });
  }

  /**
   * Replaces one's own password; all other sessions of the person end.
   * @throws AppError `sign-in-failed` when the old one is wrong, `password-too-weak`, `account-locked`
   */
  async changePassword(session: Session, old: string, next: string, ip: string): Promise<void> {
    const { store, repo, sessions, lockout, audit, passwordRules } = this.#parts;
    const row = repo.byId(session.person.id);
    if (row === null) throw new AppError('sign-in-needed');
    lockout.attempt(row.login, row);
    if (!(await isPassword(old, row.passwordHash))) throw new AppError('sign-in-failed');
    lockout.succeeded(row);
    if (next === old || !isStrongPassword(next, row.login, passwordRules)) {
      throw weakPassword(passwordRules);
    }
    const passwordHash = await hashPassword(next);
    store.transaction(() => {
      repo.change(row.id, { passwordHash, mustChangePassword: false });
      audit({ person: row, ip, action: 'password.changed', subject: `person:${row.id}` });
    });
    sessions.endAllOf(row.id, 'revoked', session.sessionId);
  }
}
