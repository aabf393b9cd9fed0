import type { DomainEvent, EventKind, NewEvent } from '../events.ts';
import type { Cancel } from '../kit/clock.ts';
import type { Log } from '../kit/log.ts';
import { createBacklog } from './backlog.ts';
import type { Store } from './db.ts';
import { type EventRow, type From, readPages, toEvent } from './event-pages.ts';
import { isRoomError, isStorageError, storageRefusal } from './storage-error.ts';

/** Folds one event into a table. Runs inside the transaction that stores the event. */
export type Projection = (event: DomainEvent) => void;
export type Subscriber = (event: DomainEvent) => void;

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
   * Everything `work` appends or keeps becomes one transaction, told when it is committed: one wait
   * for the disk instead of several. What cannot be written now waits in memory, as with `keep`. When
   * `work` throws, nothing of it is stored. Within another `together` it is a part of that one.
   */
  together<T>(work: () => T): T;
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

/** What is kept while `together` runs. */
interface Held {
  events: NewEvent[];
  /** The same, as they are told. */
  stored: DomainEvent[];
  /** The number of the last event before them. */
  after: number;
  /** Why nothing of it can be written yet; null while it can. */
  why: unknown;
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
  let held: Held | null = null;

  /** Writes what can be written; the rest waits, numbered as it will be: nobody else writes in between. */
  function writeOrWait(events: readonly NewEvent[]): DomainEvent[] {
    try {
      if (backlog.state.waiting > 0) throw backlog.why;
      return writeSomehow(events);
    } catch (error) {
      if (!isStorageError(error)) throw error;
      const stored = numbered(events, lastSeq + backlog.state.waiting);
      backlog.put(events, error);
      return stored;
    }
  }

  /** As a part of what is held: after a first failure all of it waits, or its order would be another. */
  function hold(mine: Held, events: readonly NewEvent[]): DomainEvent[] {
    let stored: DomainEvent[] | null = null;
    try {
      if (mine.why === null) stored = write(events);
    } catch (error) {
      if (!isStorageError(error)) throw error;
      mine.why = error;
    }
    stored ??= numbered(events, mine.after + mine.stored.length);
    mine.events.push(...events);
    mine.stored.push(...stored);
    return stored;
  }

  /** Runs `work` once, in a transaction if there can be one. */
  function runHeld<T>(mine: Held, work: () => T): T {
    const done: { result: T }[] = [];
    let hasBegun = false;
    const all = () => {
      hasBegun = true;
      done.push({ result: work() });
      if (mine.why !== null) throw mine.why;
    };
    try {
      if (mine.why === null) store.transaction(all);
    } catch (error) {
      if (!isStorageError(error) || (hasBegun && done.length === 0)) throw error;
      mine.why = error;
    }
    // Nothing can be written now, or somebody else has the lock: it happens all the same.
    const [{ result } = { result: work() }] = done;
    return result;
  }

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
      if (held && held.why !== null) throw storageRefusal(held.why);
      try {
        const stored = (held ? write : writeSomehow)(events, alsoInTransaction);
        held?.events.push(...events);
        if (held) held.stored.push(...stored);
        else tell(stored);
        return stored;
      } catch (error) {
        if (!isStorageError(error)) throw error;
        if (held) held.why = error;
        throw storageRefusal(error);
      }
    },
    keep(events) {
      if (held) return hold(held, events);
      const stored = writeOrWait(events);
      tell(stored);
      return stored;
    },
    get behind() {
      return backlog.state;
    },
    get lacksRoom() {
      return backlog.state.waiting > 0 && isRoomError(backlog.why);
    },
    catchUp: () => backlog.catchUp(),
    together<T>(work: () => T): T {
      if (held) return work();
      const { waiting } = backlog.state;
      const why = waiting > 0 ? backlog.why : null;
      const before = lastSeq;
      const mine: Held = { events: [], stored: [], after: before + waiting, why };
      let result: T;
      held = mine;
      try {
        result = runHeld(mine, work);
      } catch (error) {
        lastSeq = before;
        throw error;
      } finally {
        held = null;
      }
      if (mine.why !== null) {
        lastSeq = before;
        mine.stored = writeOrWait(mine.events);
      }
      tell(mine.stored);
      return result;
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

function numbered(events: readonly NewEvent[], after: number): DomainEvent[] {
  return events.map((event, at) => ({ ...event, seq: after + at + 1 }));
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
