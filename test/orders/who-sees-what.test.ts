import { beforeEach, describe, expect, test } from 'vitest';
import { as, buildHouse, dispatched, type House, lamp, replied } from './rig.ts';

let house: House;
beforeEach(() => {
  house = buildHouse();
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
