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

describe('who sees what', () => {
  test('a unit sees its own orders and learns nothing of others', () => {
    const id = dispatched(house);
    expect(house.reading.list({ view: 'mine', limit: 50 }, as('unit-operator'))).toHaveLength(1);
    const stranger = as('unit-operator', 'water-operator');
    expect(house.reading.list({ view: 'all', limit: 50 }, stranger)).toEqual([]);
    expect(() => house.reading.one(id, stranger)).toThrow('Not found');
    expect(() => house.reading.one(id, as('unit-operator', 'nobody'))).toThrow('Not found');
    expect(() => house.reading.one(id, as('admin'))).toThrow('Not found');
  });

  test('numbers are masked in every field; a sealed party is not shown below the deciding parts', () => {
    const id = replied(house);
    const seen = house.reading.one(id, as('unit-operator'));
    expect(seen).toMatchObject({
      callerMasked: '138****5678',
      callerName: '王女士',
      queryCode: null,
    });
    expect(JSON.stringify(seen)).not.toMatch(/13812345678|13987654321|13700001111/);
    const sealed = house.orders.open({ ...lamp, confidential: true }, as('agent'));
    house.act(sealed.id, { do: 'submit' }, as('agent'));
    house.act(sealed.id, { do: 'dispatch', unitId: 'traffic' }, as('dispatcher'));
    const hidden = house.reading.one(sealed.id, as('unit-operator'));
    expect(hidden).toMatchObject({ callerMasked: '', callerName: '', sealed: true });
    expect(() => house.reading.reveal(sealed.id, '联系', as('unit-operator'))).toThrow(
      'Not permitted',
    );
    expect(house.reading.one(sealed.id, as('dispatcher')).callerName).toBe('王女士');
  });

  test('a unit learns a number only while it has the order, and says why in a sentence', () => {
    const id = replied(house);
    const why = '上门维修，约定时间无人应答';
    const reveal = (reason: string, who = as('unit-operator')) =>
      house.reading.reveal(id, reason, who);
    expect(() => reveal(why), 'it has replied').toThrow('Not permitted');
    expect(reveal('回访', as('visitor'))).toBe('13812345678');
    const mine = dispatched(house);
    expect(() => house.reading.reveal(mine, '联系诉求人', as('unit-operator'))).toThrow(
      'The input is not valid',
    );
    expect(house.reading.reveal(mine, why, as('unit-leader'))).toBe('13812345678');
    expect(house.audited.filter(({ action }) => action === 'order.number-revealed')).toHaveLength(
      2,
    );
  });

  test('every look is on the record', () => {
    const id = dispatched(house);
    house.reading.one(id, as('unit-operator'));
    const why = '上门维修，约定时间无人应答';
    expect(house.reading.reveal(id, why, as('unit-operator'))).toBe('13812345678');
    const viewers = house.reading.viewers(id, as('supervisor'));
    expect(viewers.map(({ act, person, unit, why }) => [act, person, unit, why])).toEqual([
      ['reveal', 'unit-operator’s name', 'traffic unit', why],
      ['view', 'unit-operator’s name', 'traffic unit', ''],
    ]);
    expect(house.audited.map(({ action }) => action)).toEqual(['order.number-revealed']);
    expect(JSON.stringify(house.audited)).not.toContain('13812345678');
  });

  test('the citizen follows it with number and code, without people and inner steps', () => {
    const id = replied(house);
    house.act(id, { do: 'accept-reply' }, as('reviewer'));
    const { number, queryCode } = house.orders.find(id);
    const ask = (code: string) => house.citizens.find(number ?? '', code, { address: '1' });
    const seen = house.citizens.look(ask(queryCode ?? ''), '1', '');
    expect(seen.timeline.map(({ what }) => what)).toEqual([
      '提交',
      '自动派单',
      '签收',
      '联系诉求人',
      '审核通过',
    ]);
    expect(seen.timeline.at(-1)?.text).toBe('已修复，如有问题请拨 137****1111');
    expect(JSON.stringify(seen)).not.toMatch(/’s name|unit|王女士|13700001111/);
    expect(() => ask('x')).toThrow('Not found');
  });

  test('a viewer is told only the moves that are theirs', () => {
    const id = dispatched(house);
    const moves = (...who: Parameters<typeof as>) => house.reading.one(id, as(...who)).moves;
    expect(moves('unit-operator')).toEqual(['sign', 'ask-return', 'on-site']);
    expect(moves('dispatcher')).toEqual(['merge']);
    expect(moves('agent')).toEqual(['withdraw', 'urge', 'supplement']);
    expect(moves('city-leader')).toEqual(['instruct']);
  });
});

describe('the chain', () => {
  test('names the row that was changed or is missing', () => {
    replied(house);
    expect(house.chain.verify()).toEqual({ ok: true, rows: 7 });
    const { sql } = house.store;
    expect(() => sql.exec("UPDATE order_events SET body = '{}' WHERE seq = 4")).toThrow(
      'never changed',
    );
    expect(() => sql.exec('DELETE FROM order_events WHERE seq = 7')).toThrow('never removed');
    sql.exec('DROP TRIGGER order_events_no_update; DROP TRIGGER order_events_no_delete');
    sql.exec('DELETE FROM order_events WHERE seq = 7');
    expect(house.chain.verify()).toEqual({ ok: false, seq: 7, why: 'missing' });
    sql.exec("UPDATE order_events SET personId = 'somebody else' WHERE seq = 4");
    expect(house.chain.verify()).toEqual({ ok: false, seq: 4, why: 'changed' });
  });

  test('the rows for lists are what the events say', async () => {
    const id = replied(house);
    const { fold } = await import('../../src/order-rules/fold.ts');
    const folded = house.chain
      .of(id)
      .reduce<Parameters<typeof fold>[0]>(
        (order, { seq: _seq, ip: _ip, ...event }) => fold(order, event),
        null,
      );
    expect(house.orders.find(id).folded).toEqual(folded);
  });
});

test('lists: what burns first at the top, behind it what no clock runs for, the newest first', async () => {
  const house = buildHouse();
  const drafts = [house.orders.open(lamp, as('agent')).id];
  await house.clock.advance(1_000);
  drafts.push(house.orders.open(lamp, as('agent')).id);
  const later = dispatched(house);
  const elsewhere = house.orders.open(
    { ...lamp, matter: 'M905', urgency: 'emergency' },
    as('agent'),
  ).id;
  house.act(elsewhere, { do: 'submit' }, as('agent'));
  const ids = (query: object, who = as('dispatcher')) =>
    house.reading.list({ view: 'all', limit: 50, ...query }, who).map(({ id }) => id);
  expect(ids({})).toEqual([elsewhere, later, ...drafts.toReversed()]);
  expect(ids({ limit: 3 })).toEqual([elsewhere, later, drafts[1]]);
  expect(ids({ state: 'draft' })).toEqual(drafts.toReversed());
  expect(ids({ state: 'dispatched', limit: 1 })).toEqual([elsewhere]);
  expect(ids({}, as('unit-operator'))).toEqual([later]);
  house.act(later, { do: 'withdraw', why: '来电人撤回', callId: 'call-1' }, as('agent'));
  expect(ids({}, as('unit-operator'))).toEqual([later]);
  expect(ids({ view: 'mine' }, as('unit-operator'))).toEqual([]);
});
