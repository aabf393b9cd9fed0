import { and, asc, desc, eq } from 'drizzle-orm';
import type { Auditor } from '../access.ts';
import type { Clock } from '../kit/clock.ts';
import { AppError } from '../kit/errors.ts';
import { newId } from '../kit/ids.ts';
import { maskNumbersIn } from '../kit/mask.ts';
import { shanghaiTime } from '../kit/shanghai.ts';
import { startsIn } from '../order-rules/moves.ts';
import { noteFits } from '../order-rules/notes.ts';
import type { Hand, Meeting, MoveData } from '../order-rules/order.ts';
import type { Store } from '../store/db.ts';
import { type MeetingChange, meetingOrders, meetings } from '../store/tables/orders.ts';
import { partsOf } from './parts.ts';
import type { OrderRow, OrdersRepo } from './repo.ts';
import type { Orders, Visitor } from './service.ts';
import type {
  HeldMeeting,
  MeetingRow,
  MeetingView,
  MovedMeeting,
  NewMeeting,
} from './supervision-schema.ts';
import { tasksOf } from './task-view.ts';
import type { Units } from './units.ts';

const LATEST = 100;

interface Parts {
  readonly store: Store;
  readonly repo: OrdersRepo;
  readonly orders: Orders;
  readonly units: Units;
  readonly clock: Clock;
  readonly audit: Auditor;
  readonly nameOf: (personId: string) => string;
}

type Row = typeof meetings.$inferSelect;

interface Change extends Pick<MeetingChange, 'kind' | 'why'> {
  readonly to: Partial<Pick<Row, 'at' | 'place'>>;
  /** What each order on the agenda is told. */
  readonly note: { readonly do: 'meeting-moved' | 'meeting-cancelled'; readonly data: MoveData };
}

/** Joint meetings (联席会议): many orders on one agenda; what is decided is written into each of them. */
export class Meetings {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Latest first. */
  list(): MeetingRow[] {
    const { db } = this.#parts.store;
    const rows = db.select().from(meetings).orderBy(desc(meetings.at)).limit(LATEST).all();
    return rows.map((row) => {
      const { orders, minutes: _minutes, changes: _changes, ...facts } = this.#view(row);
      const decided = orders.filter(({ decision }) => decision !== null);
      const settled = decided.filter(({ task }) => task !== null && task.closedAt !== null);
      return {
        ...facts,
        orders: orders.length,
        decided: decided.length,
        settled: settled.length,
      };
    });
  }

  /** @throws AppError `not-found` */
  find(id: string): MeetingView {
    return this.#view(this.#row(id));
  }

  /** @throws AppError `forbidden`, `not-found` for an order, `move-refused` for one that is over */
  call({ orders: wanted, ...given }: NewMeeting, visitor: Visitor): MeetingView {
    const { store, clock, audit, repo, orders } = this.#parts;
    const by = supervisorIn(visitor);
    const meeting = { id: newId(), title: given.title };
    const rows = wanted.map((each) => repo.byNumber(each) ?? orders.find(each));
    const agenda = new Map(rows.map((row) => [row.id, row]));
    store.transaction(() => {
      const created = { createdBy: visitor.person.id, createdAt: clock.now() };
      const row = { ...given, ...created, id: meeting.id };
      store.db.insert(meetings).values(row).run();
      for (const order of agenda.values()) {
        store.db.insert(meetingOrders).values({ meetingId: meeting.id, orderId: order.id }).run();
        const data = { meeting, why: `${given.title}（${whenAndWhere(given)}）` };
        naming(order, () => orders.actAs(order.id, { do: 'agenda', data }, by, visitor.ip));
      }
      audit({ ...visitor, action: 'meeting.called', subject: `meeting:${meeting.id}` });
    });
    return this.find(meeting.id);
  }

  /**
   * Writes the minutes, and each decision into its order: the lead unit where they are in dispute, the
   * co-units, the day. All of it or nothing.
   * @throws AppError `forbidden`, `not-found`, `not-now` when it was held or cancelled, `move-refused`
   */
  hold(id: string, { minutes, decisions }: HeldMeeting, visitor: Visitor): MeetingView {
    const { store, clock, audit } = this.#parts;
    const by = supervisorIn(visitor);
    const meeting = this.#view(this.#toCome(id));
    store.transaction(() => {
      for (const decision of decisions) {
        if (!meeting.orders.some((each) => each.id === decision.orderId))
          throw new AppError('not-found');
        this.#decide(meeting, decision, by, visitor);
      }
      const set = { minutes, heldAt: clock.now() };
      store.db.update(meetings).set(set).where(eq(meetings.id, id)).run();
      const detail = { decisions: decisions.length };
      audit({ ...visitor, action: 'meeting.held', subject: `meeting:${id}`, detail });
    });
    return this.find(id);
  }

