import type { DomainEvent, EventKind, NewEvent } from '../events.ts';
import type { Store } from './db.ts';

/** How many events are fetched at once when the log is read through. */
const PAGE_ROWS = 1_000;

/** Where reading begins: behind an event, or at a moment (milliseconds since the epoch). */
export type From = { afterSeq: number } | { atMs: number };

export interface EventRow {
  seq: number;
  body: string;
}

/** The log from a point on, page by page: it may be written to meanwhile. */
export function* readPages(
  store: Store,
  from: From,
  kinds?: readonly EventKind[],
): Generator<DomainEvent, void, void> {
  const wanted = kinds === undefined ? null : JSON.stringify(kinds);
  const page = store.sql.prepare<[number, string | null, string | null, number], EventRow>(
    `SELECT seq, body FROM events
     WHERE seq > ? AND (? IS NULL OR kind IN (SELECT value FROM json_each(?)))
     ORDER BY seq LIMIT ?`,
  );
  const sinceMs = 'atMs' in from ? from.atMs : Number.NEGATIVE_INFINITY;
  let afterSeq = 'atMs' in from ? seqBefore(store, from.atMs) : from.afterSeq;
  for (;;) {
    const rows = page.all(afterSeq, wanted, wanted, PAGE_ROWS);
    for (const row of rows) {
      const event = toEvent(row);
      // A clock set back between two runs leaves earlier times behind later ones.
      if (event.at >= sinceMs) yield event;
      afterSeq = row.seq;
    }
    if (rows.length < PAGE_ROWS) return;
  }
}

/** The number before the first event at or after a moment; the end of the log when there is none. */
function seqBefore(store: Store, atMs: number): number {
  const first = store.sql
    .prepare<[number], number | null>('SELECT min(seq) FROM events WHERE at >= ?')
    .pluck()
    .get(atMs);
  return typeof first === 'number' ? first - 1 : Number.MAX_SAFE_INTEGER;
}

export function toEvent(row: EventRow): DomainEvent {
  const body: NewEvent = JSON.parse(row.body);
  return { ...body, seq: row.seq };
}
