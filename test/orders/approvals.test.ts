import { beforeEach, expect, test } from 'vitest';
import { Approvals } from '../../src/orders/approvals.ts';
import { registerApprovalRoutes } from '../../src/orders/approvals-routes.ts';
import { openRoleServer } from '../support/role-server.ts';
import { as, buildHouse, dispatched, type House } from './rig.ts';

let house: House;
let approvals: Approvals;
beforeEach(() => {
  house = buildHouse();
  approvals = new Approvals(house);
});

function withReply(publicReply: string): string {
  const id = dispatched(house);
  const operator = as('unit-operator');
  house.act(id, { do: 'sign' }, operator);
  house.act(id, { do: 'contact', proof: '已通话' }, operator);
  house.act(id, { do: 'reply', publicReply }, operator);
  return id;
}

test('each reply that waits shows its risk; who may say yes says it to many at once', () => {
  const sound = withReply('经现场核实，信号灯控制板损坏，已于今日 16 时更换。');
  const risky = withReply('已更换，保证不再出现故障，详情致电 13812345678。');
  const waiting = approvals.waiting(as('unit-leader'));
  const faults = new Map(
    waiting.map(({ id, reply }) => [id, reply?.findings.map(({ fault }) => fault)]),
  );
  expect(faults.get(sound)).toEqual([]);
  expect(faults.get(risky)).toEqual(['over-promise', 'number-leaked']);
  expect(JSON.stringify(waiting)).not.toContain('13812345678');
  const done = approvals.approve([sound, risky, dispatched(house)], as('unit-leader'));
  expect(done.map(({ refused }) => refused?.zh ?? 'yes')).toEqual([
    'yes',
    'yes',
    expect.stringContaining('当前状态不允许'),
  ]);
  expect(approvals.waiting(as('reviewer')).map(({ id }) => id)).toEqual([sound, risky]);
  expect(approvals.waiting(as('visitor'))).toEqual([]);
  expect(() => approvals.approve([sound], as('visitor'))).toThrow();
});

test('a unit’s leader is shown and approves nothing of another unit', () => {
  const id = withReply('经现场核实，已于今日 16 时更换。');
  house.units.assign('water-leader', 'water');
  const stranger = as('unit-leader', 'water-leader');
  expect(approvals.waiting(stranger)).toEqual([]);
  expect(approvals.approve([id], stranger)[0]?.refused?.en).toContain('not with your unit');
  expect(() => approvals.check(id, '', stranger)).toThrow();
});

test('a reply is looked over while it is written', async () => {
  const server = await openRoleServer((app) => registerApprovalRoutes(app, approvals));
  const id = withReply('经现场核实，已于今日 16 时更换。');
  house.units.assign('p1', 'traffic');
  const ask = (publicReply: string) =>
    server.ask('POST', `/api/orders/${id}/reply-checks`, { publicReply }, 'unit-operator');
  expect((await ask('该路口不属于我局职责范围，已于今日告知。')).json()).toEqual({
    findings: [{ fault: 'shirking', words: '不属于我局职责' }],
  });
  const all = await server.ask('GET', '/api/orders/approvals', undefined, 'unit-leader');
  expect(all.json().rows).toMatchObject([{ id, reply: { findings: [] } }]);
  await server.app.close();
});
