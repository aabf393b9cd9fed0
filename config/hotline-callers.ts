import { z } from 'zod';
import { id, language } from './hotline-words.ts';

/**
 * What the house may know of a caller before anybody answers. `enterprise`: holder of an enterprise
 * licence (企业绿色通道); `elder`: 65 and over; `do-not-disturb`: is not to be called of our own
 * accord; `nuisance`: calls again and again without a matter. A public line refuses nobody: a rule may
 * lead a nuisance caller to a queue of its own, never away.
 */
export const callerAttributes = ['enterprise', 'elder', 'do-not-disturb', 'nuisance'] as const;
export type CallerAttribute = (typeof callerAttributes)[number];

const fact = z.discriminatedUnion('fact', [
  z.strictObject({ fact: z.literal('attribute'), attribute: z.enum(callerAttributes) }),
  /** The call is held in this language. */
  z.strictObject({ fact: z.literal('language'), language }),
  /** The number called within this time, and its matter is open still. */
  z.strictObject({ fact: z.literal('repeat'), withinMs: z.int().min(60_000).max(2_592_000_000) }),
]);

const callerRule = z.strictObject({
  id,
  when: fact,
  /** Steps of priority: one counts as one minute of waiting. */
  steps: z.int().min(0).max(10).default(0),
  /** Where a caller goes who has not chosen a queue by key; null = where everybody goes. */
  queue: id.nullable().default(null),
});
export type CallerRule = z.infer<typeof callerRule>;

/** More steps than these no caller gets from all rules together. */
export const RULE_STEPS_MAX = 10;

/** How what is known of a caller feeds the order: the published rule, in the document. */
export const callers = z.strictObject({
  /** All that hold count: their steps add up (10 at most), the first queue named is the one. */
  rules: z.array(callerRule).max(30).default([]),
  /** The agent of a call within this time is rung first if free; null = never. */
  lastAgentWithinMs: z.int().min(60_000).max(2_592_000_000).nullable().default(null),
});
