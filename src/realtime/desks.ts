import type { Pop } from '../calls/schema.ts';
import type { Log } from '../kit/log.ts';
import type { Desk } from '../seats/schema.ts';
import type { DeskMessage } from './protocol.ts';

/** One console tab that watches the desk of its agent. */
export interface DeskTab {
  socketId: string;
  /** The console's own name for the tab, or null. */
  tab: string | null;
}

/** The desk streams: one numbered stream per agent, shown in all tabs, held by one. */
export interface Desks {
  /** Begins to watch. `evicted` is the socket of the tab that held the desk until now. */
  watch(
    personId: string,
    who: DeskTab,
    take: boolean,
  ): { message: DeskMessage; held: boolean; evicted: string | null };
  /** The tab is gone; if it held the desk, nobody does. */
  leave(personId: string, socketId: string): void;
  /** Seat or call of the agent are different now; told once per turn of the event loop. */
  touched(personId: string): void;
}

/** Where the desks look. */
export interface DeskSources {
  desk: (personId: string) => Desk | null;
  /** What the agent may know of the call at the own seat. */
  pop: (personId: string) => Pop | null;
}

interface DesksOptions extends DeskSources {
  send: (personId: string, message: DeskMessage) => void;
  log: Pick<Log, 'error'>;
}

interface Watched {
  n: number;
  holder: DeskTab | null;
  tabs: Set<string>;
  isDue: boolean;
}

export function createDesks({ desk, pop, send, log }: DesksOptions): Desks {
  const watched = new Map<string, Watched>();

  function message(personId: string, n: number): DeskMessage {
    return { n, desk: desk(personId), pop: pop(personId) };
  }
  function flush(personId: string): void {
    const stream = watched.get(personId);
    if (!stream) return;
    stream.isDue = false;
    try {
      const next = message(personId, stream.n + 1);
      stream.n = next.n;
      send(personId, next);
    } catch (error) {
      log.error({ err: error, personId }, 'a desk could not be told');
    }
  }

  return {
    watch(personId, who, take) {
      const stream = watched.get(personId) ?? { n: 0, holder: null, tabs: new Set(), isDue: false };
      watched.set(personId, stream);
      stream.tabs.add(who.socketId);
      const before = stream.holder;
      const held = take || before === null || isSameTab(before, who);
      if (held) stream.holder = who;
      const evicted = held && before && before.socketId !== who.socketId ? before.socketId : null;
      return { message: message(personId, stream.n), held, evicted };
    },
    leave(personId, socketId) {
      const stream = watched.get(personId);
      if (!stream) return;
      stream.tabs.delete(socketId);
      if (stream.holder?.socketId === socketId) stream.holder = null;
      if (stream.tabs.size === 0) watched.delete(personId);
    },
    touched(personId) {
      const stream = watched.get(personId);
      if (!stream || stream.isDue) return;
      stream.isDue = true;
      // One decision brings several events; the agent's console hears of it once, at once.
      queueMicrotask(() => flush(personId));
    },
  };
}

function isSameTab(a: DeskTab, b: DeskTab): boolean {
  return a.socketId === b.socketId || (a.tab !== null && a.tab === b.tab);
}
