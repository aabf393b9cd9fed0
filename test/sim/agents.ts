import type { DomainEvent, NewEvent, SeatState } from '../../src/events.ts';
import { AppError } from '../../src/kit/errors.ts';
import type { DeskService } from '../../src/seats/desk.ts';
import type { Phone, SeatChannel } from './channels.ts';
import type { Exchange } from './exchange.ts';
import { Injected } from './link.ts';
import type { Rng } from './rng.ts';
import type { Timeline } from './timeline.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const OFFSET_MS = 8 * HOUR_MS;
/** Beginning and length of the shifts; every agent keeps one. */
const shifts = [
  { fromHour: 8, hours: 9 },
  { fromHour: 8.5, hours: 9 },
  { fromHour: 9, hours: 8.5 },
  { fromHour: 12, hours: 9 },
  { fromHour: 16, hours: 8 },
  { fromHour: 23, hours: 9 },
] as const;

export interface AgentsOptions {
  timeline: Timeline;
  exchange: Exchange;
  rng: Rng;
  /** The desk of the server that runs now; null while there is none. */
  desk(): DeskService | null;
  /** A console's request got an answer of a sort it must never get, or none. */
  complain(what: string): void;
}

type Told = DomainEvent | NewEvent;

/** One agent with a seat, a phone in the browser and a console. */
export class Agent implements Phone {
  readonly agentId: string;
  readonly seatId: string;
  reachable = true;
  readonly #options: AgentsOptions;
  readonly #rng: Rng;
  readonly #shift: (typeof shifts)[number];
  #onDuty = false;
  #isOut = false;
  #isOnBreak = false;
  /** Not ready after this call. */
  #isPromised = false;
  #state: SeatState = 'offline';
  #leg: SeatChannel | null = null;
  /** Requests without an answer yet. */
  openRequests = 0;

  constructor(options: AgentsOptions, seatId: string, index: number) {
    this.#options = options;
    this.#rng = options.rng.fork(`agent ${seatId}`);
    this.seatId = seatId;
    this.agentId = `agent-${seatId}`;
    this.#shift = shifts[index % shifts.length] ?? shifts[0];
    options.exchange.phones.set(seatId, this);
    this.#nextDay();
  }

  /** What the console is told of the seat; only what is stored can outlive the server. */
  sees(event: Extract<Told, { kind: 'seat.state' }>, stored: boolean): void {
    const before = this.#state;
    this.#state = event.state;
    if (event.state === 'ready' && this.#isPromised)
      this.#options.complain(`${this.agentId} was promised a break, and is ready`);
    this.#isPromised = stored && event.notReadyNext !== undefined;
    if (before === event.state) return;
    const rng = this.#rng;
    if (event.state === 'wrap-up') return this.#wrapUp();
    if (event.state === 'not-ready' && !this.#isOnBreak) this.#later(rng.spread(5_000), this.#work);
    if (event.state === 'talking' && before === 'ringing') this.#talk();
  }

  /** The console connects to a new server, and shows what that one knows. */
  reconnects(): void {
    this.#later(this.#rng.int(100, 3_000), () => {
      const desk = this.#options.desk()?.of(this.agentId);
      if (desk === undefined) return;
      this.#state = desk?.state ?? 'offline';
      if (desk?.state === 'talking' || desk?.state === 'hold') {
        if (!this.#leg) return this.#ask('rejoin');
        return this.#talk();
      }
      this.#work();
    });
  }

  /** The last shift is over. */
  goHome(): void {
    this.#isOut = true;
    this.#onDuty = false;
    this.#work();
  }

  rings(leg: SeatChannel): void {
    const rng = this.#rng;
    const { timeline, exchange } = this.#options;
    if (leg.autoAnswer) return void timeline.after(rng.int(5, 200), () => this.#pickUp(leg));
    const act = rng.next();
    // Seldom does nobody take it, more seldom does somebody press the wrong button.
    if (act < 0.03) return;
    if (act < 0.04) return void timeline.after(300, () => exchange.fail(leg, 'refused'));
    if (act < 0.045) return void timeline.after(20, () => exchange.fail(leg, 'busy'));
    timeline.after(rng.spread(2_500), () => this.#pickUp(leg));
  }

  legEnded(leg: SeatChannel): void {
    if (this.#leg === leg) this.#leg = null;
  }

  #pickUp(leg: SeatChannel): void {
    if (leg.state !== 'ringing') return;
    this.#leg = leg;
    this.#options.exchange.answer(leg);
    if (this.#rng.chance(0.01)) this.#later(this.#rng.int(0, 10), () => this.#hangUpPhone());
  }

  #nextDay(): void {
    const { timeline } = this.#options;
    const midnight = Math.floor((timeline.now + OFFSET_MS) / DAY_MS) * DAY_MS - OFFSET_MS;
    let comesAt = midnight + this.#shift.fromHour * HOUR_MS + this.#rng.int(0, 600_000);
    // Whoever is in the shift when the world begins comes at once.
    const endsAt = comesAt + this.#shift.hours * HOUR_MS;
    if (timeline.now > endsAt - HOUR_MS) comesAt += DAY_MS;
    timeline.after(comesAt - timeline.now, () => {
      this.#onDuty = !this.#isOut;
      this.#work();
    });
    timeline.after(comesAt + this.#shift.hours * HOUR_MS - timeline.now, () => {
      this.#onDuty = false;
      this.#work();
      this.#nextDay();
    });
  }

  /** Does whatever the hour asks for: sit down, take calls, go home. */
  readonly #work = (): void => {
    const { timeline, desk } = this.#options;
    const mine = desk()?.of(this.agentId);
    if (mine === undefined) return;
    if (!this.#onDuty) {
      if (mine === null) return;
      this.#do((desk) => desk.signOut(this.agentId));
      if (desk()?.of(this.agentId)) timeline.after(this.#rng.int(5_000, 20_000), this.#work);
      return;
    }
    this.#isOnBreak = false;
    this.#isPromised = false;
    if (mine === null) this.#do((desk) => desk.signIn(this.agentId, this.seatId));
    this.#do((desk) => desk.ready(this.agentId));
    if (desk()?.of(this.agentId)?.state === 'not-ready') timeline.after(8_000, this.#work);
    this.#planTheHour();
  };

  #planTheHour(): void {
    const rng = this.#rng;
    if (rng.chance(0.04)) this.#later(rng.gap(20 * 60_000), () => this.#takeBreak());
    if (rng.chance(0.02)) this.#later(rng.gap(20 * 60_000), () => this.#crash());
  }

  #takeBreak(): void {
    if (!this.#onDuty) return;
    this.#isOnBreak = true;
    this.#do((desk) => desk.notReady(this.agentId, 'rest'));
    this.#later(this.#rng.spread(8 * 60_000), this.#work);
  }

  /** The browser crashes, in a call or not, and comes back, mostly soon enough. */
  #crash(): void {
    const { exchange } = this.#options;
    if (!this.#onDuty || !this.reachable) return;
    exchange.setPhone(this.seatId, false);
    this.#options.timeline.after(this.#rng.spread(6_000, 1), () => {
      exchange.setPhone(this.seatId, true);
      this.reconnects();
    });
  }

