import { beforeEach, describe, expect, test } from 'vitest';
import { registerSupervisionRoutes } from '../../src/orders/supervision-routes.ts';
import { openRoleServer } from '../support/role-server.ts';
import { as, buildHouse, dispatched, type House, lamp } from './rig.ts';

const day = 86_400_000;
let house: House;
beforeEach(() => {
  house = buildHouse();
});

const supervisor = as('supervisor');
const given = () => ({
  title: '噪声扰民联席会',
  at: house.clock.now() + day,
  place: '三楼，联系 13600001111',
  attendees: '交警、水务',
});
const call = (...orders: string[]) => house.meetings.call({ ...given(), orders }, supervisor);
type Held = Parameters<House['meetings']['hold']>[1];
const hold = (id: string, ...decisions: Held['decisions']) =>
  house.meetings.hold(id, { minutes: '会议决定如下', decisions }, supervisor);
const last = (id: string) => house.chain.of(id).at(-1);
const foldedOf = (id: string) => house.orders.find(id).folded;

/** An order no unit wants, taken to those who supervise. */
function disputed(against: string | null = null): string {
  const { id } = house.orders.open({ ...lamp, againstUnitId: against }, as('agent'));
  // What repeats another order is not sent on by rule.
  house.act(id, { do: 'submit', masterId: dispatched(house) }, as('agent'));
  const dispute = { owner: 'supervisor', ground: '两家均称不归其管' };
  house.act(id, { do: 'call-dispute', ...dispute }, as('dispatcher'));
  return id;
}

