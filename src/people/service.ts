import { ConfigError } from '../../config/error.ts';
import type { Auditor, Person } from '../access.ts';
import type { Clock } from '../kit/clock.ts';
import { AppError } from '../kit/errors.ts';
import { newId } from '../kit/ids.ts';
import type { Store } from '../store/db.ts';
import { hashPassword, newOneTimePassword } from './passwords.ts';
import type { PeopleRepo, PersonRow } from './repo.ts';
import { isStrongPassword, mayWith, type PasswordRules, weakPassword } from './rules.ts';
import type { NewPerson, PersonChange, PersonView } from './schema.ts';
import type { Sessions } from './sessions.ts';

/** Who does something, and from where. */
export interface Actor {
  person: Person;
  ip: string;
}

interface Parts {
  store: Store;
  repo: PeopleRepo;
  sessions: Sessions;
  audit: Auditor;
  clock: Clock;
  passwordRules: PasswordRules;
}

/** The first account may do everything, so that a newcomer can try all of it; then it should make others and rest. */
const firstRoles: Person['roles'] = [
  'admin',
  'security',
  'auditor',
  'leader',
  'inspector',
  'agent',
];

/** Accounts, as the security administrator handles them. */
export class People {
  readonly #parts: Parts;
  constructor(parts: Parts) {
    this.#parts = parts;
  }

  list(): PersonView[] {
    return this.#parts.repo.all().map(toView);
  }

  names(): { id: string; name: string; staffNo: string }[] {
    return this.#parts.repo.all().map(({ id, name, staffNo }) => ({ id, name, staffNo }));
  }

  /**
   * Makes `admin` when there is no account at all, with the given password or a one-time one.
   * @returns the one-time password to show once; null when nothing is to be shown
   * @throws ConfigError when the given password does not meet the rules
   */
  async makeFirst(givenPassword: string | undefined): Promise<string | null> {
    const { store, repo, audit, passwordRules } = this.#parts;
    if (repo.all().length > 0) return null;
    const given = givenPassword === '' ? undefined : givenPassword;
    if (given !== undefined && !isStrongPassword(given, 'admin', passwordRules)) {
      const weak = weakPassword(passwordRules);
      throw new ConfigError('YIHAO_ADMIN_PASSWORD', weak.text('zh'), weak.text('en'));
    }
    const password = given ?? newOneTimePassword();
    const first = { login: 'admin', name: '管理员', staffNo: '0001', team: '', roles: firstRoles };
    const row = this.#newRow(first, await hashPassword(password));
    row.mustChangePassword = given === undefined;
    store.transaction(() => {
      repo.add(row);
      audit({ person: null, ip: '', action: 'person.added', subject: `person:${row.id}` });
    });
    return given === undefined ? password : null;
  }

  /** @throws AppError `conflict` when login or staff number are in use */
  async add(input: NewPerson, by: Actor): Promise<{ person: PersonView; password: string }> {
    const { store, repo, audit } = this.#parts;
    const password = newOneTimePassword();
    const passwordHash = await hashPassword(password);
    if (repo.byLogin(input.login) !== null) throw new AppError('conflict', { what: input.login });
    this.#checkStaffNo(input.staffNo, null);
    const row = this.#newRow(input, passwordHash);
    store.transaction(() => {
      repo.add(row);
      audit({ ...by, action: 'person.added', subject: `person:${row.id}`, detail: { ...input } });
    });
    return { person: toView(row), password };
  }

  /**
   * Whoever is disabled or loses a role is signed out at once.
   * @throws AppError `not-found`; `conflict` for a staff number in use, or when nobody would be left
   *   who may change accounts
   */
  change(id: string, { disabled, ...input }: PersonChange, by: Actor): PersonView {
    const { store, repo, sessions, audit, clock } = this.#parts;
    const row = this.#find(id);
    if (input.staffNo !== undefined) this.#checkStaffNo(input.staffNo, id);
    const next = { ...row, ...defined(input) };
    if (disabled !== undefined) next.disabledAt = disabled ? (row.disabledAt ?? clock.now()) : null;
    this.#keepOneInCharge(next);
    const detail = { ...input, ...(disabled === undefined ? {} : { disabled }) };
    store.transaction(() => {
      repo.change(id, next);
      audit({ ...by, action: 'person.changed', subject: `person:${id}`, detail });
    });
    const lostRole = row.roles.some((role) => !next.roles.includes(role));
    if (lostRole || next.disabledAt !== null) sessions.endAllOf(id, 'revoked');
    return toView(next);
  }

  /** A new one-time password, which also opens a locked account. All sessions of the person end. */
  async resetPassword(id: string, by: Actor): Promise<string> {
    const { store, repo, sessions, audit } = this.#parts;
    this.#find(id);
    const password = newOneTimePassword();
    const passwordHash = await hashPassword(password);
    const fresh = { mustChangePassword: true, failedSignIns: 0, lockedUntil: null };
    store.transaction(() => {
      repo.change(id, { passwordHash, ...fresh });
      audit({ ...by, action: 'password.reset', subject: `person:${id}` });
    });
    sessions.endAllOf(id, 'revoked');
    return password;
  }

  /** Signs a person out everywhere, open sockets included. */
  revoke(id: string, by: Actor): void {
    this.#find(id);
    this.#parts.sessions.endAllOf(id, 'revoked');
    this.#parts.audit({ ...by, action: 'sessions.revoked', subject: `person:${id}` });
  }

  #find(id: string): PersonRow {
    const row = this.#parts.repo.byId(id);
    if (row === null) throw new AppError('not-found');
    return row;
  }

  #checkStaffNo(staffNo: string, ownId: string | null): void {
    const holder = this.#parts.repo.byStaffNo(staffNo);
    if (holder !== null && holder.id !== ownId) throw new AppError('conflict', { what: staffNo });
  }

  #keepOneInCharge(next: PersonRow): void {
    const others = this.#parts.repo.all().filter(({ id }) => id !== next.id);
    const isInCharge = ({ disabledAt, roles }: PersonRow) =>
      disabledAt === null && mayWith(roles, 'people.change');
    if (![...others, next].some(isInCharge)) throw new AppError('conflict', { what: 'security' });
  }

  #newRow(input: NewPerson, passwordHash: string): PersonRow {
    return {
      ...input,
      id: newId(),
      passwordHash,
      mustChangePassword: true,
      failedSignIns: 0,
      lockedUntil: null,
      disabledAt: null,
      createdAt: this.#parts.clock.now(),
    };
  }
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the fields that were left out. */
function defined<T extends object>(input: T): Defined<T> {
  const entries = Object.entries(input).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Defined<T>;
}

function toView(row: PersonRow): PersonView {
  const { id, login, name, staffNo, team, roles, lockedUntil, mustChangePassword, createdAt } = row;
  const disabled = row.disabledAt !== null;
  return {
    id,
    login,
    name,
    staffNo,
    team,
    roles,
    disabled,
    lockedUntil,
    mustChangePassword,
    createdAt,
  };
}
