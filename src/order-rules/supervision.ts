import { z } from 'zod';
import type { ClockKind, Order } from './order.ts';
import { isOwed } from './tasks.ts';
import { isOpen } from './words.ts';

const HOUR_MS = 3_600_000;
const clocks = ['sign', 'contact', 'reply', 'dispatch', 'visit'] as const satisfies ClockKind[];
const hours = z.number().min(0).max(8_760);
const atLeast = z.int().min(1).max(1_000);

/** What a rule looks at: moments that have passed, or things that happened too often. */
const when = z.discriminatedUnion('fact', [
  z.strictObject({ fact: z.literal('overdue'), clocks: z.array(z.enum(clocks)).min(1), hours }),
  z.strictObject({ fact: z.literal('task-late'), hours }),
  z.strictObject({ fact: z.literal('review-late'), hours }),
  z.strictObject({ fact: z.literal('returns'), atLeast }),
  z.strictObject({ fact: z.literal('repeats'), atLeast }),
  z.strictObject({ fact: z.literal('urged'), atLeast }),
  z.strictObject({ fact: z.literal('reworks'), atLeast }),
]);
type When = z.infer<typeof when>;

const weight = z.number().min(0).max(100);

/** When orders come under supervision by themselves, and how units are compared; a city's own data. */
export const supervisionConfig = z.strictObject({
  rules: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9-]{1,40}$/),
      level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
      title: z.string().min(1).max(60),
      when,
    }),
  ),
  league: z.strictObject({
    /** Published rates by their id, and what each weighs. */
    weights: z.record(z.string(), weight),
    leastOrders: z.int().min(1).max(10_000),
  }),
});
export type SupervisionConfig = z.infer<typeof supervisionConfig>;
export type SupervisionRule = SupervisionConfig['rules'][number];

/** What an order does not know of itself. */
export interface Facts {
  /** Orders that were merged into it. */
  readonly repeats: number;
}

/** The rule that lifts an order higher than it is; of several the one that lifts it highest. */
export function risesBy(
  order: Order,
  facts: Facts,
  rules: readonly SupervisionRule[],
  now: number,
): SupervisionRule | null {
  if (!isOpen(order.state) || order.state === 'draft') return null;
  const holding = rules.filter(
    ({ level, when: condition }) =>
      level > order.supervision && (since(condition, order, facts) ?? Infinity) <= now,
  );
  return holding.toSorted((a, b) => b.level - a.level)[0] ?? null;
}

/** When, after `now`, a rule may begin to hold by time alone; null when none will. */
export function nextRise(
  order: Order,
  rules: readonly SupervisionRule[],
  now: number,
): number | null {
  if (!isOpen(order.state) || order.state === 'draft') return null;
  const moments = rules
    .filter(({ level }) => level > order.supervision)
    .map(({ when: condition }) => since(condition, order, { repeats: 0 }) ?? Infinity)
    .filter((at) => at > now);
  const first = Math.min(...moments);
  return Number.isFinite(first) ? first : null;
}

/** Since when a condition holds, or will; null when time alone never makes it. */
function since(condition: When, order: Order, { repeats }: Facts): number | null {
  switch (condition.fact) {
    case 'overdue':
      return passed(
        order.clocks
          .filter(({ kind, stoppedAt, paused }) => {
            const isWatched = condition.clocks.some((each) => each === kind);
            return isWatched && stoppedAt === null && paused === null;
          })
          .map(({ dueAt }) => dueAt),
        condition.hours,
      );
    case 'task-late':
      return passed(
        order.tasks.filter(isOwed).flatMap(({ dueAt }) => dueAt ?? []),
        condition.hours,
      );
    case 'review-late':
      return order.state === 'long-term' && order.plan
        ? passed([order.plan.reviewAt], condition.hours)
        : null;
    case 'returns':
      return order.hops - 1 >= condition.atLeast ? 0 : null;
    case 'repeats':
      return repeats >= condition.atLeast ? 0 : null;
    case 'urged':
      return order.urged >= condition.atLeast ? 0 : null;
    case 'reworks':
      return order.reworks >= condition.atLeast ? 0 : null;
    default:
      return condition satisfies never;
  }
}

/** The first of these moments and so many hours; a moment itself has not passed yet. */
function passed(moments: readonly number[], hoursAfter: number): number | null {
  return moments.length === 0 ? null : Math.min(...moments) + hoursAfter * HOUR_MS + 1;
}
