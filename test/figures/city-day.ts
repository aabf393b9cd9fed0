import { createEngine } from '../../src/acd/engine.ts';
import { OrderedSet } from '../../src/acd/ordered-set.ts';
import type { Effect, Input } from '../../src/acd/types.ts';
import type { NewEvent } from '../../src/events.ts';
import { rules } from '../acd/rig.ts';
import { Rng } from '../sim/rng.ts';

/** Queues of the made-up city, and how many of every hundred callers each gets. */
const shares = { consumer: 40, housing: 30, traffic: 20, foreign: 10 } as const;
type QueueId = keyof typeof shares;
export const queueIds = Object.keys(shares) as QueueId[];

/** What the shell outside the engine knows of a call. */
interface Journey {
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

/** Somebody is dialled so often, with this pause; after six hours nobody wants it any more. */
const callBack = { attempts: 3, pauseMs: 300_000, givenUpAfterMs: 21_600_000 };

export interface CityDay {
  calls: number;
  seats: number;
  /** When the first caller comes. */
  from: number;
  /** Callers come within so long. */
  spreadMs?: number;
  seed: number;
}

/**
 * A day of calls through the real engine in virtual time: arrivals, rings (not all answered), holds,
 * transfers, lost seats, overflow, full queues, impatience, places kept and missed calls called back, with
 * retries, ratings, breaks, shifts. The same seed gives the same events, in the order in which a house
 * would store them.
 */
export function* cityDay({
  calls,
  seats,
  from,
  spreadMs = 86_400_000,
  seed,
}: CityDay): Generator<NewEvent> {
  const city = new City(new Rng(seed), from);
  for (let at = 0; at < seats; at += 1) city.shift(String(8001 + at), spreadMs);
  for (let at = 0; at < calls; at += 1) city.caller(at, spreadMs);
  yield* city.run();
}

interface Planned {
  at: number;
  number: number;
  act: () => void;
}

class City {
  readonly #engine = createEngine();
  readonly #rng: Rng;
  readonly #from: number;
  /** What is to happen, by time; ties in the order in which it was planned. */
  readonly #plan = new OrderedSet<Planned>((a, b) => a.at - b.at || a.number - b.number);
  #planned = 0;
  readonly #journeys = new Map<string, Journey>();
  #now: number;
  #said: NewEvent[] = [];

  constructor(rng: Rng, from: number) {
    this.#rng = rng;
    this.#from = from;
    this.#now = from;
    const more = { maxWaitMs: 120_000, maxWaiting: 12 };
    const queues = queueIds.map((id) => rules(id, { ...more, wrapUpMs: 20_000 }));
    this.#tell({ kind: 'queues-configured', queues });
  }

  *run(): Generator<NewEvent> {
    for (;;) {
      yield* this.#said.splice(0);
      const due = this.#engine.nextDueAt();
      const next = this.#plan.first();
      if (due === null && next === undefined) return;
      if (due !== null && (next === undefined || due <= next.at)) {
        this.#now = Math.max(this.#now, due);
        this.#tell({ kind: 'time-passed' });
      } else if (next) {
        this.#plan.remove(next);
        this.#now = next.at;
        next.act();
      }
    }
  }

  /** An agent's day: in, a break or two, out. */
  shift(seatId: string, spreadMs: number): void {
    const start = this.#from + this.#between(0, Math.floor(spreadMs / 4));
    const end = this.#from + this.#between(Math.floor(spreadMs / 2), spreadMs + 3_600_000);
    const at = Number(seatId) % queueIds.length;
    const served = [queueIds[at] ?? 'consumer', queueIds[(at + 1) % queueIds.length] ?? 'consumer'];
    const memberships = served.map((queueId, i) => ({ queueId, level: i + 1 }));
    const agentId = `agent-${seatId}`;
    this.#at(start, () => {
      this.#tell({ kind: 'seat-signed-in', seatId, agentId, memberships });
      this.#tell({ kind: 'seat-ready', seatId });
    });
    for (let pause = 0; pause < 3; pause += 1) {
      const begins = this.#between(start, end);
      this.#at(begins, () => this.#tell({ kind: 'seat-not-ready', seatId, reason: 'rest' }));
      this.#at(begins + 600_000, () => this.#tell({ kind: 'seat-ready', seatId }));
    }
    const out = () => {
      this.#tell({ kind: 'seat-signed-out', seatId });
      // Refused while a caller is on the line.
      if (this.#engine.seat(seatId)) this.#in(30_000, out);
    };
    this.#at(end, out);
  }

