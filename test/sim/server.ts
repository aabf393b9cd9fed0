import type { Hotline } from '../../config/hotline.ts';
import { type FloorParts, openFloor } from '../../src/app/floor.ts';
import type { AppOptions, Outside } from '../../src/app/options.ts';
import type { Records } from '../../src/app/records.ts';
import { takeOver } from '../../src/app/take-over.ts';
import { createCallHistory } from '../../src/calls/history.ts';
import type { Recordings } from '../../src/calls/ports.ts';
import { projectCalls } from '../../src/calls/projection.ts';
import { type CallRepo, createCallRepo } from '../../src/calls/repo.ts';
import type { NewEvent } from '../../src/events.ts';
import { countedKinds, type FloorFold, recompute } from '../../src/floor/fold.ts';
import { AppError } from '../../src/kit/errors.ts';
import type { Log } from '../../src/kit/log.ts';
import { shanghaiMidnight } from '../../src/kit/shanghai.ts';
import type { Gateway } from '../../src/realtime/gateway.ts';
import { createSeatsRepo, projectSeatStates, type SeatsRepo } from '../../src/seats/repo.ts';
import type { Store } from '../../src/store/db.ts';
import { createEventLog, type EventLog } from '../../src/store/event-log.ts';
import { limitsOf } from '../support/limits.ts';
import type { City } from './channels.ts';
import { hotlines } from './hotlines.ts';
import { Injected, type Link } from './link.ts';
import { Port } from './port.ts';
import { LifeClock, type Timeline } from './timeline.ts';

/** What the world lends to each server process. */
export interface Ground {
  timeline: Timeline;
  link: Link;
  /** Outlives the process, as its file does; opened once, for opening takes longer than an hour of calls. */
  store: Store;
  hotline(): Hotline;
  log: Log;
  /** Whom the house may call back. */
  city: City;
  /** Before an append: may throw as a full disk does. */
  disk(): void;
  /** What is said to be a fact, and whether it could be stored. */
  told(events: readonly NewEvent[], stored: boolean): void;
}

/** The process is dead; what runs on until its next turn is not heard by anybody. */
class Died extends Error {
  readonly result: unknown;

  constructor(result: unknown) {
    super('the process has died');
    this.result = result;
  }
}

/** One process of the house: the floor and the taking over are those of `src/app`. */
export class Server {
  readonly clock: LifeClock;
  readonly store: Store;
  readonly eventLog: EventLog;
  readonly repo: CallRepo;
  readonly seatsRepo: SeatsRepo;
  readonly fold: FloorFold;
  readonly floor: FloorParts;
  readonly #options: AppOptions;
  readonly #records: Records;
  readonly #link: Link;
  #appended = 0;
  #isAlive = true;