  /**
   * Another time or place; each of its orders says so.
   * @throws AppError `forbidden`, `not-found`, `not-now` when it was held or cancelled, `move-refused`
   * for a time that is over
   */
  move(id: string, { why, ...to }: MovedMeeting, visitor: Visitor): MeetingView {
    const data = { why: `改为 ${whenAndWhere(to)}：${why}`, until: to.at };
    return this.#change(
      id,
      { kind: 'moved', why, to, note: { do: 'meeting-moved', data } },
      visitor,
    );
  }

  /** It is off, and its orders go on without it. @throws AppError as `move` */
  cancel(id: string, why: string, visitor: Visitor): MeetingView {
    const note = { do: 'meeting-cancelled', data: { why } } as const;
    return this.#change(id, { kind: 'cancelled', why, to: {}, note }, visitor);
  }

  #change(id: string, { kind, why, to, note }: Change, visitor: Visitor): MeetingView {
    const { store, clock, audit, orders } = this.#parts;
    const by = supervisorIn(visitor);
    const { title, changes, at, place } = this.#toCome(id);
    const change = { kind, why, at: clock.now(), personId: by.personId, was: { at, place } };
    store.transaction(() => {
      const set = { ...to, changes: [...changes, change] };
      store.db.update(meetings).set(set).where(eq(meetings.id, id)).run();
      for (const { orderId } of this.#agenda(id)) {
        const data = { ...note.data, meeting: { id, title } };
        orders.actAs(orderId, { do: note.do, data }, by, visitor.ip);
      }
      audit({ ...visitor, action: `meeting.${kind}`, subject: `meeting:${id}`, detail: { why } });
    });
    return this.find(id);
  }

  /** One decision: a ruling first, so that the unit it names answers for what was decided. */
  #decide(
    { id, title }: Meeting,
    { orderId, text, unitId, coUnitIds, until }: HeldMeeting['decisions'][number],
    by: Hand,
    visitor: Visitor,
  ): void {
    const { store, orders } = this.#parts;
    naming(orders.find(orderId), () => {
      if (unitId !== undefined) {
        const ground = `联席会议：${title}`;
        orders.act(orderId, { do: 'rule', unitId, ground, coUnitIds, why: text }, visitor);
      }
      const data = {
        why: text,
        taskId: newId(),
        meeting: { id, title },
        ...(coUnitIds && { coUnitIds }),
        ...(until !== undefined && { until, due: { reply: until } }),
      };
      orders.actAs(orderId, { do: 'decision', data }, by, visitor.ip);
    });
    const where = and(eq(meetingOrders.orderId, orderId), eq(meetingOrders.meetingId, id));
    store.db.update(meetingOrders).set({ decision: text }).where(where).run();
  }

  #row(id: string): Row {
    const row = this.#parts.store.db.select().from(meetings).where(eq(meetings.id, id)).get();
    if (!row) throw new AppError('not-found');
    return row;
  }

  /** @throws AppError `not-found`, `not-now` when it was held or cancelled */
  #toCome(id: string): Row {
    const row = this.#row(id);
    if (row.heldAt !== null || isCancelled(row)) throw new AppError('not-now');
    return row;
  }

  #agenda(id: string): (typeof meetingOrders.$inferSelect)[] {
    return this.#parts.store.db
      .select()
      .from(meetingOrders)
      .where(eq(meetingOrders.meetingId, id))
      .orderBy(asc(meetingOrders.orderId))
      .all();
  }

  #view({ createdAt: _at, createdBy, ...row }: Row): MeetingView {
    const { repo, units, nameOf } = this.#parts;
    const orders = this.#agenda(row.id).flatMap(({ orderId, decision }) => {
      const order = repo.byId(orderId);
      if (!order) return [];
      const { id, number, title, state, leadUnitId } = order;
      return {
        id,
        number,
        state,
        title: maskNumbersIn(title),
        leadUnit: leadUnitId === null ? null : units.nameOf(leadUnitId),
        mayDecide: noteFits('decision', order.folded),
        mayRule: startsIn('rule', state),
        decision: decision === null ? null : maskNumbersIn(decision),
        task: tasksOf(order, this.#parts).find(({ meeting }) => meeting?.id === row.id) ?? null,
      };
    });
    return {
      ...row,
      title: maskNumbersIn(row.title),
      place: maskNumbersIn(row.place),
      attendees: maskNumbersIn(row.attendees),
      minutes: row.minutes === null ? null : maskNumbersIn(row.minutes),
      createdBy: nameOf(createdBy),
      isCancelled: isCancelled(row),
      changes: row.changes.map(({ personId, why, was, ...change }) => ({
        ...change,
        person: nameOf(personId),
        why: maskNumbersIn(why),
        was: { at: was.at, place: maskNumbersIn(was.place) },
      })),
      orders,
    };
  }
}

function isCancelled({ changes }: Pick<Row, 'changes'>): boolean {
  return changes.at(-1)?.kind === 'cancelled';
}

/** As orders name it: `2026-11-30 09:30，三楼 302`. */
function whenAndWhere({ at, place }: Pick<Row, 'at' | 'place'>): string {
  return [shanghaiTime(at).slice(0, 16), place].filter(Boolean).join('，');
}

/** Says of which order a refusal is: nobody finds it on an agenda of thirty. */
function naming({ number, id }: OrderRow, act: () => unknown): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'move-refused') throw error;
    const { zh, en, ...rest } = error.values;
    const which = number ?? id;
    throw new AppError('move-refused', { ...rest, zh: `${which} ${zh}`, en: `${which}: ${en}` });
  }
}

/** @throws AppError `forbidden` for who does not supervise */
function supervisorIn({ person }: Visitor): Hand {
  if (!partsOf(person.roles).includes('supervision')) throw new AppError('forbidden');
  return { personId: person.id, actor: 'supervision', unitId: null };
}
