import { desc, eq } from 'drizzle-orm';
import type { Auditor, Person } from '../access.ts';
import type { Clock } from '../kit/clock.ts';
import { AppError } from '../kit/errors.ts';
import { newId } from '../kit/ids.ts';
import type { Store } from '../store/db.ts';
import type { EventLog } from '../store/event-log.ts';
import { bulletins as table } from '../store/tables/hotline.ts';
import { BULLETIN_PREFIX, type Prompts } from './prompts.ts';
import type { Bulletin, NewBulletin } from './schema.ts';
import { type SpokenLanguage, speakText, spokenLanguages } from './speak.ts';
import { readRecording } from './wav.ts';

const SHOWN = 100;

interface By {
  person: Person;
  ip: string;
}

interface Parts {
  store: Store;
  events: Pick<EventLog, 'append'>;
  prompts: Prompts;
  audit: Auditor;
  clock: Pick<Clock, 'now'>;
  /** The machine's voice; rejects when there is none. */
  speak?: typeof speakText;
}

/** The sound callers hear. */
export function promptOfBulletin(id: string): string {
  return `${BULLETIN_PREFIX}${id.toLowerCase()}`;
}

/**
 * Incident bulletins: a shift leader types what callers are told, and it is on. The document of the
 * hotline stays as it is; every switch is an event and in the audit.
 */
export class Bulletins {
  readonly #parts: Parts;
  #on: readonly Bulletin[] | null = null;
  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Newest first, those that are off as well. */
  list(): Bulletin[] {
    const { db } = this.#parts.store;
    return db.select().from(table).orderBy(desc(table.id)).limit(SHOWN).all();
  }

  /** Those that are switched on, oldest first; asked for each call, so kept in memory. */
  on(): readonly Bulletin[] {
    const { db } = this.#parts.store;
    this.#on ??= db.select().from(table).where(eq(table.isOn, true)).orderBy(table.id).all();
    return this.#on;
  }

  /** Those on that are not over: what consoles show. */
  current(): Bulletin[] {
    const now = this.#parts.clock.now();
    return this.on().filter(({ endsAt }) => endsAt === null || now < endsAt);
  }

  /**
   * Has the machine speak the text in each language and switches the bulletin on; without `speak` it
   * is kept until a recording is there.
   * @throws AppError `no-voice` when the machine has none
   */
  async make({ texts, scope, startsAt, endsAt, speak }: NewBulletin, by: By): Promise<Bulletin> {
    const now = this.#parts.clock.now();
    const { zh, yue = zh, en = zh } = texts;
    const id = newId();
    if (speak) await this.#speak(id, { zh, yue, en: texts.en ?? `[zh]${zh}` });
    const { id: personId } = by.person;
    const row: Bulletin = {
      id,
      texts: { zh, yue, en },
      scope,
      startsAt: startsAt ?? now,
      endsAt,
      isOn: false,
      hasSound: speak,
      createdAt: now,
      createdBy: personId,
      changedAt: now,
      changedBy: personId,
    };
    this.#parts.store.db.insert(table).values(row).run();
    return speak ? this.turn(id, true, by) : row;
  }

  /**
   * Switches on or off; `endsAt`, if given, is the new end. Switching what is so already changes
   * nothing.
   * @throws AppError `not-found`, `no-voice` for one that has nothing to play
   */
  turn(id: string, isOn: boolean, { person, ip }: By, endsAt?: number | null): Bulletin {
    const { store, events, audit, clock } = this.#parts;
    const before = this.#find(id);
    if (isOn && !before.hasSound) throw new AppError('no-voice');
    const at = clock.now();
    const end = endsAt === undefined ? before.endsAt : endsAt;
    if (before.isOn === isOn && before.endsAt === end) return before;
    const kind = isOn ? 'bulletin.on' : 'bulletin.off';
    events.append([{ kind, at, bulletinId: id, personId: person.id }], () => {
      const set = { isOn, endsAt: end, changedAt: at, changedBy: person.id };
      store.db.update(table).set(set).where(eq(table.id, id)).run();
      const { scope, texts } = before;
      const detail = { text: texts.zh, scope, endsAt: end };
      audit({ person, ip, action: kind, subject: `bulletin:${id}`, detail });
      // Read anew when next asked for: right whether or not this transaction is kept.
      this.#on = null;
    });
    return this.#find(id);
  }

  /** Another circle of callers hears it from now on. @throws AppError `not-found` */
  aim(id: string, scope: Bulletin['scope'], { person, ip }: By): Bulletin {
    const { store, audit, clock } = this.#parts;
    const { scope: before } = this.#find(id);
    store.db.transaction(() => {
      const set = { scope, changedAt: clock.now(), changedBy: person.id };
      store.db.update(table).set(set).where(eq(table.id, id)).run();
      const detail = { before, after: scope };
      audit({ person, ip, action: 'bulletin.aimed', subject: `bulletin:${id}`, detail });
    });
    this.#on = null;
    return this.#find(id);
  }

  /**
   * Puts a recording in place of the machine's voice, or where there is none. The first one speaks
   * for the other languages, too, until they have their own.
   * @throws AppError `not-found`, `bad-audio`
   */
  async record(id: string, language: SpokenLanguage, file: Buffer, by: By): Promise<Bulletin> {
    const { store, prompts, audit } = this.#parts;
    const { hasSound } = this.#find(id);
    const recorded = readRecording(file);
    const filled = hasSound ? [language] : spokenLanguages;
    for (const each of filled) await prompts.keep(each, promptOfBulletin(id), recorded);
    store.db.update(table).set({ hasSound: true }).where(eq(table.id, id)).run();
    this.#on = null;
    audit({ ...by, action: 'bulletin.recorded', subject: `bulletin:${id}`, detail: { language } });
    return this.#find(id);
  }

  async #speak(id: string, texts: Record<SpokenLanguage, string>): Promise<void> {
    const { prompts, speak = speakText } = this.#parts;
    for (const language of spokenLanguages) {
      const spoken = await speak(language, texts[language]).catch(() => {
        throw new AppError('no-voice');
      });
      await prompts.keep(language, promptOfBulletin(id), spoken);
    }
  }

  #find(id: string): Bulletin {
    const found = this.#parts.store.db.select().from(table).where(eq(table.id, id)).get();
    if (!found) throw new AppError('not-found');
    return found;
  }
}
