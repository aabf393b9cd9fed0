import { and, asc, desc, eq } from 'drizzle-orm';
import type { Auditor } from '../access.ts';
import type { Clock } from '../kit/clock.ts';
import { AppError } from '../kit/errors.ts';
import { newId } from '../kit/ids.ts';
import { maskNumbersIn } from '../kit/mask.ts';
import type { Hand } from '../order-rules/order.ts';
import type { Store } from '../store/db.ts';
import { meetingOrders, meetings } from '../store/tables/orders.ts';
import { partsOf } from './parts.ts';
import type { OrdersRepo } from './repo.ts';
import type { Orders, Visitor } from './service.ts';
import type { HeldMeeting, MeetingView, NewMeeting } from './supervision-schema.ts';

const LATEST = 100;

interface Parts {
  readonly store: Store;
  readonly repo: OrdersRepo;
  readonly orders: Orders;
  readonly clock: Clock;
  readonly audit: Auditor;
  readonly nameOf: (personId: string) => string;
}

/** Joint meetings (联席会议): many orders on one agenda; what is decided is written into each of them. */
export class Meetings {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Latest first. */
  list(): MeetingView[] {
    const { db } = this.#parts.store;
    const rows = db.select().from(meetings).orderBy(desc(meetings.at)).limit(LATEST).all();
    return rows.map((row) => this.#view(row));
  }

  /** @throws AppError `forbidden`, `not-found` for an order, `move-refused` for one that is over */
  call({ orders: wanted, ...given }: NewMeeting, visitor: Visitor): MeetingView {
    const { store, clock, audit, repo } = this.#parts;
    const by = supervisorIn(visitor);
    const id = newId();
    const row = { ...given, id, minutes: null, heldAt: null };
    const ids = wanted.map((each) => (repo.byNumber(each) ?? this.#parts.orders.find(each)).id);
    store.transaction(() => {
      const created = { createdBy: visitor.person.id, createdAt: clock.now() };
      store.db
        .insert(meetings)
        .values({ ...row, ...created })
        .run();
      for (const orderId of new Set(ids)) {
        store.db.insert(meetingOrders).values({ meetingId: id, orderId }).run();
        const data = { meeting: { id, title: given.title }, why: given.title };
        this.#parts.orders.actAs(orderId, { do: 'agenda', data }, by, visitor.ip);
      }
      audit({ ...visitor, action: 'meeting.called', subject: `meeting:${id}` });
    });
    return this.#find(id);
  }

  /**
   * Writes the minutes, and each decision into its order: the lead unit where they are in dispute, the
   * co-units, the day. All of it or nothing.
   * @throws AppError `forbidden`, `not-found`, `not-now` when it was held already, `move-refused`
   */
  hold(id: string, { minutes, decisions }: HeldMeeting, visitor: Visitor): MeetingView {
    const { store, clock, audit, orders } = this.#parts;
    const by = supervisorIn(visitor);
    const meeting = this.#find(id);
    if (meeting.heldAt !== null) throw new AppError('not-now');
    store.transaction(() => {
      for (const { orderId, text, unitId, coUnitIds, until } of decisions) {
        if (!meeting.orders.some((each) => each.id === orderId)) throw new AppError('not-found');
        if (unitId !== undefined) {
          const ground = `联席会议：${meeting.title}`;
          orders.act(orderId, { do: 'rule', unitId, ground, coUnitIds, why: text }, visitor);
        }
        const data = {
          why: text,
          taskId: newId(),
          meeting: { id, title: meeting.title },
          ...(coUnitIds && { coUnitIds }),
          ...(until !== undefined && { until, due: { reply: until } }),
        };
        orders.actAs(orderId, { do: 'decision', data }, by, visitor.ip);
        const where = eq(meetingOrders.orderId, orderId);
        const links = store.db.update(meetingOrders).set({ decision: text });
        links.where(and(where, eq(meetingOrders.meetingId, id))).run();
      }
      const set = { minutes, heldAt: clock.now() };
      store.db.update(meetings).set(set).where(eq(meetings.id, id)).run();
      const detail = { decisions: decisions.length };
      audit({ ...visitor, action: 'meeting.held', subject: `meeting:${id}`, detail });
    });
    return this.#find(id);
  }

  #find(id: string): MeetingView {
    const row = this.#parts.store.db.select().from(meetings).where(eq(meetings.id, id)).get();
    if (!row) throw new AppError('not-found');
    return this.#view(row);
  }

  #view({ createdAt: _at, createdBy, ...row }: typeof meetings.$inferSelect): MeetingView {
    const { store, repo, nameOf } = this.#parts;
    const links = store.db
      .select()
      .from(meetingOrders)
      .where(eq(meetingOrders.meetingId, row.id))
      .orderBy(asc(meetingOrders.orderId))
      .all();
    const orders = links.flatMap(({ orderId, decision }) => {
      const order = repo.byId(orderId);
      if (!order) return [];
      const { id, number, title, state } = order;
      return [{ id, number, title: maskNumbersIn(title), state, decision }];
    });
    return { ...row, createdBy: nameOf(createdBy), orders };
  }
}

/** @throws AppError `forbidden` for who does not supervise */
function supervisorIn({ person }: Visitor): Hand {
  if (!partsOf(person.roles).includes('supervision')) throw new AppError('forbidden');
  return { personId: person.id, actor: 'supervision', unitId: null };
}
