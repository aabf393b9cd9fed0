import type { Hotline } from '../../config/hotline.ts';
import { endings } from '../../src/ending.ts';
import type { EventKind, NewEvent, SeatState } from '../../src/events.ts';
import type { CallerChannel } from './exchange.ts';

/** A minute of waiting per step of priority: the published rule, written down a second time. */
const CREDIT_MS = 60_000;

/** What the checker knows of one call. */
export interface CallModel {
  callId: string;
  channelId: string;
  arrivedAt: number;
  state: 'in-house' | 'waiting' | 'ringing' | 'talking' | 'ended';
  stage: string;
  stageAt: number;
  /** The wait its last stage was stored with. */
  wait: { queueId: string; priority: number; arrivedAt: number } | null;
  place: Place | null;
  ring: { seatId: string; attempt: number; at: number } | null;
  talk: { seatId: string; queueId: string; since: number; held: boolean } | null;
  connects: number;
  lastTalkEndedBy: string | null;
  ratingAskedAt: number | null;
  rating: number | null;
  ending: string | null;
  endedAt: number;
  /** Some of its events could not be stored: its record may lack them. */
  tainted: boolean;
  /** A server died while it lived. */
  survived: number;
  /** Its events were lost with the disk and then its server died: nothing is expected of it. */
  isLost: boolean;
  /** Leaves the queue just now, as far as can be told before the next event. */
  isLeaving: boolean;
}

interface Place {
  queueId: string;
  placeAt: number;
  order: number;
  arrivedAt: number;
  priority: number;
  enteredAt: number;
}

export interface SeatModel {
  seatId: string;
  agentId: string;
  state: SeatState;
  callId: string | null;
  since: number;
  idleSince: number;
  levels: Map<string, number>;
}

export interface CheckerOptions {
  hotline(): Hotline;
  /** The seat's queues as they were set up, for seats that sign in. */
  memberships(seatId: string): readonly { queueId: string; level: number }[];
  channel(channelId: string): CallerChannel | undefined;
  withFaults: boolean;
}

type Of<K extends EventKind> = Extract<NewEvent, { kind: K }>;
type Rules = { [K in EventKind]?: (event: Of<K>) => void };

export class Broken extends Error {}

/**
 * Watches everything the house says and judges it by a simple model of its own. It shares no code
 * with what it judges.
 */
export class Checker {
  readonly calls = new Map<string, CallModel>();
  readonly live = new Map<string, CallModel>();
  readonly seats = new Map<string, SeatModel>();
  /** How calls ended, and how many came. */
  readonly endings = new Map<string, number>();
  arrived = 0;
  readonly #waiting = new Set<CallModel>();
  /** In the stage of waiting, not in a queue yet. */
  readonly #entering = new Set<CallModel>();
  readonly #ready = new Set<SeatModel>();
  readonly #options: CheckerOptions;
  readonly #rules: Rules;
  /** The events about a call, newest last, for the report. */
  readonly #trace: NewEvent[] = [];
  #order = 0;
  #lastAt = 0;
  #isDirty = false;

  constructor(options: CheckerOptions) {
    this.#options = options;
    this.#rules = { ...this.#callRules(), ...this.#queueRules(), ...this.#seatRules() };
  }

  /** The last events, as text. */
  trace(count = 40): string[] {
    return this.#trace.slice(-count).map((event) => JSON.stringify(event));
  }

  traceOf(id: string): string[] {
    return this.#trace
      .filter((event) => JSON.stringify(event).includes(id))
      .map((event) => JSON.stringify(event));
  }

