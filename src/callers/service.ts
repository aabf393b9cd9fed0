import type { Auditor, Person } from '../access.ts';
import type { Clock } from '../kit/clock.ts';
import { AppError } from '../kit/errors.ts';
import { newId } from '../kit/ids.ts';
import { maskNumber } from '../kit/mask.ts';
import { plainNumber } from '../kit/phone-number.ts';
import { readCallers } from './import.ts';
import type { CallerRecord, CallersRepo } from './repo.ts';
import type {
  CallerDetails,
  CallerPage,
  CallerQuery,
  CallerRow,
  Imported,
  NewCaller,
} from './schema.ts';

interface By {
  person: Person;
  ip: string;
}

interface Parts {
  repo: CallersRepo;
  audit: Auditor;
  clock: Pick<Clock, 'now'>;
}

/**
 * The register of known callers: who they are, what the rules of order may look at. Everything given
 * away is masked; looking at the list, revealing a number and every change are in the audit.
 */
export class Callers {
  readonly #parts: Parts;
  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Who calls from this number, as the network gave it. One look into an index. */
  of(number: string): CallerRecord | null {
    const plain = plainNumber(number);
    return plain === '' ? null : (this.#parts.repo.byNumber(plain) ?? null);
  }

  page(query: CallerQuery, by: By): CallerPage {
    const { repo } = this.#parts;
    const found = repo.page(query);
    const rows = found.slice(0, query.limit);
    const next = found.length > query.limit ? (rows.at(-1)?.id ?? null) : null;
    if (query.before === undefined) {
      const { limit: _limit, number, ...filter } = query;
      const masked = number === undefined ? {} : { number: maskNumber(number) };
      this.#trace(by, 'callers.looked-at', 'callers', { ...filter, ...masked });
    }
    return { rows: rows.map(present), total: repo.total(query), next };
  }

  /** @throws AppError `conflict` when the number is registered, `invalid-input` when it is none */
  add({ number, ...details }: NewCaller, by: By): CallerRow {
    const { repo } = this.#parts;
    const plain = plainNumber(number);
    if (plain === '') {
      const fields = [{ pointer: '/number', message: 'not a phone number' }];
      throw new AppError('invalid-input', {}, fields);
    }
    if (repo.byNumber(plain)) throw new AppError('conflict', { what: maskNumber(plain) });
    const row = this.#row(newId(), plain, details, by);
    repo.whole(() => {
      repo.put(row);
      this.#trace(by, 'caller.added', `caller:${row.id}`, { attributes: row.attributes });
    });
    return present(row);
  }

  /** @throws AppError `not-found` */
  change(id: string, details: CallerDetails, by: By): CallerRow {
    const { repo } = this.#parts;
    const row = this.#row(id, this.#find(id).number, details, by);
    repo.whole(() => {
      repo.put(row);
      this.#trace(by, 'caller.changed', `caller:${id}`, { attributes: row.attributes });
    });
    return present(row);
  }

  /** @throws AppError `not-found` */
  remove(id: string, by: By): void {
    const { repo } = this.#parts;
    const { attributes } = this.#find(id);
    repo.whole(() => {
      repo.remove(id);
      this.#trace(by, 'caller.removed', `caller:${id}`, { attributes });
    });
  }

  /** The whole number, given away once the reason is on the record. @throws AppError `not-found` */
  reveal(id: string, reason: string, by: By): string {
    const { number } = this.#find(id);
    this.#trace(by, 'caller.reveal-number', `caller:${id}`, { reason });
    return number;
  }

  /**
   * Adds the callers of a CSV file and changes those it knows; whole or not at all.
   * @throws AppError `invalid-input` with the lines that are wrong
   */
  importCsv(file: Buffer, by: By): Imported {
    const { repo } = this.#parts;
    const callers = readCallers(file);
    const done: Imported = { added: 0, changed: 0, unchanged: 0 };
    repo.whole(() => {
      for (const { number, ...details } of callers) {
        const known = repo.byNumber(number);
        const outcome = known ? (isSame(known, details) ? 'unchanged' : 'changed') : 'added';
        done[outcome] += 1;
        if (outcome === 'unchanged') continue;
        repo.put(this.#row(known?.id ?? newId(), number, details, by));
      }
      this.#trace(by, 'callers.imported', 'callers', { ...done });
    });
    return done;
  }

  #find(id: string): CallerRecord {
    const found = this.#parts.repo.byId(id);
    if (!found) throw new AppError('not-found');
    return found;
  }

  #row(id: string, number: string, details: CallerDetails, { person }: By): CallerRecord {
    return { id, number, ...details, updatedAt: this.#parts.clock.now(), updatedBy: person.id };
  }

  #trace({ person, ip }: By, action: string, subject: string, detail: Record<string, unknown>) {
    this.#parts.audit({ person, ip, action, subject, detail });
  }
}

function present({ number, ...shown }: CallerRecord): CallerRow {
  return { ...shown, numberMasked: maskNumber(number) };
}

function isSame(known: CallerRecord, { name, attributes, language, note }: CallerDetails): boolean {
  const before = [known.name, known.attributes, known.language, known.note];
  return JSON.stringify(before) === JSON.stringify([name, attributes, language, note]);
}
