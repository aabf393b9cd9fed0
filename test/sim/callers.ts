import type { Key } from '../../src/calls/ports.ts';
import type { Cancel } from '../../src/kit/clock.ts';
import type { CallerChannel, Ear, Outcome } from './channels.ts';
import type { Exchange } from './exchange.ts';
import type { Rng } from './rng.ts';
import type { Timeline } from './timeline.ts';

const HOUR_MS = 3_600_000;
const OFFSET_MS = 8 * HOUR_MS;
/** Calls by hour of the day in Shanghai, as hotlines see them; between four and five nobody calls. */
const WEIGHTS = [
  8, 6, 4, 3, 0, 3, 8, 25, 70, 100, 95, 75, 50, 60, 85, 90, 80, 65, 45, 40, 36, 30, 22, 14,
];
const TOTAL = WEIGHTS.reduce((sum, weight) => sum + weight, 0);

const menuKeys: [Key, ...Key[]] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '*', '#'];
const anyKeys: [Key, ...Key[]] = ['0', '6', '7', '8', '9', '*', '#'];

export interface CallersOptions {
  timeline: Timeline;
  exchange: Exchange;
  rng: Rng;
  callsPerDay: number;
  numbers: readonly [string, ...string[]];
}

/** The city: people call, wait or not, talk, rate or not, give up, and call again. */
export class Callers {
  readonly options: CallersOptions;
  /** Everybody who ever called. */
  dialled = 0;
  #isOver = false;

  constructor(options: CallersOptions) {
    this.options = options;
  }

