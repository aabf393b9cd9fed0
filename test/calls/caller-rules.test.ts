import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallerRule } from '../../config/hotline.ts';
import { callerAttributes, RULE_STEPS_MAX } from '../../config/hotline-callers.ts';
import {
  type CallerFacts,
  farthestBackMs,
  lastAgentOf,
  privilegeOf,
} from '../../src/calls/caller-rules.ts';

const hourMs = 3_600_000;
const now = 100 * hourMs;
const nobody: CallerFacts = { attributes: [], language: 'zh', earlier: [], now };

function rule(id: string, when: CallerRule['when'], steps = 0, queue: string | null = null) {
  return { id, when, steps, queue };
}
const elder = rule('elder', { fact: 'attribute', attribute: 'elder' }, 2, 'elders');
const company = rule('company', { fact: 'attribute', attribute: 'enterprise' }, 3, 'enterprise');
const english = rule('english', { fact: 'language', language: 'en' }, 1, 'foreign');
const again = rule('again', { fact: 'repeat', withinMs: 24 * hourMs }, 1);
const call = (hoursAgo: number, isOpen: boolean, agentId: string | null = null) => ({
  arrivedAt: now - hoursAgo * hourMs,
  isOpen,
  agentId,
});

describe('the rules for known callers', () => {
  it('give nobody anything who is not known', () => {
    expect(privilegeOf([elder, company, english, again], nobody)).toEqual({
      steps: 0,
      queueId: null,
      applied: [],
    });
  });

  it('add up, and the first queue named is the one', () => {
    const facts: CallerFacts = { ...nobody, attributes: ['enterprise', 'elder'], language: 'en' };
    expect(privilegeOf([elder, company, english], facts)).toMatchObject({
      steps: 6,
      queueId: 'elders',
      applied: [
        { rule: 'elder', fact: 'elder', steps: 2 },
        { rule: 'company', fact: 'enterprise', steps: 3 },
        { rule: 'english', fact: 'language', steps: 1 },
      ],
    });
  });

  it.each([
    ['an open matter within the time', [call(3, true)], 1],
    ['a settled one', [call(3, false)], 0],
    ['one that was settled by a later call', [call(1, false), call(3, true)], 0],
    ['one from too long ago', [call(25, true)], 0],
    ['exactly as long ago as the rule says', [call(24, true)], 1],
  ])('repeat: %s', (_what, earlier, steps) => {
    expect(privilegeOf([again], { ...nobody, earlier }).steps).toBe(steps);
  });

  it('never give more steps than the limit, and say what each gave', () => {
    const when = fc.oneof(
      fc.record({
        fact: fc.constant('attribute' as const),
        attribute: fc.constantFrom(...callerAttributes),
      }),
      fc.record({
        fact: fc.constant('language' as const),
        language: fc.constantFrom('zh' as const, 'yue' as const, 'en' as const),
      }),
    );
    const rules = fc.array(
      fc.record({
        id: fc.string({ minLength: 1 }),
        when,
        steps: fc.integer({ min: 0, max: 10 }),
        queue: fc.option(fc.constantFrom('a', 'b')),
      }),
    );
    const attributes = fc.subarray([...callerAttributes]);
    fc.assert(
      fc.property(rules, attributes, (list, known) => {
        const { steps, applied, queueId } = privilegeOf(list, { ...nobody, attributes: known });
        expect(steps).toBeLessThanOrEqual(RULE_STEPS_MAX);
        expect(applied.reduce((sum, one) => sum + one.steps, 0)).toBe(steps);
        if (queueId !== null) expect(list.some(({ queue }) => queue === queueId)).toBe(true);
      }),
    );
  });
});

describe('the agent of the last call', () => {
  const rules = { rules: [], lastAgentWithinMs: 4 * hourMs };
  it('is the one who spoke last, not whoever was rung', () => {
    const earlier = [call(1, true), call(2, false, 'wang'), call(3, false, 'li')];
    expect(lastAgentOf(rules, { earlier, now })).toBe('wang');
  });
  it('is forgotten after the time of the document', () => {
    expect(lastAgentOf(rules, { earlier: [call(5, false, 'wang')], now })).toBeNull();
    expect(
      lastAgentOf({ ...rules, lastAgentWithinMs: null }, { earlier: [call(1, false, 'w')], now }),
    ).toBeNull();
  });
  it('needs no history when no rule looks back', () => {
    expect(farthestBackMs({ rules: [elder], lastAgentWithinMs: null })).toBe(0);
    expect(farthestBackMs({ rules: [again], lastAgentWithinMs: hourMs })).toBe(24 * hourMs);
  });
});
