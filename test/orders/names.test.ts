import { expect, test } from 'vitest';
import { catalogue } from '../../src/order-rules/catalogue.ts';
import { areaPath, matterPath } from '../../src/order-rules/catalogue-names.ts';
import { ruleIn } from '../../src/orders/dispatch.ts';
import { as, buildHouse, dispatched } from './rig.ts';

const city = catalogue.parse({
  matters: [
    {
      code: 'M504',
      name: '井盖缺失',
      group: '城市管理',
      type: 'help',
      points: [
        { code: 'M504-1', name: '井盖缺失' },
        { code: 'M504-2', name: '井盖松动异响' },
      ],
    },
  ],
  areas: [
    { code: '4401', name: '示例市' },
    { code: '440105', name: '天河区' },
    { code: '440105001', name: '兴华街道' },
  ],
});

test.each([
  ['M504', null, '城市管理 / 井盖缺失'],
  ['M504', 'M504-1', '城市管理 / 井盖缺失'],
  ['M504', 'M504-2', '城市管理 / 井盖缺失 / 井盖松动异响'],
  ['M504', 'M504-9', '城市管理 / 井盖缺失'],
  ['M999', null, 'M999'],
] as const)('matter %s %s is called %s', (code, point, name) => {
  expect(matterPath(city, code, point)).toBe(name);
});

test.each([
  ['440105001', '天河区 / 兴华街道'],
  ['440105001002', '天河区 / 兴华街道'],
  ['440105', '天河区'],
  ['4401', '示例市'],
  ['440999', '440999'],
  ['', ''],
])('area %s is called %s', (code, name) => {
  expect(areaPath(city, code)).toBe(name);
});

test('an order shows them wherever it is shown, by the catalogue it was taken down with', () => {
  const house = buildHouse();
  const id = dispatched(house);
  const named = { matter: 'M704', matterPath: '交通出行 / 信号灯故障', areaPath: '440105' };
  expect(house.reading.one(id, as('agent'))).toMatchObject(named);
  expect(house.reading.list({ view: 'all', limit: 50 }, as('agent'))).toMatchObject([named]);
  expect(house.reading.list({ view: 'mine', limit: 50 }, as('unit-operator'))).toMatchObject([
    named,
  ]);
});

test('the rule that dispatched it is called by names, too; what people write stays as it is', () => {
  const house = buildHouse();
  const id = dispatched(house);
  const dispatch = () =>
    house.reading.one(id, as('agent')).timeline.find(({ move }) => move === 'dispatch-by-rule');
  expect(house.chain.of(id)).toContainEqual(
    expect.objectContaining({ data: expect.objectContaining({ why: 'M704 × 440105' }) }),
  );
  expect(dispatch()).toMatchObject({
    why: '',
    rule: { matter: '交通出行 / 信号灯故障', area: '440105' },
  });
  const why = 'M704 × 440105';
  house.act(id, { do: 'instruct', why, until: house.clock.now() + 1 }, as('city-leader'));
  expect(house.reading.one(id, as('agent')).timeline.at(-1)).toMatchObject({ why, rule: null });
});

test.each([
  ['M704 × 440105', { matter: 'M704', area: '440105' }],
  ['M704 × 全市', { matter: 'M704', area: '' }],
  ['无匹配规则', null],
  ['逾期 × 三次', null],
  ['a × b × 440105', null],
])('the words of a rule: %s', (words, rule) => {
  expect(ruleIn(words)).toEqual(rule);
});
