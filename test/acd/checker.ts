import fc from 'fast-check';
import { type Input, PRIORITY_CREDIT_MS, type Strategy, strategies } from '../../src/acd/types.ts';
import { LineModel, virtualOf } from './line-model.ts';
import { Rig, rules } from './rig.ts';

const QUEUES = ['q', 'r', 's'];
const SEATS = ['1', '2', '3', '4'];
const queueId = fc.constantFrom(...QUEUES);
const seatId = fc.constantFrom(...SEATS);
/** `v…` is the virtual caller `c…` became. */
const callId = fc
  .tuple(fc.constantFrom('c', 'c', 'v'), fc.integer({ min: 0, max: 15 }))
  .map(([kind, n]) => `${kind}${n}`);
const memberships = fc
  .uniqueArray(queueId, { minLength: 1 })
  .chain((ids) =>
    fc.tuple(
      ...ids.map((id) =>
        fc.record({ queueId: fc.constant(id), level: fc.integer({ min: 1, max: 9 }) }),
      ),
    ),
  );

/** Anything that may happen to four seats, three queues and the callers in them. */
export const command = fc.oneof(
  fc.record({ do: fc.constant('enter' as const), callId, queueId, priority: fc.nat(3) }),
  fc.record({ do: fc.constant('return' as const), callId, queueId, priority: fc.nat(3) }),
  fc.record({ do: fc.constant('leave' as const), callId }),
  fc.record({ do: fc.constant('move' as const), callId, queueId }),
  fc.record({ do: fc.constant('keep' as const), callId }),
  fc.record({ do: fc.constant('dial' as const), seatId }),
  fc.record({
    do: fc.constant('not-reached' as const),
    seatId,
    pauseMs: fc.option(fc.nat(20_000)),
  }),
  fc.record({ do: fc.constant('due' as const), callId }),
  fc.record({ do: fc.constant('sign-in' as const), seatId, memberships }),
  fc.record({ do: fc.constant('sign-out' as const), seatId }),
  fc.record({ do: fc.constant('ready' as const), seatId }),
  fc.record({ do: fc.constant('not-ready' as const), seatId }),
  fc.record({ do: fc.constant('answer' as const), seatId }),
  fc.record({ do: fc.constant('fail' as const), seatId }),
  fc.record({ do: fc.constant('end' as const), seatId }),
  fc.record({
    do: fc.constant('consult' as const),
    seatId,
    other: seatId,
    unasked: fc.boolean(),
  }),
  fc.record({ do: fc.constant('guest-answers' as const), seatId }),
  fc.record({ do: fc.constant('guest-goes' as const), seatId }),
  fc.record({ do: fc.constant('hand-over' as const), seatId }),
  fc.record({ do: fc.constant('move-seat' as const), seatId, memberships }),
  fc.record({ do: fc.constant('priority' as const), callId, priority: fc.nat(3) }),
  fc.record({ do: fc.constant('strategy' as const), strategy: fc.constantFrom(...strategies) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.nat(20_000) }),
);
export type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

/** One queue widens its pool with time; the others let every level in at once. */
function queueRules(strategy: Strategy) {
  const widening = [
    { afterMs: 0, level: 2 },
    { afterMs: 15_000, level: 9 },
  ];
  return QUEUES.map((id) =>
    rules(id, { maxWaitMs: 45_000, strategy, widening: id === 's' ? widening : [] }),
  );
}

/** Runs commands and judges every decision by a model of its own. */
export class Checker {
  readonly rig = new Rig(...queueRules('longest-idle'));
  readonly line = new LineModel();
  readonly levels = new Map<string, Map<string, number>>();

  run(each: Command): void {
    const { length } = this.rig.events;
    const before = this.rig.now;
    this.line.leaving = each.do === 'keep' ? each.callId : null;
    this.#apply(each);
    for (const event of this.rig.events.slice(length)) {
      const seatId = event.kind === 'call.ringing' ? event.seatId : '';
      this.line.hear(event, before, this.levels.get(seatId));
    }
    this.#checkSeats();
    this.#checkNoEligiblePairIdle();
  }

