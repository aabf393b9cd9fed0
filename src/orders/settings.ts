import { isDeepStrictEqual } from 'node:util';
import type { Auditor, Person } from '../access.ts';
import type { Clock } from '../kit/clock.ts';
import { AppError } from '../kit/errors.ts';
import { shanghaiDate } from '../kit/shanghai.ts';
import { faultsOf, type OfficialNotice, officialNotice, WorkingDays } from '../kit/working-days.ts';
import { type Catalogue, catalogue } from '../order-rules/catalogue.ts';
import { type Policies, type PolicyPack, packName, policies } from '../order-rules/policy.ts';
import type { Store } from '../store/db.ts';
import type {
  CalendarPreview,
  DocumentKind,
  SettingsVersions,
  TryOut,
  TryOutQuery,
} from './settings-schema.ts';
import { tryOut } from './try-out.ts';

/** Catalogues kept in memory beside the one in force: open orders are some months old at most. */
const EARLIER_KEPT = 16;

/** A version of one of the documents, with who put it in force, when and why. */
export interface SettingsVersion<Body> {
  readonly version: number;
  readonly at: number;
  readonly personId: string | null;
  readonly why: string;
  readonly body: Body;
}

interface Change {
  /** The version that was changed; refused when somebody was faster. */
  readonly baseVersion: number;
  readonly why: string;
  readonly person: Person;
  readonly ip: string;
}

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Auditor;
  /** The day of the year, `11-01`, from which the notice on the next year should be there. */
  readonly nextYearFrom: string;
  /** What a city starts with. */
  readonly first: () => { policies: Policies; catalogue: Catalogue; notices: OfficialNotice[] };
}

type Row = SettingsVersion<string>;

/**
 * What an administration decides about work orders: time limits, the catalogue of matters and areas,
 * and the calendars of lawful working days. Every change is a new version; none is ever removed.
 */
export class OrderSettings {
  readonly #parts: Parts;
  readonly #newest;
  readonly #byVersion;
  readonly #insert;
  /** Earlier catalogues that orders were looked up in, the longest kept first. */
  readonly #earlier = new Map<number, Catalogue>();
  #policies: SettingsVersion<Policies>;
  #catalogue: SettingsVersion<Catalogue>;
  #onCalendar: () => void = () => {};
  /** The working days by all calendars there are; a new notice changes it in place. */
  readonly calendar = new WorkingDays([]);

