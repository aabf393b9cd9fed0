import type { NewEvent, SeatState } from '../events.ts';
import { OrderedSet } from './ordered-set.ts';
import { createIdleSeats, type IdleSeats } from './seat-order.ts';
import {
  type Decision,
  type Effect,
  type Membership,
  PRIORITY_CREDIT_MS,
  type QueueRules,
} from './types.ts';
import { createWaitingLine, type WaitingLine } from './waiting-line.ts';

/** A caller who waits or is being rung to a seat. */
export interface Caller {
  readonly callId: string;
  queueId: string;
  priority: number;
  readonly arrivedAt: number;
  /** What a place kept from an earlier call is worth. */
  readonly creditMs: number;
  /** The place: arrival minus the credits of place and priority. Smaller is served first. */
  placeAt: number;
  /** When the caller entered the present queue; the pool widens from here. */
  enteredAt: number;
  /** Seats up to this level may be rung for the caller. */
  levelMax: number;
  readonly lastAgentId: string | null;
  /** Asked for once: after a ring there the caller is anybody's. */
  wantedSeatId: string | null;
  /** Breaks ties in order of entering. */
  readonly number: number;
  attempt: number;
  /** The seat that is being rung for this caller. */
  seatId: string | null;
  ringingSince: number;
  deadline: Timer | null;
  widening: Timer | null;
  /** A virtual caller, who left to be called back; null for one who is on the line. */
  callBack: CallBack | null;
}

export interface CallBack {
  tries: number;
  /** Until it fires the caller has a place but takes no seat. */
  pause: Timer | null;
}

export interface Seat {
  readonly seatId: string;
  readonly agentId: string;
  memberships: readonly Membership[];
  state: SeatState;
  since: number;
  reason: string | null;
  callId: string | null;
  /** Of the present conversation. */
  talk: { queueId: string; connectedAt: number; isOut?: true } | null;
  /** The seat helps in another seat's call; `joinedAt` is null while it rings. */
  guest: { joinedAt: number | null } | null;
  until: number | null;
  notReadyNext: string | null;
  /** Since when the seat is free. A ring the caller withdrew does not cost the seat its turn. */
  idleSince: number;
  /** Calls answered since signing in. */
  answered: number;
  /** Per queue, the turn at which the seat was rung last. */
  readonly turns: Map<string, number>;
  timer: Timer | null;
  readonly number: number;
}

export interface Queue {
  rules: QueueRules;
  /** Callers nobody is being rung for. */
  waiting: WaitingLine;
  /** All callers on the line not yet answered, by arrival: who waits longest. */
  readonly unanswered: OrderedSet<Caller>;
  /** Virtual callers, in order of entering. */
  readonly callBacks: OrderedSet<Caller>;
  /** Ready seats. */
  idle: IdleSeats;
  signedIn: number;
  /** Counts rings, for round robin. */
  turn: number;
  /** Moving average of conversation plus wrap-up, milliseconds; null before the first. */
  handlingMs: number | null;
}

export interface Timer {
  at: number;
  number: number;
  what: 'ring' | 'wrap-up' | 'max-wait' | 'widen' | 'pause';
  /** Seat id, or call id for `max-wait`, `widen` and `pause`. */
  of: string;
}

/** Everything the engine knows, and the decision being made. */
export interface World {
  now: number;
  counter: number;
  readonly queues: Map<string, Queue>;
  readonly seats: Map<string, Seat>;
  readonly seatsOfAgents: Map<string, Seat>;
  readonly callers: Map<string, Caller>;
  /** Seats that help in a conversation, by call. */
  readonly guests: Map<string, Seat>;
  readonly timers: OrderedSet<Timer>;
  decision: Decision;
}

export function createWorld(): World {
  return {
    now: 0,
    counter: 0,
    queues: new Map(),
    seats: new Map(),
    seatsOfAgents: new Map(),
    callers: new Map(),
    guests: new Map(),
    timers: new OrderedSet(byTime),
    decision: { events: [], effects: [] },
  };
}

export function createQueue(rules: QueueRules): Queue {
  return {
    rules,
    waiting: createWaitingLine(),
    unanswered: new OrderedSet<Caller>((a, b) => a.arrivedAt - b.arrivedAt || a.number - b.number),
    callBacks: new OrderedSet<Caller>((a, b) => a.number - b.number),
    idle: createIdleSeats(rules),
    signedIn: 0,
    turn: 0,
    handlingMs: null,
  };
}

/** The seat's level in a queue; undefined when it does not serve it. */
export function levelOf(seat: Seat, queueId: string): number | undefined {
  return seat.memberships.find((membership) => membership.queueId === queueId)?.level;
}

export function placeAt(arrivedAt: number, priority: number, creditMs = 0): number {
  return arrivedAt - priority * PRIORITY_CREDIT_MS - creditMs;
}

export function emit(world: World, event: NewEvent): void {
  world.decision.events.push(event);
}

export function effect(world: World, wanted: Effect): void {
  world.decision.effects.push(wanted);
}

export function setTimer(world: World, what: Timer['what'], of: string, at: number): Timer {
  world.counter += 1;
  const timer: Timer = { at, number: world.counter, what, of };
  world.timers.add(timer);
  return timer;
}

export function clearTimer(world: World, timer: Timer | null): void {
  if (timer) world.timers.remove(timer);
}

function byTime(a: Timer, b: Timer): number {
  return a.at - b.at || a.number - b.number;
}
