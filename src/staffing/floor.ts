import type { Engine, Input, Membership, QueueRules } from '../acd/types.ts';
import type { Random } from './random.ts';

/** A queue's rules where only order and service count: nobody is turned away, no wrap-up. */
export function plainRules(id: string, change: Partial<QueueRules> = {}): QueueRules {
  return {
    id,
    ringTimeoutMs: 15_000,
    wrapUpMs: 0,
    maxWaitMs: null,
    maxWaiting: null,
    letInWhenNobody: true,
    strategy: 'longest-idle',
    widening: [],
    ...change,
  };
}

/** The inputs that bring a seat in and make it ready. */
export function signIn(seatId: string, memberships: readonly Membership[]): Input[] {
  return [
    { kind: 'seat-signed-in', seatId, agentId: `agent-${seatId}`, memberships },
    { kind: 'seat-ready', seatId },
  ];
}

/** One queue of seats that all serve alike, ready from time 0. */
export function openQueue(
  engine: Pick<Engine, 'apply'>,
  seats: number,
  change: Partial<QueueRules> = {},
): void {
  engine.apply({ kind: 'queues-configured', queues: [plainRules('all', change)] }, 0);
  for (let number = 1; number <= seats; number += 1) {
    const inputs = signIn(`seat-${number}`, [{ queueId: 'all', level: 1 }]);
    for (const input of inputs) engine.apply(input, 0);
  }
}

export function queueName(number: number): string {
  return `queue-${number}`;
}

/** Some different queues a seat serves, each at level 1 to 3. */
export function someQueues(random: Random, queues: number, perSeat: number): Membership[] {
  const chosen = new Set<number>();
  while (chosen.size < Math.min(perSeat, queues)) chosen.add(random.below(queues));
  return [...chosen].map((number) => ({ queueId: queueName(number), level: 1 + random.below(3) }));
}