  constructor(parts: Parts) {
    this.#parts = parts;
    const { sql } = parts.store;
    const columns = 'SELECT version, at, personId, why, body FROM order_settings';
    this.#newest = sql.prepare<[string], Row>(
      `${columns} WHERE kind = ? ORDER BY version DESC LIMIT 1`,
    );
    this.#byVersion = sql.prepare<[string, number], Row>(
      `${columns} WHERE kind = ? AND version = ?`,
    );
    this.#insert = sql.prepare<Row & { kind: string }>(
      `INSERT INTO order_settings (kind, version, at, personId, why, body)
       VALUES (@kind, @version, @at, @personId, @why, @body)`,
    );
    this.#begin();
    this.#policies = this.#read('policies', policies.parse);
    this.#catalogue = this.#read('catalogue', catalogue.parse);
    for (const { body } of this.calendars()) this.calendar.put(body);
  }

  /** Another process may have put new versions in force. */
  reread(): void {
    this.#policies = this.#read('policies', policies.parse);
    this.#catalogue = this.#read('catalogue', catalogue.parse);
    for (const { body } of this.calendars()) this.calendar.put(body);
  }

  get policies(): SettingsVersion<Policies> {
    return this.#policies;
  }

  /** Always the packs in force now. */
  get livePolicies(): Policies {
    const now = () => this.#policies.body;
    return {
      get packs() {
        return now().packs;
      },
      get choose() {
        return now().choose;
      },
    };
  }

  get catalogue(): SettingsVersion<Catalogue> {
    return this.#catalogue;
  }

  /** The catalogue as it was when an order was taken down; the present one if that is not known. */
  catalogueAt(version: number | null): Catalogue {
    if (version === null || version === this.#catalogue.version) return this.#catalogue.body;
    const known = this.#earlier.get(version);
    if (known) return known;
    const row = this.#byVersion.get('catalogue', version);
    const body = row ? catalogue.parse(JSON.parse(row.body)) : this.#catalogue.body;
    const [longest] = this.#earlier.keys();
    if (longest !== undefined && this.#earlier.size >= EARLIER_KEPT) this.#earlier.delete(longest);
    this.#earlier.set(version, body);
    return body;
  }

  /** Who changed a document when and why, the newest first. */
  versions(kind: DocumentKind): SettingsVersions['rows'] {
    return this.#parts.store.sql
      .prepare<[string], SettingsVersions['rows'][number]>(
        'SELECT version, at, personId, why FROM order_settings WHERE kind = ? ORDER BY version DESC',
      )
      .all(kind);
  }

  /** A document as it was. @throws AppError `not-found` */
  version(kind: DocumentKind, version: number): Policies | Catalogue {
    const row = this.#byVersion.get(kind, version);
    if (!row) throw new AppError('not-found');
    const body: unknown = JSON.parse(row.body);
    return kind === 'policies' ? policies.parse(body) : catalogue.parse(body);
  }

  /** What an order would get, by the packs in force or by a draft of them. */
  tryOut({ order, at = this.#parts.clock.now(), policies: draft }: TryOutQuery): TryOut {
    return tryOut(draft ?? this.#policies.body, this.calendar, order, at);
  }

  /** The newest calendar of each year, the latest year first. */
  calendars(): SettingsVersion<OfficialNotice>[] {
    return this.#parts.store.sql
      .prepare<[], Row>(
        `SELECT max(version) AS version, at, personId, why, body FROM order_settings
         WHERE kind LIKE 'calendar-%' GROUP BY kind ORDER BY kind DESC`,
      )
      .all()
      .map((row) => ({ ...row, body: officialNotice.parse(JSON.parse(row.body)) }));
  }

  /** Years whose official notice should be there by now: this one, and from its day on the next. */
  missingYears(): number[] {
    const { clock, nextYearFrom } = this.#parts;
    const today = shanghaiDate(clock.now());
    const year = Number(today.slice(0, 4));
    const wanted = today.slice('2026-'.length) >= nextYearFrom ? [year, year + 1] : [year];
    return wanted.filter((each) => !this.calendar.knows(each));
  }

  /**
   * Puts packs in force. A version of a pack that was in force is never changed, but for its last
   * day: orders keep the pack of their day.
   * @throws AppError `old-version`, or `invalid-input` naming the packs that were touched
   */
  changePolicies(body: Policies, change: Change): void {
    refuseOld(this.#policies.version, change);
    const touched = this.#policies.body.packs.filter((pack) => !isKept(pack, body));
    if (touched.length > 0) {
      const message = 'is in force: add a version instead';
      const fields = touched.map((pack) => ({ pointer: `/body/packs/${packName(pack)}`, message }));
      throw new AppError('invalid-input', {}, fields);
    }
    this.#add('policies', this.#policies.version, body, change);
    this.#policies = this.#read('policies', policies.parse);
  }

  /** Puts a catalogue in force. @throws AppError `old-version` */
  changeCatalogue(body: Catalogue, change: Change): void {
    this.#add('catalogue', this.#catalogue.version, body, change);
    this.#catalogue = this.#read('catalogue', catalogue.parse);
  }

  /** What taking a notice in would change, and what speaks against it; nothing is kept. */
  previewCalendar(body: OfficialNotice): CalendarPreview {
    const version = this.#newest.get(calendarOf(body))?.version ?? 0;
    return { version, faults: faultsOf(body), changes: this.calendar.changesBy(body) };
  }

  /**
   * Takes a year's notice in, also a corrected one (`baseVersion` 0: the year's first). Clocks that
   * run already keep their ends.
   * @throws AppError `old-version`, or `invalid-input` naming the days that cannot be
   */
  importCalendar(body: OfficialNotice, change: Change): void {
    const { version, faults } = this.previewCalendar(body);
    if (faults.length > 0) {
      const fields = faults.map(({ fault, date }) => ({
        pointer: `/days/${date}`,
        message: fault,
      }));
      throw new AppError('invalid-input', {}, fields);
    }
    this.#add(calendarOf(body), version, body, change);
    this.calendar.put(body);
    this.#onCalendar();
  }

  /** Tells one listener of each notice that was taken in. */
  onCalendar(listener: () => void): void {
    this.#onCalendar = listener;
  }

  #begin(): void {
    if (this.#newest.get('policies')) return;
    const { first, store, clock } = this.#parts;
    const { notices, ...documents } = first();
    const all: [string, object][] = [
      ...Object.entries(documents),
      ...notices.map((notice): [string, object] => [calendarOf(notice), notice]),
    ];
    store.transaction(() => {
      for (const [kind, body] of all) {
        const row = { kind, version: 1, at: clock.now(), personId: null, why: '' };
        this.#insert.run({ ...row, body: JSON.stringify(body) });
      }
    });
  }

  #read<Body>(kind: string, parse: (body: unknown) => Body): SettingsVersion<Body> {
    const row = this.#newest.get(kind);
    if (!row) throw new Error(`no ${kind}`);
    return { ...row, body: parse(JSON.parse(row.body)) };
  }

  #add(
    kind: string,
    version: number,
    body: object,
    { baseVersion, why, person, ip }: Change,
  ): void {
    refuseOld(version, { baseVersion });
    const { store, clock, audit } = this.#parts;
    const next = version + 1;
    const row = { kind, version: next, at: clock.now(), personId: person.id, why };
    store.transaction(() => {
      this.#insert.run({ ...row, body: JSON.stringify(body) });
      const subject = `order-settings:${kind}@${next}`;
      audit({ person, ip, action: 'order-settings.changed', subject, detail: { why } });
    });
  }
}

function calendarOf({ year }: OfficialNotice): string {
  return `calendar-${year}`;
}

function refuseOld(version: number, { baseVersion }: Pick<Change, 'baseVersion'>): void {
  if (baseVersion !== version) throw new AppError('old-version', { version });
}

function isKept(before: PolicyPack, { packs }: Policies): boolean {
  const now = packs.find(({ id, version }) => id === before.id && version === before.version);
  return (
    now !== undefined && isDeepStrictEqual({ ...before, until: null }, { ...now, until: null })
  );
}
