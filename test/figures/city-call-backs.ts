import type { Effect } from '../../src/acd/types.ts';
import type { City } from './city.ts';
import type { CityCalls, Journey } from './city-calls.ts';

/** Somebody is dialled so often, with this pause; after six hours nobody wants it any more. */
const callBack = { attempts: 3, pauseMs: 300_000, givenUpAfterMs: 21_600_000 };

/** Callers who kept a place or were missed are called back, in a call of its own. */
export class CityCallBacks {
  readonly #city: City;
  readonly #calls: CityCalls;

  constructor(city: City, calls: CityCalls) {
    this.#city = city;
    this.#calls = calls;
  }

  /** Missed, and to be called back; nothing comes of three in ten. */
  promise(journey: Journey, queueId: string): void {
    const { callId } = journey;
    this.#city.say({ ...this.#wish(callId, queueId), isMissed: true });
    if (this.#city.rng.chance(0.3)) return;
    const back = this.#begin(journey, queueId, this.#city.now);
    const claim = { callBack: { tries: 0, notBefore: this.#city.now + 1 } };
    const place = { priority: 0, arrivedAt: this.#city.now, lastAgentId: null };
    this.#city.tell({ kind: 'caller-entered', callId: back.callId, queueId, ...place, ...claim });
  }

  /** Hangs up and keeps the place, unless a seat rings already. */
  keepPlace(journey: Journey): void {
    const { callId } = journey;
    const place = this.#city.engine.place(callId);
    if (journey.over || journey.caller === '' || journey.tries !== null || !place) return;
    if (place.isRung || journey.talkedTo > 0) return;
    this.#city.say(this.#wish(callId, place.queueId));
    const back = this.#begin(journey, place.queueId, journey.arrivedAt);
    this.#city.tell({ kind: 'caller-kept', callId, asCallId: back.callId });
    this.#calls.end(journey, 'call-back-requested');
  }

  /** The agent has picked up for a virtual caller, who is dialled now. */
  dial(journey: Journey, { queueId, seatId, attempt }: Extract<Effect, { kind: 'ring' }>): void {
    const { callId, tries } = journey;
    this.#city.tell({ kind: 'call-back-dialling', callId, seatId, attempt });
    const agentId = this.#city.engine.seat(seatId)?.agentId ?? '';
    const channelId = `${callId}-${tries}`;
    const about = { at: this.#city.now, callId, queueId, seatId, agentId, channelId };
    this.#city.say({ kind: 'call.call-back-dialled', ...about });
    this.#city.in(this.#city.between(2_000, 25_000), () => {
      const seat = this.#city.engine.seat(seatId);
      // The agent is gone: the place is kept, and another seat is rung.
      if (seat?.callId !== callId || seat.reason !== 'call-back-dialling') return;
      if (this.#city.rng.chance(0.6)) {
        this.#city.tell({ kind: 'seat-answered', callId, seatId, attempt });
        journey.queueId = queueId;
        return this.#calls.talk(journey, seatId);
      }
      const isLast = (tries ?? 0) + 1 >= callBack.attempts;
      const againAt = isLast ? null : this.#city.now + callBack.pauseMs;
      journey.tries = (tries ?? 0) + 1;
      const why = this.#city.rng.pick(['no-answer', 'busy', 'refused'] as const);
      this.#city.tell({ kind: 'call-back-failed', callId, seatId, attempt, why, againAt });
      if (isLast) this.#calls.end(journey, 'call-back-failed');
    });
  }

  /** A call to somebody, not dialled yet. */
  #begin({ callId: ofCallId, entryId, caller }: Journey, queueId: string, arrivedAt: number) {
    const callId = `back-${ofCallId}`;
    const about = { callId, ofCallId, entryId, queueId, caller, dialled: '12345', language: 'zh' };
    const at = this.#city.now;
    this.#city.say({ kind: 'call.call-back-begun', at, ...about, notBefore: at });
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
    this.#calls.follow(journey);
    const giveUp = () => {
      if (journey.over || journey.talkedTo > 0) return;
      if (this.#city.engine.place(callId)?.isRung) return this.#city.in(60_000, giveUp);
      this.#city.tell({ kind: 'caller-left', callId, abandoned: false });
      const how = 'cancelled';
      const closed = { at: this.#city.now, callId: ofCallId, how, personId: null } as const;
      this.#city.say({ kind: 'call.call-back-closed', ...closed });
      this.#calls.end(journey, 'call-back-cancelled');
    };
    this.#city.in(callBack.givenUpAfterMs, giveUp);
    return journey;
  }

  #wish(callId: string, queueId: string) {
    return { kind: 'call.call-back-requested', at: this.#city.now, callId, queueId } as const;
  }
}