describe('a joint meeting (联席会议)', () => {
  test('writes its decisions into every order: what, by when, with whom', () => {
    const [one, two] = [dispatched(house), dispatched(house)];
    house.act(one, { do: 'sign', owner: 'unit-operator' }, as('unit-operator'));
    const { number } = house.orders.find(two);
    const { id, orders, place } = call(one, number ?? '', two);
    expect(orders, 'by id, by number, and once').toMatchObject([
      { id: one, state: 'handling', leadUnit: 'traffic unit', mayDecide: true, mayRule: false },
      { id: two, number, decision: null, task: null },
    ]);
    expect(place).toBe('三楼，联系 136****1111');
    const until = house.clock.now() + 9 * day;
    const held = hold(
      id,
      { orderId: one, text: '交警牵头，水务配合', coUnitIds: ['water'], until },
      { orderId: two, text: '十日内答复' },
    );
    expect(held.heldAt).toBe(house.clock.now());
    const folded = foldedOf(one);
    expect(folded.coUnitIds).toEqual(['water']);
    expect(folded.clocks.find(({ kind }) => kind === 'reply')?.dueAt).toBe(until);
    expect(folded.tasks).toMatchObject([
      { kind: 'decision', text: '交警牵头，水务配合', dueAt: until, meeting: { id } },
    ]);
    expect(last(two)).toMatchObject({
      move: 'decision',
      data: { meeting: { id }, why: '十日内答复' },
    });
    expect(() => hold(id)).toThrow('present state');
    expect(house.audited.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['meeting.called', 'meeting.held']),
    );
  });

  test('names the lead unit of an order in dispute: it has it, by that day, and returns it no more', () => {
    const id = disputed();
    const meeting = call(id);
    expect(meeting.orders).toMatchObject([{ state: 'dispute', leadUnit: null, mayRule: true }]);
    const until = house.clock.now() + 9 * day;
    const decision = { text: '由水务牵头', unitId: 'water', coUnitIds: ['traffic'], until };
    const held = hold(meeting.id, { orderId: id, ...decision });
    expect(foldedOf(id)).toMatchObject({
      state: 'dispatched',
      leadUnitId: 'water',
      responsible: 'water-duty',
      coUnitIds: ['traffic'],
      ruled: true,
      tasks: [{ kind: 'decision', text: '由水务牵头', unitId: 'water', dueAt: until }],
    });
    expect(foldedOf(id).clocks.find(({ kind }) => kind === 'reply')).toMatchObject({
      owner: 'water',
      dueAt: until,
    });
    const [rule, decided] = house.chain.of(id).slice(-2);
    expect(rule).toMatchObject({ move: 'rule', data: { ground: '联席会议：噪声扰民联席会' } });
    expect(decided).toMatchObject({ move: 'decision', data: { meeting: { id: meeting.id } } });
    expect(held.orders).toMatchObject([{ leadUnit: 'water unit', task: { unit: 'water unit' } }]);
    const back = { do: 'ask-return', ground: '不归我管', suggestedUnitId: 'traffic' } as const;
    expect(() => house.act(id, back, as('unit-operator', 'water-operator'))).toThrow('ruled');
    expect(house.chain.verify().ok).toBe(true);
  });

  test('never gives an order to the unit complained about', () => {
    const id = disputed('water');
    const meeting = call(id);
    const decision = { orderId: id, text: '由水务牵头', unitId: 'water' };
    expect(() => hold(meeting.id, decision)).toThrow('never to the unit complained about');
    expect(foldedOf(id)).toMatchObject({ state: 'dispute', tasks: [] });
    expect(house.meetings.find(meeting.id).heldAt).toBeNull();
  });

  test('is all or nothing and says of which order, and is only for those who supervise', () => {
    const [one, two] = [dispatched(house), dispatched(house)];
    const { id } = call(one, two);
    const both = (more: object) => [
      { orderId: one, text: '办理' },
      { orderId: two, text: '办理', ...more },
    ];
    const { number } = house.orders.find(two);
    const refused = (why: string) => new RegExp(`${number}: ${why}`);
    expect(() => hold(id, ...both({ unitId: 'water' }))).toThrow(refused('not possible'));
    expect(() => hold(id, ...both({ until: house.clock.now() }))).toThrow(refused('no date'));
    expect(() => hold(id, ...both({ orderId: 'elsewhere' }))).toThrow('Not found');
    house.act(two, { do: 'withdraw', callId: 'call-1' }, as('agent'));
    expect(() => hold(id, ...both({}))).toThrow(refused('not possible'));
    expect(foldedOf(one).tasks, 'nothing of it').toEqual([]);
    expect(house.meetings.find(id).orders[1]).toMatchObject({ mayDecide: false });
    const held = { minutes: '决定', decisions: [] };
    expect(() => house.meetings.hold(id, held, as('unit-leader'))).toThrow('Not permitted');
    expect(() => call(two)).toThrow();
    expect(house.meetings.list()).toHaveLength(1);
  });

  test('shows afterwards which of its decisions are settled, and not those of another meeting', async () => {
    const [one, two] = [dispatched(house), dispatched(house)];
    house.act(one, { do: 'sign', owner: 'unit-operator' }, as('unit-operator'));
    const first = call(one, two);
    hold(first.id, { orderId: one, text: '十日内答复' });
    await house.clock.advance(day);
    const other = call(one);
    const taskId = foldedOf(one).tasks[0]?.id;
    house.act(one, { do: 'feedback', taskId, why: '已答复' }, as('unit-operator'));
    const standing = () => house.meetings.find(first.id).orders[0]?.task;
    expect(standing()).toMatchObject({ feedback: { text: '已答复' }, closedAt: null });
    expect(house.meetings.list()).toMatchObject([
      { id: other.id, heldAt: null, orders: 1, decided: 0, settled: 0 },
      { orders: 2, decided: 1, settled: 0 },
    ]);
    house.act(one, { do: 'settle', taskId, settled: true }, supervisor);
    expect(standing()).toMatchObject({ closedAt: house.clock.now() });
    expect(house.meetings.list()).toMatchObject([{ settled: 0 }, { decided: 1, settled: 1 }]);
    expect(house.reading.one(one, as('unit-leader')).tasks).toMatchObject([
      { meeting: { id: first.id, title: '噪声扰民联席会' } },
    ]);
  });
});

