import type { DomainEvent, EventKind, NewEvent } from '../events.ts';
import type { Cancel } from '../kit/clock.ts';
import type { Log } from '../kit/log.ts';
import type { Store } from './db.ts';

/** Folds one event into a table. Runs inside the transaction that stores the event. */
export type Projection = (event: DomainEvent) => void;
export type Subscriber = (event: DomainEvent) => void;

/** How many events are fetched at once when the log is read through. */
const PAGE_ROWS = 1_000;

/** Where reading begins: behind an event, or at a moment (milliseconds since the epoch). */
export type From = { afterSeq: number } | { atMs: number };

/** What happened, in order. Stored first, told afterwards. */
export interface EventLog {
  /**
   * Stores events and everything folded from them in one transaction, then tells the subscribers.
   * When a projection or `alsoInTransaction` throws, nothing is stored and nobody is told.
   */
  append(events: readonly NewEvent[], alsoInTransaction?: () => void): DomainEvent[];
  /**
   * Every subscriber gets every event, in the order of the log, after it is stored. One that throws
   * is logged and disturbs nobody.
   */
  subscribe(subscriber: Subscriber): Cancel;
  /** All events of one call, in order. */
  read(of: { callId: string }): DomainEvent[];
  /**
   * The log from a point on, page by page, so that it may be written to meanwhile; of some kinds
   * only, when told which: a day has a million events and few readers want them all.
   */
  readSince(from: From, kinds?: readonly EventKind[]): Generator<DomainEvent, void, void>;
}

interface EventRow {
  seq: number;
  body: string;
}

/** Opens the event log of a store. `projections` run in the order given. */
export function createEventLog(
  store: Store,
  projections: readonly Projection[],
  log: Pick<Log, 'error'>,
): EventLog {
  const insert = prepareInsert(store);
  const ofCall = store.sql.prepare<[string], EventRow>(
    'SELECT seq, body FROM events WHERE callId = ? ORDER BY seq',
  );
  // Replaced, never changed: who subscribes while an event is told hears from the next one on.
  let subscribers: readonly Subscriber[] = [];
  const tell = createTeller(() => subscribers, log);

  return {
    append(events, alsoInTransaction) {
      if (store.sql.inTransaction) {
        throw new Error(
          'append opens its own transaction: hand the rest over as alsoInTransaction',
        );
      }
      const stored = store.transaction(() => {
        const inserted = events.map(insert);
        for (const event of inserted) for (const project of projections) project(event);
        alsoInTransaction?.();
        return inserted;
      });
      tell(stored);
      return stored;
    },
    subscribe(subscriber) {
      // Wrapped, so that the same function subscribed twice is two subscriptions.
      const own: Subscriber = (event) => subscriber(event);
      subscribers = [...subscribers, own];
      return () => {
        subscribers = subscribers.filter((other) => other !== own);
      };
    },
    read: ({ callId }) => ofCall.all(callId).map(toEvent),
    readSince: (from, kinds) => readPages(store, from, kinds),
  };
}

function prepareInsert(store: Store): (event: NewEvent) => DomainEvent {
  const statement = store.sql.prepare(
    `INSERT INTO events (at, kind, callId, seatId, agentId, queueId, body)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  return (event) => {
    const { lastInsertRowid } = statement.run(
      event.at,
      event.kind,
      'callId' in event ? event.callId : null,
      'seatId' in event ? event.seatId : null,
      'agentId' in event ? event.agentId : null,
      'queueId' in event ? event.queueId : null,
      JSON.stringify(event),
    );
    return { ...event, seq: Number(lastInsertRowid) };
  };
}

/**
 * Tells events in the order of the log: what a subscriber appends while it is being told waits until
 * everybody has heard what came before.
 */
function createTeller(subscribers: () => readonly Subscriber[], log: Pick<Log, 'error'>) {
  const waiting: DomainEvent[] = [];
  let telling = false;
  return (events: readonly DomainEvent[]): void => {
    waiting.push(...events);
    if (telling) return;
    telling = true;
    for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) {
      for (const subscriber of subscribers()) {
        try {
          subscriber(event);
        } catch (error) {
          log.error({ err: error, seq: event.seq, kind: event.kind }, 'an event subscriber failed');
        }
      }
    }
    telling = false;
  };
}

function* readPages(
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

function toEvent(row: EventRow): DomainEvent {
  const body: NewEvent = JSON.parse(row.body);
  return { ...body, seq: row.seq };
}