  #apply(each: Command): void {
    const { rig } = this;
    switch (each.do) {
      case 'enter':
        if (this.#busy(each.callId)) return;
        if (each.callId.startsWith('c')) rig.call(each.callId, each.queueId, each.priority);
        else rig.do(virtualCaller(each.callId, each.queueId, each.priority, rig.now));
        return;
      case 'return':
        return this.#returns(each);
      case 'keep':
        if (!this.#busy(virtualOf(each.callId)))
          rig.do({ kind: 'caller-kept', callId: each.callId, asCallId: virtualOf(each.callId) });
        return;
      case 'due':
        this.line.due(each.callId);
        rig.do({ kind: 'call-back-due', callId: each.callId });
        return;
      case 'not-reached':
        return this.#notReached(each.seatId, each.pauseMs);
      case 'leave':
        rig.do({ kind: 'caller-left', callId: each.callId, abandoned: true });
        return;
      case 'move':
        rig.do({
          kind: 'caller-moved',
          callId: each.callId,
          queueId: each.queueId,
          why: 'too-long',
        });
        return;
      case 'sign-in':
        if (!rig.engine.seat(each.seatId)) this.#remember(each.seatId, each.memberships);
        rig.do({
          kind: 'seat-signed-in',
          seatId: each.seatId,
          agentId: `agent-${each.seatId}`,
          memberships: each.memberships,
        });
        return;
      case 'sign-out':
        rig.do({ kind: 'seat-signed-out', seatId: each.seatId });
        return;
      case 'ready':
        rig.do({ kind: 'seat-ready', seatId: each.seatId });
        return;
      case 'not-ready':
        rig.do({ kind: 'seat-not-ready', seatId: each.seatId, reason: 'rest' });
        return;
      case 'move-seat':
        if (rig.engine.seat(each.seatId)) this.#remember(each.seatId, each.memberships);
        rig.do({ kind: 'seat-queues', seatId: each.seatId, memberships: each.memberships });
        return;
      case 'priority':
        rig.do({
          kind: 'caller-priority',
          callId: each.callId,
          priority: each.priority,
          personId: 'x',
        });
        return;
      case 'strategy':
        rig.do({ kind: 'queues-configured', queues: queueRules(each.strategy) });
        return;
      case 'wait':
        rig.after(each.ms);
        return;
      case 'consult':
        rig.do({
          kind: 'guest-wanted',
          callId: rig.engine.seat(each.seatId)?.callId ?? 'nobody',
          seatId: each.other,
          bySeatId: each.seatId,
          ...(each.unasked && { unasked: true as const }),
        });
        return;
      case 'guest-answers':
      case 'guest-goes':
      case 'hand-over':
        return this.#aboutGuest(each.do, each.seatId);
      default:
        this.#aboutCall(each.do, each.seatId);
    }
  }

  /** Who is to be called back calls again, as the journey does it. */
  #returns({ callId, queueId, priority }: Extract<Command, { do: 'return' }>): void {
    const { rig } = this;
    const { now: arrivedAt } = rig;
    const insteadOf = virtualOf(callId);
    const kept = rig.engine.place(insteadOf);
    if (callId === insteadOf || this.#busy(callId) || rig.engine.place(callId)) return;
    if (!kept || !this.line.waiting.get(insteadOf)?.isVirtual) return;
    const own = arrivedAt - priority * PRIORITY_CREDIT_MS;
    const creditMs = Math.max(0, own - kept.placeAt);
    const place = { priority, arrivedAt, lastAgentId: null, creditMs, insteadOf };
    rig.do({ kind: 'caller-entered', callId, queueId, ...place });
    if (rig.engine.place(insteadOf)) throw new Error(`${callId} stands twice`);
  }

  #notReached(seatId: string, pauseMs: number | null): void {
    const callId = this.rig.engine.seat(seatId)?.callId ?? 'nobody';
    const attempt = this.line.attempts.get(callId) ?? 0;
    const againAt = pauseMs === null ? null : this.rig.now + pauseMs;
    this.rig.do({ kind: 'call-back-failed', callId, seatId, attempt, why: 'busy', againAt });
  }

