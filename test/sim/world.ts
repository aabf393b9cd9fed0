import type { Hotline } from '../../config/hotline.ts';
import type { NewEvent } from '../../src/events.ts';
import type { Log } from '../../src/kit/log.ts';
import { openStore, type Store } from '../../src/store/db.ts';
import { Agent } from './agents.ts';
import { Broken } from './book.ts';
import { Bosses } from './bosses.ts';
import { Callers } from './callers.ts';
import type { CallerChannel } from './channels.ts';
import { Checker } from './checker.ts';
import { Exchange } from './exchange.ts';
import { Faults } from './faults.ts';
import { hotlines, withCallBacks } from './hotlines.ts';
import { checkEmpty, checkStore, checkTruth } from './leftovers.ts';
import { Link } from './link.ts';
import { hashOf } from './log-hash.ts';
import { Rng } from './rng.ts';
import { Server } from './server.ts';
import { Timeline } from './timeline.ts';
import { watchedLog } from './watched-log.ts';

const HOUR_MS = 3_600_000;
/** How often the house is compared with the exchange, the records and the log. */
const CHECK_MS = 4 * HOUR_MS;
/** How long a slow command, refused and asked for again, may be under way. */
const UNDER_WAY_MS = 30_000;
/** A Friday, four hours before people begin to call. */
const START = Date.parse('2026-11-20T04:00:00+08:00');

export interface SimOptions {
  seed: number;
  hours: number;
  seats: number;
  faults: boolean;
  callsPerDay?: number;
  /** Callers may ask to be called back, and those who give up are. */
  callBacks?: boolean;
}

export interface SimResult {
  seed: number;
  /** What was broken, or null. */
  broken: string | null;
  at: string;
  trace: string[];
  calls: number;
  events: number;
  endings: Record<string, number>;
  restarts: number;
  steps: number;
  /** Of the event log with ids replaced by their order of appearance. */
  hash: string;
}

/** One run: everything follows from the options. */
export async function simulate(options: SimOptions): Promise<SimResult> {
  // A process may die here, the machine does not: what was committed is still there without a disk.
  const store = openStore(':memory:');
  const world = new World(options, store);
  try {
    return await world.run();
  } finally {
    world.server?.kill();
    store.close();
  }
}

export class World {
  readonly options: SimOptions;
  readonly timeline = new Timeline(START);
  readonly link: Link;
  readonly checker: Checker;
  readonly agents: Agent[];
  readonly callers: Callers;
  readonly bosses: Bosses;
  readonly faults: Faults;
  readonly #agentAt: ReadonlyMap<string, Agent>;
  readonly #store: Store;
  readonly #rng: Rng;
  readonly #log: Log;
  readonly #channels = new Map<string, CallerChannel>();
  server: Server | null = null;
  /** Serves only once it has started; while it starts or is dead, nobody can ask it anything. */
  isServing = false;
  hotline: Hotline = hotlines[0];
  restarts = 0;
  #stored = 0;
  #broken: string | null = null;

