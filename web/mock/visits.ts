import type { OrderRowView, VisitView } from '../../src/orders/schema.ts';
import { demoMidnight, demoNow } from './demo-clock.ts';

const hour = 3_600_000;

/** Tried twice in vain; the evening counts next. */
export function visitOf({ createdAt }: OrderRowView): VisitView {
  const person = '梁静';
  return {
    tries: [
      { at: createdAt + 20 * hour, person, why: 'no-answer', until: null },
      { at: demoNow() - 5 * hour, person, why: 'busy', until: null },
    ],
    counted: 2,
    needed: 3,
    mayClose: false,
    nextAt: demoMidnight + 18 * hour,
  };
}
