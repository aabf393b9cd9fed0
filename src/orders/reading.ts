import type { Auditor } from '../access.ts';
import type { Clock } from '../kit/clock.ts';
import { AppError } from '../kit/errors.ts';
import { maskNumbersIn } from '../kit/mask.ts';
import { type Catalogue, pointOf } from '../order-rules/catalogue.ts';
import type { Policies } from '../order-rules/policy.ts';
import { actors } from '../order-rules/words.ts';
import { packOf } from './desk.ts';
import type { EventChain } from './event-chain.ts';
import type { OrderFiles } from './files.ts';
import { isTheirs, partFor, partsOf, todoOf } from './parts.ts';
import {
  type Belongings,
  type Eyes,
  mayCallParty,
  mayKnowParty,
  orderView,
  rowView,
} from './presenter.ts';
import type { CallFinder } from './relayed.ts';
import { repeatsOf } from './repeats.ts';
import type { OrderRow, OrdersRepo } from './repo.ts';
import type { ListQuery, OrderRowView, OrderView, SimilarQuery } from './schema.ts';
import type { Visitor } from './service.ts';
import type { Units } from './units.ts';

interface Parts {
  readonly repo: OrdersRepo;
  readonly chain: EventChain;
  readonly units: Units;
  readonly policies: Policies;
  readonly clock: Clock;
  readonly audit: Auditor;
  readonly nameOf: (personId: string) => string;
  readonly files: OrderFiles;
  readonly catalogueAt: (version: number | null) => Catalogue;
  callerOf(callId: string): string | null;
  readonly callOf: CallFinder;
}

/** What a unit writes at least to learn a caller's number, characters. */
const UNIT_REASON_LENGTH = 10;

/** For a draft, which has no pack yet. */
const packless = { warnAt: [0.5, 0.8] as [number, number], visitTries: 3 };

/** Looking at orders: who may see which, as what, and the trace every look leaves. */
export class OrderReading {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Orders the viewer may see, what burns first at the top. */
  list(query: ListQuery, { person }: Visitor): OrderRowView[] {
    const eyes = this.#eyes(person);
    const { repo } = this.#parts;
    if (query.number !== undefined) {
      const row = repo.byNumber(query.number);
      return row && this.#mayReach(row, eyes) ? [this.rowOf(row)] : [];
    }
    if (query.view === 'withdrawals') {
      const wishes = eyes.unitId === null ? repo.withdrawals(query.limit) : [];
      return this.#shown(wishes, eyes);
    }
    const states = query.state ? [query.state] : query.view === 'mine' ? todoOf(eyes.parts) : null;
    const unitIds = eyes.unitId === null ? null : this.#parts.units.below(eyes.unitId);
    const rows = repo.list({ unitIds, ...(states && { states }) }, query);
    return this.#shown([...rows, ...this.#owed(query, eyes)], eyes);
  }

