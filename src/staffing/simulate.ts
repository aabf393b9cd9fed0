import type { Engine, Input } from '../acd/types.ts';
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
  const simulation = new Simulation(options);
  simulation.run();
  return simulation.inputs;
}

class Simulation {
  inputs = 0;
  readonly #options: SimOptions;
  readonly #calls: Iterator<SimCall>;
  readonly #due = new DueList<Due>();
  readonly #waiting = new Map<string, SimCall>();
  #arrived = 0;

  constructor(options: SimOptions) {
    this.#options = options;
    this.#calls = options.calls[Symbol.iterator]();
    for (const { at, input } of options.inputs ?? []) this.#due.add(at, { kind: 'input', input });
  }

  run(): void {
    const { engine } = this.#options;
    this.#expectCall();
    for (;;) {
      const now = this.#due.nextAt;
      const engineAt = engine.nextDueAt() ?? Number.POSITIVE_INFINITY;
      if (engineAt <= now && engineAt < Number.POSITIVE_INFINITY) {
        this.#tell({ kind: 'time-passed' }, engineAt);
        continue;
      }
      const next = this.#due.take();
      if (!next) return;
      if (next.kind === 'input') this.#tell(next.input, now);
      else if (next.kind === 'arrival') this.#arrive(next.callId, next.call, now);
      else this.#giveUp(next.callId, next.call, now);
    }
  }

  #tell(input: Input, now: number): void {
    this.inputs += 1;
    const { events, effects } = this.#options.engine.apply(input, now);
    for (const event of events) {
      if (event.kind === 'call.connected') this.#talk(event.callId, event.seatId, now);
    }
    for (const effect of effects) {
      if (effect.kind !== 'ring') continue;
      const { callId, seatId, attempt } = effect;
      this.#tell({ kind: 'seat-answered', callId, seatId, attempt }, now);
    }
  }

  #talk(callId: string, seatId: string, now: number): void {
    const call = this.#waiting.get(callId);
    if (!call) return;
    this.#waiting.delete(callId);
    this.#options.onWaitEnd({ call, answered: true, waitedMs: now - call.arrivesAt });
    const endsAt = now + call.serviceMs;
    this.#tellAt(endsAt, { kind: 'talk-ended', callId, seatId, by: 'caller' });
    if (call.wrapUpMs === undefined) return;
    this.#tellAt(endsAt + call.wrapUpMs, { kind: 'wrap-up-finished', seatId });
  }

  #arrive(callId: string, call: SimCall, now: number): void {
    const { queueId, priority, patienceMs } = call;
    this.#waiting.set(callId, call);
    const person = { priority, arrivedAt: now, lastAgentId: null };
    this.#tell({ kind: 'caller-entered', callId, queueId, ...person }, now);
    if (Number.isFinite(patienceMs) && this.#waiting.has(callId)) {
      this.#due.add(now + patienceMs, { kind: 'patience', callId, call });
    }
    this.#expectCall();
  }

  #giveUp(callId: string, call: SimCall, now: number): void {
    if (!this.#waiting.delete(callId)) return;
    this.#options.onWaitEnd({ call, answered: false, waitedMs: now - call.arrivesAt });
    this.#tell({ kind: 'caller-left', callId, abandoned: true }, now);
  }

  #expectCall(): void {
    const { value: call, done } = this.#calls.next();
    if (done) return;
    this.#arrived += 1;
    this.#due.add(call.arrivesAt, { kind: 'arrival', callId: `call-${this.#arrived}`, call });
  }

  #tellAt(at: number, input: Input): void {
    this.#due.add(at, { kind: 'input', input });
  }
}
