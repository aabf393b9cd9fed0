import { beforeEach, describe, expect, test } from 'vitest';
import { registerSupervisionRoutes } from '../../src/orders/supervision-routes.ts';
import { openRoleServer } from '../support/role-server.ts';
import { as, buildHouse, dispatched, type House, lamp } from './rig.ts';

const day = 86_400_000;
let house: House;
beforeEach(() => {
  house = buildHouse();
});
const levelOf = (id: string) => house.orders.find(id).folded.supervision;
const last = (id: string) => house.chain.of(id).at(-1);

describe('by rule', () => {
  test('an order that is late rises by itself, at the moment and not before, to the third level', async () => {
    const id = dispatched(house);
    house.act(id, { do: 'sign', owner: 'unit-operator' }, as('unit-operator'));
    const due = house.orders.find(id).dueAt ?? 0;
    const reply = house.orders.find(id).folded.clocks.find(({ kind }) => kind === 'reply');
    expect(due).toBeLessThanOrEqual(reply?.dueAt ?? 0);
    await house.clock.advance((reply?.dueAt ?? 0) - house.clock.now());
    house.wake();
    expect(levelOf(id)).toBe(0);
    await house.clock.advance(1);
    house.wake();
    expect(levelOf(id)).toBe(1);
    expect(last(id)).toMatchObject({ move: 'supervise', data: { why: '超时未办结', level: 1 } });
    await house.clock.advance(3 * day);
    house.wake();
    expect(levelOf(id)).toBe(2);
    await house.clock.advance(7 * day);
    house.wake();
    expect(levelOf(id)).toBe(3);
    const count = house.chain.of(id).length;
    await house.clock.advance(30 * day);
    house.wake();
    expect(house.chain.of(id), 'no higher, and nothing said twice').toHaveLength(count);
    expect(house.chain.verify().ok).toBe(true);
  });

  test('three urgings, and three orders merged into it', () => {
    const id = dispatched(house);
    for (let n = 0; n < 3; n += 1) house.act(id, { do: 'urge' }, as('agent'));
    expect(last(id)).toMatchObject({ move: 'supervise', data: { why: '三次催办' } });
    const master = dispatched(house);
    for (let n = 0; n < 3; n += 1) {
      const { id: repeat } = house.orders.open(
        { ...lamp, callerNumber: `1390000000${n}` },
        as('agent'),
      );
      house.act(repeat, { do: 'submit' }, as('agent'));
      const { state } = house.orders.find(repeat);
      expect(['accepted', 'dispatched']).toContain(state);
      house.act(repeat, { do: 'merge', masterId: master }, as('dispatcher'));
    }
    expect(last(master)).toMatchObject({ move: 'supervise', data: { why: '三件以上重复反映' } });
  });

  test('silence is still acceptance beside it', async () => {
    const id = dispatched(house);
    await house.clock.advance(2 * day);
    house.wake();
    expect(house.orders.find(id).state).toBe('handling');
  });
});

