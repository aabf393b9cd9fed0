import { beforeEach, describe, expect, test } from 'vitest';
import { as, buildHouse, dispatched, type House, lamp, replied } from './rig.ts';

let house: House;
beforeEach(() => {
  house = buildHouse();
});

const day = 86_400_000;
const stateOf = (id: string) => house.orders.find(id).state;

describe('the way of an order', () => {
  test('from the call to the archive, every step by whose part it is', async () => {
    const id = replied(house);
    expect(stateOf(id)).toBe('reply-check');
    house.act(id, { do: 'accept-reply' }, as('reviewer'));
    house.act(id, { do: 'close', satisfied: true }, as('visitor'));
    expect(stateOf(id)).toBe('closed');
    house.wake();
    expect(stateOf(id)).toBe('closed');
    await house.clock.advance(11 * day);
    house.wake();
    expect(house.orders.find(id)).toMatchObject({ state: 'archived', responsible: null });
    const moves = house.chain.of(id).map(({ move, by }) => `${by.actor} ${move}`);
    expect(moves).toEqual([
      'agent open',
      'agent submit',
      'system dispatch-by-rule',
      'unit-operator sign',
      'unit-operator contact',
      'unit-operator reply',
      'unit-leader approve-reply',
      'reviewer accept-reply',
      'visitor close',
      'system archive',
    ]);
  });

  test('has a number, a query code, a pack and clocks when it is accepted', () => {
    const row = house.orders.find(dispatched(house));
    expect(row.number).toMatch(/^20260507090000\d{4}$/);
    expect(row.queryCode).toMatch(/^\d{8}$/);
    expect(row.folded).toMatchObject({
      pack: 'general-1515@1',
      leadUnitId: 'traffic',
      responsible: 'traffic-duty',
    });
    const dues = row.folded.clocks
      .filter(({ stoppedAt }) => stoppedAt === null)
      .map(({ kind, dueAt }) => [kind, new Date(dueAt + 8 * 3_600_000).toISOString().slice(0, 10)]);
    // Thursday 7 May; Saturday 9 May 2026 is a working day. 24:00 is the next day's 0:00.
    expect(dues).toEqual([
      ['sign', '2026-05-09'],
      ['reply', '2026-05-14'],
    ]);
  });

  test('who signs and names nobody takes it on; back at the hotline the first receiver answers', () => {
    const id = dispatched(house);
    house.act(id, { do: 'sign' }, as('unit-operator'));
    expect(house.orders.find(id).folded.responsible).toBe('unit-operator');
    house.act(id, { do: 'contact', proof: '已通话' }, as('unit-operator'));
    house.act(id, { do: 'reply', publicReply: '已修复' }, as('unit-operator'));
    house.act(id, { do: 'approve-reply' }, as('unit-leader'));
    expect(house.orders.find(id).folded.responsible).toBe('agent');
  });

  test('silence is acceptance, by the unit’s person on duty', async () => {
    const id = dispatched(house);
    await house.clock.advance(day);
    house.wake();
    expect(stateOf(id)).toBe('dispatched');
    await house.clock.advance(day);
    house.wake();
    expect(house.orders.find(id)).toMatchObject({ state: 'handling', responsible: 'traffic-duty' });
    expect(house.chain.of(id).at(-1)).toMatchObject({
      move: 'deem-accepted',
      by: { actor: 'system' },
    });
  });

  test('without a rule, and whatever is sealed, a person dispatches', () => {
    const unknown = house.orders.open({ ...lamp, matter: 'M999' }, as('agent'));
    house.act(unknown.id, { do: 'submit' }, as('agent'));
    expect(stateOf(unknown.id)).toBe('review');
    const report = house.orders.open({ ...lamp, type: 'report' }, as('agent'));
    house.act(report.id, { do: 'submit' }, as('agent'));
    expect(house.orders.find(report.id)).toMatchObject({ state: 'review', sealed: true });
    house.act(report.id, { do: 'dispatch', unitId: 'water' }, as('dispatcher'));
    expect(house.orders.find(report.id)).toMatchObject({
      state: 'dispatched',
      leadUnitId: 'water',
    });
  });

  test('a rule of the whole city serves every area, and its co-units come with it', () => {
    const { id } = house.orders.open({ ...lamp, matter: 'M905' }, as('agent'));
    house.act(id, { do: 'submit' }, as('agent'));
    expect(house.orders.find(id).folded).toMatchObject({
      leadUnitId: 'water',
      coUnitIds: ['traffic'],
    });
  });

  test('what is refused leaves no trace and says why in both languages', () => {
    const id = dispatched(house);
    const before = house.chain.of(id);
    expect(() => house.act(id, { do: 'reply', publicReply: 'x' }, as('unit-operator'))).toThrow(
      /not possible in this state/,
    );
    expect(() =>
      house.act(id, { do: 'sign', owner: 'x' }, as('unit-operator', 'water-operator')),
    ).toThrow(/not with your unit/);
    expect(house.chain.of(id)).toEqual(before);
  });

  test('a return is signed by the unit’s leader and goes to another unit with a new clock', async () => {
    const id = dispatched(house);
    const wish = { ground: '非本单位职责', suggestedUnitId: 'water' };
    house.act(id, { do: 'ask-return', ...wish }, as('unit-operator'));
    expect(stateOf(id)).toBe('dispatched');
    await house.clock.advance(3_600_000);
    house.act(id, { do: 'agree' }, as('unit-leader'));
    expect(stateOf(id)).toBe('return-requested');
    house.act(id, { do: 'approve-return', unitId: 'water' }, as('dispatcher'));
    expect(house.orders.find(id).folded).toMatchObject({
      state: 'dispatched',
      leadUnitId: 'water',
      responsible: 'water-duty',
      hops: 2,
    });
  });

  test('an extension counts on from the last day, within the caps', () => {
    const id = dispatched(house);
    house.act(id, { do: 'sign', owner: 'unit-operator' }, as('unit-operator'));
    house.act(id, { do: 'extend', why: '须现场施工', workdays: 5 }, as('unit-operator'));
    house.act(id, { do: 'agree' }, as('unit-leader'));
    house.act(id, { do: 'agree' }, as('reviewer'));
    const reply = house.orders.find(id).folded.clocks.find(({ kind }) => kind === 'reply');
    expect(new Date((reply?.dueAt ?? 0) + 8 * 3_600_000).toISOString()).toBe(
      '2026-05-21T00:00:00.000Z',
    );
    const more = { do: 'extend', why: '还需时间', workdays: 6 } as const;
    expect(() => house.act(id, more, as('unit-operator'))).toThrow(/cap is reached/);
  });

  test('a short extension is the unit leader’s alone, where the pack says so; short ones in a row are long', () => {
    for (const pack of house.policies.packs) pack.extensions.aloneUpTo = 3;
    const id = dispatched(house);
    house.act(id, { do: 'sign', owner: 'unit-operator' }, as('unit-operator'));
    const extend = { do: 'extend', why: '待料', workdays: 2 } as const;
    house.act(id, extend, as('unit-operator'));
    house.act(id, { do: 'agree' }, as('unit-leader'));
    const folded = () => house.orders.find(id).folded;
    expect(folded()).toMatchObject({ extendedWorkdays: 2, extendedTimes: 1, pending: null });
    house.act(id, extend, as('unit-operator'));
    house.act(id, { do: 'agree' }, as('unit-leader'));
    expect(folded()).toMatchObject({ extendedWorkdays: 2, pending: { agreed: 1 } });
    house.act(id, { do: 'agree' }, as('reviewer'));
    expect(folded()).toMatchObject({ extendedWorkdays: 4, extendedTimes: 2, pending: null });
  });
});
