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
  seatId: string | null;
}

type InputOf<K extends Input['kind']> = Extract<Input, { kind: K }>;

/**
 * The control of the `engine` row: the same rule of order by looking at everybody. A free seat reads
 * the whole waiting line, a caller reads all seats. It knows no events, timers, levels, limits or
 * priorities, and so does less than the real engine for each decision.
 */
export function createNaiveEngine(): Pick<Engine, 'apply'> {
  const seats = new Map<string, Seat>();
  const callers = new Map<string, Caller>();
  let waiting: Caller[] = [];
  let counter = 0;

  function ring(caller: Caller, seat: Seat): Decision {
    const { callId, queueId } = caller;
    const { seatId, agentId } = seat;
    waiting = waiting.filter((other) => other !== caller);
    caller.attempt += 1;
    caller.seatId = seatId;
    seat.state = 'ringing';
    const { attempt } = caller;
    const ringing = { kind: 'ring', callId, queueId, seatId, agentId, attempt } as const;
    return { events: [], effects: [{ ...ringing, ringTimeoutMs: 15_000 }] };
  }

  function offerCaller(caller: Caller): Decision {
    let best: Seat | undefined;
    for (const seat of seats.values()) {
      if (seat.state !== 'ready' || !serves(seat, caller.queueId)) continue;
      if (!best || idleLonger(seat, best)) best = seat;
    }
    if (best) return ring(caller, best);
    waiting.push(caller);
    return nothing();
  }

  function offerSeat(seat: Seat, now: number): Decision {
    seat.state = 'ready';
    seat.idleSince = now;
    let first: Caller | undefined;
    for (const caller of waiting) {
      if (serves(seat, caller.queueId) && (!first || cameEarlier(caller, first))) first = caller;
    }
    return first ? ring(first, seat) : nothing();
  }

  function entered({ callId, queueId, arrivedAt }: InputOf<'caller-entered'>): Decision {
    counter += 1;
    const caller = { callId, queueId, arrivedAt, number: counter, attempt: 0, seatId: null };
    callers.set(callId, caller);
    return offerCaller(caller);
  }

  function left(callId: string): Decision {
    waiting = waiting.filter((caller) => caller.callId !== callId);
    callers.delete(callId);
    return nothing();
  }

  function signedIn({ seatId, agentId, memberships }: InputOf<'seat-signed-in'>): Decision {
    counter += 1;
    const start = { state: 'not-ready', idleSince: 0, number: counter } as const;
    seats.set(seatId, { seatId, agentId, memberships, ...start });
    return nothing();
  }

  function ringFailed({ callId, seatId }: InputOf<'ring-failed'>): Decision {
    const caller = callers.get(callId);
    const seat = seats.get(seatId);
    if (!caller || !seat) return nothing();
    seat.state = 'not-ready';
    return offerCaller(caller);
  }

  function setState(seatId: string, state: Seat['state']): Decision {
    const seat = seats.get(seatId);
    if (seat) seat.state = state;
    return nothing();
  }

  function ready(seatId: string, now: number): Decision {
    const seat = seats.get(seatId);
    return seat ? offerSeat(seat, now) : nothing();
  }

  return {
    apply(input, now) {
      switch (input.kind) {
        case 'caller-entered':
          return entered(input);
        case 'caller-left':
          return left(input.callId);
        case 'seat-signed-in':
          return signedIn(input);
        case 'seat-answered':
          callers.delete(input.callId);
          return setState(input.seatId, 'talking');
        case 'ring-failed':
          return ringFailed(input);
        case 'talk-ended':
          return setState(input.seatId, 'wrap-up');
        case 'seat-not-ready':
          return setState(input.seatId, 'not-ready');
        case 'seat-ready':
        case 'wrap-up-finished':
          return ready(input.seatId, now);
        default:
          return nothing();
      }
    },
  };
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