describe('a meeting that does not sit as called', () => {
  const move = (id: string, at: number, by = supervisor) =>
    house.meetings.move(id, { at, place: '五楼', why: '场地冲突，问 13600001111' }, by);
  const cancel = (id: string, by = supervisor) => house.meetings.cancel(id, '各方已商定', by);

  test('is moved: its orders say when and where to, and why', () => {
    const [one, two] = [dispatched(house), dispatched(house)];
    const { id, at } = call(one, two);
    expect(last(one)).toMatchObject({
      move: 'agenda',
      data: { why: '噪声扰民联席会（2026-05-08 09:00，三楼，联系 13600001111）' },
    });
    const before = foldedOf(one);
    const later = at + 3 * day;
    expect(move(id, later)).toMatchObject({
      at: later,
      place: '五楼',
      isCancelled: false,
      changes: [
        {
          kind: 'moved',
          person: 'supervisor’s name',
          why: '场地冲突，问 136****1111',
          was: { at, place: '三楼，联系 136****1111' },
        },
      ],
    });
    for (const order of [one, two]) {
      expect(last(order)).toMatchObject({
        move: 'meeting-moved',
        by: { actor: 'supervision' },
        data: {
          until: later,
          why: expect.stringContaining('改为 2026-05-11 09:00，五楼：场地冲突'),
        },
      });
    }
    expect(foldedOf(one), 'moves no order').toEqual(before);
    expect(house.audited).toContainEqual(
      expect.objectContaining({ action: 'meeting.moved', subject: `meeting:${id}` }),
    );
    expect(hold(id, { orderId: one, text: '十日内答复' }).heldAt).toBe(house.clock.now());
    expect(house.chain.verify().ok).toBe(true);
  });

  test('is cancelled: nothing is decided by it any more, also of orders that are over', () => {
    const [one, two] = [dispatched(house), dispatched(house)];
    const { id } = call(one, two);
    house.act(two, { do: 'withdraw', callId: 'call-1' }, as('agent'));
    expect(cancel(id)).toMatchObject({ isCancelled: true, heldAt: null });
    for (const order of [one, two]) {
      expect(last(order)).toMatchObject({ move: 'meeting-cancelled', data: { why: '各方已商定' } });
    }
    expect(house.meetings.list()).toMatchObject([{ id, isCancelled: true, decided: 0 }]);
    for (const act of [hold, cancel]) expect(() => act(id)).toThrow('present state');
    expect(() => move(id, house.clock.now() + day)).toThrow('present state');
    expect(house.audited.map(({ action }) => action)).toContain('meeting.cancelled');
  });

  test('is not moved into the past, not once it was held, and only by who supervises', () => {
    const order = dispatched(house);
    const { id, at } = call(order);
    const later = house.clock.now() + day;
    expect(() => move(id, house.clock.now())).toThrow('no date in the future');
    expect(() => move(id, later, as('unit-leader'))).toThrow('Not permitted');
    expect(() => cancel(id, as('city-leader'))).toThrow('Not permitted');
    expect(() => move('elsewhere', later)).toThrow('Not found');
    expect(house.meetings.find(id)).toMatchObject({ at, changes: [] });
    hold(id);
    expect(() => move(id, later)).toThrow('present state');
    expect(() => cancel(id)).toThrow('present state');
    expect(last(order)).toMatchObject({ move: 'agenda' });
  });
});

test('the doors: called and held by supervision, read by the city’s leaders, too', async () => {
  const id = dispatched(house);
  const { app, ask } = await openRoleServer((server) => registerSupervisionRoutes(server, house));
  const called = await ask(
    'POST',
    '/api/supervision/meetings',
    { ...given(), orders: [id] },
    'supervisor',
  );
  expect(called.statusCode).toBe(200);
  const path = `/api/supervision/meetings/${called.json().id}`;
  const elsewhere = { at: house.clock.now() + 2 * day, place: '五楼', why: '场地冲突' };
  const minutes = { minutes: '会议决定如下', decisions: [{ orderId: id, text: '十日内答复' }] };
  const status = async (role: string, ...asked: ['GET' | 'POST', string, object?]) =>
    (await ask(asked[0], asked[1], asked[2], role)).statusCode;
  expect(await status('supervisor', 'POST', `${path}/move`, elsewhere)).toBe(200);
  expect(await status('supervisor', 'POST', `${path}/move`, { ...elsewhere, why: ' ' })).toBe(422);
  expect(await status('city-leader', 'POST', `${path}/cancel`, { why: '取消' })).toBe(403);
  expect(await status('supervisor', 'POST', `${path}/cancel`, {})).toBe(422);
  expect(await status('city-leader', 'POST', `${path}/minutes`, minutes)).toBe(403);
  expect(await status('supervisor', 'POST', `${path}/minutes`, minutes)).toBe(200);
  const seen = await ask('GET', path, undefined, 'city-leader');
  expect(seen.json()).toMatchObject({
    minutes: '会议决定如下',
    orders: [{ decision: '十日内答复' }],
  });
  const list = await ask('GET', '/api/supervision/meetings', undefined, 'city-leader');
  expect(list.json().rows).toMatchObject([{ orders: 1, decided: 1, settled: 0 }]);
  expect(await status('dispatcher', 'GET', path)).toBe(403);
  expect(await status('supervisor', 'POST', `${path}/cancel`, { why: '取消' })).toBe(409);
  expect(await status('supervisor', 'GET', `${path}x`)).toBe(404);
  await app.close();
});
