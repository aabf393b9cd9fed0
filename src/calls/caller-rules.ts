import type { CallerRule, Hotline } from '../../config/hotline.ts';
import { type CallerAttribute, RULE_STEPS_MAX } from '../../config/hotline-callers.ts';
import type { AppliedRule } from '../events.ts';
import type { Language } from './ports.ts';

/** What is known of a caller before anybody answers. */
export interface KnownCaller {
  attributes: readonly CallerAttribute[];
  /** The language this caller is served in; null = the entry's. */
  language: Language | null;
}

/** An earlier call of the same number. */
export interface EarlierCall {
  arrivedAt: number;
  /** Who spoke with the caller; null when nobody did. */
  agentId: string | null;
  /** The caller's matter was left open: nobody answered, or the result says so. */
  isOpen: boolean;
}

/** What the rules look at. `earlier` is newest first, calls that go on left out. */
export interface CallerFacts {
  attributes: readonly CallerAttribute[];
  language: Language;
  earlier: readonly EarlierCall[];
  now: number;
}

/** What the rules give a caller. */
export interface Privilege {
  steps: number;
  /** Where the caller goes if no key chose a queue; null = where everybody goes. */
  queueId: string | null;
  applied: AppliedRule[];
}

/** Applies the published rules: steps add up to the limit, the first queue named is the one. */
export function privilegeOf(rules: readonly CallerRule[], facts: CallerFacts): Privilege {
  const holding = rules.filter(({ when }) => holds(when, facts));
  let steps = 0;
  const applied = holding.map((rule): AppliedRule => {
    const given = Math.min(rule.steps, RULE_STEPS_MAX - steps);
    steps += given;
    const { when } = rule;
    return {
      rule: rule.id,
      fact: when.fact === 'attribute' ? when.attribute : when.fact,
      steps: given,
    };
  });
  return { steps, queueId: holding.find(({ queue }) => queue !== null)?.queue ?? null, applied };
}

function holds(when: CallerRule['when'], facts: CallerFacts): boolean {
  switch (when.fact) {
    case 'attribute':
      return facts.attributes.includes(when.attribute);
    case 'language':
      return facts.language === when.language;
    case 'repeat': {
      const [last] = facts.earlier;
      return last !== undefined && last.isOpen && last.arrivedAt >= facts.now - when.withinMs;
    }
    default:
      return when satisfies never;
  }
}

/** Who spoke with the caller last, if that is not too long ago; null = nobody. */
export function lastAgentOf(
  { lastAgentWithinMs }: Hotline['callers'],
  { earlier, now }: Pick<CallerFacts, 'earlier' | 'now'>,
): string | null {
  if (lastAgentWithinMs === null) return null;
  const last = earlier.find(({ agentId }) => agentId !== null);
  return last && last.arrivedAt >= now - lastAgentWithinMs ? last.agentId : null;
}

/** How far back the rules look: nothing earlier need be read. */
export function farthestBackMs({ rules, lastAgentWithinMs }: Hotline['callers']): number {
  const withins = rules.map(({ when }) => (when.fact === 'repeat' ? when.withinMs : 0));
  return Math.max(0, lastAgentWithinMs ?? 0, ...withins);
}
