import type { Clock } from '../kit/clock.ts';
import { maskNumbersIn } from '../kit/mask.ts';
import type { SupervisionConfig } from '../order-rules/supervision.ts';
import { isOwed } from '../order-rules/tasks.ts';
import type { EventChain } from './event-chain.ts';
import type { OrderReading } from './reading.ts';
import type { OrderRow, OrdersRepo } from './repo.ts';
import type { Board } from './supervision-schema.ts';
import { tasksOf } from './task-view.ts';
import type { Units } from './units.ts';

interface Parts {
  readonly repo: OrdersRepo;
  readonly chain: EventChain;
  readonly reading: OrderReading;
  readonly units: Units;
  readonly clock: Clock;
  readonly supervision: SupervisionConfig;
  readonly nameOf: (personId: string) => string;
}

/** What those see who hunt what is late or passed around. */
export class SupervisionBoard {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Orders by their level, tasks that are owed, long-term plans. */
  board(): Board {
    const { repo, reading, supervision } = this.#parts;
    const tasks = repo.withTasks();
    return {
      orders: repo.supervised().map((row) => ({
        ...reading.rowOf(row),
        ...this.#why(row),
        hops: row.folded.hops,
        urged: row.folded.urged,
      })),
      tasks: tasks.flatMap((row) => tasksOf(row, this.#parts).filter(isOwed)),
      plans: repo.longTerm().flatMap((row) => {
        const { plan } = row.folded;
        if (!plan) return [];
        const text = maskNumbersIn(plan.text);
        return [{ ...reading.rowOf(row), plan: text, reviewAt: plan.reviewAt }];
      }),
      rules: supervision.rules.map(({ id, level, title }) => ({ id, level, title })),
    };
  }

  /** Why an order came to its level, and when. */
  #why({ id }: OrderRow): { why: string; since: number } {
    const event = this.#parts.chain.of(id).findLast(({ move }) => move === 'supervise');
    return { why: maskNumbersIn(event?.data.why ?? ''), since: event?.at ?? 0 };
  }
}