  saw(event: NewEvent, stored: boolean): void {
    this.#trace.push(event);
    if (this.#trace.length > 4_000) this.#trace.splice(0, 2_000);
    if (event.at < this.#lastAt) fail(`time ran backwards: ${event.kind}`);
    this.#lastAt = event.at;
    this.#isDirty = true;
    const rule = this.#rules[event.kind] as ((event: NewEvent) => void) | undefined;
    const call = 'callId' in event ? this.calls.get(event.callId ?? '') : undefined;
    if (!call?.isLost || event.kind.startsWith('seat.')) rule?.(event);
    else if (event.kind === 'call.ended') this.#lose(call);
    if (stored || !('callId' in event)) return;
    const touched = this.calls.get(event.callId ?? '');
    if (touched) touched.tainted = true;
  }

  #lose(call: CallModel): void {
    if (call.state === 'ended') return;
    this.#toHouse(call);
    call.state = 'ended';
    call.ending = 'lost';
    this.endings.set('lost', (this.endings.get('lost') ?? 0) + 1);
    this.live.delete(call.callId);
  }

  /** All promises have settled: nobody may wait for somebody who is free (I3). */
  quiet(): void {
    if (!this.#isDirty) return;
    this.#isDirty = false;
    this.#nobodyForgotten();
    for (const call of this.#waiting) {
      call.isLeaving = false;
      if (this.#ready.size === 0) continue;
      for (const seat of this.#ready) {
        if (this.#mayTake(seat, call))
          fail(`I3: ${call.callId} waits while seat ${seat.seatId} is ready`);
      }
    }
  }

  /** Whoever is in the stage of waiting stands in a queue, or is on the way out of it. */
  #nobodyForgotten(): void {
    const graceMs = this.#options.withFaults ? 180_000 : 10_000;
    for (const call of this.#entering) {
      const isWaiting = call.stage === 'waiting' && call.state === 'in-house' && !call.isLost;
      if (!isWaiting) this.#entering.delete(call);
      else if (this.#lastAt - call.stageAt > graceMs) {
        fail(`${call.callId} waits and stands in no queue`);
      }
    }
  }

  /** A server died and another one has taken over: what lived in memory alone has begun anew. */
  restarted(): void {
    for (const call of this.live.values()) call.survived += 1;
    for (const call of this.#waiting) this.#toHouse(call);
    for (const call of this.live.values()) if (call.state === 'ringing') this.#toHouse(call);
    for (const call of this.calls.values()) {
      if (!call.tainted) continue;
      call.isLost = true;
      call.talk = null;
    }
  }

  /** How the seats were put back: from what is stored. */
  seatsRestored(
    stored: readonly {
      seatId: string;
      agentId: string;
      state: SeatState;
      since: number;
      callId: string | null;
    }[],
  ): void {
    this.seats.clear();
    this.#ready.clear();
    for (const { seatId, agentId, state, since, callId } of stored) {
      const seat = this.#newSeat(seatId, agentId);
      const now = afterRestart(state);
      Object.assign(seat, { state: now, callId, since, idleSince: since });
      if (now === 'ready') this.#ready.add(seat);
    }
  }

  #mayTake(seat: SeatModel, call: CallModel): boolean {
    const { place } = call;
    const level = place ? seat.levels.get(place.queueId) : undefined;
    if (!place || level === undefined) return false;
    const queue = this.#options.hotline().queues.find(({ id }) => id === place.queueId);
    if (!queue || queue.widening.length === 0) return queue !== undefined;
    const waitedMs = this.#lastAt - place.enteredAt;
    const reached = queue.widening.filter(({ afterMs }) => afterMs < waitedMs);
    return level <= (reached.at(-1)?.level ?? 1);
  }

  #need(callId: string): CallModel {
    const call = this.calls.get(callId);
    if (!call) fail(`an event of a call nobody knows: ${callId}`);
    return call;
  }

  /** The call of an event that only a live call may have (I7). */
  #alive(callId: string): CallModel {
    const call = this.#need(callId);
    if (call.state === 'ended') fail(`I7: ${callId} has ended already`);
    return call;
  }

  #toHouse(call: CallModel): void {
    call.state = 'in-house';
    call.place = null;
    call.ring = null;
    call.isLeaving = false;
    this.#waiting.delete(call);
  }