  caller(number: number, spreadMs: number): void {
    const arrivesAt = this.#from + this.#between(0, spreadMs);
    this.#at(arrivesAt, () => {
      const callId = `call-${number}`;
      const entryId = this.#rng.chance(0.1) ? 'enterprise' : 'main';
      const caller = this.#rng.chance(0.03)
        ? ''
        : `138${String(this.#between(0, 80_000)).padStart(8, '0')}`;
      const about = { dialled: '12345', language: 'zh', channelId: callId };
      this.#say({ kind: 'call.arrived', at: this.#now, callId, entryId, caller, ...about });
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
      this.#journeys.set(callId, journey);
      this.#in(this.#between(2_000, 9_000), () => {
        journey.arrivedAt = this.#now;
        this.#enter(journey, this.#queue());
        if (this.#rng.chance(0.03))
          this.#in(this.#between(100, 4_990), () => this.#hangUp(journey));
        const patience = 20_000 + this.#between(0, 180_000);
        this.#in(patience, () => this.#hangUp(journey));
        if (this.#rng.chance(0.1))
          this.#in(this.#between(10_000, 90_000), () => this.#keepPlace(journey));
      });
    });
  }

  #enter(journey: Journey, queueId: string, wantedSeatId?: string): void {
    const { callId, arrivedAt } = journey;
    const wanted = wantedSeatId === undefined ? {} : { wantedSeatId };
    const place = { priority: 0, arrivedAt, lastAgentId: null, ...wanted };
    this.#tell({ kind: 'caller-entered', callId, queueId, ...place });
  }

  /** Before the answer only: afterwards the conversation decides. */
  #hangUp(journey: Journey): void {
    const { callId } = journey;
    if (journey.over || this.#engine.place(callId) === null) return;
    const { queueId } = this.#engine.place(callId) ?? { queueId: '' };
    this.#tell({ kind: 'caller-left', callId, abandoned: true });
    const wasMissed = journey.talkedTo === 0 && journey.tries === null && journey.caller !== '';
    this.#end(journey, journey.talkedTo > 0 ? 'left-after-transfer' : 'left-while-waiting');
    if (!wasMissed || this.#rng.chance(0.5)) return;
    this.#say({ ...this.#wish(callId, queueId), isMissed: true });
    if (this.#rng.chance(0.3)) return;
    const back = this.#callBack(journey, queueId, this.#now);
    const claim = { callBack: { tries: 0, notBefore: this.#now + 1 } };
    const place = { priority: 0, arrivedAt: this.#now, lastAgentId: null };
    this.#tell({ kind: 'caller-entered', callId: back.callId, queueId, ...place, ...claim });
  }

  /** Hangs up and keeps the place, unless a seat rings already. */
  #keepPlace(journey: Journey): void {
    const { callId } = journey;
    const place = this.#engine.place(callId);
    if (journey.over || journey.caller === '' || journey.tries !== null || !place) return;
    if (place.isRung || journey.talkedTo > 0) return;
    this.#say(this.#wish(callId, place.queueId));
    const back = this.#callBack(journey, place.queueId, journey.arrivedAt);
    this.#tell({ kind: 'caller-kept', callId, asCallId: back.callId });
    this.#end(journey, 'call-back-requested');
  }

  #wish(callId: string, queueId: string) {
    return { kind: 'call.call-back-requested', at: this.#now, callId, queueId } as const;
  }

  /** A call to somebody, not dialled yet. */
  #callBack({ callId: ofCallId, entryId, caller }: Journey, queueId: string, arrivedAt: number) {
    const callId = `back-${ofCallId}`;
    const about = { callId, ofCallId, entryId, queueId, caller, dialled: '12345', language: 'zh' };
    const at = this.#now;
    this.#say({ kind: 'call.call-back-begun', at, ...about, notBefore: at });
    const journey: Journey = {
      callId,
      entryId,
      queueId,
      arrivedAt,
      talkedTo: 0,
      over: false,
      caller,
      tries: 0,
    };
    this.#journeys.set(callId, journey);
    const giveUp = () => {
      if (journey.over || journey.talkedTo > 0) return;
      if (this.#engine.place(callId)?.isRung) return this.#in(60_000, giveUp);
      this.#tell({ kind: 'caller-left', callId, abandoned: false });
      const how = 'cancelled';
      const closed = { at: this.#now, callId: ofCallId, how, personId: null } as const;
      this.#say({ kind: 'call.call-back-closed', ...closed });
      this.#end(journey, 'call-back-cancelled');
    };
    this.#in(callBack.givenUpAfterMs, giveUp);
    return journey;
  }

  /** The agent has picked up for a virtual caller, who is dialled now. */
  #dial(journey: Journey, { queueId, seatId, attempt }: Extract<Effect, { kind: 'ring' }>): void {
    const { callId, tries } = journey;
    this.#tell({ kind: 'call-back-dialling', callId, seatId, attempt });
    const agentId = this.#engine.seat(seatId)?.agentId ?? '';
    const channelId = `${callId}-${tries}`;
    const about = { at: this.#now, callId, queueId, seatId, agentId, channelId };
    this.#say({ kind: 'call.call-back-dialled', ...about });
    this.#in(this.#between(2_000, 25_000), () => {
      const seat = this.#engine.seat(seatId);
      // The agent is gone: the place is kept, and another seat is rung.
      if (seat?.callId !== callId || seat.reason !== 'call-back-dialling') return;
      if (this.#rng.chance(0.6)) {
        this.#tell({ kind: 'seat-answered', callId, seatId, attempt });
        journey.queueId = queueId;
        return this.#talk(journey, seatId);
      }
      const isLast = (tries ?? 0) + 1 >= callBack.attempts;
      const againAt = isLast ? null : this.#now + callBack.pauseMs;
      journey.tries = (tries ?? 0) + 1;
      const why = this.#rng.pick(['no-answer', 'busy', 'refused'] as const);
      this.#tell({ kind: 'call-back-failed', callId, seatId, attempt, why, againAt });
      if (isLast) this.#end(journey, 'call-back-failed');
    });
  }

  #effect(effect: Effect): void {
    const journey = this.#journeys.get(effect.callId);
    if (!journey) return;
    if (effect.kind === 'not-kept') return this.#notKept(journey, effect);
    if (effect.kind !== 'ring') return;
    const { callId, queueId, seatId, attempt } = effect;
    const isVirtual = journey.tries !== null && journey.talkedTo === 0;
    const answers = !this.#rng.chance(0.02);
    const afterMs = answers ? this.#between(800, 9_000) : 60_000;
    this.#in(afterMs, () => {
      const seat = this.#engine.seat(seatId);
      if (!answers) return this.#tell({ kind: 'seat-ready', seatId });
      if (seat?.state !== 'ringing' || seat.callId !== callId) return;
      if (isVirtual) return this.#dial(journey, effect);
      this.#tell({ kind: 'seat-answered', callId, seatId, attempt });
      if (this.#engine.seat(seatId)?.state !== 'talking') return;
      journey.queueId = queueId;
      this.#talk(journey, seatId);
    });
  }

  #notKept(journey: Journey, { queueId, why }: Extract<Effect, { kind: 'not-kept' }>): void {
    const { callId } = journey;
    const at = this.#now;
    if (journey.tries !== null && journey.talkedTo === 0) {
      this.#tell({ kind: 'caller-left', callId, abandoned: false });
      return this.#end(journey, 'call-back-failed');
    }
    const other = this.#queue();
    if (why === 'too-long' && other !== queueId && this.#rng.chance(0.5)) {
      return this.#tell({ kind: 'caller-moved', callId, queueId: other, why });
    }
    if (this.#engine.place(callId)) this.#tell({ kind: 'caller-left', callId, abandoned: false });
    this.#say({ kind: 'call.turned-away', at, callId, queueId, why });
    if (why === 'too-long') this.#say({ kind: 'call.call-back-requested', at, callId, queueId });
    this.#end(journey, why === 'too-long' ? 'call-back-requested' : 'queue-full');
  }

  #talk(journey: Journey, seatId: string): void {
    const { callId } = journey;
    journey.talkedTo += 1;
    const talkMs = this.#between(5_000, 300_000);
    if (this.#rng.chance(0.2)) {
      this.#in(talkMs * 0.3, () => this.#tell({ kind: 'call-held', callId, seatId }));
      this.#in(talkMs * 0.5, () => this.#tell({ kind: 'call-resumed', callId, seatId }));
    }
    this.#in(talkMs, () => this.#talkEnds(journey, seatId));
  }

  #talkEnds(journey: Journey, fromSeatId: string): void {
    const { callId } = journey;
    const agentId = this.#engine.seat(fromSeatId)?.agentId ?? '';
    const by = this.#rng.chance(0.02)
      ? 'seat-lost'
      : this.#rng.pick([
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
    this.#tell({ kind: 'talk-ended', callId, seatId: fromSeatId, by: end });
    if (end === 'transfer') {
      const to = this.#queue();
      const about = { fromSeatId, agentId, queueId: to, seatId: null };
      this.#say({ kind: 'call.transferred', at: this.#now, callId, ...about });
      return this.#enter(journey, to);
    }
    if (end === 'seat-lost') {
      this.#in(60_000, () => this.#tell({ kind: 'seat-ready', seatId: fromSeatId }));
      return this.#enter(journey, queueId);
    }
    if (end === 'caller') return this.#end(journey, 'caller-hung-up');
    this.#say({ kind: 'call.rating-asked', at: this.#now, callId, agentId });
    this.#in(this.#between(2_000, 9_000), () => {
      const score = this.#rng.pick([null, null, 1, 2, 3, 4, 5, 5, 5]);
      if (score !== null) {
        const about = { callId, queueId, agentId, seatId: fromSeatId, score };
        this.#say({ kind: 'call.rated', at: this.#now, ...about });
      }
      this.#end(journey, 'agent-hung-up');
    });
  }

  #end(journey: Journey, ending: Extract<NewEvent, { kind: 'call.ended' }>['ending']): void {
    journey.over = true;
    this.#journeys.delete(journey.callId);
    this.#say({ kind: 'call.ended', at: this.#now, callId: journey.callId, ending });
  }

  #tell(input: Input): void {
    const { events, effects } = this.#engine.apply(input, this.#now);
    this.#said.push(...events);
    for (const effect of effects) this.#effect(effect);
  }

  #say(event: NewEvent): void {
    this.#said.push(event);
  }

  #queue(): QueueId {
    let drawn = this.#between(0, 99);
    for (const queueId of queueIds) {
      drawn -= shares[queueId];
      if (drawn < 0) return queueId;
    }
    return 'consumer';
  }

  #between(least: number, most: number): number {
    return this.#rng.int(least, most);
  }

  #at(at: number, act: () => void): void {
    this.#planned += 1;
    this.#plan.add({ at, number: this.#planned, act });
  }

  #in(delayMs: number, act: () => void): void {
    this.#at(this.#now + Math.floor(delayMs), act);
  }
}
