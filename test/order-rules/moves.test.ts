import { describe, expect, test } from 'vitest';
import {
  type Move,
  type MoveName,
  moveNames,
  moves,
  startsIn,
} from '../../src/order-rules/moves.ts';
import type { MoveData } from '../../src/order-rules/order.ts';
import { actorNames, type OrderState, orderStateNames } from '../../src/order-rules/words.ts';
import { enough, hand, orderIn, request, Walk } from './rig.ts';

const late = { now: 1_800_000_000_000, returnUntil: 1_700_000_000_000 };
/** Where a guard wants the world to be just so. */
const around: Partial<Record<MoveName, object>> = { 'deem-accepted': late, archive: late };
const carrying = (name: MoveName): MoveData => ({
  ...enough,
  ...(name === 'ask-rework' && { satisfied: false }),
  ...(name === 'close' && { notReached: true }),
  ...(name === 'approve-return' && { unit: { id: 'water', duty: 'duty-water' } }),
});

function walkTo(name: MoveName, state: OrderState | 'none'): Walk {
  const walk = state === 'none' ? new Walk() : orderIn(state);
  // A dispute is called at the third hop.
  if (name === 'call-dispute' && walk.order) walk.order = { ...walk.order, hops: 3 };
  // Tried on a morning and on an evening, and in vain.
  if (name === 'close' && walk.order) {
    const tried = { personId: 'visitor', why: 'no-answer', until: null } as const;
    const visitTries = [1_700_013_600_000, 1_700_046_000_000].map((at) => ({ ...tried, at }));
    walk.order = { ...walk.order, visitTries };
  }
  if (name === 'reply' && walk.order) walk.order = { ...walk.order, contacted: true };
  return walk;
}

const startsOf = (name: MoveName): (OrderState | 'none')[] =>
  name === 'open' ? ['none'] : orderStateNames.filter((state) => startsIn(name, state));
const unitMoves = new Set<MoveName>([
  'sign',
  'ask-return',
  'assign',
  'extend',
  'hang',
  'take-up',
  'reply',
  'approve-reply',
  'unit-sends-back',
]);

test('the table has all 28 numbers, each move starts somewhere and every state is reached', () => {
  const numbers = new Set(moveNames.map((name) => moves[name].no));
  expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 28 }, (_, i) => i + 1));
  for (const name of moveNames) expect(startsOf(name), name).not.toEqual([]);
  for (const state of orderStateNames) expect(orderIn(state).order?.state).toBe(state);
});

describe.each(moveNames)('%s', (name) => {
  const { by, to, agreedBy }: Move = moves[name];

  test.each(actorNames)('%s', (actor) => {
    for (const state of startsOf(name)) {
      const walk = walkTo(name, state);
      // Before dispatch no unit has the order, so nobody of a unit may touch it.
      const isWithUnit = !actor.startsWith('unit-') || walk.order?.leadUnitId !== null;
      const { event, refusal } = walk.try(name, hand(actor), carrying(name), around[name]);
      if (by.includes(actor) && (isWithUnit || name === 'open')) {
        expect(refusal, `${state} → ${name} by ${actor}`).toBeUndefined();
        expect(event?.step).toBe(agreedBy.length > 0 ? 'asked' : 'done');
      } else {
        expect(refusal, `${state} → ${name} by ${actor}`).toMatch(/not-yours|not-your-unit/);
      }
    }
  });

  test('starts nowhere else', () => {
    const starts = startsOf(name);
    for (const state of orderStateNames.filter((each) => !starts.includes(each))) {
      const actor = by[0] ?? 'system';
      expect(walkTo(name, state).try(name, hand(actor), carrying(name)).refusal).toBe(
        'not-from-here',
      );
    }
  });

  test('leads where the table says, and nowhere without agreement', () => {
    for (const state of startsOf(name)) {
      const walk = walkTo(name, state);
      const before = walk.order?.state;
      if (name in around) continue;
      walk.act(name, hand(by[0] ?? 'system'), carrying(name));
      for (const actors of agreedBy) {
        expect(walk.order?.state).toBe(before);
        for (const actor of actorNames.filter((each) => !actors.includes(each))) {
          expect(walk.try('agree', hand(actor, ' two')).refusal).toMatch(/not-yours|not-your-unit/);
        }
        walk.act('agree', hand(actors[0] ?? 'system', ' two'));
      }
      expect(walk.order?.state).toBe(to === 'same' ? before : to);
    }
  });

  if (unitMoves.has(name)) {
    test('not by another unit', () => {
      const [state = 'handling'] = startsOf(name);
      const actor = by[0] ?? 'unit-operator';
      const stranger = { ...hand(actor), unitId: 'water' };
      expect(walkTo(name, state).try(name, stranger, carrying(name)).refusal).toBe('not-your-unit');
    });
  }
});