  start(): void {
    const { timeline, rng, callsPerDay } = this.options;
    const hour = Math.floor((timeline.now + OFFSET_MS) / HOUR_MS) % 24;
    const perHour = (callsPerDay * (WEIGHTS[hour] ?? 0)) / TOTAL;
    const untilNextHourMs = HOUR_MS - (timeline.now % HOUR_MS);
    const gapMs = perHour === 0 ? untilNextHourMs : rng.gap(HOUR_MS / perHour);
    timeline.after(Math.min(gapMs, untilNextHourMs), () => {
      if (this.#isOver) return;
      if (gapMs < untilNextHourMs) this.call(randomNumber(rng));
      this.start();
    });
  }

  /** Nobody calls any more, and nobody calls again. */
  stop(): void {
    this.#isOver = true;
  }

  /** What becomes of it when they are called back; whoever is on the phone is busy. */
  outcome(number: string): Outcome {
    const { exchange, rng } = this.options;
    for (const { from } of exchange.lines.values())
      if (from === number) return { afterMs: 200, why: 'busy' };
    const chance = rng.next();
    if (chance < 0.1) return { afterMs: rng.int(500, 5_000), why: 'refused' };
    return { afterMs: chance < 0.3 ? HOUR_MS : rng.int(1_000, 15_000), why: null };
  }

  /** The person at the phone we call. */
  ear(channel: () => CallerChannel): Ear {
    return new CalledBack(this, channel);
  }

  call(from: string): void {
    if (this.#isOver) return;
    const { exchange, rng, numbers } = this.options;
    this.dialled += 1;
    const ear = new Caller(this, from);
    const dialled = rng.chance(0.005) ? '99999' : rng.pick(numbers);
    const id = `channel-${this.dialled}`;
    ear.channel = exchange.dial({ id, from: rng.chance(0.03) ? '' : from, dialled, ear });
  }
}

function randomNumber(rng: Rng): string {
  return `138${String(rng.int(0, 99_999_999)).padStart(8, '0')}`;
}

/** One person with one call. */
class Caller implements Ear {
  channel: CallerChannel | null = null;
  readonly #callers: Callers;
  readonly #rng: Rng;
  readonly #from: string;
  #plans: Cancel[] = [];
  #isPatient = false;
  #hasTalked = false;

  constructor(callers: Callers, from: string) {
    this.#callers = callers;
    this.#rng = callers.options.rng;
    this.#from = from;
    // Some give up whatever happens, at any moment.
    if (this.#rng.chance(0.04)) this.#later(this.#rng.spread(8_000, 1.2), () => this.#leave());
    // And nobody stays on the line for ever.
    this.#later(4 * HOUR_MS, () => this.#leave());
  }

  hears(sound: string): void {
    if (sound === 'music') return this.#waits();
    if (sound === 'talk') return this.#talks();
    if (sound.startsWith('menu') || sound.startsWith('language')) return this.#menu();
    if (sound.startsWith('greeting')) return this.#greeting();
    if (sound.startsWith('rating-')) return this.#rating(sound);
    if (sound === 'call-back-kept' && this.#rng.chance(0.5)) {
      this.#later(this.#rng.int(0, 4_000), () => this.#leave());
    }
    if (sound === 'call-back-offer' && this.#rng.chance(0.7)) {
      this.#press(this.#rng.chance(0.8) ? '1' : '2', this.#rng.int(500, 9_000));
    }
  }

  cutOff(): void {
    for (const cancel of this.#plans) cancel();
    this.#plans = [];
    if (this.#hasTalked || !this.#rng.chance(0.4)) return;
    const { timeline } = this.#callers.options;
    timeline.after(this.#rng.spread(90_000), () => this.#callers.call(this.#from));
  }

  #greeting(): void {
    const rng = this.#rng;
    if (rng.chance(0.03)) this.#later(rng.int(0, 5_000), () => this.#leave());
    if (rng.chance(0.3)) this.#press(rng.pick(menuKeys), rng.int(0, 6_000));
    if (rng.chance(0.05)) this.#press(rng.pick(menuKeys), rng.int(0, 3_000));
  }

  #menu(): void {
    const rng = this.#rng;
    if (rng.chance(0.02)) this.#later(rng.int(0, 8_000), () => this.#leave());
    if (rng.chance(0.85)) this.#press(rng.pick(menuKeys), rng.int(200, 9_000));
    if (rng.chance(0.1)) this.#press(rng.pick(menuKeys), rng.int(200, 4_000));
  }

  #waits(): void {
    if (this.#isPatient || this.#hasTalked) return;
    this.#isPatient = true;
    this.#later(this.#rng.spread(120_000, 1), () => {
      if (!this.#hasTalked) this.#leave();
    });
    if (this.#rng.chance(0.1)) this.#press(this.#rng.pick(anyKeys), this.#rng.int(0, 20_000));
  }

  #talks(): void {
    this.#hasTalked = true;
    const rng = this.#rng;
    if (rng.chance(0.35)) this.#later(rng.spread(100_000, 0.9), () => this.#leave());
    if (rng.chance(0.01)) this.#later(rng.int(0, 20), () => this.#leave());
  }

  #rating(sound: string): void {
    const rng = this.#rng;
    if (sound === 'rating-thanks' || sound === 'rating-invalid') return;
    if (rng.chance(0.1)) return this.#later(rng.int(0, 6_000), () => this.#leave());
    if (rng.chance(0.5)) return this.#press(rng.pick(['1', '2', '3', '4', '5']), rng.int(0, 9_000));
    if (rng.chance(0.3)) this.#press(rng.pick(anyKeys), rng.int(0, 9_000));
  }

  #press(key: Key, inMs: number): void {
    this.#later(inMs, () => {
      if (this.channel) this.#callers.options.exchange.press(this.channel, key);
    });
  }

  #leave(): void {
    if (this.channel) this.#callers.options.exchange.endLine(this.channel, 'hung-up');
  }

  #later(inMs: number, action: () => void): void {
    this.#plans.push(this.#callers.options.timeline.after(inMs, action));
  }
}

/** Picks up the phone, and may put it down at any moment. */
class CalledBack implements Ear {
  readonly #callers: Callers;
  readonly #channel: () => CallerChannel;
  #plans: Cancel[] = [];

  constructor(callers: Callers, channel: () => CallerChannel) {
    this.#callers = callers;
    this.#channel = channel;
  }

  hears(sound: string): void {
    const { rng } = this.#callers.options;
    if (sound === 'call-back-greeting' && rng.chance(0.1)) this.#leaveIn(rng.int(0, 3_000));
    if (sound === 'talk' && rng.chance(0.4)) this.#leaveIn(rng.spread(60_000));
    if (sound === 'music') this.#leaveIn(rng.spread(120_000));
  }

  cutOff(): void {
    for (const cancel of this.#plans) cancel();
  }

  #leaveIn(inMs: number): void {
    const { timeline, exchange } = this.#callers.options;
    this.#plans.push(timeline.after(inMs, () => exchange.endLine(this.#channel(), 'hung-up')));
  }
}
