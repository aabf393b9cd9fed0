import { eq } from 'drizzle-orm';
import type { Order } from '../order-rules/order.ts';
import type { Store } from '../store/db.ts';
import { orders, type orderViews } from '../store/tables/orders.ts';
import { OrderLists, type Reach } from './lists.ts';
import type { ListQuery } from './schema.ts';

export type OrderRow = typeof orders.$inferSelect;
export type OrderViewRow = Omit<typeof orderViews.$inferSelect, 'seq'>;
type RawRow = Omit<OrderRow, 'folded' | 'sealed' | 'answers'> & {
  folded: string;
  sealed: number;
  answers: string | null;
};

/** More of the worst nobody reads. */
const BOARD_ROWS = 200;

/** What orders have come to remember since the first were kept. */
const grown = {
  urgedAt: null,
  rated: null,
  satisfied: null,
  tasks: [],
  plan: null,
  relays: [],
  visitTries: [],
  withdrawal: null,
};

/** Orders in the database, as rows folded from their events. */
export class OrdersRepo {
  readonly #store: Store;
  readonly #byId;
  readonly #byNumber;
  readonly #ofCaller;
  readonly #mergedInto;
  readonly #byCode;
  readonly #addView;
  readonly #viewsOf;
  readonly #waking;
  readonly #byRow;
  readonly #lists;
  readonly #openAt;
  readonly #mergedVisits;
  readonly #withdrawals;

