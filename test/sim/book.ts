import type { Hotline } from '../../config/hotline.ts';
import type { EventKind, NewEvent, SeatState } from '../../src/events.ts';
import type { CallerChannel } from './channels.ts';

/** What the checker knows of one call. */
export interface CallModel {
  callId: string;
  channelId: string;
  arrivedAt: number;
  state: 'in-house' | 'waiting' | 'ringing' | 'talking' | 'ended';
  stage: string;
  stageAt: number;
  /** The wait its last stage was stored with. */
  wait: { queueId: string; priority: number; arrivedAt: number; creditMs?: number } | null;
  place: Place | null;
  /** A virtual caller is not due before. */
  pausedUntil: number;
  /** The place of a waiting caller that a virtual one takes over. */
  kept: Place | null;
  /** Of a virtual caller: the call of the person they stand for. */
  standsFor: CallModel | null;
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

export interface Place {
  queueId: string;
  placeAt: number;
  order: number;
  arrivedAt: number;
  priority: number;
  creditMs: number;
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

/** A call that has just arrived. `survived`: its caller has been here under another call. */
export function newCall(
  callId: string,
  channelId: string,
  at: number,
  survived: number,
): CallModel {
  return {
    callId,
    channelId,
    arrivedAt: at,
    state: 'in-house',
    stage: 'arrived',
    stageAt: at,
    wait: null,
    place: null,
    pausedUntil: 0,
    kept: null,
    standsFor: null,
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
}

export interface CheckerOptions {
  hotline(): Hotline;
  /** The seat's queues as they were set up, for seats that sign in. */
  memberships(seatId: string): readonly { queueId: string; level: number }[];
  channel(channelId: string): CallerChannel | undefined;
  withFaults: boolean;
}

export type Of<K extends EventKind> = Extract<NewEvent, { kind: K }>;
export type Rules = { [K in EventKind]?: (event: Of<K>) => void };

export class Broken extends Error {}

/** What is known at this moment of calls and seats, from the events alone. */
export class Book {
  readonly calls = new Map<string, CallModel>();
  readonly live = new Map<string, CallModel>();
  readonly seats = new Map<string, SeatModel>();
  /** How calls ended, and how many came. */
  readonly endings = new Map<string, number>();
  arrived = 0;
  readonly waiting = new Set<CallModel>();
  /** In the stage of waiting, not in a queue yet. */
  readonly entering = new Set<CallModel>();
  readonly ready = new Set<SeatModel>();
  readonly options: CheckerOptions;
  order = 0;
  lastAt = 0;

  constructor(options: CheckerOptions) {
    this.options = options;
  }

  mayTake(seat: SeatModel, call: CallModel): boolean {
    const { place } = call;
    const level = place ? seat.levels.get(place.queueId) : undefined;
    if (!place || level === undefined || call.pausedUntil >= this.lastAt) return false;
    const queue = this.options.hotline().queues.find(({ id }) => id === place.queueId);
    if (!queue || queue.widening.length === 0) return queue !== undefined;
    const waitedMs = this.lastAt - place.enteredAt;
    const reached = queue.widening.filter(({ afterMs }) => afterMs < waitedMs);
    return level <= (reached.at(-1)?.level ?? 1);
  }

  need(callId: string): CallModel {
    const call = this.calls.get(callId);
    if (!call) fail(`an event of a call nobody knows: ${callId}`);
    return call;
  }

  /** The call of an event that only a live call may have (I7). */
  alive(callId: string): CallModel {
    const call = this.need(callId);
    if (call.state === 'ended') fail(`I7: ${callId} has ended already`);
    return call;
  }

  toHouse(call: CallModel): void {
    call.state = 'in-house';
    call.place = null;
    call.ring = null;
    call.isLeaving = false;
    this.waiting.delete(call);
  }

  /** Nothing more is expected of a call whose events are lost. */
  lose(call: CallModel): void {
    if (call.state === 'ended') return;
    this.toHouse(call);
    call.state = 'ended';
    call.ending = 'lost';
    this.endings.set('lost', (this.endings.get('lost') ?? 0) + 1);
    this.live.delete(call.callId);
  }

  newSeat(seatId: string, agentId: string): SeatModel {
    const levels = this.levels(seatId);
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

  levels(seatId: string): Map<string, number> {
    return new Map(this.options.memberships(seatId).map(({ queueId, level }) => [queueId, level]));
  }
}

export function fail(what: string): never {
  throw new Broken(what);
}
