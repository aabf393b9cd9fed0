import type { Decision, Engine, Input, Membership } from '../../src/acd/types.ts';

interface Seat {
  seatId: string;
  agentId: string;
  memberships: readonly Membership[];
  state: 'not-ready' | 'ready' | 'ringing' | 'talking' | 'wrap-up';
  idleSince: number;
  number: number;
}

interface Caller {
  callId: string;
  queueId: string;
  arrivedAt: number;
  number: number;
  attempt: number;
}

type InputOf<K extends Input['kind']> = Extract<Input, { kind: K }>;

/**
 * The control of the `engine` row: the same rule of order by looking at everybody. A free seat reads
 * the whole waiting line, a caller reads all seats. It knows no events, timers, levels, limits or
 * priorities, and so does less than the real engine for each decision.
 */
export class NaiveEngine implements Pick<Engine, 'apply'> {
  readonly #seats = new Map<string, Seat>();
  readonly #callers = new Map<string, Caller>();
  #waiting: Caller[] = [];
  #counter = 0;

  apply(input: Input, now: number): Decision {
    switch (input.kind) {
      case 'caller-entered':
        return this.#entered(input);
      case 'caller-left':
        return this.#left(input.callId);
      case 'seat-signed-in':
        return this.#signedIn(input);
      case 'seat-answered':
        this.#callers.delete(input.callId);
        return this.#setState(input.seatId, 'talking');
      case 'ring-failed':
        return this.#ringFailed(input);
      case 'talk-ended':
        return this.#setState(input.seatId, 'wrap-up');
      case 'seat-not-ready':
        return this.#setState(input.seatId, 'not-ready');
      case 'seat-ready':
      case 'wrap-up-finished':
        return this.#ready(input.seatId, now);
      default:
        return nothing();
    }
  }

  #entered({ callId, queueId, arrivedAt }: InputOf<'caller-entered'>): Decision {
    this.#counter += 1;
    const caller = { callId, queueId, arrivedAt, number: this.#counter, attempt: 0 };
    this.#callers.set(callId, caller);
    return this.#offerCaller(caller);
  }

  #left(callId: string): Decision {
    this.#waiting = this.#waiting.filter((caller) => caller.callId !== callId);
    this.#callers.delete(callId);
    return nothing();
  }

  #signedIn({ seatId, agentId, memberships }: InputOf<'seat-signed-in'>): Decision {
    this.#counter += 1;
    const start = { state: 'not-ready', idleSince: 0, number: this.#counter } as const;
    this.#seats.set(seatId, { seatId, agentId, memberships, ...start });
    return nothing();
  }

  #ringFailed({ callId, seatId }: InputOf<'ring-failed'>): Decision {
    this.#setState(seatId, 'not-ready');
    const caller = this.#callers.get(callId);
    return caller ? this.#offerCaller(caller) : nothing();
  }

  #setState(seatId: string, state: Seat['state']): Decision {
    const seat = this.#seats.get(seatId);
    if (seat) seat.state = state;
    return nothing();
  }

  #ready(seatId: string, now: number): Decision {
    const seat = this.#seats.get(seatId);
    if (!seat) return nothing();
    seat.state = 'ready';
    seat.idleSince = now;
    let first: Caller | undefined;
    for (const caller of this.#waiting) {
      if (serves(seat, caller.queueId) && (!first || cameEarlier(caller, first))) first = caller;
    }
    return first ? this.#ring(first, seat) : nothing();
  }

  #offerCaller(caller: Caller): Decision {
    let best: Seat | undefined;
    for (const seat of this.#seats.values()) {
      if (seat.state !== 'ready' || !serves(seat, caller.queueId)) continue;
      if (!best || idleLonger(seat, best)) best = seat;
    }
    if (best) return this.#ring(caller, best);
    this.#waiting.push(caller);
    return nothing();
  }

  #ring(caller: Caller, seat: Seat): Decision {
    const { callId, queueId } = caller;
    const { seatId, agentId } = seat;
    this.#waiting = this.#waiting.filter((other) => other !== caller);
    caller.attempt += 1;
    seat.state = 'ringing';
    const { attempt } = caller;
    const ringing = { kind: 'ring', callId, queueId, seatId, agentId, attempt } as const;
    return { events: [], effects: [{ ...ringing, ringTimeoutMs: 15_000 }] };
  }
}

function nothing(): Decision {
  return { events: [], effects: [] };
}

function serves(seat: Seat, queueId: string): boolean {
  return seat.memberships.some((membership) => membership.queueId === queueId);
}

function idleLonger(a: Seat, b: Seat): boolean {
  return a.idleSince < b.idleSince || (a.idleSince === b.idleSince && a.number < b.number);
}

function cameEarlier(a: Caller, b: Caller): boolean {
  return a.arrivedAt < b.arrivedAt || (a.arrivedAt === b.arrivedAt && a.number < b.number);
}
