import { expect, test } from 'vitest';
import type { Order } from '../../src/order-rules/order.ts';
import { nextRise, risesBy, type SupervisionRule } from '../../src/order-rules/supervision.ts';
import { enough, hand, orderIn } from './rig.ts';

const hour = 3_600_000;
const rule = (when: SupervisionRule['when'], level: 1 | 2 | 3 = 1): SupervisionRule => ({
  id: when.fact,
  level,
  title: when.fact,
  when,
});

function handled(change: Partial<Order> = {}): { order: Order; now: number; due: number } {
  const { order, now } = orderIn('handling');
  if (!order) throw new Error('no order');
  const due = order.clocks.find(({ kind }) => kind === 'reply')?.dueAt ?? 0;
  return { order: { ...order, ...change }, now, due };
}

test('overdue begins when the moment has passed, not at it, and so many hours later the next level', () => {
  const { order, now, due } = handled();
  const rules = [
    rule({ fact: 'overdue', clocks: ['reply'], hours: 0 }, 1),
    rule({ fact: 'overdue', clocks: ['reply'], hours: 72 }, 2),
  ];
  const levelAt = (at: number) => risesBy(order, { repeats: 0 }, rules, at)?.level ?? 0;
  expect(nextRise(order, rules, now)).toBe(due + 1);
  expect([levelAt(due), levelAt(due + 1), levelAt(due + 72 * hour + 1)]).toEqual([0, 1, 2]);
  expect(nextRise({ ...order, supervision: 1 }, rules, due + 1)).toBe(due + 72 * hour + 1);
  expect(nextRise({ ...order, supervision: 2 }, rules, due + 1)).toBeNull();
});

test('a clock that stands still or was stopped is not overdue', () => {
  const { order, due } = handled();
  const rules = [rule({ fact: 'overdue', clocks: ['reply'], hours: 0 })];
  const paused = order.clocks.map((clock) => ({
    ...clock,
    paused: { at: 0, why: 'long-term' as const },
  }));
  const stopped = order.clocks.map((clock) => ({ ...clock, stoppedAt: due }));
  for (const clocks of [paused, stopped]) {
    expect(risesBy({ ...order, clocks }, { repeats: 0 }, rules, due + hour)).toBeNull();
    expect(nextRise({ ...order, clocks }, rules, 0)).toBeNull();
  }
});

test.each([
  ['returns', { hops: 3 }, { hops: 2 }, 0],
  ['urged', { urged: 2 }, { urged: 1 }, 0],
  ['reworks', { reworks: 2 }, { reworks: 1 }, 0],
  ['repeats', {}, {}, 2],
] as const)('%s: from so many on, and never twice', (fact, enoughOf, tooFew, repeats) => {
  const { order, now } = handled();
  const rules = [rule({ fact, atLeast: 2 })];
  const rises = (change: Partial<Order>, count: number) =>
    risesBy({ ...order, ...change }, { repeats: count }, rules, now)?.id ?? null;
  expect(rises(enoughOf, repeats)).toBe(fact);
  expect(rises(tooFew, Math.max(0, repeats - 1))).toBeNull();
  expect(rises({ ...enoughOf, supervision: 1 }, repeats)).toBeNull();
});

test('an instruction that is late counts until it is answered', () => {
  const walk = orderIn('handling');
  const until = walk.now + 24 * hour;
  walk.act('instruct', hand('city-leader'), { ...enough, until });
  const rules = [rule({ fact: 'task-late', hours: 0 }, 2)];
  const rises = () => walk.order && risesBy(walk.order, { repeats: 0 }, rules, until + 1)?.level;
  expect(rises()).toBe(2);
  walk.act('feedback', hand('unit-operator'));
  expect(rises()).toBeUndefined();
  walk.act('settle', hand('city-leader'), { ...enough, settled: false });
  expect(rises(), 'asked again').toBe(2);
});

test('a long-term order that nobody looked at again; reviewing it gives it another day', () => {
  const walk = orderIn('handling');
  const until = walk.now + 24 * hour;
  walk.make('hang', { ...enough, until });
  const rules = [rule({ fact: 'review-late', hours: 0 })];
  const rises = () => walk.order && risesBy(walk.order, { repeats: 0 }, rules, until + 1)?.level;
  expect(rises()).toBe(1);
  walk.act('look-again', hand('unit-leader'), { ...enough, until: until + hour });
  expect(rises()).toBeUndefined();
});

test('of several rules the one that lifts it highest; what is over is left alone', () => {
  const { order, now } = handled({ hops: 9, urged: 9 });
  const rules = [rule({ fact: 'returns', atLeast: 1 }, 1), rule({ fact: 'urged', atLeast: 1 }, 3)];
  expect(risesBy(order, { repeats: 0 }, rules, now)?.level).toBe(3);
  expect(risesBy({ ...order, state: 'closed' }, { repeats: 0 }, rules, now)).toBeNull();
});
