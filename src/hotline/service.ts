import { type Hotline, hotlineSchema } from '../../config/hotline.ts';
import type { Auditor, Person } from '../access.ts';
import type { Clock } from '../kit/clock.ts';
import { AppError, type FieldProblem } from '../kit/errors.ts';
import type { EventLog } from '../store/event-log.ts';
import { differencesOf } from './diff.ts';
import type { HotlineRepo } from './repo.ts';
import { missingPrompts, problemsOf } from './rules.ts';
import type {
  Difference,
  HotlineChange,
  HotlineVersion,
  Preview,
  Rollback,
  Touched,
  VersionInfo,
} from './schema.ts';

interface Parts {
  repo: HotlineRepo;
  events: Pick<EventLog, 'append'>;
  audit: Auditor;
  clock: Clock;
  hasPrompt: (id: string) => boolean;
}

/** Who a change would touch at this moment. */
export type TouchedBy = (before: Hotline, after: Hotline) => Touched[];

/** The hotline in versions: who changed what, when and why. A change is told as `hotline.changed`. */
export class Hotlines {
  readonly #parts: Parts;
  #current: HotlineVersion | null = null;
  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Stores the first version of a new house; an old one keeps what it has. */
  importFirst(hotline: Hotline): void {
    const { repo, clock } = this.#parts;
    if (repo.newest() !== null) return;
    repo.add({ version: 1, body: hotline, at: clock.now(), why: '首次导入 / first import' });
  }

  /** The version in force; cheap to ask for each call. */
  current(): HotlineVersion {
    this.#current ??= toVersion(this.#parts.repo.newest());
    return this.#current;
  }

  /** Another process may have made a new version. */
  reread(): void {
    this.#current = null;
  }

  versions(): VersionInfo[] {
    return this.#parts.repo.all();
  }

  /** @throws AppError `not-found` */
  version(version: number): HotlineVersion {
    return toVersion(this.#parts.repo.byVersion(version));
  }

  /** What is wrong with a document that may not be a hotline at all. */
  check(document: unknown): FieldProblem[] {
    return problemsOf(document, this.#parts.hasPrompt);
  }

  /** What a document would change in the version in force, and, by `touchedBy`, whom that touches now. */
  preview(document: unknown, touchedBy: TouchedBy): Preview {
    const problems = this.check(document);
    const read = hotlineSchema.safeParse(document);
    if (!read.success) return { problems, differences: [], touched: [] };
    const { hotline } = this.current();
    const differences = differencesOf(hotline, read.data);
    return { problems, differences, touched: touchedBy(hotline, read.data) };
  }

  /** What became different from one version to another. @throws AppError `not-found` */
  differences(from: number, to: number): Difference[] {
    return differencesOf(this.version(from).hotline, this.version(to).hotline);
  }

  /**
   * Puts an earlier version into force again, as a new one.
   * @throws AppError `not-found`, and as `change` does
   */
  rollBack(version: number, { baseVersion, why }: Rollback, person: Person, ip: string) {
    const { hotline } = this.version(version);
    return this.change({ baseVersion, why, hotline }, person, ip);
  }

  /**
   * Makes the document the new version; the next caller meets it, live calls finish as they began.
   * @throws AppError `old-version` when somebody was faster, `invalid-input` for a missing prompt
   */
  change({ baseVersion, why, hotline }: HotlineChange, person: Person, ip: string): HotlineVersion {
    const { repo, events, audit, clock, hasPrompt } = this.#parts;
    const latest = this.current().version;
    if (baseVersion !== latest) throw new AppError('old-version', { version: latest });
    const problems = missingPrompts(hotline, hasPrompt);
    if (problems.length > 0) {
      const fields = problems.map((p) => ({ ...p, pointer: `/hotline${p.pointer}` }));
      throw new AppError('invalid-input', {}, fields);
    }
    const at = clock.now();
    const version = latest + 1;
    events.append([{ kind: 'hotline.changed', at, version, personId: person.id }], () => {
      repo.add({ version, body: hotline, at, personId: person.id, why });
      audit({
        person,
        ip,
        action: 'hotline.changed',
        subject: `hotline:${version}`,
        detail: { why },
      });
      // Read anew when next asked for: right whether or not this transaction is kept.
      this.#current = null;
    });
    return this.current();
  }
}

function toVersion(row: (VersionInfo & { body: unknown }) | null): HotlineVersion {
  if (row === null) throw new AppError('not-found');
  const { body, ...info } = row;
  return { ...info, hotline: hotlineSchema.parse(body) };
}