  #talk(): void {
    const rng = this.#rng;
    this.#later(rng.spread(130_000), () => this.#finish());
    if (rng.chance(0.15)) {
      this.#later(rng.int(2_000, 60_000), () => {
        this.#ask('hold');
        this.#later(rng.spread(15_000), () => this.#ask('resume'));
      });
    }
    if (rng.chance(0.1)) this.#later(rng.int(1_000, 60_000), () => this.#takeBreakAfterwards());
    if (rng.chance(0.02)) this.#later(rng.int(100, 90_000), () => this.#crash());
    if (rng.chance(0.3)) this.#later(rng.int(5_000, 60_000), () => this.#note());
  }

  #takeBreakAfterwards(): void {
    this.#isOnBreak = true;
    this.#do((desk) => desk.notReady(this.agentId, 'rest'));
    this.#later(this.#rng.spread(10 * 60_000), this.#work);
  }

  #finish(): void {
    const act = this.#rng.next();
    if (act < 0.5) this.#ask('hang-up');
    else if (act < 0.6) this.#ask('release');
    else this.#hangUpPhone();
    // A request that was not heard is made again.
    if (act < 0.6) this.#later(15_000, () => this.#finishAgain());
  }

  #finishAgain(): void {
    const state = this.#options.desk()?.of(this.agentId)?.state;
    if (state === 'talking' || state === 'hold') this.#hangUpPhone();
  }

  #hangUpPhone(): void {
    if (this.#leg) this.#options.exchange.endLeg(this.#leg, 'agent');
  }

  #wrapUp(): void {
    const rng = this.#rng;
    if (rng.chance(0.6)) this.#later(rng.int(500, 20_000), () => this.#note());
    if (rng.chance(0.1))
      this.#later(rng.int(500, 25_000), () => this.#do((desk) => desk.extendWrapUp(this.agentId)));
    const act = rng.next();
    if (act < 0.4)
      this.#later(rng.spread(15_000), () => this.#do((desk) => desk.finishWrapUp(this.agentId)));
    else if (act < 0.5) this.#later(rng.spread(10_000), this.#work);
  }

  #note(): void {
    this.#do((desk) => desk.note(this.agentId, 'a note', 'answered'));
  }

  #do(act: (desk: DeskService) => unknown): void {
    const desk = this.#options.desk();
    if (!desk) return;
    try {
      act(desk);
    } catch (error) {
      if (!(error instanceof AppError))
        this.#options.complain(`a desk verb threw ${String(error)}`);
    }
  }

  #ask(request: 'hold' | 'resume' | 'hang-up' | 'release' | 'rejoin'): void {
    const desk = this.#options.desk();
    if (!desk) return;
    const asked = desk;
    this.openRequests += 1;
    desk
      .ask(this.agentId, request)
      .catch((error: unknown) => {
        if (error instanceof AppError || error instanceof Injected) return;
        this.#options.complain(`${request} threw ${String(error)}`);
      })
      .finally(() => {
        if (this.#options.desk() === asked) this.openRequests -= 1;
      });
  }

  /** The server died: whoever asked it gets no answer. */
  serverDied(): void {
    this.openRequests = 0;
  }

  #later(inMs: number, action: () => void): void {
    this.#options.timeline.after(inMs, action);
  }
}