  #aboutCall(what: 'answer' | 'fail' | 'end' | 'dial', seatId: string): void {
    const callId = this.rig.engine.seat(seatId)?.callId ?? 'nobody';
    const attempt = this.line.attempts.get(callId) ?? 0;
    if (what === 'dial') this.rig.do({ kind: 'call-back-dialling', callId, seatId, attempt });
    if (what === 'answer') this.rig.do({ kind: 'seat-answered', callId, seatId, attempt });
    if (what === 'end') this.rig.end(callId, seatId);
    if (what === 'fail') {
      this.rig.do({ kind: 'ring-failed', callId, seatId, attempt, why: 'refused' });
    }
  }

  #aboutGuest(what: 'guest-answers' | 'guest-goes' | 'hand-over', seatId: string): void {
    const callId = this.rig.engine.seat(seatId)?.callId ?? 'nobody';
    if (what === 'guest-answers') this.rig.do({ kind: 'guest-answered', callId, seatId });
    if (what === 'guest-goes') this.rig.do({ kind: 'guest-over', callId, seatId, why: 'busy' });
    const first = this.rig.engine.seats().find((s) => s.callId === callId && !s.isGuest);
    if (what !== 'hand-over' || !first) return;
    const from = first.seatId;
    this.rig.do({
      kind: 'call-handed-over',
      callId,
      seatId: from,
      toSeatId: seatId,
      by: 'transfer',
    });
  }

  #remember(seatId: string, memberships: readonly { queueId: string; level: number }[]): void {
    this.levels.set(seatId, new Map(memberships.map((m) => [m.queueId, m.level])));
  }

  #busy(callId: string): boolean {
    return this.rig.engine.seats().some((s) => s.callId === callId && s.state !== 'wrap-up');
  }

  /** I1, I2: no seat with two calls, no call with two seats, no caller both waiting and talking. */
  #checkSeats(): void {
    const engaged = this.rig.engine
      .seats()
      .filter((s) => s.callId !== null && s.state !== 'wrap-up' && !s.isGuest);
    const guests = this.rig.engine.seats().filter((s) => s.isGuest);
    for (const { callId, seatId } of guests) {
      const helped = engaged.filter((s) => s.callId === callId);
      if (helped.length !== 1) throw new Error(`seat ${seatId} helps in ${helped.length} talks`);
    }
    if (new Set(guests.map((s) => s.callId)).size !== guests.length) {
      throw new Error('a talk with two guests');
    }
    const calls = engaged.map((s) => s.callId);
    if (new Set(calls).size !== calls.length)
      throw new Error(`one call at two seats: ${calls.join()}`);
    for (const seat of engaged) {
      const place = this.rig.engine.place(seat.callId ?? '');
      if ((place !== null) !== (seat.state === 'ringing')) {
        throw new Error(`${seat.callId} is both waiting and ${seat.state}`);
      }
    }
  }

  /** I3: while a seat is ready, nobody waits who may have it. */
  #checkNoEligiblePairIdle(): void {
    for (const seat of this.rig.engine.seats()) {
      if (seat.state !== 'ready') continue;
      for (const [callId, { queueId }] of this.line.waiting) {
        if (this.line.isEligible(callId, this.rig.now, this.levels.get(seat.seatId))) {
          throw new Error(`${callId} waits in ${queueId} while seat ${seat.seatId} is idle`);
        }
      }
    }
  }
}

function virtualCaller(callId: string, queueId: string, priority: number, now: number): Input {
  const callBack = { tries: 0, notBefore: now };
  const claim = { queueId, priority, arrivedAt: now, lastAgentId: null, callBack };
  return { kind: 'caller-entered', callId, ...claim };
}
