import type { AlertLimits } from '../../config/hotline-leading.ts';
import type { DomainEvent, EventOf } from '../events.ts';
import type { AlertKind, AlertSubject } from '../events-leading.ts';
import type { Clock } from '../kit/clock.ts';
import { DueTimes } from './due-times.ts';

/** A trouble that comes and goes counts as one until it has been away for so long: no storms. */
export const CALM_MS = 60_000;

const nothing: AlertSubject = {
  callId: null,
  seatId: null,
  agentId: null,
  queueId: null,
  score: null,
  limitMs: null,
};

/** Where the watch says what it found. `key` names the trouble; raising it again changes nothing. */
export interface AlertVoice {
  raise(key: string, alert: AlertKind, about: AlertSubject): void;
  over(key: string): void;
}

interface AlertWatchOptions {
  clock: Clock;
  voice: AlertVoice;
  /** The limits of a queue; null for one that is no more. */
  limitsOf: (queueId: string) => AlertLimits | null;
  /** Ratings up to this one are low. */
  lowAtMost: () => number;
}

/** A caller who waits, a talk, a wrap-up: what was going on when the server came back. */
export interface Ongoing {
  waiting: { callId: string; queueId: string; since: number }[];
  talks: { callId: string; seatId: string; agentId: string; queueId: string; since: number }[];
  wrapUps: { seatId: string; agentId: string; queueId: string; since: number }[];
  /** Seats that are not ready because their phone is lost. */
  unreachable: { seatId: string; agentId: string }[];
}

/**
 * Finds what a shift leader should look at, from the events alone: each limit is a moment set when
 * its beginning is told. One event costs O(log n).
 */
export class AlertWatch {
  readonly #options: AlertWatchOptions;
  #isStopped = false;
  readonly #due: DueTimes;
  /** Callers in a queue, and those of them who are beyond its limit. */
  readonly #waiting = new Map<string, { queueId: string; since: number }>();
  readonly #late = new Map<string, Set<string>>();
  readonly #subjects = new Map<string, AlertSubject>();
  /** Calls that had a conversation: what they waited before counts no more. */
  readonly #served = new Set<string>();
  readonly #queueOfSeat = new Map<string, string>();
  readonly #wrapping = new Set<string>();

  constructor(options: AlertWatchOptions) {
    this.#options = options;
    this.#due = new DueTimes(options.clock, (key) => this.#onDue(key));
  }

  /** Takes up what is going on; `open` are the keys of alerts that were up. */
  resume({ waiting, talks, wrapUps, unreachable }: Ongoing, open: Iterable<string>): void {
    for (const { callId, queueId, since } of waiting) this.#enter(callId, queueId, since);
    for (const { since, ...talk } of talks) this.#talk(talk, since);
    for (const { seatId, agentId, queueId, since } of wrapUps) {
      this.#queueOfSeat.set(seatId, queueId);
      this.#wrapUp(seatId, agentId, since);
    }
    for (const about of unreachable) {
      this.#subjects.set(`unreachable:${about.seatId}`, { ...nothing, ...about });
    }
    for (const key of open) {
      if (this.#subjects.has(key)) continue;
      if (/^(waiting|unreachable):/.test(key)) this.#calmLater(key);
      if (/^(talk|wrap-up):/.test(key)) this.#options.voice.over(key);
    }
  }

  /** The server stops: that it lets the exchange go is no news. */
  stop(): void {
    this.#isStopped = true;
    this.#due.stop();
  }

  apply(event: DomainEvent): void {
    switch (event.kind) {
      case 'call.queued': {
        const since = this.#served.has(event.callId) ? event.at : event.arrivedAt;
        return this.#enter(event.callId, event.queueId, since);
      }
      case 'call.overflowed': {
        const since = this.#waiting.get(event.callId)?.since;
        return since === undefined ? undefined : this.#enter(event.callId, event.queueId, since);
      }
      case 'call.connected':
        this.#leave(event.callId);
        this.#served.add(event.callId);
        return this.#talk(event, event.at);
      case 'call.talk-ended':
        this.#queueOfSeat.set(event.seatId, event.queueId);
        return this.#end(`talk:${event.seatId}`);
      case 'call.abandoned':
      case 'call.turned-away':
      case 'call.call-back-requested':
        return this.#leave(event.callId);
      case 'call.ended':
        this.#served.delete(event.callId);
        return this.#leave(event.callId);
      case 'seat.state':
        return this.#seatState(event);
      case 'seat.signed-out':
        for (const key of ['wrap-up', 'unreachable', 'hand']) this.#end(`${key}:${event.seatId}`);
        this.#wrapping.delete(event.seatId);
        return void this.#queueOfSeat.delete(event.seatId);
      case 'call.rated':
        return this.#rated(event);
      case 'recording.failed':
        // One is enough while it is open: a full disk breaks every recording.
        return this.#raise('recording-failed', 'recording-failed', { callId: event.callId });
      case 'hotline.changed':
        return this.#newLimits();
      default:
    }
  }

  /** The telephone exchange came or went. */
  onExchange(isConnected: boolean): void {
    if (this.#isStopped) return;
    if (isConnected) this.#end('exchange-lost');
    else this.#raise('exchange-lost', 'exchange-lost', {});
  }

  #raise(key: string, alert: AlertKind, about: Partial<AlertSubject>): void {
    this.#options.voice.raise(key, alert, { ...nothing, ...about });
  }

  /** The trouble is over for good. */
  #end(key: string): void {
    this.#due.clear(key);
    this.#due.clear(`calm ${key}`);
    this.#subjects.delete(key);
    this.#options.voice.over(key);
  }

