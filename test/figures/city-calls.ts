import type { Effect } from '../../src/acd/types.ts';
import type { NewEvent } from '../../src/events.ts';
import type { City } from './city.ts';
import { CityCallBacks } from './city-call-backs.ts';

/** What the shell outside the engine knows of a call. */
export interface Journey {
  callId: string;
  entryId: string;
  queueId: string;
  arrivedAt: number;
  talkedTo: number;
  over: boolean;
  caller: string;
  /** A call to somebody who is called back: how often they were dialled in vain. */
  tries: number | null;
}

/** The city's callers, from their coming to their end. */
export class CityCalls {
  readonly #city: City;
  readonly #callBacks: CityCallBacks;
  readonly #journeys = new Map<string, Journey>();

  constructor(city: City) {
    this.#city = city;
    this.#callBacks = new CityCallBacks(city, this);
    city.carryOut = (effect) => this.#effect(effect);
  }

  /** Somebody calls, at some time of the day. */
  come(number: number, spreadMs: number): void {
    const arrivesAt = this.#city.from + this.#city.between(0, spreadMs);
    this.#city.at(arrivesAt, () => {
      const callId = `call-${number}`;
      const entryId = this.#city.rng.chance(0.1) ? 'enterprise' : 'main';
      const caller = this.#city.rng.chance(0.03)
        ? ''
        : `138${String(this.#city.between(0, 80_000)).padStart(8, '0')}`;
      const about = { dialled: '12345', language: 'zh', channelId: callId };
      this.#city.say({
        kind: 'call.arrived',
        at: this.#city.now,
        callId,
        entryId,
        caller,
        ...about,
      });
      const journey: Journey = {
        callId,
        entryId,
        queueId: '',
        arrivedAt: 0,
        talkedTo: 0,
        over: false,
        caller,
        tries: null,
      };
      this.follow(journey);
      this.#city.in(this.#city.between(2_000, 9_000), () => {
        journey.arrivedAt = this.#city.now;
        this.#enter(journey, this.#city.queue());
        if (this.#city.rng.chance(0.03))
          this.#city.in(this.#city.between(100, 4_990), () => this.#hangUp(journey));
        const patience = 20_000 + this.#city.between(0, 180_000);
        this.#city.in(patience, () => this.#hangUp(journey));
        if (this.#city.rng.chance(0.1))
          this.#city.in(this.#city.between(10_000, 90_000), () =>
            this.#callBacks.keepPlace(journey),
          );
      });
    });
  }

  /** A call that begins: what the engine wants done about it comes here. */
  follow(journey: Journey): void {
    this.#journeys.set(journey.callId, journey);
  }

  /** They are in conversation at a seat. */
  talk(journey: Journey, seatId: string): void {
    const { callId } = journey;
    journey.talkedTo += 1;
    const talkMs = this.#city.between(5_000, 300_000);
    if (this.#city.rng.chance(0.2)) {
      this.#city.in(talkMs * 0.3, () => this.#city.tell({ kind: 'call-held', callId, seatId }));
      this.#city.in(talkMs * 0.5, () => this.#city.tell({ kind: 'call-resumed', callId, seatId }));
    }
    this.#city.in(talkMs, () => this.#talkEnds(journey, seatId));
  }

  /** The call is over; nothing is asked or told of it any more. */
  end(journey: Journey, ending: Extract<NewEvent, { kind: 'call.ended' }>['ending']): void {
    journey.over = true;
    this.#journeys.delete(journey.callId);
    this.#city.say({ kind: 'call.ended', at: this.#city.now, callId: journey.callId, ending });
  }

  #enter(journey: Journey, queueId: string, wantedSeatId?: string): void {
    const { callId, arrivedAt } = journey;
    const wanted = wantedSeatId === undefined ? {} : { wantedSeatId };
    const place = { priority: 0, arrivedAt, lastAgentId: null, ...wanted };
    this.#city.tell({ kind: 'caller-entered', callId, queueId, ...place });
  }

  /** Before the answer only: afterwards the conversation decides. */
  #hangUp(journey: Journey): void {
    const { callId } = journey;
    if (journey.over || this.#city.engine.place(callId) === null) return;
    const { queueId } = this.#city.engine.place(callId) ?? { queueId: '' };
    this.#city.tell({ kind: 'caller-left', callId, abandoned: true });
    const wasMissed = journey.talkedTo === 0 && journey.tries === null && journey.caller !== '';
    this.end(journey, journey.talkedTo > 0 ? 'left-after-transfer' : 'left-while-waiting');
    if (!wasMissed || this.#city.rng.chance(0.5)) return;
    this.#callBacks.promise(journey, queueId);
  }

  #effect(effect: Effect): void {
    const journey = this.#journeys.get(effect.callId);
    if (!journey) return;
    if (effect.kind === 'not-kept') return this.#notKept(journey, effect);
    if (effect.kind !== 'ring') return;
    const { callId, queueId, seatId, attempt } = effect;
    const isVirtual = journey.tries !== null && journey.talkedTo === 0;
    const answers = !this.#city.rng.chance(0.02);
    const afterMs = answers ? this.#city.between(800, 9_000) : 60_000;
    this.#city.in(afterMs, () => {
      const seat = this.#city.engine.seat(seatId);
      if (!answers) return this.#city.tell({ kind: 'seat-ready', seatId });
      if (seat?.state !== 'ringing' || seat.callId !== callId) return;
      if (isVirtual) return this.#callBacks.dial(journey, effect);
      this.#city.tell({ kind: 'seat-answered', callId, seatId, attempt });
      if (this.#city.engine.seat(seatId)?.state !== 'talking') return;
      journey.queueId = queueId;
      this.talk(journey, seatId);
    });
  }

  #notKept(journey: Journey, { queueId, why }: Extract<Effect, { kind: 'not-kept' }>): void {
    const { callId } = journey;
    const at = this.#city.now;
    if (journey.tries !== null && journey.talkedTo === 0) {
      this.#city.tell({ kind: 'caller-left', callId, abandoned: false });
      return this.end(journey, 'call-back-failed');
    }
    const other = this.#city.queue();
    if (why === 'too-long' && other !== queueId && this.#city.rng.chance(0.5)) {
      return this.#city.tell({ kind: 'caller-moved', callId, queueId: other, why });
    }
    if (this.#city.engine.place(callId))
      this.#city.tell({ kind: 'caller-left', callId, abandoned: false });
    this.#city.say({ kind: 'call.turned-away', at, callId, queueId, why });
    if (why === 'too-long')
      this.#city.say({ kind: 'call.call-back-requested', at, callId, queueId });
    this.end(journey, why === 'too-long' ? 'call-back-requested' : 'queue-full');
  }

  #talkEnds(journey: Journey, fromSeatId: string): void {
    const { callId } = journey;
    const agentId = this.#city.engine.seat(fromSeatId)?.agentId ?? '';
    const by = this.#city.rng.chance(0.02)
      ? 'seat-lost'
      : this.#city.rng.pick([
          'agent',
          'agent',
          'agent',
          'agent',
          'caller',
          'caller',
          'transfer',
        ] as const);
    const again = journey.talkedTo < 3;
    const end = !again && (by === 'transfer' || by === 'seat-lost') ? 'agent' : by;
    const { queueId } = journey;
    this.#city.tell({ kind: 'talk-ended', callId, seatId: fromSeatId, by: end });
    if (end === 'transfer') {
      const to = this.#city.queue();
      const about = { fromSeatId, agentId, queueId: to, seatId: null };
      this.#city.say({ kind: 'call.transferred', at: this.#city.now, callId, ...about });
      return this.#enter(journey, to);
    }
    if (end === 'seat-lost') {
      this.#city.in(60_000, () => this.#city.tell({ kind: 'seat-ready', seatId: fromSeatId }));
      return this.#enter(journey, queueId);
    }
    if (end === 'caller') return this.end(journey, 'caller-hung-up');
    this.#city.say({ kind: 'call.rating-asked', at: this.#city.now, callId, agentId });
    this.#city.in(this.#city.between(2_000, 9_000), () => {
      const score = this.#city.rng.pick([null, null, 1, 2, 3, 4, 5, 5, 5]);
      if (score !== null) {
        const about = { callId, queueId, agentId, seatId: fromSeatId, score };
        this.#city.say({ kind: 'call.rated', at: this.#city.now, ...about });
      }
      this.end(journey, 'agent-hung-up');
    });
  }
}
