import { createEngine } from '../../src/acd/engine.ts';
import type { Decision, Engine, Input, QueueRules } from '../../src/acd/types.ts';
import type { EventKind, NewEvent } from '../../src/events.ts';

export function rules(id: string, change: Partial<QueueRules> = {}): QueueRules {
  return {
    id,
    ringTimeoutMs: 15_000,
    wrapUpMs: 30_000,
    maxWaitMs: null,
    maxWaiting: null,
    letInWhenNobody: true,
    strategy: 'longest-idle',
    widening: [],
    ...change,
  };
}

/** An engine with a hand on its clock and a memory of what it said. */
export class Rig {
  readonly engine: Engine = createEngine();
  now = 1_000_000;
  events: NewEvent[] = [];

  constructor(...queues: QueueRules[]) {
    this.do({ kind: 'queues-configured', queues });
  }

  do(input: Input): Decision {
    const decision = this.engine.apply(input, this.now);
    this.events.push(...decision.events);
    return decision;
  }

  after(ms: number, input: Input = { kind: 'time-passed' }): Decision {
    this.now += ms;
    return this.do(input);
  }

  seat(seatId: string, ...queueIds: string[]): void {
    const memberships = queueIds.map((queueId) => ({ queueId, level: 1 }));
    this.do({ kind: 'seat-signed-in', seatId, agentId: `agent-${seatId}`, memberships });
    this.do({ kind: 'seat-ready', seatId });
  }

  call(callId: string, queueId: string, priority = 0, lastAgentId: string | null = null): Decision {
    const arrivedAt = this.now;
    return this.do({ kind: 'caller-entered', callId, queueId, priority, arrivedAt, lastAgentId });
  }

  answer(callId: string, seatId: string, attempt = 1): Decision {
    return this.do({ kind: 'seat-answered', callId, seatId, attempt });
  }

  end(callId: string, seatId: string): Decision {
    return this.do({ kind: 'talk-ended', callId, seatId, by: 'agent' });
  }

  /** Which caller a decision rings at which seat. */
  static rings({ effects }: Decision): string[] {
    return effects.flatMap((e) => (e.kind === 'ring' ? [`${e.callId}>${e.seatId}`] : []));
  }

  told<K extends EventKind>(kind: K): Extract<NewEvent, { kind: K }>[] {
    return this.events.filter((e): e is Extract<NewEvent, { kind: K }> => e.kind === kind);
  }
}
