import {
  type Cell,
  type Counter,
  counters,
  noSums,
  QUARTER_MS,
  type Sums,
} from '../counting/counters.ts';
import type { CountingState } from '../counting/fold.ts';
import { shanghaiMidnight } from '../kit/shanghai.ts';
import type { Store } from '../store/db.ts';
import type { Grouping } from './schema.ts';

export const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Where the log was folded up to, and what the fold remembered there. */
export interface Checkpoint {
  rules: number;
  seq: number;
  at: number;
  state: CountingState;
}

/** A range of whole quarters, and which sums of it are wanted. */
export interface SumsQuery {
  from: number;
  to: number;
  by: Exclude<Grouping, 'team'> | 'all';
  queue: string | null;
  agent: string | null;
}

/** The kept sums. */
export interface FiguresRepo {
  checkpoint(): Checkpoint | null;
  /** Adds to the sums and moves the checkpoint, together. */
  keep(counted: Iterable<readonly [Cell, Sums]>, checkpoint: Checkpoint): void;
  /** Forgets all sums and the checkpoint, for them to be made again. */
  clear(): void;
  /** Sums by key, keys in order. */
  sums(query: SumsQuery): Map<string, Sums>;
}

const keys = ['spanMs', 'agentId', 'startAt', 'queueId', 'entryId'];

export function createFiguresRepo(store: Store): FiguresRepo {
  const { sql } = store;
  const add = prepareAdd(store);
  const read = sql.prepare<[], Omit<Checkpoint, 'state'> & { state: string }>(
    'SELECT rules, seq, at, state FROM figure_checkpoint',
  );
  const mark = sql.prepare(
    'INSERT OR REPLACE INTO figure_checkpoint (id, rules, seq, at, state) VALUES (1, ?, ?, ?, ?)',
  );
  return {
    checkpoint() {
      const row = read.get();
      return row ? { ...row, state: JSON.parse(row.state) } : null;
    },
    keep(counted, { rules, seq, at, state }) {
      store.transaction(() => {
        for (const [cell, sums] of counted) {
          add(QUARTER_MS, cell.quarterAt, cell, sums);
          add(DAY_MS, shanghaiMidnight(cell.quarterAt), cell, sums);
        }
        mark.run(rules, seq, at, JSON.stringify(state));
      });
    },
    clear() {
      store.transaction(() => {
        sql.exec('DELETE FROM figure_sums; DELETE FROM figure_checkpoint');
      });
    },
    sums(query) {
      const all = new Map<string, Sums>();
      for (const part of partsOf(query)) addPart(store, query, part, all);
      return new Map([...all].sort(([a], [b]) => compareKeys(query.by, a, b)));
    },
  };
}

function prepareAdd({ sql }: Store) {
  const columns = [...keys, ...counters];
  const statement = sql.prepare<(string | number)[]>(
    `INSERT INTO figure_sums (${columns.join()}) VALUES (${columns.map(() => '?').join()})
     ON CONFLICT DO UPDATE SET ${counters.map((c) => `${c} = ${c} + excluded.${c}`).join()}`,
  );
  return (spanMs: number, startAt: number, cell: Cell, sums: Sums): void => {
    const { agentId, queueId, entryId } = cell;
    statement.run(spanMs, agentId, startAt, queueId, entryId, ...counters.map((c) => sums[c]));
  };
}

interface Part {
  spanMs: number;
  from: number;
  to: number;
}

/** Whole days are read as days, the ends of the range by the quarter. */
function partsOf({ from, to, by }: SumsQuery): Part[] {
  const firstDay = shanghaiMidnight(from + DAY_MS - 1);
  const lastDay = shanghaiMidnight(to);
  if (by === 'quarter' || by === 'hour' || firstDay >= lastDay) {
    return [{ spanMs: QUARTER_MS, from, to }];
  }
  return [
    { spanMs: QUARTER_MS, from, to: firstDay },
    { spanMs: DAY_MS, from: firstDay, to: lastDay },
    { spanMs: QUARTER_MS, from: lastDay, to },
  ].filter((part) => part.from < part.to);
}

/** Shanghai's midnight lies on whole hours of the epoch, so hours need no offset; days do. */
const keyOf: Record<SumsQuery['by'], string> = {
  all: "''",
  queue: 'queueId',
  agent: 'agentId',
  entry: 'entryId',
  quarter: 'startAt',
  hour: `startAt - startAt % ${HOUR_MS}`,
  day: `startAt - (startAt + 8 * ${HOUR_MS}) % ${DAY_MS}`,
};

function addPart({ sql }: Store, query: SumsQuery, part: Part, all: Map<string, Sums>): void {
  const { by, queue, agent } = query;
  const ofAgents = agent !== null || by === 'agent';
  const conditions = ['spanMs = @spanMs', 'startAt >= @from', 'startAt < @to'];
  if (agent !== null) conditions.push('agentId = @agent');
  else conditions.push(ofAgents ? "agentId > ''" : "agentId = ''");
  if (queue !== null) conditions.push('queueId = @queue');
  else if (by === 'queue') conditions.push("queueId > ''");
  else if (!ofAgents) conditions.push("queueId = ''");
  if (by === 'entry') conditions.push("entryId > ''");
  const rows = sql
    .prepare<[object], Record<Counter, number> & { key: string | number }>(
      `SELECT ${keyOf[by]} AS key, ${counters.map((c) => `sum(${c}) AS ${c}`).join()}
       FROM figure_sums WHERE ${conditions.join(' AND ')} GROUP BY 1`,
    )
    .all({ ...part, queue, agent });
  for (const row of rows) {
    if (row.key === null) continue;
    const sums = all.get(String(row.key)) ?? noSums();
    for (const counter of counters) sums[counter] += row[counter];
    all.set(String(row.key), sums);
  }
}

function compareKeys(by: SumsQuery['by'], a: string, b: string): number {
  if (by === 'quarter' || by === 'hour' || by === 'day') return Number(a) - Number(b);
  return a < b ? -1 : 1;
}
