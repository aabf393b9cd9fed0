import type { AlertLimits } from '../../config/hotline-leading.ts';
import type { DomainEvent, EventOf } from '../events.ts';
import type { AlertKind, AlertSubject } from '../events-leading.ts';
import type { Clock } from '../kit/clock.ts';
import { DueTimes } from './due-times.ts';
import { LateOnes } from './late-ones.ts';

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
  /** Open wishes to be called back; `backId` is the call of ours that serves it. */
  callBacks: { callId: string; queueId: string; since: number; backId: string | null }[];
}

/**
 * Finds what a shift leader should look at, from the events alone: each limit is a moment set when
 * its beginning is told. One event costs O(log n).
 */
export class AlertWatch {
  readonly #options: AlertWatchOptions;
  #isStopped = false;
  readonly #due: DueTimes;
  /** Callers in a queue. */
  readonly #waiting: LateOnes;
  /** Who is to be called back, by the call that asked for it; and which call of ours serves it. */
  readonly #callBacks: LateOnes;
  readonly #wishOf = new Map<string, string>();
  readonly #subjects = new Map<string, AlertSubject>();
  /** Calls that had a conversation: what they waited before counts no more. */
  readonly #served = new Set<string>();
  readonly #queueOfSeat = new Map<string, string>();
  readonly #wrapping = new Set<string>();

  constructor(options: AlertWatchOptions) {
    this.#options = options;
    this.#due = new DueTimes(options.clock, (key) => this.#onDue(key));
    this.#waiting = this.#lateOnes('waiting', 'waiting', 'waitMs');
    this.#callBacks = this.#lateOnes('call-back', 'call-back-overdue', 'callBackMs');
  }

  /** Takes up what is going on; `open` are the keys of alerts that were up. */
  resume(ongoing: Ongoing, open: Iterable<string>): void {
    const { waiting, talks, wrapUps, unreachable, callBacks } = ongoing;
    for (const { callId, queueId, since } of waiting) this.#waiting.enter(callId, queueId, since);
    for (const { callId, queueId, since, backId } of callBacks) {
      this.#callBacks.enter(callId, queueId, since);
      if (backId !== null) this.#wishOf.set(backId, callId);
    }
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
      if (/^(waiting|call-back|unreachable):/.test(key)) this.#calmLater(key);
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
        return this.#waiting.enter(event.callId, event.queueId, since);
      }
      case 'call.overflowed': {
        const since = this.#waiting.since(event.callId);
        if (since === undefined) return;
        return this.#waiting.enter(event.callId, event.queueId, since);
      }
      case 'call.connected':
        this.#waiting.leave(event.callId);
        this.#callBacks.leave(this.#wishOf.get(event.callId) ?? '');
        this.#served.add(event.callId);
        return this.#talk(event, event.at);
      case 'call.talk-ended':
        this.#queueOfSeat.set(event.seatId, event.queueId);
        return this.#end(`talk:${event.seatId}`);
      case 'call.abandoned':
      case 'call.turned-away':
        return this.#waiting.leave(event.callId);
      case 'call.call-back-requested':
      case 'call.call-back-begun':
      case 'call.call-back-closed':
        return this.#callBack(event);
      case 'call.ended':
        this.#served.delete(event.callId);
        this.#wishOf.delete(event.callId);
        return this.#waiting.leave(event.callId);
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
        this.#waiting.newLimits();
        return this.#callBacks.newLimits();
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
    if (this.#waiting.onDue(key) || this.#callBacks.onDue(key)) return;
    const about = this.#subjects.get(key);
    if (about) this.#raise(key, key.startsWith('talk:') ? 'long-talk' : 'long-wrap-up', about);
  }

  /** A wish to be called back, from its moment on, or from when the queue opens again. */
  #callBack(
    event: EventOf<'call.call-back-requested' | 'call.call-back-begun' | 'call.call-back-closed'>,
  ): void {
    const { kind, callId } = event;
    if (kind === 'call.call-back-closed') return this.#callBacks.leave(callId);
    if (kind === 'call.call-back-begun') {
      const { ofCallId, queueId, notBefore } = event;
      const asked = this.#callBacks.since(ofCallId) ?? event.at;
      this.#wishOf.set(callId, ofCallId);
      return this.#callBacks.enter(ofCallId, queueId, Math.max(asked, notBefore));
    }
    this.#waiting.leave(callId);
    this.#callBacks.enter(callId, event.queueId, event.at);
  }

  #lateOnes(name: string, alert: AlertKind, limit: 'waitMs' | 'callBackMs'): LateOnes {
    return new LateOnes({
      due: this.#due,
      name,
      limitOf: (queueId) => this.#options.limitsOf(queueId)?.[limit] ?? null,
      raise: (key, about) => {
        this.#due.clear(`calm ${key}`);
        this.#raise(key, alert, about);
      },
      calm: (key) => this.#calmLater(key),
    });
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
    this.#wrapping.add(seatId);
    const queueId = this.#queueOfSeat.get(seatId) ?? null;
    const limitMs = queueId === null ? null : (this.#options.limitsOf(queueId)?.wrapUpMs ?? null);
    if (limitMs === null) return;
    this.#subjects.set(`wrap-up:${seatId}`, { ...nothing, seatId, agentId, queueId, limitMs });
    this.#due.set(`wrap-up:${seatId}`, since + limitMs);
  }

  #seatState({ seatId, agentId, state, reason, at }: EventOf<'seat.state'>): void {
    if (state !== 'wrap-up') {
      if (this.#wrapping.delete(seatId)) this.#end(`wrap-up:${seatId}`);
    } else if (!this.#wrapping.has(seatId)) this.#wrapUp(seatId, agentId, at);
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
}
