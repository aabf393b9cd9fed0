import { eq } from 'drizzle-orm';
import type { Store } from '../store/db.ts';
import { unitMembers, units } from '../store/tables/orders.ts';

export type Unit = typeof units.$inferSelect;

/** The tree of units and who acts for them, kept in memory: a city has some thousands. */
export class Units {
  readonly #store: Store;
  readonly #byId = new Map<string, Unit>();
  readonly #unitOf = new Map<string, string>();
  readonly #phoneOf = new Map<string, string>();

  constructor(store: Store) {
    this.#store = store;
    this.reread();
  }

  /** Another process may have changed units, or who acts for them. */
  reread(): void {
    const { db } = this.#store;
    for (const known of [this.#byId, this.#unitOf, this.#phoneOf]) known.clear();
    for (const unit of db.select().from(units).all()) this.#byId.set(unit.id, unit);
    for (const { personId, unitId, phone } of db.select().from(unitMembers).all()) {
      this.#unitOf.set(personId, unitId);
      if (phone !== null) this.#phoneOf.set(personId, phone);
    }
  }

  all(): Unit[] {
    return [...this.#byId.values()];
  }

  find(id: string): Unit | undefined {
    return this.#byId.get(id);
  }

  nameOf(id: string): string {
    return this.#byId.get(id)?.name ?? id;
  }

  /** A unit with the person who answers for what comes in; null where nobody does. */
  onDuty(id: string): { id: string; duty: string } | null {
    const duty = this.#byId.get(id)?.dutyPersonId;
    return duty ? { id, duty } : null;
  }

  /** Who acts for which unit. */
  members(): { personId: string; unitId: string }[] {
    return [...this.#unitOf].map(([personId, unitId]) => ({ personId, unitId }));
  }

  /** The unit somebody acts for; null for people of the hotline. */
  of(personId: string): string | null {
    return this.#unitOf.get(personId) ?? null;
  }

  /** The own telephone of somebody who acts for a unit; null before they have told it. */
  phoneOf(personId: string): string | null {
    return this.#phoneOf.get(personId) ?? null;
  }

  /** Of somebody who acts for a unit. */
  setPhone(personId: string, phone: string): void {
    const where = eq(unitMembers.personId, personId);
    this.#store.db.update(unitMembers).set({ phone }).where(where).run();
    this.#phoneOf.set(personId, phone);
  }

  /** Is a unit the other one, or below it? */
  isWithin(unitId: string, ancestorId: string): boolean {
    for (let at: string | null = unitId; at !== null; at = this.#byId.get(at)?.parentId ?? null) {
      if (at === ancestorId) return true;
    }
    return false;
  }

  /** The unit and everything below it. */
  below(unitId: string): string[] {
    return this.all()
      .map(({ id }) => id)
      .filter((id) => this.isWithin(id, unitId));
  }

  /** Adds a unit or changes it; without a word on its peers they stay. The caller makes sure that the parent exists and no circle arises. */
  put({ peers, ...given }: Omit<Unit, 'peers'> & { peers?: string | undefined }): Unit {
    const unit = { ...given, peers: peers ?? this.#byId.get(given.id)?.peers ?? '' };
    this.#store.db
      .insert(units)
      .values(unit)
      .onConflictDoUpdate({ target: units.id, set: unit })
      .run();
    this.#byId.set(unit.id, unit);
    return unit;
  }

  /** Lets somebody act for a unit, or for none. */
  assign(personId: string, unitId: string | null): void {
    const { db } = this.#store;
    if (unitId === null) {
      db.delete(unitMembers).where(eq(unitMembers.personId, personId)).run();
      this.#unitOf.delete(personId);
      this.#phoneOf.delete(personId);
      return;
    }
    db.insert(unitMembers)
      .values({ personId, unitId })
      .onConflictDoUpdate({ target: unitMembers.personId, set: { unitId } })
      .run();
    this.#unitOf.set(personId, unitId);
  }
}
