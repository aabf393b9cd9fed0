import { statfs } from 'node:fs/promises';
import type { Cancel, Clock } from '../kit/clock.ts';
import type { Log } from '../kit/log.ts';
import type { StorageState } from '../realtime/protocol.ts';
import type { EventLog } from '../store/event-log.ts';
import type { Reserve } from '../store/reserve.ts';

const LOOK_MS = 5_000;
/** While events wait in memory and none can be written, they are tried again this often. */
const RETRY_MS = 1_000;
/** Recordings begin again when there is this much more room than where they stopped. */
const ENOUGH_MORE = 1.2;
const MEGABYTE = 1_048_576;

/** Watches the room there is for what must be kept. */
export interface Storage {
  readonly state: StorageState;
  /** For `/readyz`: `ok`, or what is wrong. */
  words(): string;
  /** Is there room for recordings? A database that is only locked does not stop them. */
  mayRecord(): boolean;
  /** Told of every change of state. */
  onChange(listener: (state: StorageState) => void): void;
  /** Something could not be written; looks and tries again soon. */
  trouble(): void;
  /** Writes what still waits, as far as it can be written. */
  stop(): void;
}

interface StorageOptions {
  folder: string;
  /** Under this much free room recordings stop. */
  stopBelowMb: number;
  reserve: Reserve;
  reserveMb: number;
  eventLog: Pick<EventLog, 'behind' | 'lacksRoom' | 'catchUp'>;
  clock: Clock;
  log: Pick<Log, 'error' | 'warn' | 'info'>;
  /** Mends what somebody took away under us; says whether there was anything to mend. */
  mend?: () => boolean;
  /** Free bytes for us on the disk of a folder. */
  freeBytes?: (folder: string) => Promise<number>;
}

export function watchStorage(options: StorageOptions): Storage {
  const { folder, stopBelowMb, reserve, reserveMb, eventLog, clock, log } = options;
  const freeBytes = options.freeBytes ?? freeOn;
  const listeners: ((state: StorageState) => void)[] = [];
  let state: StorageState = 'ok';
  let isLow = false;
  let freeMb = Number.POSITIVE_INFINITY;
  let cancel: Cancel = () => {};
  let isStopped = false;

  function stateNow(): StorageState {
    if (eventLog.behind.waiting > 0) return eventLog.lacksRoom ? 'full' : 'busy';
    return isLow ? 'low' : 'ok';
  }

  function judge(): void {
    isLow = freeMb < (isLow ? stopBelowMb * ENOUGH_MORE : stopBelowMb);
    const next = stateNow();
    if (next === state) return;
    state = next;
    if (next === 'ok') log.info({ freeMb }, 'there is room on the disk again');
    else log.error({ freeMb, ...eventLog.behind }, storageWords[next]);
    for (const listener of listeners) listener(next);
  }

  async function look(): Promise<void> {
    try {
      freeMb = Math.floor((await freeBytes(folder)) / MEGABYTE);
      // Room for the reserve comes from plenty, never from what recordings need.
      if (freeMb > stopBelowMb * ENOUGH_MORE + reserveMb) await reserve.fill();
    } catch (error) {
      log.warn({ err: error }, 'the room on the disk cannot be looked at');
    }
    if (isStopped) return;
    try {
      if (options.mend?.())
        log.error("the database's write-ahead log was gone: a new one is begun");
    } catch (error) {
      log.error({ err: error }, "the database's write-ahead log is gone and cannot be made anew");
    }
    catchUp();
  }

  /**
   * One bounded batch of what waits. While that gets further the next one follows at the next turn of
   * the loop: calls have their turn in between, and nobody is refused longer than the writing takes.
   */
  function catchUp(): void {
    const before = eventLog.behind.waiting;
    eventLog.catchUp();
    judge();
    const { waiting } = eventLog.behind;
    if (waiting > 0 && waiting < before) again(0, catchUp);
    else again(waiting > 0 ? RETRY_MS : LOOK_MS);
  }

  function again(delayMs: number, next: () => unknown = look): void {
    cancel();
    if (!isStopped) cancel = clock.after(delayMs, () => void next());
  }

  void look();
  return {
    get state() {
      return state;
    },
    words() {
      const { waiting, lost } = eventLog.behind;
      const gone = lost > 0 ? `; ${lost} events are lost` : '';
      if (state === 'full' || state === 'busy') return `${storageWords[state]}: ${waiting}${gone}`;
      if (state === 'low') return `${storageWords.low}: ${freeMb} MB free${gone}`;
      return lost > 0 ? `${lost} events are lost` : 'ok';
    },
    mayRecord: () => !isLow,
    onChange: (listener) => void listeners.push(listener),
    trouble() {
      // The failed write is not in the books yet: judged when it is.
      again(0);
    },
    stop() {
      isStopped = true;
      cancel();
      let before = Number.POSITIVE_INFINITY;
      while (eventLog.behind.waiting > 0 && eventLog.behind.waiting < before) {
        before = eventLog.behind.waiting;
        eventLog.catchUp();
      }
      if (eventLog.behind.waiting > 0) {
        log.error(eventLog.behind, 'events that waited for the disk are lost');
      }
    },
  };
}

const storageWords = {
  low: 'little room on the disk, new conversations are not recorded',
  full: 'nothing can be written, events wait in memory',
  busy: 'there is room, but nothing can be written: another program holds the database, or it is read-only; events wait in memory',
} as const;

async function freeOn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
