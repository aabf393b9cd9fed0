import type { NewEvent } from '../events.ts';
import type { Log } from '../kit/log.ts';
import { isStorageError } from './storage-error.ts';

/** A busy site's half hour, some 100 MB of memory. */
const LONGEST = 100_000;
/** Written in one transaction, so that catching up gives way to the calls in between. */
const EVENTS_AT_ONCE = 500;

interface BacklogOptions {
  /** Writes events in one transaction. */
  write(events: readonly NewEvent[]): unknown;
  log: Pick<Log, 'error'>;
  /** How many events may wait; what comes then is lost, and counted. */
  longest?: number;
}

/** Facts that could not be written, in the order in which they happened. */
export interface Backlog {
  put(events: readonly NewEvent[], why: unknown): void;
  readonly state: { waiting: number; lost: number };
  /** What the disk said last. */
  readonly why: unknown;
  /** Writes the oldest ones. @returns whether nothing waits any more */
  catchUp(): boolean;
}

export function createBacklog({ write, log, longest = LONGEST }: BacklogOptions): Backlog {
  /** What belongs to one transaction stays together. */
  let groups: (readonly NewEvent[])[] = [];
  let waiting = 0;
  let lost = 0;
  let why: unknown = null;

  function firstGroups(): (readonly NewEvent[])[] {
    let events = 0;
    const end = groups.findIndex((group) => {
      events += group.length;
      return events > EVENTS_AT_ONCE;
    });
    return end === -1 ? groups : groups.slice(0, Math.max(1, end));
  }

  function written(count: number): void {
    for (const group of groups.slice(0, count)) waiting -= group.length;
    groups = groups.slice(count);
  }

  /** One after another: a group that can never be written must not hold up those behind it. */
  function writeSingly(some: readonly (readonly NewEvent[])[]): void {
    for (const group of some) {
      try {
        write(group);
      } catch (error) {
        if (isStorageError(error)) throw error;
        lost += group.length;
        log.error({ err: error, kinds: kindsOf(group) }, 'events that waited cannot be stored');
      }
      written(1);
    }
  }

  return {
    put(events, error) {
      if (waiting === 0) {
        log.error({ err: error }, 'events cannot be stored: they wait in memory, calls go on');
      }
      why = error;
      if (waiting + events.length > longest) {
        lost += events.length;
        log.error({ kinds: kindsOf(events), lost }, 'too many events wait: these are lost');
        return;
      }
      groups.push(events);
      waiting += events.length;
    },
    get state() {
      return { waiting, lost };
    },
    get why() {
      return why;
    },
    catchUp() {
      const some = firstGroups();
      if (some.length === 0) return true;
      try {
        try {
          write(some.flat());
          written(some.length);
        } catch (error) {
          if (isStorageError(error)) throw error;
          writeSingly(some);
        }
      } catch (error) {
        why = error;
      }
      return waiting === 0;
    },
  };
}

function kindsOf(events: readonly NewEvent[]): string[] {
  return events.map(({ kind }) => kind);
}