describe('agreement', () => {
  test('nobody agrees to what they asked for', () => {
    const walk = orderIn('closed');
    const asked = { personId: 'li', actor: 'agent', unitId: null } as const;
    walk.act('reopen', asked);
    expect(walk.try('agree', { ...asked, actor: 'shift-leader' }).refusal).toBe('same-person');
  });

  test('what is declined is off the table and can be asked again', () => {
    const walk = orderIn('handling').act('hang', hand('unit-leader'));
    expect(walk.try('hang', hand('unit-leader')).refusal).toBe('already-asked');
    expect(walk.try('decline', hand('supervision'), {}).refusal).toBe('no-reason');
    walk.act('decline', hand('supervision'), { why: '计划不全' });
    expect(walk.order).toMatchObject({ state: 'handling', pending: null });
    walk.make('hang');
    expect(walk.order?.state).toBe('long-term');
  });

  test('what was asked in time stays in time however long agreement takes', () => {
    const walk = orderIn('dispatched');
    const until = { returnUntil: walk.now + 120_000 };
    const { event } = walk.try('ask-return', hand('unit-operator'), enough, until);
    expect(event?.step).toBe('asked');
    walk.act('ask-return', hand('unit-operator'));
    walk.now += 86_400_000;
    expect(walk.try('agree', hand('unit-leader'), {}, until).event?.step).toBe('done');
    expect(
      orderIn('dispatched').try('ask-return', hand('unit-operator'), enough, { returnUntil: 0 })
        .refusal,
    ).toBe('too-late');
  });
});

describe('people and units', () => {
  test('a refused return goes back to the person who had it at the unit', () => {
    const walk = orderIn('handling').make('ask-return');
    expect(walk.order?.responsible).toBe('duty-dispatcher');
    walk.make('refuse-return', { why: '职责明确' });
    expect(walk.order).toMatchObject({
      state: 'handling',
      responsible: 'somebody',
      improperReturns: 1,
    });
  });

  test('passed down, the units below act on it, and their neighbours do not', () => {
    const walk = orderIn('handling');
    const below = { ...hand('unit-operator'), unitId: 'traffic/east' };
    expect(walk.try('reply', below).refusal).toBe('not-your-unit');
    walk.act('assign', hand('unit-operator'), { owner: 'wu', handlingUnitId: 'traffic/east' });
    walk.act('contact', below).act('reply', below);
    expect(walk.order).toMatchObject({ state: 'unit-approval', leadUnitId: 'traffic' });
    const neighbour = { ...hand('unit-leader'), unitId: 'traffic/west' };
    expect(walk.try('approve-reply', neighbour).refusal).toBe('not-your-unit');
    expect(
      orderIn('handling').try('assign', hand('unit-leader'), {
        owner: 'x',
        handlingUnitId: 'water',
      }).refusal,
    ).toBe('not-your-unit');
  });

  test('co-units report before the lead unit replies', () => {
    const walk = orderIn('handling');
    walk.act('assign', hand('unit-operator'), { coUnitIds: ['water', 'gas'] });
    walk.act('contact', hand('unit-operator'));
    for (const unitId of ['water', 'gas']) {
      expect(walk.try('reply', hand('unit-operator')).refusal).toBe('co-units-missing');
      walk.act('co-reply', { ...hand('unit-operator'), unitId });
    }
    expect(walk.act('reply', hand('unit-operator')).order?.state).toBe('unit-approval');
  });

  test('never to the unit complained about', () => {
    const walk = new Walk().act('open', hand('agent'), {
      request: { ...request, againstUnitId: 'traffic' },
    });
    walk.make('submit').make('review');
    expect(walk.try('dispatch', hand('dispatcher')).refusal).toBe('against-itself');
  });
});
