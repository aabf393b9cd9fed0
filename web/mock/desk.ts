import type { Pop } from '../../src/calls/schema.ts';
import type { DeskMessage } from '../../src/realtime/protocol.ts';
import type { Desk, SeatChoice } from '../../src/seats/schema.ts';
import { lastCalls } from './calls.ts';
import { demoNow } from './demo-clock.ts';
import { seats, wholeFloor } from './floor.ts';

/** One demo seat whose state the visitor and the pictures can move by hand. */
export class DemoDesk {
  #desk: Desk | null = null;
  #pop: Pop | null = null;
  #n = 0;
  readonly #tell: (message: DeskMessage) => void;

  constructor(tell: (message: DeskMessage) => void) {
    this.#tell = tell;
  }

  message(): DeskMessage {
    if (this.#desk) this.#desk = { ...this.#desk, now: demoNow() };
    return { n: this.#n, desk: this.#desk, pop: this.#pop };
  }

  signIn(seatId: string): void {
    const seat = seats.find((each) => each.id === seatId);
    if (!seat) return;
    this.#desk = {
      seatId,
      seatName: seat.name,
      phone: 'sip',
      phoneReachable: true,
      state: 'not-ready',
      since: demoNow(),
      reason: 'signed-in',
      callId: null,
      until: null,
      notReadyNext: null,
      queueIds: ['consumer', 'city', 'utilities', 'general'],
      party: null,
      monitored: null,
      monitoring: null,
      now: demoNow(),
    };
    this.#pop = null;
    this.#changed();
  }

  signOut(): void {
    this.#desk = null;
    this.#pop = null;
    this.#changed();
  }

  /** Moves the seat to a state, `agoMs` ago. */
  to(state: Desk['state'], agoMs = 0, reason: string | null = null): void {
    if (!this.#desk) return;
    const since = demoNow() - agoMs;
    const withCall = state !== 'ready' && state !== 'not-ready' && state !== 'offline';
    this.#pop = withCall ? (this.#pop ?? somePop()) : null;
    if (this.#pop && state === 'talking' && this.#pop.connectedAt === null) {
      this.#pop = { ...this.#pop, connectedAt: since };
    }
    const lengths: Partial<Record<Desk['state'], number>> = { 'wrap-up': 30_000, ringing: 15_000 };
    const length = lengths[state];
    this.#desk = {
      ...this.#desk,
      state,
      since,
      reason,
      callId: this.#pop?.callId ?? null,
      until: length === undefined ? null : since + length,
      notReadyNext: withCall ? this.#desk.notReadyNext : null,
      party: null,
      monitored: null,
      monitoring: null,
    };
    this.#changed();
  }

  notReady(reason: string): void {
    if (!this.#desk) return;
    if (this.#pop) {
      this.#desk = { ...this.#desk, notReadyNext: reason };
      this.#changed();
    } else this.to('not-ready', 0, reason);
  }

  ready(): void {
    if (!this.#desk) return;
    this.#desk = { ...this.#desk, notReadyNext: null };
    if (this.#pop && this.#desk.state !== 'wrap-up') this.#changed();
    else this.to('ready');
  }

  /** Somebody is asked in: called, or in the talk already. */
  ask(party: Desk['party'], isHeld: boolean): void {
    if (!this.#desk) return;
    this.#desk = { ...this.#desk, party, state: isHeld ? 'hold' : 'talking' };
    this.#changed();
  }

  /** How a leader is with the talk here, and with whose talk the one who sits here is. */
  monitor(part: Partial<Pick<Desk, 'monitored' | 'monitoring'>>): void {
    if (!this.#desk) return;
    this.#desk = { ...this.#desk, ...part };
    this.#changed();
  }

  /** Whether the call here is one that was asked for earlier. */
  callBack(wish: Pop['callBack']): void {
    if (this.#pop) this.#pop = { ...this.#pop, callBack: wish, direction: wish ? 'out' : 'in' };
    this.#changed();
  }

  extend(): void {
    if (this.#desk?.until == null) return;
    this.#desk = { ...this.#desk, until: this.#desk.until + 30_000 };
    this.#changed();
  }

  #changed(): void {
    this.#n += 1;
    this.#tell(this.message());
  }
}

function somePop(): Pop {
  const arrivedAt = demoNow() - 21_000;
  return {
    callId: '01JDLIVE00K8ZQW4T2VX7MP9',
    callerMasked: '138****5678',
    callerKnown: true,
    entryId: 'main-line',
    dialled: '12345',
    language: 'yue',
    queueId: 'consumer',
    choice: 'main/1/consumer/3',
    priority: 1,
    arrivedAt,
    waitedMs: 18_400,
    attempt: 2,
    callBack: null,
    connectedAt: null,
    note: '',
    resultCode: null,
    registered: {
      name: '陈伯',
      attributes: ['elder'],
      note: '听力不好，请慢些说；家人电话见上次工单',
    },
    tags: [],
    direction: 'in',
    callsBefore: 4,
    lastCalls: lastCalls(4),
  };
}

export function seatChoices(): SeatChoice[] {
  const live = new Map(wholeFloor().seats.map((seat) => [seat.seatId, seat]));
  return seats
    .filter((seat) => seat.enabled)
    .map(({ id, name, phone }) => ({
      id,
      name,
      phone,
      takenBy: live.get(id)?.agentName ?? null,
      reachable: live.get(id)?.reachable ?? true,
    }));
}
