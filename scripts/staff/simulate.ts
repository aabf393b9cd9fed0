import type { Decision, Engine, Input } from '../../src/acd/types.ts';
import { DueList } from './due-list.ts';

/** One caller of a simulated time. Times in milliseconds. */
export interface SimCall {
  arrivesAt: number;
  queueId: string;
  priority: number;
  serviceMs: number;
  /** How long the caller waits before giving up; Infinity = for ever. */
  patienceMs: number;
  /** How long the seat takes over its notes afterwards, instead of the queue's fixed time. */
  wrapUpMs?: number;
}

/** How a call's wait ended. */
export interface WaitEnd {
  call: SimCall;
  answered: boolean;
  waitedMs: number;
  seatId: string | null;
}

interface SimOptions {
  engine: Pick<Engine, 'apply' | 'nextDueAt'>;
  /** In order of arrival. */
  calls: Iterable<SimCall>;
  onWaitEnd(end: WaitEnd): void;
  /** What else is told to the engine, for instance shifts. */
  inputs?: Iterable<{ at: number; input: Input }>;
}

type Due =
  | { kind: 'arrival' | 'patience'; callId: string; call: SimCall }
  | { kind: 'input'; input: Input };

/**
 * Plays callers and seats against the real engine: a seat that is rung answers at once, talks for
 * the call's service time, and is free again after its wrap-up. Ends when the last call has ended.
 * Returns how many inputs the engine was given.
 */
export function simulate(options: SimOptions): number {
  const { engine } = options;
  const due = new DueList<Due>();
  const calls = options.calls[Symbol.iterator]();
  const waiting = new Map<string, SimCall>();
  let arrived = 0;
  let inputs = 0;

  function tell(input: Input, now: number): void {
    inputs += 1;
    follow(engine.apply(input, now), now);
  }

  function follow({ events, effects }: Decision, now: number): void {
    for (const event of events) {
      if (event.kind === 'call.connected') talk(event.callId, event.seatId, now);
    }
    for (const effect of effects) {
      if (effect.kind !== 'ring') continue;
      const { callId, seatId, attempt } = effect;
      tell({ kind: 'seat-answered', callId, seatId, attempt }, now);
    }
  }

  function talk(callId: string, seatId: string, now: number): void {
    const call = waiting.get(callId);
    if (!call) return;
    waiting.delete(callId);
    options.onWaitEnd({ call, answered: true, waitedMs: now - call.arrivesAt, seatId });
    const endsAt = now + call.serviceMs;
    due.add(endsAt, { kind: 'input', input: { kind: 'talk-ended', callId, seatId, by: 'caller' } });
    if (call.wrapUpMs === undefined) return;
    const freeAt = endsAt + call.wrapUpMs;
    due.add(freeAt, { kind: 'input', input: { kind: 'wrap-up-finished', seatId } });
  }

  function arrive(callId: string, call: SimCall, now: number): void {
    const { queueId, priority, patienceMs } = call;
    waiting.set(callId, call);
    tell(
      { kind: 'caller-entered', callId, queueId, priority, arrivedAt: now, lastAgentId: null },
      now,
    );
    if (Number.isFinite(patienceMs) && waiting.has(callId)) {
      due.add(now + patienceMs, { kind: 'patience', callId, call });
    }
    expectCall();
  }

  function giveUp(callId: string, call: SimCall, now: number): void {
    if (!waiting.delete(callId)) return;
    options.onWaitEnd({ call, answered: false, waitedMs: now - call.arrivesAt, seatId: null });
    tell({ kind: 'caller-left', callId, abandoned: true }, now);
  }

  function expectCall(): void {
    const { value: call, done } = calls.next();
    if (done) return;
    arrived += 1;
    due.add(call.arrivesAt, { kind: 'arrival', callId: `call-${arrived}`, call });
  }

  for (const { at, input } of options.inputs ?? []) due.add(at, { kind: 'input', input });
  expectCall();
  for (;;) {
    const now = due.nextAt;
    const engineAt = engine.nextDueAt() ?? Number.POSITIVE_INFINITY;
    if (engineAt <= now && engineAt < Number.POSITIVE_INFINITY) {
      tell({ kind: 'time-passed' }, engineAt);
      continue;
    }
    const next = due.take();
    if (!next) return inputs;
    if (next.kind === 'input') tell(next.input, now);
    else if (next.kind === 'arrival') arrive(next.callId, next.call, now);
    else giveUp(next.callId, next.call, now);
  }
}
