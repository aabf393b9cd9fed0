import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { Hotline } from '../../config/hotline.ts';
import type { RunningAsterisk } from '../../scripts/asterisk/launch.ts';
import { withoutServerNote } from '../../scripts/asterisk/render.ts';
import { hire } from '../../scripts/bench/exchange/staff.ts';
import { type House, openHouse } from '../support/house-rig.ts';
import type { ReadySeat } from '../support/house-seat.ts';
import { RtpEar } from '../support/rtp-ear.ts';
import type { Ear, Manner } from '../support/sip-phone.ts';
import { pause, until } from '../support/until.ts';
import { HallCaller } from './hall-caller.ts';
import { DIALLED, everybodyWaits } from './hall-hotline.ts';
import { seatIds, staff } from './hall-staff.ts';
import { openHush } from './hush.ts';
import { adoptedAt, lastSaid } from './server-log.ts';

/** Above the ports Linux takes for outgoing connections: enough for two thousand channels. */
const aboveOutgoing = { rtpStartPort: 61_000, rtpEndPort: 65_500 };

/** Callers who come and go. */
interface Comings {
  stop(): Promise<void>;
}

export interface HallOptions {
  seats: number;
  /** So many of them can be heard: their phones say a tone all the time. */
  sounding?: number;
  hotline?: (doc: Hotline) => void;
  /** Something that stands between the server and the exchange: gives the address to use instead. */
  ariVia?: (asterisk: RunningAsterisk) => Promise<string>;
  /** Callers come from so many numbers, in turn; each from one of their own unless given. */
  numbers?: number;
  /** A thousand calls: accounts without a password, for hashing them takes minutes, and ports enough. */
  isHuge?: boolean;
  /** Puts into the data folder what a house has that is not new. */
  history?: (dataDir: string) => void;
  /** What differs from the server's usual settings. */
  config?: Readonly<Record<string, unknown>>;
}

/** A whole house with staffed seats and a crowd of callers, all of them SIP phones. */
export class Hall {
  readonly house: House;
  readonly #isHuge: boolean;
  readonly #numbers: number;
  readonly seats: ReadySeat[] = [];
  readonly callers: HallCaller[] = [];
  #dialled = 0;

  private constructor(house: House, { isHuge = false, numbers = 1_000_000 }: HallOptions) {
    this.house = house;
    this.#isHuge = isHuge;
    this.#numbers = numbers;
  }

  static async open(options: HallOptions): Promise<Hall> {
    const { seats, sounding = 0, hotline, ariVia, config, history, isHuge = false } = options;
    const house = await openHouse({
      asProcess: true,
      built: true,
      config: { rateLimit: { perMinute: 100_000, signInPerMinute: 100_000 }, ...config },
      ...(ariVia && { ariVia }),
      ...(history && { history }),
      ...(isHuge && { rtp: aboveOutgoing }),
      hotline(doc) {
        everybodyWaits(doc);
        hotline?.(doc);
      },
    });
    const hall = new Hall(house, options);
    try {
      await hall.#staff(seatIds(1, sounding), openTone);
      await hall.#staff(seatIds(sounding + 1, seats), openHush);
      return hall;
    } catch (error) {
      await hall.close();
      throw error;
    }
  }

  /** Dials; the caller waits in the queue as soon as the short greeting is over. */
  async dial(openEar: () => Promise<Ear> = openHush, to = DIALLED): Promise<HallCaller> {
    this.#dialled += 1;
    const number = `1391234${String(this.#dialled % this.#numbers).padStart(4, '0')}`;
    const caller = await HallCaller.dial(number, to, openEar);
    this.callers.push(caller);
    return caller;
  }

  /** So many callers dial, twenty a second, one after the other. */
  async crowd(count: number, openEar?: () => Promise<Ear>): Promise<HallCaller[]> {
    const callers: HallCaller[] = [];
    for (let n = 0; n < count; n += 1) {
      callers.push(await this.dial(openEar));
      await pause(50);
    }
    return callers;
  }

  /** Callers come at a steady rate and leave by themselves, until stopped. */
  comeAndGo(perSecond: number, stayMs: { from: number; to: number }): Comings {
    const closed = new AbortController();
    const begun = performance.now();
    const first = this.#dialled;
    const come = async () => {
      for (; !closed.signal.aborted; await pause(10)) {
        const due = ((performance.now() - begun) / 1_000) * perSecond;
        while (this.#dialled - first < due) {
          const caller = await this.dial();
          const stay = stayMs.from + Math.random() * (stayMs.to - stayMs.from);
          setTimeout(() => caller.hangUp(), stay);
        }
      }
    };
    const coming = come();
    return {
      stop: () => {
        closed.abort();
        return coming;
      },
    };
  }

  /** How often phones of seats have been rung so far. */
  rings(): number {
    return this.seats.reduce((sum, { phone }) => sum + phone.rung.length, 0);
  }