  /** The trouble is over unless it comes back soon. */
  #calmLater(key: string): void {
    this.#due.set(`calm ${key}`, this.#options.clock.now() + CALM_MS);
  }

  #onDue(key: string): void {
    if (key.startsWith('calm ')) return this.#options.voice.over(key.slice('calm '.length));
    const waits = this.#waiting.get(key.slice('wait:'.length));
    if (key.startsWith('wait:') && waits)
      return this.#isLate(key.slice('wait:'.length), waits.queueId);
    const about = this.#subjects.get(key);
    if (about) this.#raise(key, key.startsWith('talk:') ? 'long-talk' : 'long-wrap-up', about);
  }

  #enter(callId: string, queueId: string, since: number): void {
    this.#leave(callId);
    this.#waiting.set(callId, { queueId, since });
    const limitMs = this.#options.limitsOf(queueId)?.waitMs ?? null;
    if (limitMs !== null) this.#due.set(`wait:${callId}`, since + limitMs);
  }

  #leave(callId: string): void {
    const waits = this.#waiting.get(callId);
    if (!waits) return;
    this.#waiting.delete(callId);
    this.#due.clear(`wait:${callId}`);
    const late = this.#late.get(waits.queueId);
    if (late?.delete(callId) && late.size === 0) this.#calmLater(`waiting:${waits.queueId}`);
  }

  /** One alert per queue, however many wait too long in it. */
  #isLate(callId: string, queueId: string): void {
    const late = this.#late.get(queueId) ?? new Set();
    this.#late.set(queueId, late.add(callId));
    const key = `waiting:${queueId}`;
    this.#due.clear(`calm ${key}`);
    const limitMs = this.#options.limitsOf(queueId)?.waitMs ?? null;
    this.#raise(key, 'waiting', { callId, queueId, limitMs });
  }

  #talk(
    of: { callId: string; seatId: string; agentId: string; queueId: string },
    since: number,
  ): void {
    const { callId, seatId, agentId, queueId } = of;
    this.#queueOfSeat.set(seatId, queueId);
    const limitMs = this.#options.limitsOf(queueId)?.talkMs ?? null;
    if (limitMs === null) return;
    const about = { ...nothing, callId, seatId, agentId, queueId, limitMs };
    this.#subjects.set(`talk:${seatId}`, about);
    this.#due.set(`talk:${seatId}`, since + limitMs);
  }

  #wrapUp(seatId: string, agentId: string, since: number): void {
    if (this.#wrapping.has(seatId)) return;
    this.#wrapping.add(seatId);
    const queueId = this.#queueOfSeat.get(seatId) ?? null;
    const limitMs = queueId === null ? null : (this.#options.limitsOf(queueId)?.wrapUpMs ?? null);
    if (limitMs === null) return;
    this.#subjects.set(`wrap-up:${seatId}`, { ...nothing, seatId, agentId, queueId, limitMs });
    this.#due.set(`wrap-up:${seatId}`, since + limitMs);
  }

  #seatState({ seatId, agentId, state, reason, at }: EventOf<'seat.state'>): void {
    if (state === 'wrap-up') this.#wrapUp(seatId, agentId, at);
    else if (this.#wrapping.delete(seatId)) this.#end(`wrap-up:${seatId}`);
    const key = `unreachable:${seatId}`;
    if (reason !== 'unreachable') {
      if (this.#subjects.delete(key)) this.#calmLater(key);
      return;
    }
    this.#due.clear(`calm ${key}`);
    this.#subjects.set(key, { ...nothing, seatId, agentId });
    this.#raise(key, 'seat-unreachable', { seatId, agentId });
  }

  #rated({ callId, queueId, seatId, agentId, score }: EventOf<'call.rated'>): void {
    if (score > this.#options.lowAtMost()) return;
    this.#raise(`rating:${callId}`, 'low-rating', { callId, queueId, seatId, agentId, score });
  }

  /** Other limits hold for who waits already; a talk keeps the limit it began with. */
  #newLimits(): void {
    for (const [callId, { queueId, since }] of this.#waiting) {
      const limitMs = this.#options.limitsOf(queueId)?.waitMs ?? null;
      const isLate = this.#late.get(queueId)?.has(callId) === true;
      if (limitMs === null) this.#due.clear(`wait:${callId}`);
      else if (!isLate) this.#due.set(`wait:${callId}`, since + limitMs);
    }
  }
}