  constructor(ground: Ground) {
    const { timeline, link, log, city, store } = ground;
    this.#link = link;
    this.clock = new LifeClock(timeline);
    this.store = store;
    const projections = [projectCalls(this.store), projectSeatStates(this.store)];
    this.eventLog = createEventLog(this.store, projections, log);
    this.repo = createCallRepo(this.store);
    this.seatsRepo = createSeatsRepo(this.store);
    this.fold = recompute(
      limitsOf(promisedMs),
      this.eventLog.readSince({ atMs: shanghaiMidnight(this.clock.now()) }, countedKinds),
    );
    this.eventLog.subscribe((event) => ground.told([event], true));
    this.eventLog.subscribe((event) => this.fold.apply(event));
    this.#options = this.#appOptions(log, city);
    // What the floor and the taking over use of the records.
    this.#records = {
      eventLog: {
        ...this.eventLog,
        append: (events: readonly NewEvent[]) => this.#act(ground, events),
        // Harder than the real one, which lets facts wait in memory: here they are lost.
        keep: (events: readonly NewEvent[]) => this.#append(ground, events),
        together: <T>(work: () => T) => this.#together(work),
      },
      storage: { mayRecord: () => true },
      hotline: ground.hotline,
      isFirstStart: false,
      callRepo: this.repo,
      seatsRepo: this.seatsRepo,
      callers: { of: () => null },
      bulletins: { on: () => bulletinsOn(ground.timeline.now) },
      callHistory: createCallHistory(this.store, () => false),
      store: this.store,
    } as unknown as Records;
    this.floor = openFloor(this.#options, this.#records, async () => ({
      find: () => null,
      words: async () => [],
      forget: () => {},
      urge: () => false,
    }));
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** Connects, adopts what lives, and opens the gate. Never resolves if the process dies meanwhile. */
  async start(): Promise<void> {
    const gateway = { onPhone() {}, onExchange() {} } as Partial<Gateway> as Gateway;
    const leading = { resume() {}, onExchange() {} };
    const live = await this.#options.outside.telephony.connect();
    await takeOver(live, this.#options, this.#records, this.floor, leading, gateway);
  }

  /** The administrator has put another hotline into force; false when that could not be stored. */
  hotlineChanged(version: number): boolean {
    const at = this.clock.now();
    const before = this.#appended;
    try {
      this.#records.eventLog.append([{ kind: 'hotline.changed', at, version, personId: 'admin' }]);
    } catch {
      return false;
    }
    return this.#appended > before;
  }

  /** Nobody is to be called any more. */
  closeCallBacks(): void {
    for (const { callId, doneAt } of this.repo.callBacks(1_000))
      if (doneAt === null) this.floor.callBacks.close(callId, 'cancelled', null);
  }

  kill(): void {
    this.#isAlive = false;
    this.clock.die();
    this.floor.dispatcher.stop();
    this.#link.detach();
  }

  /** What people do is refused while it cannot be stored. */
  #act(ground: Ground, events: readonly NewEvent[]): [] {
    try {
      return this.#append(ground, events);
    } catch (error) {
      throw error instanceof Injected ? new AppError('storage-full') : error;
    }
  }

  #append(ground: Ground, events: readonly NewEvent[]): [] {
    this.#link.crashPoint();
    if (!this.#isAlive) return [];
    try {
      ground.disk();
      this.eventLog.append(events);
      this.#appended += 1;
    } catch (error) {
      ground.told(events, false);
      throw error;
    }
    this.#link.crashPoint();
    return [];
  }

  /** A process that dies before the commit takes all of it along. */
  #together<T>(work: () => T): T {
    try {
      return this.eventLog.together(() => {
        const result = work();
        if (!this.#isAlive) throw new Died(result);
        return result;
      });
    } catch (error) {
      if (error instanceof Died) return error.result as T;
      throw error;
    }
  }

  #appOptions(log: Log, city: City): AppOptions {
    const telephony = new Port(this.#link, this.clock, () => this.#isAlive, city);
    const outside: Pick<Outside, 'telephony' | 'recordings'> = {
      telephony,
      recordings: recordingsOf(telephony),
    };
    const session = { longestMinutes: 720 };
    const config = { bind: '127.0.0.1', sip: { port: 5060, iceServers: [] }, session };
    return { clock: this.clock, log, outside, config } as unknown as AppOptions;
  }
}

/** An incident every third hour: callers of the utilities are told of it before they wait. */
function bulletinsOn(now: number) {
  const hour = Math.floor(now / 3_600_000);
  if (hour % 3 !== 0) return [];
  const scope = { entries: [], queues: ['utilities', 'consumer'], choices: [] };
  return [{ id: `h${String(hour)}`, scope, startsAt: 0, endsAt: null }];
}

const levels = new Map(hotlines[0].queues.map(({ id, serviceLevelMs }) => [id, serviceLevelMs]));

/** What was promised in a queue: the same in every version, also when one has the queue no more. */
export function promisedMs(queueId: string): number {
  return levels.get(queueId) ?? 15_000;
}

/** Raw files lie on the exchange's disk; a finished one is gone from there. */
function recordingsOf(port: Port): Recordings {
  const { raw } = port.exchange;
  return {
    async finish(recordingId, startedAt) {
      await new Promise<void>((resolve) => void port.clock.after(50, resolve));
      if (!raw.delete(recordingId)) throw new Error('nothing was recorded');
      const durationMs = port.clock.now() - startedAt;
      return { file: `${recordingId}.wav`, sha256: '', durationMs, bytes: 44, repaired: false };
    },
    unfinished: async () => [...raw],
    pathOf: (file) => file,
    remove: async () => {},
  };
}
