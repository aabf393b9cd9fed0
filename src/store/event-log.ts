import type { DomainEvent, EventKind, NewEvent } from '../events.ts';
import type { Cancel } from '../kit/clock.ts';
import type { Log } from '../kit/log.ts';
import { createBacklog } from './backlog.ts';
import type { Store } from './db.ts';
import { isRoomError, isStorageError, storageRefusal } from './storage-error.ts';

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
   * When a projection or `alsoInTransaction` throws, nothing is stored and nobody is told. For what
   * people do: refused with `storage-full` or `storage-busy` while it cannot be written.
   */
  append(events: readonly NewEvent[], alsoInTransaction?: () => void): DomainEvent[];
  /**
   * The same for what has happened already, whatever the disk says: what cannot be written now waits
   * in memory, in order and bounded, and subscribers hear of it at once. Throws only what is wrong
   * with the events themselves.
   */
  keep(events: readonly NewEvent[]): DomainEvent[];
  /** Facts that wait for the disk, and facts lost because too many waited. */
  readonly behind: { waiting: number; lost: number };
  /** Would more room on the disk help what waits? Otherwise another program locks it, or it is read-only. */
  readonly lacksRoom: boolean;
  /** Another process, the server before this one, has written to the log until now. */
  reread(): void;
  /** Writes some of what waits. @returns whether nothing waits any more */
  catchUp(): boolean;
  /**
   * Everything `work` appends becomes one transaction, told when it is committed: one wait for the
   * disk instead of hundreds. When `work` throws, nothing of it is stored.
   */
  together(work: () => void): void;
  /**
   * Every subscriber gets every event, in the order of the log, after it is stored. One that throws
   * is logged and disturbs nobody.
   */
  subscribe(subscriber: Subscriber): Cancel;
  /** All events of one call, in order. */
  read(of: { callId: string }): DomainEvent[];
  /** The latest event of one call that is of one of these kinds. */
  last(of: { callId: string }, kinds: readonly EventKind[]): DomainEvent | undefined;
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

interface EventLogOptions {
  /** Something could not be written: is there room now? Asked once per failure. */
  makeRoom?: (error: unknown) => boolean;
  /** How many events may wait in memory. */
  longest?: number;
}

/** Opens the event log of a store. `projections` run in the order given. */
export function createEventLog(
  store: Store,
  projections: readonly Projection[],
  log: Pick<Log, 'error'>,
  { makeRoom = () => false, longest }: EventLogOptions = {},
): EventLog {
  const insert = prepareInsert(store);
  const ofCall = store.sql.prepare<[string], EventRow>(
    'SELECT seq, body FROM events WHERE callId = ? ORDER BY seq',
  );
  // Replaced, never changed: who subscribes while an event is told hears from the next one on.
  let subscribers: readonly Subscriber[] = [];
  const tell = createTeller(() => subscribers, log);
  const maxSeq = store.sql.prepare<[], number>('SELECT coalesce(max(seq), 0) FROM events').pluck();
  let lastSeq = maxSeq.get() ?? 0;

  function write(events: readonly NewEvent[], alsoInTransaction?: () => void): DomainEvent[] {
    const stored = store.transaction(() => {
      const inserted = events.map(insert);
      for (const event of inserted) for (const project of projections) project(event);
      alsoInTransaction?.();
      return inserted;
    });
    lastSeq = stored.at(-1)?.seq ?? lastSeq;
    return stored;
  }

  const backlog = createBacklog({ write, log, ...(longest !== undefined && { longest }) });

  /** Once more when there was something to make room with. */
  function writeSomehow(events: readonly NewEvent[], also?: () => void): DomainEvent[] {
    try {
      return write(events, also);
    } catch (error) {
      if (isStorageError(error) && makeRoom(error)) return write(events, also);
      throw error;
    }
  }
  const lastOfCall = store.sql.prepare<[string, string], EventRow>(
    `SELECT seq, body FROM events
     WHERE callId = ? AND kind IN (SELECT value FROM json_each(?))
     ORDER BY seq DESC LIMIT 1`,
  );
  /** Stored in a transaction that is not committed yet. */
  let held: DomainEvent[] | null = null;
  const say = (events: readonly DomainEvent[]) => {
    if (held) held.push(...events);
    else tell(events);
  };

  return {
    reread() {
      lastSeq = maxSeq.get() ?? 0;
    },
    append(events, alsoInTransaction) {
      if (store.sql.inTransaction && held === null) {
        throw new Error(
          'append opens its own transaction: hand the rest over as alsoInTransaction',
        );
      }
      // What waits comes first: an order that was never the order of things must not be written.
      if (backlog.state.waiting > 0) throw storageRefusal(backlog.why);
      try {
        const stored = writeSomehow(events, alsoInTransaction);
        say(stored);
        return stored;
      } catch (error) {
        throw isStorageError(error) ? storageRefusal(error) : error;
      }
    },
    keep(events) {
      let stored: DomainEvent[];
      try {
        if (backlog.state.waiting > 0) throw backlog.why;
        stored = writeSomehow(events);
      } catch (error) {
        if (!isStorageError(error)) throw error;
        // Numbered as they will be when they are written: nobody else writes in between.
        const from = lastSeq + backlog.state.waiting + 1;
        stored = events.map((event, at) => ({ ...event, seq: from + at }));
        backlog.put(events, error);
      }
      say(stored);
      return stored;
    },
    get behind() {
      return backlog.state;
    },
    get lacksRoom() {
      return backlog.state.waiting > 0 && isRoomError(backlog.why);
    },
    catchUp: () => backlog.catchUp(),
    together(work) {
      const before = lastSeq;
      const written: DomainEvent[] = [];
      try {
        store.transaction(() => {
          held = written;
          try {
            work();
          } finally {
            held = null;
          }
        });
      } catch (error) {
        lastSeq = before;
        if (!isStorageError(error)) throw error;
        // Only the commit can have failed so: what was done stays done, and is written later.
        backlog.put(written, error);
      }
      tell(written);
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
    last({ callId }, kinds) {
      const row = lastOfCall.get(callId, JSON.stringify(kinds));
      return row && toEvent(row);
    },
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
