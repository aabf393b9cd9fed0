import type { ZodError } from 'zod';
import { type Hotline, hotlineSchema } from '../../config/hotline.ts';
import type { Auditor, Person } from '../access.ts';
import type { NewEvent } from '../events.ts';
import type { Cancel, Clock } from '../kit/clock.ts';
import { AppError, type FieldProblem } from '../kit/errors.ts';
import type { Store } from '../store/db.ts';
import { createHotlineRepo } from './repo.ts';
import type { HotlineState, HotlineVersion } from './schema.ts';

/** The configuration in force, and how it changes while calls live. */
export interface HotlineService {
  current(): Hotline;
  state(): HotlineState;
  versions(): HotlineVersion[];
  /** @throws AppError `not-found` */
  version(version: number): HotlineState;
  /** Everything wrong with a document; nothing is changed. */
  check(hotline: unknown): FieldProblem[];
  /**
   * Puts a whole new document in force.
   * @throws AppError `invalid-input` with every problem, `old-version` when somebody was faster
   */
  change(
    change: { baseVersion: number; why: string; hotline?: unknown },
    by: { person: Person; ip: string },
  ): HotlineState;
  /** Told after a new version is in force. */
  onChange(listener: () => void): Cancel;
}

interface HotlineOptions {
  store: Store;
  clock: Clock;
  audit: Auditor;
  append(events: NewEvent[]): void;
  /** Imported when there is no version yet. */
  example(): Hotline;
}

export function createHotlineService(options: HotlineOptions): HotlineService {
  const { store, clock, audit } = options;
  const repo = createHotlineRepo(store);
  const listeners = new Set<() => void>();
  let state = repo.latest() ?? importExample();

  function importExample(): HotlineState {
    const hotline = options.example();
    repo.add({ hotline, at: clock.now(), personId: null, why: '首次启动导入' });
    const imported = repo.latest();
    if (!imported) throw new Error('the example configuration could not be stored');
    return imported;
  }

  return {
    current: () => state.hotline,
    state: () => state,
    versions: () => repo.list(),
    version(version) {
      const found = repo.find(version);
      if (!found) throw new AppError('not-found');
      return found;
    },
    check(hotline) {
      const checked = hotlineSchema.safeParse(hotline);
      return checked.success ? [] : problemsOf(checked.error);
    },
    change({ baseVersion, why, hotline }, { person, ip }) {
      const checked = hotlineSchema.safeParse(hotline);
      if (!checked.success) throw new AppError('invalid-input', {}, problemsOf(checked.error));
      if (baseVersion !== state.version) {
        throw new AppError('old-version', { version: state.version });
      }
      const at = clock.now();
      const version = store.transaction(() => {
        const added = repo.add({ hotline: checked.data, at, personId: person.id, why });
        const subject = `hotline:${added}`;
        audit({ person, ip, action: 'hotline.change', subject, detail: { why } });
        return added;
      });
      state = { version, at, by: person.name, why, hotline: checked.data };
      for (const listener of listeners) listener();
      options.append([{ kind: 'hotline.changed', at, version, personId: person.id }]);
      return state;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function problemsOf(error: ZodError): FieldProblem[] {
  return error.issues.map(({ path, message }) => ({
    pointer: `/hotline/${path.map(String).join('/')}`,
    message,
  }));
}
