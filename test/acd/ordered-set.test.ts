import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OrderedSet } from '../../src/acd/ordered-set.ts';

describe('the ordered set', () => {
  it('agrees with a sorted list', () => {
    const operation = fc.record({ add: fc.boolean(), value: fc.nat(60) });
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 300 }), (operations) => {
        const set = new OrderedSet<number>((a, b) => a - b);
        const model = new Set<number>();
        for (const { add, value } of operations) {
          if (add) {
            set.add(value);
            model.add(value);
          } else {
            expect(set.remove(value)).toBe(model.delete(value));
          }
        }
        const sorted = [...model].sort((a, b) => a - b);
        expect([...set]).toEqual(sorted);
        expect(set.size).toBe(sorted.length);
        expect(set.first()).toBe(sorted[0]);
        sorted.forEach((value, index) => expect(set.rank(value)).toBe(index));
        expect(set.rank(61)).toBe(-1);
      }),
    );
  });
});