  constructor(options: SimOptions, store: Store) {
    this.options = options;
    this.#store = store;
    this.#rng = new Rng(options.seed);
    const { timeline } = this;
    this.link = new Link(
      timeline,
      this.#rng.fork('link'),
      (link) => new Exchange(timeline, (event) => link.tell(event)),
    );
    this.link.crashPoint = () => this.faults.crashPoint();
    const isDead = () => this.server?.isAlive === false;
    this.#log = watchedLog((error) => this.complain(error), isDead);
    const { exchange } = this.link;
    this.bosses = new Bosses(this, this.#rng.fork('bosses'), options.seats);
    this.checker = new Checker({
      hotline: () => this.hotline,
      memberships: (seatId) => this.bosses.memberships(seatId),
      channel: (id) => this.#channel(id),
      withFaults: options.faults,
    });
    const agentOptions = {
      timeline,
      exchange,
      rng: this.#rng.fork('agents'),
      desk: () => (this.isServing ? (this.server?.floor.desk ?? null) : null),
      complain: (what: string) => this.#break(what),
    };
    this.agents = this.bosses.seatIds.map((id, index) => new Agent(agentOptions, id, index));
    this.#agentAt = new Map(this.agents.map((agent) => [agent.seatId, agent]));
    this.callers = new Callers({
      timeline,
      exchange,
      rng: this.#rng.fork('callers'),
      callsPerDay: options.callsPerDay ?? options.seats * 66,
      numbers: this.bosses.numbers,
    });
    this.faults = new Faults(this, this.#rng.fork('faults'));
  }

  async run(): Promise<SimResult> {
    const { hours, faults } = this.options;
    try {
      this.startServer(true).catch((error: unknown) => this.complain(error));
      await this.timeline.run(START + 1_000, () => this.#quiet());
      this.callers.start();
      this.bosses.start();
      if (faults) this.faults.start();
      const end = START + hours * HOUR_MS;
      for (let hour = START + HOUR_MS; hour <= end && !this.#broken; hour += HOUR_MS) {
        await this.timeline.run(hour, () => this.#quiet());
        if (!this.#broken && hour % CHECK_MS === 0) this.#everyFewHours();
      }
      if (!this.#broken) await this.#closeDown();
    } catch (error) {
      this.#catch(error);
    }
    return this.#result();
  }

  /** A new process on the old store; takes over what lives in the exchange. */
  async startServer(isFirst = false): Promise<void> {
    this.checker.restarted();
    const server = new Server({
      timeline: this.timeline,
      link: this.link,
      store: this.#store,
      hotline: () => (this.options.callBacks ? withCallBacks(this.hotline) : this.hotline),
      city: this.options.callBacks ? this.callers : null,
      log: this.#log,
      disk: () => this.faults.disk(),
      told: (events, stored) => this.#told(events, stored),
    });
    this.server = server;
    if (isFirst) this.bosses.furnish(server);
    this.checker.seatsRestored(server.seatsRepo.signedIn());
    await server.start();
    if (!server.isAlive) return;
    this.isServing = true;
    for (const agent of this.agents) agent.reconnects();
  }

  /** The process dies here and now; nothing of it happens any more. */
  killServer(): void {
    if (!this.server?.isAlive) return;
    this.server.kill();
    this.isServing = false;
    this.restarts += 1;
    for (const agent of this.agents) agent.serverDied();
  }

  /** Something was noticed that must never be. */
  complain(error: unknown): void {
    this.#catch(error);
  }

  #quiet(): boolean {
    try {
      if (this.isServing) this.checker.quiet();
    } catch (error) {
      this.#catch(error);
    }
    return this.#broken === null;
  }

  #everyFewHours(): void {
    try {
      if (this.isServing && this.server) {
        this.#compare(null);
        checkStore(this, this.server);
        this.#forgetChannels();
      }
    } catch (error) {
      this.#catch(error);
    }
  }

  /**
   * Is what the house believes true? On a bad day commands and events are seconds under way: then only
   * what is as wrong a little later counts.
   */
  #compare(wasWrong: string | null): void {
    try {
      if (this.isServing) checkTruth(this);
    } catch (error) {
      const isUnderWay = this.options.faults && error instanceof Broken;
      if (!isUnderWay || error.message === wasWrong) return this.#catch(error);
      this.timeline.after(UNDER_WAY_MS, () => this.#compare(error.message));
    }
  }

  /** The last caller leaves, the last agent goes home: nothing may be left. */
  async #closeDown(): Promise<void> {
    const quiet = () => this.#quiet();
    this.callers.stop();
    this.bosses.stop();
    await this.faults.stop(quiet);
    await this.timeline.run(this.timeline.now + 5 * HOUR_MS, quiet);
    this.server?.closeCallBacks();
    for (const agent of this.agents) agent.goHome();
    await this.timeline.run(this.timeline.now + HOUR_MS, quiet);
    if (!this.#broken && this.server) checkEmpty(this, this.server);
  }

  #told(events: readonly NewEvent[], stored: boolean): void {
    try {
      for (const event of events) {
        this.checker.saw(event, stored);
        if (stored) this.#stored += 1;
        if (event.kind === 'call.arrived') {
          const channel = this.link.exchange.lines.get(event.channelId);
          if (channel) this.#channels.set(event.channelId, channel);
        }
        if (event.kind !== 'seat.state') continue;
        this.#agentAt.get(event.seatId)?.sees(event, stored);
      }
    } catch (error) {
      this.#catch(error);
    }
  }

  /** Of whoever was looked at and forgotten nothing is asked any more: a run may last for years. */
  #forgetChannels(): void {
    const wanted = new Set(Array.from(this.checker.calls.values(), ({ channelId }) => channelId));
    for (const id of this.#channels.keys()) if (!wanted.has(id)) this.#channels.delete(id);
  }

  #channel(id: string): CallerChannel | undefined {
    return this.link.exchange.lines.get(id) ?? this.#channels.get(id);
  }

  #break(what: string): void {
    this.#catch(new Broken(what));
  }

  #catch(error: unknown): void {
    if (this.#broken !== null) return;
    const isBroken = error instanceof Broken;
    this.#broken = isBroken
      ? error.message
      : `the simulator itself: ${String(error instanceof Error ? error.stack : error)}`;
  }

  #result(): SimResult {
    const { checker, timeline } = this;
    return {
      seed: this.options.seed,
      broken: this.#broken,
      at: new Date(timeline.now + 8 * HOUR_MS).toISOString(),
      trace: this.#broken ? this.#traceFor(this.#broken) : [],
      calls: checker.arrived,
      events: this.#stored,
      endings: Object.fromEntries(checker.endings),
      restarts: this.restarts,
      steps: timeline.steps,
      hash: this.server ? hashOf(this.server) : '',
    };
  }

  #traceFor(broken: string): string[] {
    const id = /[0-9A-HJKMNP-TV-Z]{26}/.exec(broken)?.[0];
    return id === undefined ? this.checker.trace() : this.checker.traceOf(id);
  }
}
