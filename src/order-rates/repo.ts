import type { OrderEvent } from '../order-rules/order.ts';
import type { Store } from '../store/db.ts';
import type { RateDefinition } from './definitions.ts';
import { foldFacts, type OrderFacts } from './facts.ts';
import type { BehindQuery, RateGrouping } from './schema.ts';

/** A period, a reach, and how to group. */
export interface Asked {
  readonly from: number;
  readonly to: number;
  readonly at: number;
  /** Units whose orders count; null is all. */
  readonly unitIds: readonly string[] | null;
  readonly matter: string;
  readonly area: string;
}

export interface Counted {
  readonly key: string;
  readonly n: number;
  readonly d: number;
}

/** Facts of orders: kept with each event, asked by the rates. */
export interface RatesRepo {
  /** Folds an event; called in the transaction that stores it. */
  apply(event: OrderEvent): void;
  /** Folds the events of every order when nothing was ever folded: the orders are older than the rates. */
  catchUp(eventsOf: (orderId: string) => readonly OrderEvent[]): void;
  factsOf(orderId: string): OrderFacts | null;
  count(definition: RateDefinition, asked: Asked, by: RateGrouping): Counted[];
  /** Ids of the orders behind a figure, the latest first. */
  behind(definition: RateDefinition, asked: Asked, query: Behind): string[];
}
type Behind = Pick<BehindQuery, 'side' | 'key' | 'by' | 'limit'>;

/** Shanghai's midnight lies on whole hours of the epoch. */
const localMs = (basis: string) => `(f.${basis} + 28800000)`;
const keys: Record<RateGrouping, (definition: RateDefinition) => string> = {
  all: () => "''",
  unit: ({ unit = 'leadUnitId' }) => `coalesce(f.${unit}, '')`,
  matter: () => 'f.matter',
  // Districts: the first six digits (GB/T 2260).
  area: () => 'substr(f.area, 1, 6)',
  day: ({ basis }) => `f.${basis} - ${localMs(basis)} % 86400000`,
  month: ({ basis }) =>
    `unixepoch(${localMs(basis)} / 1000, 'unixepoch', 'start of month', '-8 hours') * 1000`,
};

export function createRatesRepo({ sql, transaction }: Store): RatesRepo {
  const one = sql.prepare<[string], RawFacts>('SELECT * FROM order_facts WHERE orderId = ?');
  const columns = sql
    .prepare<[], string>("SELECT name FROM pragma_table_info('order_facts')")
    .pluck()
    .all();
  const put = sql.prepare<[object]>(
    `INSERT OR REPLACE INTO order_facts (${columns.join()})
     VALUES (${columns.map((name) => `@${name}`).join()})`,
  );
  const factsOf = (orderId: string) => fromRaw(one.get(orderId));
  return {
    factsOf,
    catchUp(eventsOf) {
      const isMissing = sql
        .prepare('SELECT 1 FROM orders WHERE NOT EXISTS (SELECT 1 FROM order_facts) LIMIT 1')
        .get();
      if (!isMissing) return;
      const ids = sql.prepare<[], string>('SELECT id FROM orders').pluck().all();
      transaction(() => {
        for (const id of ids) {
          const facts = recompute(eventsOf(id));
          if (facts) put.run(toRaw(facts));
        }
      });
    },
    apply: (event) => void put.run(toRaw(foldFacts(factsOf(event.orderId), event))),
    count(definition, asked, by) {
      const { numerator } = definition;
      return sql
        .prepare<[object], Counted>(
          `SELECT CAST(${keys[by](definition)} AS TEXT) AS key, count(*) AS d,
             count(CASE WHEN ${numerator.sql} THEN 1 END) AS n
           ${fromOrders(definition, asked)} GROUP BY 1 ORDER BY 1`,
        )
        .all(bound(asked));
    },
    behind(definition, asked, { side, key, by, limit }) {
      const { numerator, basis } = definition;
      const isGood = `coalesce(${numerator.sql}, 0)`;
      const which = { denominator: '1', numerator: isGood, others: `NOT ${isGood}` }[side];
      const ofKey = key === undefined ? '' : `AND CAST(${keys[by](definition)} AS TEXT) = @key`;
      return sql
        .prepare<[object], string>(
          `SELECT f.orderId ${fromOrders(definition, asked)} AND ${which} ${ofKey}
           ORDER BY f.${basis} DESC LIMIT @limit`,
        )
        .pluck()
        .all({ ...bound(asked), key, limit });
    },
  };
}

/** The orders that count: in the period, within reach, in the denominator. */
function fromOrders(
  { basis, unit = 'leadUnitId', denominator }: RateDefinition,
  asked: Asked,
): string {
  return `FROM order_facts f JOIN orders o ON o.id = f.orderId
    WHERE f.${basis} >= @from AND f.${basis} < @to AND ${denominator.sql}
    ${asked.unitIds === null ? '' : `AND f.${unit} IN (SELECT value FROM json_each(@unitIds))`}
    ${asked.matter === '' ? '' : 'AND f.matter = @matter'}
    ${asked.area === '' ? '' : "AND f.area LIKE @area || '%'"}`;
}

function bound({ unitIds, ...asked }: Asked) {
  return { ...asked, now: asked.at, unitIds: unitIds && JSON.stringify(unitIds) };
}

type RawFacts = Omit<OrderFacts, 'ruled' | 'reached'> & { ruled: number; reached: number | null };

function toRaw(facts: OrderFacts): RawFacts {
  const { ruled, reached } = facts;
  return { ...facts, ruled: Number(ruled), reached: reached === null ? null : Number(reached) };
}

function fromRaw(raw: RawFacts | undefined): OrderFacts | null {
  if (!raw) return null;
  const { ruled, reached } = raw;
  return { ...raw, ruled: ruled === 1, reached: reached === null ? null : reached === 1 };
}

/** The same facts from the log alone: an order's events, in order. */
export function recompute(events: Iterable<OrderEvent>): OrderFacts | null {
  let facts: OrderFacts | null = null;
  for (const event of events) facts = foldFacts(facts, event);
  return facts;
}
