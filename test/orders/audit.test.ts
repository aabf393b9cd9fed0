import { beforeEach, expect, test } from 'vitest';
import { as, buildHouse, dispatched, type House, lamp, replied } from './rig.ts';

const day = 86_400_000;
let house: House;
beforeEach(() => {
  house = buildHouse();
});

/** What stands in the audit on an order: who, as what, what, and how far it went. */
const told = (id: string) =>
  house.audited
    .filter(({ subject }) => subject === `order:${id}`)
    .map(({ person, detail }) =>
      [person?.id, detail?.['as'], detail?.['move'], detail?.['step']].join(' '),
    );

test('what leaders and supervisors do to an order is in the audit, by whom and from where', () => {
  const id = dispatched(house);
  house.act(id, { do: 'sign', owner: 'unit-operator' }, as('unit-operator'));
  const until = house.clock.now() + day;
  house.act(id, { do: 'supervise', level: 1, why: '超时' }, as('supervisor'));
  house.act(id, { do: 'instruct', why: '请解决', until }, as('city-leader'));
  house.act(id, { do: 'unseal', why: '已公开', sealed: false }, as('data-protection'));
  house.act(id, { do: 'decline', why: '仍须保密' }, as('data-protection', 'second'));
  house.act(id, { do: 'extend', why: '待料', workdays: 2 }, as('unit-operator'));
  house.act(id, { do: 'agree' }, as('unit-leader'));
  expect(told(id)).toEqual([
    'supervisor 督办员 督办 done',
    'city-leader 市领导 批示 done',
    'data-protection 数据保护管理员 变更保密 asked',
    'second 数据保护管理员 变更保密 declined',
    'unit-leader 单位负责人 延期 agreed',
  ]);
  expect(house.audited.at(-1)).toMatchObject({
    action: 'order.moved',
    person: { name: 'unit-leader’s name' },
    ip: '10.1.1.1',
    detail: { number: house.orders.find(id).number },
  });
});

test('what the others and the house itself do stands in the order’s chain alone', async () => {
  const id = replied(house);
  expect(told(id)).toEqual(['unit-leader 单位负责人 审签答复 done']);
  house.act(id, { do: 'accept-reply' }, as('reviewer'));
  expect(told(id)).toHaveLength(1);
  const late = dispatched(house);
  await house.clock.advance(30 * day);
  house.wake();
  house.wake();
  expect(house.orders.find(late).folded.supervision, 'lifted by a rule').toBeGreaterThan(0);
  expect(told(late)).toEqual([]);
});

test('an act that is refused leaves nothing; orders of a meeting have each their own line', () => {
  const [one, two] = [dispatched(house), dispatched(house)];
  const supervisor = as('supervisor');
  expect(() => house.act(one, { do: 'supervise', level: 1 }, supervisor)).toThrow('no reason');
  expect(told(one)).toEqual([]);
  const meeting = { title: '联席会', at: house.clock.now(), place: '', attendees: '' };
  house.meetings.call({ ...meeting, orders: [one, two] }, supervisor);
  expect([one, two].map(told)).toEqual([
    ['supervisor 督办员 列入联席会议 done'],
    ['supervisor 督办员 列入联席会议 done'],
  ]);
});

test('a shift leader’s yes to what an agent asked is an act of the leader', () => {
  const { id } = house.orders.open(lamp, as('agent'));
  house.act(id, { do: 'refuse', ground: '不属受理范围' }, as('agent'));
  house.act(id, { do: 'agree' }, as('leader'));
  expect(told(id)).toEqual(['leader 值班长 不予受理 done']);
});
