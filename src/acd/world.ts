import type { NewEvent, SeatState } from '../events.ts';
import { OrderedSet } from './ordered-set.ts';
import {
  type Decision,
  type Effect,
  type Membership,
  PRIORITY_CREDIT_MS,
  type QueueRules,
} from './types.ts';

/** A caller who waits or is being rung to a seat. */
export interface Caller {
  readonly callId: string;
  queueId: string;
  readonly priority: number;
  readonly arrivedAt: number;
  /** The place: arrival minus the credit of the priority. Smaller is served first. */
  readonly placeAt: number;
  /** Breaks ties in order of entering. */
  readonly number: number;
  attempt: number;
  /** The seat that is being rung for this caller. */
  seatId: string | null;
  ringingSince: number;
  deadline: Timer | null;
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
  talk: { queueId: string; connectedAt: number } | null;
  until: number | null;
  notReadyNext: string | null;
  /** Since when the seat is free. A ring the caller withdrew does not cost the seat its turn. */
  idleSince: number;
  timer: Timer | null;
  readonly number: number;
}

export interface Queue {
  rules: QueueRules;
  /** Callers nobody is being rung for, in the order they are served. */
  readonly waiting: OrderedSet<Caller>;
  /** All callers not yet answered, by arrival: who waits longest. */
  readonly unanswered: OrderedSet<Caller>;
  /** Ready seats, longest idle first. */
  readonly idle: OrderedSet<Seat>;
  signedIn: number;
  /** Moving average of conversation plus wrap-up, milliseconds; null before the first. */
  handlingMs: number | null;
}

export interface Timer {
  at: number;
  number: number;
  what: 'ring' | 'wrap-up' | 'max-wait';
  /** Seat id, or call id for `max-wait`. */
  of: string;
}

/** Everything the engine knows, and the decision being made. */
export interface World {
  now: number;
  counter: number;
  readonly queues: Map<string, Queue>;
  readonly seats: Map<string, Seat>;
  readonly callers: Map<string, Caller>;
  readonly timers: OrderedSet<Timer>;
  decision: Decision;
}

export function createWorld(): World {
  return {
    now: 0,
    counter: 0,
    queues: new Map(),
    seats: new Map(),
    callers: new Map(),
    timers: new OrderedSet(byTime),
    decision: { events: [], effects: [] },
  };
}

export function createQueue(rules: QueueRules): Queue {
  return {
    rules,
    waiting: new OrderedSet<Caller>((a, b) => a.placeAt - b.placeAt || a.number - b.number),
    unanswered: new OrderedSet<Caller>((a, b) => a.arrivedAt - b.arrivedAt || a.number - b.number),
    idle: new OrderedSet<Seat>((a, b) => a.idleSince - b.idleSince || a.number - b.number),
    signedIn: 0,
    handlingMs: null,
  };
}

export function placeAt(arrivedAt: number, priority: number): number {
  return arrivedAt - priority * PRIORITY_CREDIT_MS;
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
