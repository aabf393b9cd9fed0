import { describe, expect, test } from 'vitest';
import { guards, type Refusal, refusals } from '../../src/order-rules/guards.ts';
import type { MoveName } from '../../src/order-rules/moves.ts';
import type { NoteName } from '../../src/order-rules/notes.ts';
import type { MoveData, Order } from '../../src/order-rules/order.ts';
import type { OrderState } from '../../src/order-rules/words.ts';
import { desk, enough, hand, orderIn } from './rig.ts';

const { satisfied: _, ...undecided } = enough;
const without = (...keys: (keyof MoveData)[]): MoveData =>
  Object.fromEntries(Object.entries(enough).filter(([key]) => !keys.some((each) => each === key)));

interface Case {
  move: MoveName | NoteName;
  state: OrderState;
  says: Refusal;
  data?: MoveData;
  order?: Partial<Order>;
  around?: object;
  by?: Parameters<typeof hand>[0];
}

const cases: Case[] = [
  { move: 'answer', state: 'draft', says: 'not-a-question', order: { type: 'help' } },
  { move: 'answer', state: 'draft', says: 'cites-nothing', data: without('citesItem') },
  { move: 'submit', state: 'draft', says: 'not-complete', data: without('complete') },
  { move: 'refuse', state: 'draft', says: 'no-ground', data: without('ground') },
  { move: 'merge', state: 'accepted', says: 'merged-into-itself', data: { masterId: 'order' } },
  { move: 'dispatch-by-rule', state: 'accepted', says: 'no-unit', data: without('unit') },
  { move: 'dispatch-by-rule', state: 'accepted', says: 'sealed', order: { sealed: true } },
  {
    move: 'dispatch-by-rule',
    state: 'accepted',
    says: 'not-sure-enough',
    data: { ...enough, confidence: 0.89 },
  },
  {
    move: 'dispatch',
    state: 'review',
    says: 'against-itself',
    order: { againstUnitId: 'traffic' },
  },
  { move: 'hand-outside', state: 'accepted', says: 'no-ground', data: without('ground') },
  { move: 'outside-result', state: 'external', says: 'no-proof', data: without('proof') },
  { move: 'outside-refused', state: 'external', says: 'no-reason', data: without('why') },
  { move: 'sign', state: 'dispatched', says: 'no-owner', data: without('owner') },
  { move: 'deem-accepted', state: 'dispatched', says: 'not-yet' },
  { move: 'ask-return', state: 'handling', says: 'no-ground', data: without('ground') },
  { move: 'ask-return', state: 'handling', says: 'no-unit', data: without('suggestedUnitId') },
  { move: 'ask-return', state: 'handling', says: 'ruled', order: { ruled: true } },
  { move: 'ask-return', state: 'handling', says: 'too-late', around: { returnUntil: 0 } },
  { move: 'approve-return', state: 'return-requested', says: 'same-unit' },
  {
    move: 'approve-return',
    state: 'return-requested',
    says: 'third-hop',
    data: { unit: { id: 'water', duty: 'x' } },
    order: { hops: 3 },
  },
  { move: 'refuse-return', state: 'return-requested', says: 'no-reason', data: without('why') },
  { move: 'call-dispute', state: 'return-requested', says: 'not-yet' },
  { move: 'rule', state: 'dispute', says: 'no-ground', data: without('ground') },
  { move: 'assign', state: 'handling', says: 'no-owner', data: {} },
  { move: 'extend', state: 'handling', says: 'cap-reached', data: { ...enough, workdays: 11 } },
  { move: 'extend', state: 'handling', says: 'cap-reached', order: { extendedTimes: 2 } },
  { move: 'extend', state: 'handling', says: 'too-late', around: { now: 2e12 } },
  {
    move: 'extend',
    state: 'handling',
    says: 'too-late',
    around: { extensionCutOff: { passed: true } },
  },
  { move: 'hang', state: 'handling', says: 'no-plan', data: without('plan') },
  { move: 'take-up', state: 'long-term', says: 'no-reason', data: without('why') },
  { move: 'reply', state: 'handling', says: 'not-contacted' },
  {
    move: 'reply',
    state: 'handling',
    says: 'no-reply',
    order: { contacted: true },
    data: without('publicReply'),
  },
  { move: 'unit-sends-back', state: 'unit-approval', says: 'no-reason', data: {} },
  { move: 'check-sends-back', state: 'reply-check', says: 'no-reason', data: {} },
  {
    move: 'accept-reply',
    state: 'reply-check',
    says: 'needs-a-person',
    order: { type: 'complaint' },
    by: 'system',
  },
  { move: 'close', state: 'visit', says: 'not-satisfied', data: undecided, by: 'visitor' },
  { move: 'close', state: 'visit', says: 'not-satisfied', by: 'system' },
  {
    move: 'close',
    state: 'visit',
    says: 'not-satisfied',
    data: { ...enough, rating: 2 },
    by: 'visitor',
  },
  {
    move: 'close',
    state: 'visit',
    says: 'tries-missing',
    data: { notReached: true },
    by: 'visitor',
  },
  { move: 'merged-visit', state: 'merged', says: 'tries-missing', data: { notReached: true } },
  { move: 'visit-try', state: 'visit', says: 'no-tried', data: without('tried') },
  {
    move: 'visit-try',
    state: 'visit',
    says: 'no-date',
    data: { tried: 'call-later', until: 1 },
  },
  { move: 'relay', state: 'handling', says: 'no-relay', data: without('relay') },
  {
    move: 'relay',
    state: 'handling',
    says: 'party-sealed',
    order: { sealed: true },
  },
  {
    move: 'relay',
    state: 'handling',
    says: 'called-too-often',
    order: { relays: Array.from({ length: 5 }, () => ({ callId: 'call', at: 9e12 })) },
  },
  { move: 'visit-call', state: 'visit', says: 'no-relay', data: without('relay') },
  { move: 'withdraw', state: 'handling', says: 'no-call', data: without('callId') },
  { move: 'ask-rework', state: 'visit', says: 'not-dissatisfied' },
  { move: 'redispatch', state: 'rework', says: 'no-unit', data: without('unit') },
  { move: 'close-as-final', state: 'visit', says: 'no-proof', data: without('proof') },
  { move: 'archive', state: 'closed', says: 'not-yet' },
  { move: 'archive', state: 'external', says: 'no-proof', data: without('proof') },
  { move: 'reopen', state: 'closed', says: 'no-ground', data: without('ground') },
  { move: 'supervise', state: 'handling', says: 'not-higher', order: { supervision: 1 } },
  { move: 'instruct', state: 'handling', says: 'no-reason', data: {} },
  {
    move: 'urge',
    state: 'handling',
    says: 'urged-today',
    order: { urgedAt: 1_700_000_000_000 },
    by: 'citizen',
  },
  { move: 'supplement', state: 'handling', says: 'no-reason', data: {} },
  { move: 'ask-withdrawal', state: 'handling', says: 'no-reason', data: {} },
  {
    move: 'ask-withdrawal',
    state: 'handling',
    says: 'withdrawal-asked',
    order: { withdrawal: { at: 0, why: '已解决' } },
  },
  {
    move: 'refuse-withdrawal',
    state: 'handling',
    says: 'no-reason',
    data: {},
    order: { withdrawal: { at: 0, why: '已解决' } },
  },
  { move: 'rate', state: 'visit', says: 'no-rating', data: {} },
  {
    move: 'rate',
    state: 'visit',
    says: 'rated-already',
    order: { rated: { at: 0, rating: 5, solved: null } },
  },
  { move: 'hang', state: 'handling', says: 'no-date', data: without('until') },
  { move: 'instruct', state: 'handling', says: 'no-date', data: { ...enough, until: 1 } },
  { move: 'feedback', state: 'handling', says: 'no-task' },
  { move: 'settle', state: 'handling', says: 'no-task' },
  { move: 'settle', state: 'handling', says: 'no-reason', data: { settled: false } },
  { move: 'on-site', state: 'handling', says: 'no-place', data: without('site') },
  { move: 'agenda', state: 'handling', says: 'no-meeting', data: {} },
  { move: 'meeting-moved', state: 'handling', says: 'no-date', data: { ...enough, until: 1 } },
  { move: 'meeting-cancelled', state: 'closed', says: 'no-reason', data: without('why') },
  { move: 'decision', state: 'handling', says: 'no-reason', data: {} },
  { move: 'decision', state: 'handling', says: 'no-date', data: { ...enough, until: 1 } },
  { move: 'look-again', state: 'long-term', says: 'no-date', data: without('until') },
  { move: 'unseal', state: 'closed', says: 'no-reason', data: {} },
];

describe('a guard', () => {
  test.each(cases)('$move: $says', ({ move, state, says, data = enough, order, around, by }) => {
    const walk = orderIn(state);
    if (walk.order) walk.order = { ...walk.order, ...order };
    const said = (guards[move] ?? [])
      .map(
        (guard) =>
          walk.order &&
          guard(walk.order, data, { ...desk(walk.now), ...around }, hand(by ?? 'agent')),
      )
      .filter((each) => each !== null);
    expect(said).toContain(says);
  });

  test('each guarded move has a case here', () => {
    const covered = new Set(cases.map(({ move }) => move));
    expect(Object.keys(guards).filter((name) => !covered.has(name as MoveName))).toEqual([]);
  });

  test('every reason speaks both languages', () => {
    for (const { zh, en } of Object.values(refusals)) {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).toMatch(/^[\p{L}' ’-]+$/u);
    }
  });
});
