import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRIORITY_CREDIT_MS } from '../../src/acd/types.ts';
import { Checker, command } from './checker.ts';
import { Rig, rules } from './rig.ts';

describe('the engine, whatever happens', () => {
  it('never breaks an invariant in 120,000 commands, and call-backs never overtake', () => {
    fc.assert(
      fc.property(fc.array(command, { minLength: 300, maxLength: 300 }), (commands) => {
        const checker = new Checker();
        for (const each of commands) checker.run(each);
      }),
      { numRuns: 400 },
    );
  }, 60_000);

  it('rings callers of one queue strictly by place', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ gapMs: fc.nat(90_000), priority: fc.nat(3) }), {
          minLength: 2,
          maxLength: 40,
        }),
        (arrivals) => {
          const rig = new Rig(rules('q', { wrapUpMs: 0 }));
          const expected = arrivals.map(({ gapMs, priority }, index) => {
            rig.now += gapMs;
            rig.call(`c${index}`, 'q', priority);
            return { callId: `c${index}`, placeAt: rig.now - priority * PRIORITY_CREDIT_MS, index };
          });
          expected.sort((a, b) => a.placeAt - b.placeAt || a.index - b.index);
          rig.seat('1', 'q');
          const served: string[] = [];
          for (let callId = rig.engine.seat('1')?.callId; callId; ) {
            served.push(callId);
            rig.answer(callId, '1');
            rig.end(callId, '1');
            rig.after(0);
            callId = rig.engine.seat('1')?.callId;
          }
          expect(served).toEqual(expected.map((e) => e.callId));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('decides the same when the same is told again', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 200 }), (commands) => {
        const [first, second] = [new Checker(), new Checker()];
        for (const each of commands) {
          first.run(each);
          second.run(each);
        }
        expect(second.rig.events).toEqual(first.rig.events);
      }),
      { numRuns: 50 },
    );
  });
});