describe('an instruction (批示)', () => {
  const until = () => house.clock.now() + 2 * day;
  const taskOf = (id: string) => house.orders.find(id).folded.tasks.at(-1);

  test('is on the board until it is answered, comes back when the answer is not enough, and is settled', () => {
    const id = dispatched(house);
    house.act(id, { do: 'sign', owner: 'unit-operator' }, as('unit-operator'));
    house.act(
      id,
      { do: 'instruct', why: '请三日内解决，致电 13600001111', until: until() },
      as('city-leader'),
    );
    const board = () => house.board.board().tasks;
    expect(board()).toMatchObject([
      {
        orderId: id,
        text: '请三日内解决，致电 136****1111',
        unit: 'traffic unit',
        givenBy: 'city-leader’s name',
      },
    ]);
    const { id: taskId = '' } = taskOf(id) ?? {};
    const answer = () =>
      house.act(id, { do: 'feedback', taskId, why: '已安排' }, as('unit-operator'));
    answer();
    expect(board()).toEqual([]);
    expect(() =>
      house.act(id, { do: 'settle', taskId, settled: false }, as('city-leader')),
    ).toThrow();
    house.act(id, { do: 'settle', taskId, settled: false, why: '请写明日期' }, as('city-leader'));
    expect(board()).toHaveLength(1);
    answer();
    house.act(id, { do: 'settle', taskId, settled: true }, as('city-leader'));
    expect(house.reading.one(id, as('unit-leader')).tasks).toMatchObject([
      { feedback: { text: '已安排' }, closedAt: house.clock.now() },
    ]);
    expect(answer, 'settled').toThrow('no such instruction');
  });

  test('that nobody answers in time lifts the order', async () => {
    const id = dispatched(house);
    house.act(id, { do: 'sign', owner: 'unit-operator' }, as('unit-operator'));
    house.act(id, { do: 'instruct', why: '请解决', until: until() }, as('supervisor'));
    await house.clock.advance(2 * day + 1);
    house.wake();
    expect(last(id)).toMatchObject({ data: { level: 2, why: '批示或会议决定逾期未反馈' } });
  });

  test('units and agents give none, and other units do not answer', () => {
    const id = dispatched(house);
    const instruct = { do: 'instruct', why: '请解决', until: until() } as const;
    for (const role of ['unit-leader', 'agent', 'dispatcher'] as const)
      expect(() => house.act(id, instruct, as(role))).toThrow('not yours');
    house.act(id, instruct, as('city-leader'));
    const feedback = { do: 'feedback', taskId: taskOf(id)?.id, why: '好' } as const;
    expect(() => house.act(id, feedback, as('unit-operator', 'water-operator'))).toThrow(
      'not with your unit',
    );
  });
});

test('what was found on the spot is in the order, with time, place, people and photographs', () => {
  const id = dispatched(house);
  const site = {
    at: house.clock.now(),
    place: '天河路口',
    position: { lat: 23.13, lng: 113.32 },
    parties: '交警支队、报案人 13600001111',
    fileIds: ['photo'],
  };
  const act = () => house.act(id, { do: 'on-site', why: '灯已修好', site }, as('supervisor'));
  expect(act, 'a photograph that is no file of the order').toThrow();
  house.act(
    id,
    { do: 'on-site', why: '灯已修好', site: { ...site, fileIds: [] } },
    as('supervisor'),
  );
  const { timeline } = house.reading.one(id, as('unit-operator'));
  expect(timeline.at(-1)).toMatchObject({
    move: 'on-site',
    why: '灯已修好',
    site: { place: '天河路口', parties: '交警支队、报案人 136****1111', position: { lat: 23.13 } },
  });
});

test('a long-term order has a plan and a day; the review moves the day; the board lists it', () => {
  const id = dispatched(house);
  house.act(id, { do: 'sign', owner: 'unit-operator' }, as('unit-operator'));
  const until = house.clock.now() + 30 * day;
  house.act(id, { do: 'hang', plan: '明年改造', until }, as('unit-leader'));
  house.act(id, { do: 'agree' }, as('supervisor'));
  const plans = () => house.board.board().plans;
  expect(plans()).toMatchObject([{ id, plan: '明年改造', reviewAt: until }]);
  house.act(id, { do: 'look-again', why: '材料已到', until: until + day }, as('unit-leader'));
  expect(plans()).toMatchObject([{ plan: '明年改造', reviewAt: until + day }]);
});

test('the doors: board and meetings are for those who supervise and lead the city', async () => {
  dispatched(house);
  const { app, ask } = await openRoleServer((server) => registerSupervisionRoutes(server, house));
  const status = async (url: string, role: string) =>
    (await ask('GET', url, undefined, role)).statusCode;
  expect(await status('/api/supervision', 'supervisor')).toBe(200);
  expect(await status('/api/supervision', 'city-leader')).toBe(200);
  expect(await status('/api/supervision', 'unit-leader')).toBe(403);
  expect(await status('/api/supervision/meetings', 'agent')).toBe(403);
  await app.close();
});