  #callRules(): Rules {
    return {
      'call.arrived': (event) => {
        const { callId, channelId } = event;
        if (this.calls.has(callId)) fail(`${callId} arrived twice`);
        let survived = 0;
        for (const call of this.live.values()) {
          if (call.channelId !== channelId) continue;
          if (!call.tainted) fail(`I4: ${channelId} has two calls`);
          this.#lose(call);
          survived = 1;
        }
        const call: CallModel = {
          callId,
          channelId,
          arrivedAt: event.at,
          state: 'in-house',
          stage: 'arrived',
          stageAt: event.at,
          wait: null,
          place: null,
          ring: null,
          talk: null,
          connects: 0,
          lastTalkEndedBy: null,
          ratingAskedAt: null,
          rating: null,
          ending: null,
          endedAt: 0,
          tainted: false,
          survived,
          isLost: false,
          isLeaving: false,
        };
        this.arrived += 1;
        this.calls.set(callId, call);
        this.live.set(callId, call);
      },
      'call.stage': ({ callId, stage, data, at }) => {
        const call = this.#alive(callId);
        const isFirst = call.stage === 'arrived' || call.stage === 'greeting';
        if (stage === 'greeting' && !isFirst)
          fail(`${callId} is greeted again after ${call.stage}`);
        call.stage = stage;
        call.stageAt = at;
        if (stage === 'waiting') this.#entering.add(call);
        call.wait = stage === 'waiting' ? (data as CallModel['wait']) : null;
        if (stage === 'greeting' && call.survived === 0) this.#greetedOnce(call);
      },
      'call.rating-asked': ({ callId, at }) => {
        const call = this.#alive(callId);
        if (call.connects === 0) fail(`${callId} was asked to rate and never talked`);
        if (call.talk) fail(`${callId} is asked to rate while talking`);
        call.ratingAskedAt = at;
      },
      'call.rated': (event) => this.#rated(event),
      'call.noted': ({ callId }) => void this.#need(callId),
      'call.ended': (event) => this.#ended(event),
    };
  }

  #greetedOnce(call: CallModel): void {
    const channel = this.#options.channel(call.channelId);
    if (channel && channel.heard.length > 0 && call.survived === 0) {
      fail(`${call.callId} is greeted after it has heard ${channel.heard[0]?.promptId}`);
    }
  }

  #rated({ callId, score, at }: Of<'call.rated'>): void {
    const call = this.#alive(callId);
    if (call.rating !== null) fail(`${callId} is rated twice`);
    call.rating = score;
    const { ratingAskedAt } = call;
    const channel = this.#options.channel(call.channelId);
    if (ratingAskedAt === null) fail(`${callId} is rated without being asked`);
    const pressed = channel?.pressed.some(
      (key) => key.key === String(score) && key.at >= ratingAskedAt && key.at <= at,
    );
    // Of a caller who has left meanwhile the exchange knows nothing any more.
    if (channel && !pressed) fail(`${callId} is rated ${score} and nobody pressed that key`);
  }

  #ended({ callId, ending, at }: Of<'call.ended'>): void {
    const call = this.#alive(callId);
    if (call.talk) fail(`${callId} ended while seat ${call.talk.seatId} still talks`);
    // Taken out of the queue without a word: only when something broke.
    const kind = endings[ending].class;
    if (kind === 'failed' && call.state === 'waiting') this.#toHouse(call);
    if (call.state !== 'in-house') fail(`${callId} ended while ${call.state}`);
    call.state = 'ended';
    call.ending = ending;
    call.endedAt = at;
    this.endings.set(ending, (this.endings.get(ending) ?? 0) + 1);
    this.live.delete(callId);
    const mayFail = this.#options.withFaults || ending === 'unknown-number';
    if (kind === 'failed' && !mayFail)
      fail(`${callId} ended with ${ending} and nothing was broken`);
    if (call.tainted) return;
    if (kind === 'answered' && call.connects === 0)
      fail(`${callId} ended ${ending} and never talked`);
    if (kind === 'abandoned' && call.connects > 0) fail(`${callId} talked and ended ${ending}`);
    if (ending === 'seat-lost' && call.lastTalkEndedBy !== 'seat-lost')
      fail(`${callId}: ending ${ending}, but no seat was lost`);
    if (at < call.arrivedAt) fail(`${callId} ended before it arrived`);
  }

  #queueRules(): Rules {
    return {
      'call.queued': (event) => this.#queued(event),
      'call.overflowed': ({ callId, fromQueueId }) => {
        const call = this.#alive(callId);
        if (call.state !== 'waiting' || call.place?.queueId !== fromQueueId)
          fail(`${callId} overflows from ${fromQueueId} and is ${call.state}`);
        this.#toHouse(call);
      },
      'call.priority': ({ callId, priority }) => {
        const { place } = this.#alive(callId);
        if (!place) fail(`${callId} gets a priority and does not wait`);
        place.priority = priority;
        place.placeAt = place.arrivedAt - priority * CREDIT_MS;
      },
      'call.ringing': (event) => this.#ringing(event),
      'call.ring-failed': ({ callId, seatId, attempt, why }) => {
        const call = this.#alive(callId);
        if (call.ring?.seatId !== seatId || call.ring.attempt !== attempt)
          fail(`${callId}: a ring failed that was not there`);
        if (call.isLeaving) return this.#toHouse(call);
        call.ring = null;
        call.state = 'waiting';
        call.isLeaving = why === 'withdrawn';
        this.#waiting.add(call);
      },
      'call.connected': (event) => this.#connected(event),
      'call.abandoned': ({ callId, queueId, waitedMs, at }) => {
        const call = this.#alive(callId);
        if (!call.place || call.place.queueId !== queueId)
          fail(`${callId} gave up in ${queueId} and was not there`);
        if (waitedMs !== at - call.place.arrivedAt)
          fail(`${callId}: waited ${waitedMs} ms, should be ${at - call.place.arrivedAt}`);
        this.#leaves(call);
      },
      'call.turned-away': ({ callId }) => this.#leaves(this.#alive(callId)),
      'call.held': ({ callId, seatId }) => this.#hold(callId, seatId, true),
      'call.resumed': ({ callId, seatId }) => this.#hold(callId, seatId, false),
      'call.rejoined': ({ callId, seatId }) => {
        if (this.#alive(callId).talk?.seatId !== seatId)
          fail(`${callId} rejoined by ${seatId} and not talking there`);
      },
      'call.talk-ended': ({ callId, seatId, by, talkMs, at }) => {
        const call = this.#alive(callId);
        if (call.talk?.seatId !== seatId)
          fail(`${callId}: a talk ended at ${seatId} that was not there`);
        if (talkMs !== at - call.talk.since && !call.tainted)
          fail(`${callId}: talked ${talkMs} ms, should be ${at - call.talk.since}`);
        call.talk = null;
        call.lastTalkEndedBy = by;
        call.state = 'in-house';
      },
    };
  }

  /** Out of the queue, or taken out while a seat rings: the failed ring may be told afterwards. */
  #leaves(call: CallModel): void {
    if (call.state === 'talking') fail(`${call.callId} leaves the queue while talking`);
    if (call.state === 'ringing') call.isLeaving = true;
    else this.#toHouse(call);
  }

  #queued({ callId, queueId, priority, arrivedAt, at }: Of<'call.queued'>): void {
    const call = this.#alive(callId);
    if (call.state !== 'in-house') fail(`I1: ${callId} enters ${queueId} while ${call.state}`);
    const { wait } = call;
    if (wait && (wait.arrivedAt !== arrivedAt || wait.priority !== priority))
      fail(`${callId} enters ${queueId} at another place than it had`);
    this.#order += 1;
    const placeAt = arrivedAt - priority * CREDIT_MS;
    call.place = { queueId, placeAt, order: this.#order, arrivedAt, priority, enteredAt: at };
    call.state = 'waiting';
    this.#waiting.add(call);
  }

  #ringing({ callId, queueId, seatId, attempt, chosenBy, at }: Of<'call.ringing'>): void {
    const call = this.#alive(callId);
    const seat = this.seats.get(seatId);
    if (call.state !== 'waiting' || call.place?.queueId !== queueId)
      fail(`I1: ${callId} rings in ${queueId} while ${call.state}`);
    if (!seat || seat.state !== 'ready')
      fail(`I2: seat ${seatId} is rung while ${seat?.state ?? 'empty'}`);
    if (!seat.levels.has(queueId))
      fail(`seat ${seatId} is rung for ${queueId}, which it does not serve`);
    for (const other of this.#waiting) {
      if (
        other !== call &&
        !other.isLeaving &&
        this.#mayTake(seat, other) &&
        standsBefore(other, call)
      ) {
        fail(`order: seat ${seatId} takes ${callId} before ${other.callId}`);
      }
    }
    if (chosenBy === 'longest-idle') {
      for (const other of this.#ready) {
        if (other.idleSince < seat.idleSince && this.#mayTake(other, call))
          fail(`order: ${callId} rings ${seatId}, but ${other.seatId} is free longer`);
      }
    }
    this.#waiting.delete(call);
    call.isLeaving = false;
    call.state = 'ringing';
    call.ring = { seatId, attempt, at };
  }

  #connected({ callId, queueId, seatId, waitedMs, ringMs, at }: Of<'call.connected'>): void {
    const call = this.#alive(callId);
    const { ring, place } = call;
    if (!ring || !place || ring.seatId !== seatId)
      fail(`I1: ${callId} is connected to ${seatId}, which does not ring for it`);
    if (waitedMs !== at - place.arrivedAt)
      fail(`${callId}: waited ${waitedMs} ms, should be ${at - place.arrivedAt}`);
    if (ringMs !== at - ring.at) fail(`${callId}: rang ${ringMs} ms, should be ${at - ring.at}`);
    this.#toHouse(call);
    call.state = 'talking';
    call.talk = { seatId, queueId, since: at, held: false };
    call.connects += 1;
  }

  #hold(callId: string, seatId: string, held: boolean): void {
    const { talk } = this.#alive(callId);
    if (talk?.seatId !== seatId || talk.held === held)
      fail(`${callId}: ${held ? 'held' : 'resumed'} by ${seatId} out of turn`);
    talk.held = held;
  }

  #seatRules(): Rules {
    return {
      'seat.signed-in': ({ seatId, agentId }) => {
        if (this.seats.has(seatId)) fail(`somebody sits at ${seatId} already`);
        for (const seat of this.seats.values())
          if (seat.agentId === agentId) fail(`I2: ${agentId} sits at two seats`);
        this.#newSeat(seatId, agentId);
      },
      'seat.signed-out': ({ seatId }) => {
        const seat = this.seats.get(seatId);
        if (!seat) fail(`nobody sits at ${seatId} to sign out`);
        this.#ready.delete(seat);
        this.seats.delete(seatId);
      },
      'seat.queues': ({ seatId, queueIds }) => {
        const seat = this.seats.get(seatId);
        if (!seat) fail(`an empty seat is moved: ${seatId}`);
        seat.levels = this.#levels(seatId);
        if ([...seat.levels.keys()].join() !== queueIds.join())
          fail(
            `seat ${seatId} serves ${queueIds.join()}, was told ${[...seat.levels.keys()].join()}`,
          );
      },
      'seat.state': (event) => this.#seatState(event),
    };
  }

  #seatState({ seatId, state, callId, at }: Of<'seat.state'>): void {
    const seat = this.seats.get(seatId);
    if (!seat) fail(`a state of an empty seat: ${seatId}`);
    const before = seat.state;
    if (state === 'offline') this.#ready.delete(seat);
    if (before === 'talking' || before === 'hold') {
      const call = this.calls.get(seat.callId ?? '');
      if (call?.talk?.seatId === seatId && !['talking', 'hold'].includes(state))
        fail(`seat ${seatId} is ${state} while ${seat.callId} talks there`);
    }
    if (state === 'talking' || state === 'hold') {
      const call = this.calls.get(callId ?? '');
      if (call?.talk?.seatId !== seatId && !call?.isLost)
        fail(`I2: seat ${seatId} is ${state} with ${callId}, who does not`);
    }
    if (state === 'ready' && before !== 'ringing' && before !== 'ready') seat.idleSince = at;
    if (state === 'ready') this.#ready.add(seat);
    else this.#ready.delete(seat);
    Object.assign(seat, { state, callId, since: at });
  }

  #newSeat(seatId: string, agentId: string): SeatModel {
    const levels = this.#levels(seatId);
    const seat: SeatModel = {
      seatId,
      agentId,
      state: 'offline',
      callId: null,
      since: 0,
      idleSince: 0,
      levels,
    };
    this.seats.set(seatId, seat);
    return seat;
  }

  #levels(seatId: string): Map<string, number> {
    return new Map(this.#options.memberships(seatId).map(({ queueId, level }) => [queueId, level]));
  }
}

/** What rang at a seat does not outlive the server: the seat is free again. */
function afterRestart(state: SeatState): SeatState {
  return state === 'ringing' ? 'ready' : state;
}

function standsBefore({ place: a }: CallModel, { place: b }: CallModel): boolean {
  if (!a || !b) return false;
  return a.placeAt < b.placeAt || (a.placeAt === b.placeAt && a.order < b.order);
}

export function fail(what: string): never {
  throw new Broken(what);
}
