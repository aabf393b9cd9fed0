import { createHash } from 'node:crypto';
import type { Store } from './db.ts';

/** Whether every row of a chain is there and as it was written; if not, the first that is not. */
export type ChainCheck =
  | { ok: true; rows: number }
  | { ok: false; seq: number; why: 'missing' | 'changed' };

interface Link {
  seq: number;
  hash: string;
}

/**
 * A table whose rows are counted without gaps and chained: each row's hash covers its columns and the
 * row before, so none is changed or taken away unnoticed.
 */
export class HashChain<Row extends object> {
  readonly #sql: Store['sql'];
  readonly #table: string;
  readonly #columns: readonly (keyof Row & string)[];
  readonly #last;
  readonly #insert;

  /** @param columns all but `seq` and `hash`, in the order they are hashed in */
  constructor({ sql }: Store, table: string, columns: readonly (keyof Row & string)[]) {
    this.#sql = sql;
    this.#table = table;
    this.#columns = columns;
    const all = ['seq', ...columns, 'hash'];
    this.#last = sql.prepare<[], Link>(`SELECT seq, hash FROM ${table} ORDER BY seq DESC LIMIT 1`);
    this.#insert = sql.prepare<[Row & Link]>(
      `INSERT INTO ${table} (${all.join(', ')}) VALUES (${all.map((name) => `@${name}`).join(', ')})`,
    );
  }

  /** Adds a row and gives its number. Called inside the transaction of what it tells. */
  append(row: Row): number {
    const before = this.#last.get() ?? { seq: 0, hash: '' };
    const seq = before.seq + 1;
    this.#insert.run({ ...row, seq, hash: this.#hashOf(row, seq, before.hash) });
    return seq;
  }

  /** Walks the whole chain and names the first row that is wrong or missing. */
  verify(): ChainCheck {
    let seq = 0;
    let hash = '';
    const rows = this.#sql.prepare<[], Row & Link>(`SELECT * FROM ${this.#table} ORDER BY seq`);
    for (const row of rows.iterate()) {
      seq += 1;
      if (row.seq !== seq) return { ok: false, seq, why: 'missing' };
      if (row.hash !== this.#hashOf(row, seq, hash)) return { ok: false, seq, why: 'changed' };
      hash = row.hash;
    }
    // The database remembers the highest number it ever gave, so a cut-off end shows as well.
    const given = this.#sql.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?').pluck();
    return Number(given.get(this.#table) ?? 0) > seq
      ? { ok: false, seq: seq + 1, why: 'missing' }
      : { ok: true, rows: seq };
  }

  #hashOf(row: Row, seq: number, before: string): string {
    const line = JSON.stringify([seq, ...this.#columns.map((name) => row[name])]);
    return createHash('sha256').update(`${before}\n${line}`).digest('hex');
  }
}
