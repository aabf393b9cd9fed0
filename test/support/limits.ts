import type { Limits } from '../../src/counting/calls.ts';

/** Limits that never change; five seconds make a short abandon. */
export function limitsOf(serviceLevelMs: Limits['serviceLevelMs']): Limits {
  return { serviceLevelMs, shortAbandonMs: () => 5_000 };
}