  /** Callers the exchange has let in and nobody has a record of. */
  withoutRecord(): string[] {
    const { book } = this.house;
    return this.callers
      .filter(({ status, number }) => status === 200 && book.callsOf(number).length === 0)
      .map(({ number }) => number);
  }

  /** How many callers somebody else hung up on. */
  hungUpOn(): number {
    return this.callers.filter(({ wasHungUpOn }) => wasHungUpOn).length;
  }

  /** Does the server say that it is connected to the exchange? */
  async isConnected(): Promise<boolean> {
    const answer = await fetch(`${this.house.url}/readyz`, { signal: AbortSignal.timeout(5_000) });
    const { exchange: state } = z.object({ exchange: z.string() }).parse(await answer.json());
    return state === 'ok';
  }

  /** Waits until those whom the exchange had alone are in the records. */
  async takenIn(): Promise<void> {
    const note = withoutServerNote(this.house.dataDir);
    await until(() => !existsSync(note) && !existsSync(`${note}.taken`), 'taken in', 45_000);
  }

  /** How long nobody decided in the last takeover, by the servers' own logs. */
  handOverMs(): number {
    const { dataDir } = this.house;
    return lastSaid(dataDir, 'calls taken over') - lastSaid(dataDir, 'handing over to another');
  }

  /** Records beyond one per caller. */
  recordsTooMany(): number {
    const { book } = this.house;
    return this.callers.reduce(
      (sum, { number }) => sum + Math.max(0, book.callsOf(number).length - 1),
      0,
    );
  }

  /** How many calls stand at a stage, as the server has written down. */
  countAt(stage: string): number {
    return this.house.book.countAt(stage);
  }

  /** More seats, ready. */
  staffMore(count = 1): Promise<void> {
    const next = this.seats.length + 1;
    return this.#staff(seatIds(next, next + count - 1), openHush);
  }

  /** What all phones of the seats do when they are rung from now on. */
  manner(manner: Manner): void {
    for (const { phone } of this.seats) phone.manner = manner;
  }

  /** The server's process ends as in a crash. */
  async killServer(): Promise<void> {
    const { process: server } = this.house;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, 'exit');
    server.kill('SIGKILL');
    await gone;
  }

  /**
   * Starts the server and waits until the calls that live are taken over.
   * @returns milliseconds from the start of the process
   */
  async startAndAdopt(): Promise<number> {
    const begun = Date.now();
    await this.house.startServer();
    return adoptedAt(this.house.dataDir, begun) - begun;
  }

  /** Callers whose greeting began more than once. */
  greetedTwice(): number {
    const greetings = this.house.book
      .eventsOfKind('call.stage')
      .filter((event) => event['stage'] === 'greeting')
      .map(({ callId }) => callId);
    return greetings.length - new Set(greetings).size;
  }

  /** All callers who are still there hang up, and everything is closed in the books. */
  async empty(withinMs = 60_000): Promise<void> {
    for (const caller of this.callers) caller.hangUp();
    const { house } = this;
    await until(
      () => {
        const { all, ended } = house.book.count();
        return all === ended && house.book.runningRecordings() === 0;
      },
      'every call closed, every recording done',
      withinMs,
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}; open: ${this.#open()}`);
    });
    let left = await house.left();
    await until(
      async () => {
        left = await house.left();
        return left.channels.length + left.bridges.length === 0;
      },
      'no channel and no bridge left',
      withinMs,
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}: ${[...left.channels, ...left.bridges].join(', ')}`);
    });
  }

  /** Seats that are not ready although nobody told them so. */
  falseSeats(): string[] {
    return this.seats.flatMap(({ seatId }) => {
      const { state, reason } = this.house.book.seatState(seatId) ?? {
        state: 'unknown',
        reason: null,
      };
      return state === 'ready' ? [] : [`${seatId} ${state} ${reason ?? ''}`];
    });
  }

  async close(): Promise<void> {
    for (const caller of this.callers) caller.close();
    for (const { phone } of this.seats) phone.close();
    await this.house.close();
  }

  /** The calls that are not closed, and what the exchange says of their callers. */
  #open(): string {
    const open = this.callers.flatMap((caller) =>
      this.house.book
        .callsOf(caller.number)
        .filter(({ endedAt }) => endedAt === null)
        .map(({ stage }) => `${caller.number} ${stage} ${caller.status ?? 'not answered'}`),
    );
    return open.join(', ');
  }

  #staff(ids: string[], openEar: () => Promise<Ear>): Promise<void> {
    const apis = this.#isHuge ? hire(this.house, ids) : [];
    return staff(this, ids, apis, openEar);
  }
}

/** An ear whose mouth says a tone from the first moment of the call. */
export async function openTone(): Promise<Ear> {
  const ear = await RtpEar.open();
  ear.tone(440);
  return ear;
}
