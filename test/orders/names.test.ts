import { expect, test } from 'vitest';
import { catalogue } from '../../src/order-rules/catalogue.ts';
import { areaPath, matterPath } from '../../src/order-rules/catalogue-names.ts';
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