  constructor(store: Store) {
    this.#store = store;
    const { sql } = store;
    this.#byId = sql.prepare<[string], RawRow>('SELECT * FROM orders WHERE id = ?');
    this.#byNumber = sql.prepare<[string], RawRow>('SELECT * FROM orders WHERE number = ?');
    this.#byCode = sql.prepare<[string], RawRow>('SELECT * FROM orders WHERE queryCode = ?');
    this.#mergedInto = sql.prepare<[string], RawRow>(
      'SELECT * FROM orders WHERE mergedInto = ? ORDER BY createdAt',
    );
    this.#ofCaller = sql.prepare<[string, number], RawRow>(
      'SELECT * FROM orders WHERE callerNumber = ? ORDER BY createdAt DESC LIMIT ?',
    );
    this.#addView = sql.prepare<OrderViewRow>(
      `INSERT INTO order_views (orderId, at, personId, unitId, ip, act, why)
       VALUES (@orderId, @at, @personId, @unitId, @ip, @act, @why)`,
    );
    this.#viewsOf = sql.prepare<[string], OrderViewRow>(
      'SELECT * FROM order_views WHERE orderId = ? ORDER BY seq DESC LIMIT 500',
    );
    this.#openAt = sql.prepare<[string, string, number, number], RawRow>(
      `SELECT * FROM orders WHERE matter = ? AND area = ? AND createdAt >= ?
       AND endedAt IS NULL AND state != 'draft' ORDER BY createdAt DESC LIMIT ?`,
    );
    this.#mergedVisits = sql.prepare<[number], RawRow>(
      `SELECT own.* FROM orders own JOIN orders master ON master.id = own.mergedInto
       WHERE own.state = 'merged' AND own.visitedAt IS NULL
       AND master.state IN ('visit', 'closed', 'archived') LIMIT ?`,
    );
    this.#withdrawals = sql.prepare<[number], RawRow>(
      'SELECT * FROM orders WHERE withdrawalAt IS NOT NULL ORDER BY withdrawalAt LIMIT ?',
    );
    this.#waking = sql.prepare<[number], { id: string }>(
      'SELECT id FROM orders WHERE wakeAt <= ? ORDER BY wakeAt LIMIT 200',
    );
    this.#byRow = sql.prepare<[number], RawRow>('SELECT * FROM orders WHERE rowid = ?');
    this.#lists = new OrderLists(store);
  }

  byId(id: string): OrderRow | null {
    return rowOf(this.#byId.get(id));
  }

  byNumber(number: string): OrderRow | null {
    return rowOf(this.#byNumber.get(number));
  }

  /** Orders with this query code: one, and by rare chance another. */
  byCode(code: string): OrderRow[] {
    return this.#byCode.all(code).flatMap((row) => rowOf(row) ?? []);
  }

  /** Orders that were merged into this one: whoever asked in them keeps notice and vote. */
  mergedInto(id: string): OrderRow[] {
    return this.#mergedInto.all(id).flatMap((row) => rowOf(row) ?? []);
  }

  add(row: OrderRow): void {
    this.#store.db.insert(orders).values(row).run();
  }

  /** Writes the folded order and what lists need of it. */
  change(id: string, change: Partial<OrderRow> & { folded: Order }): void {
    const { state, type, urgency, matter, area, sealed, supervision } = change.folded;
    const { leadUnitId, handlingUnitId, responsible, endedAt, mergedInto, withdrawal } =
      change.folded;
    const columns = {
      state,
      type,
      urgency,
      matter,
      area,
      supervision,
      leadUnitId,
      handlingUnitId,
      responsible,
      endedAt,
      mergedInto,
      withdrawalAt: withdrawal?.at ?? null,
      sealed: sealed ? 1 : 0,
      number: change.number,
      queryCode: change.queryCode,
      dueAt: change.dueAt,
      wakeAt: change.wakeAt,
      taskDueAt: change.taskDueAt,
      visitedAt: change.visitedAt,
      folded: JSON.stringify(change.folded),
    };
    const present = Object.entries(columns).filter(([, value]) => value !== undefined);
    const assignments = present.map(([name]) => `${name} = @${name}`).join(', ');
    this.#store.sql
      .prepare(`UPDATE orders SET ${assignments} WHERE id = @id`)
      .run({ id, ...Object.fromEntries(present) });
  }

  /** What burns first at the top; behind it what no clock runs for, the newest first. */
  list(reach: Reach, { caller, limit }: ListQuery): OrderRow[] {
    if (caller !== undefined) return this.ofCaller(caller, limit);
    const rows = this.#lists.rowsOf(reach, limit);
    return rows.flatMap((row) => rowOf(this.#byRow.get(row)) ?? []);
  }

  /** Orders of one caller, the newest first. */
  ofCaller(number: string, limit: number): OrderRow[] {
    return this.#ofCaller.all(number, limit).flatMap((row) => rowOf(row) ?? []);
  }

  /** Open orders on a matter in an area since a moment, the newest first. */
  openAt(matter: string, area: string, since: number, limit: number): OrderRow[] {
    return this.#openAt.all(matter, area, since, limit).flatMap((row) => rowOf(row) ?? []);
  }

  /** Merged orders whose callers have still to be asked, now that the matter is done. */
  mergedVisits(limit: number): OrderRow[] {
    return this.#mergedVisits.all(limit).flatMap((row) => rowOf(row) ?? []);
  }

  /** Orders whose citizens wish to withdraw them, the longest waiting first. */
  withdrawals(limit: number): OrderRow[] {
    return this.#withdrawals.all(limit).flatMap((row) => rowOf(row) ?? []);
  }

  /** Writes what an agent changed in a draft. */
  revise(row: OrderRow): void {
    const { id, ...rest } = row;
    this.#store.db.update(orders).set(rest).where(eq(orders.id, id)).run();
  }

  /** Open orders under supervision, the highest level first, what burns first at the top. */
  supervised(): OrderRow[] {
    return this.#some(
      'supervision > 0 AND endedAt IS NULL ORDER BY supervision DESC, dueAt IS NULL, dueAt',
    );
  }

  /** Orders with an instruction nobody has answered, by when it is due. */
  withTasks(): OrderRow[] {
    return this.#some('taskDueAt IS NOT NULL ORDER BY taskDueAt');
  }

  longTerm(): OrderRow[] {
    const rows = this.#some("state = 'long-term'");
    const reviewAt = ({ folded }: OrderRow) => folded.plan?.reviewAt ?? 0;
    return rows.toSorted((a, b) => reviewAt(a) - reviewAt(b));
  }

  #some(condition: string): OrderRow[] {
    return this.#store.sql
      .prepare<[], RawRow>(`SELECT * FROM orders WHERE ${condition} LIMIT ${BOARD_ROWS}`)
      .all()
      .flatMap((row) => rowOf(row) ?? []);
  }

  addView(view: OrderViewRow): void {
    this.#addView.run(view);
  }

  viewsOf(orderId: string): OrderViewRow[] {
    return this.#viewsOf.all(orderId);
  }

  /** Orders for which the house itself has something to do by now. */
  waking(now: number): string[] {
    return this.#waking.all(now).map(({ id }) => id);
  }
}

function rowOf(row: RawRow | undefined): OrderRow | null {
  if (!row) return null;
  // Written by `change` and `add` only, from an `Order`.
  const answers = row.answers === null ? null : (JSON.parse(row.answers) as OrderRow['answers']);
  const folded = { ...grown, ...(JSON.parse(row.folded) as Order) };
  return { ...row, sealed: row.sealed === 1, answers, folded };
}