  /** What waits for somebody in whatever state the order is: visits of merged ones, wishes to withdraw. */
  #owed({ view, state, caller, limit }: ListQuery, { parts }: Eyes): OrderRow[] {
    const { repo } = this.#parts;
    if (view !== 'mine' || state !== undefined || caller !== undefined) return [];
    return [
      ...(parts.includes('visitor') ? repo.mergedVisits(limit) : []),
      ...(partFor('refuse-withdrawal', parts, null) === null ? [] : repo.withdrawals(limit)),
    ];
  }

  /** Rows as the viewer may see them, each once. */
  #shown(rows: readonly OrderRow[], eyes: Eyes): OrderRowView[] {
    const distinct = new Map(rows.map((row) => [row.id, row]));
    return [...distinct.values()]
      .filter((row) => this.#mayReach(row, eyes))
      .map((row) => this.rowOf(row));
  }

  /** Of some orders those the viewer may see, in the order given. */
  some(ids: readonly string[], { person }: Visitor): OrderRowView[] {
    const eyes = this.#eyes(person);
    return ids.flatMap((id) => {
      const row = this.#parts.repo.byId(id);
      return row && this.#mayReach(row, eyes) ? [this.rowOf(row)] : [];
    });
  }

  /** The units whose figures somebody may see: a unit its own and those below; null is all. */
  reachOf(person: Visitor['person']): string[] | null {
    const { unitId, parts } = this.#eyes(person);
    if (parts.some((part) => !part.startsWith('unit-'))) return null;
    return unitId === null ? [] : this.#parts.units.below(unitId);
  }

  /** One order; the look is written down. @throws AppError `not-found`, also for who may not see it. */
  one(id: string, { person, ip }: Visitor): OrderView {
    const { repo, chain } = this.#parts;
    const eyes = this.#eyes(person);
    const row = this.#reached(id, eyes);
    this.#remember(row, eyes, ip, 'view', '');
    const shown = repo.byId(id) ?? row;
    return orderView(shown, chain.of(id), eyes, this.#around(row), this.#belongings(shown, eyes));
  }

  /** @throws AppError `not-found` when the viewer may not see the order */
  mustReach(id: string, { person }: Visitor): void {
    this.#reached(id, this.#eyes(person));
  }

  /** Open orders that may be about the same thing as what is being typed. @throws AppError `forbidden` */
  similar(query: SimilarQuery, { person }: Visitor) {
    const eyes = this.#eyes(person);
    if (eyes.unitId !== null || eyes.parts.length === 0) throw new AppError('forbidden');
    return repeatsOf(query, this.#parts).map(({ row, why }) => ({
      ...this.rowOf(row),
      why,
      place: maskNumbersIn(row.place),
    }));
  }

  /** A file of an order; the look is written down. @throws AppError `not-found` */
  file(id: string, fileId: string, { person, ip }: Visitor) {
    const eyes = this.#eyes(person);
    const row = this.#reached(id, eyes);
    const found = this.#parts.files.read(id, fileId);
    this.#remember(row, eyes, ip, 'export', found.file.name);
    return found;
  }

  #belongings(row: OrderRow, eyes: Eyes): Belongings {
    const { repo, files, catalogueAt } = this.#parts;
    const other = row.mergedInto ?? row.folded.repeatOf ?? null;
    const ofHotline = eyes.unitId === null;
    return {
      repeated: other === null || !ofHotline ? null : repo.byId(other),
      merged: ofHotline ? repo.mergedInto(row.id) : [],
      files: files.of(row.id),
      template: pointOf(catalogueAt(row.catalogueVersion), row.matter, row.point),
    };
  }

  /**
   * The caller's number in clear, once, with a reason. Units call through the hotline's number: they
   * learn it only while the order is in their hands, and have to say more than a word.
   * @throws AppError `forbidden`, `not-found`, `invalid-input` for a unit's reason that is too short
   */
  reveal(id: string, why: string, { person, ip }: Visitor): string {
    const eyes = this.#eyes(person);
    const row = this.#reached(id, eyes);
    if (!mayKnowParty(row, eyes)) throw new AppError('forbidden');
    if (eyes.unitId !== null) {
      if (!mayCallParty(row, eyes, this.#parts.units)) throw new AppError('forbidden');
      const message = `at least ${UNIT_REASON_LENGTH} characters`;
      if (why.trim().length < UNIT_REASON_LENGTH)
        throw new AppError('invalid-input', {}, [{ pointer: '/reason', message }]);
    }
    this.#remember(row, eyes, ip, 'reveal', why);
    const { id: personId, name } = person;
    this.#parts.audit({
      person: { id: personId, name },
      ip,
      action: 'order.number-revealed',
      subject: `order:${id}`,
      detail: { why },
    });
    return row.callerNumber;
  }

  /** Who saw this order, newest first. */
  viewers(id: string, { person }: Visitor) {
    this.#reached(id, this.#eyes(person));
    const { repo, nameOf, units } = this.#parts;
    return repo.viewsOf(id).map(({ at, personId, unitId, ip, act, why }) => ({
      at,
      ip,
      act,
      why,
      person: personId === 'citizen' ? actors.citizen.zh : nameOf(personId),
      unit: unitId === null ? null : units.nameOf(unitId),
    }));
  }

  #reached(id: string, eyes: Eyes): OrderRow {
    const row = this.#parts.repo.byId(id);
    // A unit learns nothing of orders elsewhere, not even that they exist.
    if (!row || !this.#mayReach(row, eyes)) throw new AppError('not-found');
    return row;
  }

  #mayReach({ folded }: OrderRow, { unitId, parts }: Eyes): boolean {
    if (parts.length === 0) return false;
    if (parts.some((part) => !part.startsWith('unit-'))) return true;
    const { units } = this.#parts;
    if (unitId === null || folded.againstUnitId === unitId) return false;
    const isCoUnit = folded.coUnitIds.some((id) => units.isWithin(unitId, id));
    return isCoUnit || isTheirs(folded, unitId, units);
  }

  #remember(
    row: OrderRow,
    eyes: Eyes,
    ip: string,
    act: 'view' | 'reveal' | 'export',
    why: string,
  ): void {
    const { repo, clock } = this.#parts;
    const { personId, unitId } = eyes;
    repo.addView({ orderId: row.id, at: clock.now(), personId, unitId, ip, act, why });
  }

  #eyes({ id, roles }: Visitor['person']): Eyes {
    const parts = partsOf(roles);
    const isUnit = parts.length > 0 && parts.every((part) => part.startsWith('unit-'));
    return { personId: id, parts, unitId: isUnit ? this.#parts.units.of(id) : null };
  }

  /** A row of a list. */
  rowOf(row: OrderRow): OrderRowView {
    return rowView(row, this.#around(row));
  }

  #around({ folded, catalogueVersion }: OrderRow) {
    const { units, nameOf, clock, policies, callOf, catalogueAt } = this.#parts;
    const { warnAt, visitTries } = packOf(policies, folded) ?? packless;
    const city = catalogueAt(catalogueVersion);
    return { units, nameOf, callOf, now: clock.now(), visitTries, warnAt, city };
  }
}
