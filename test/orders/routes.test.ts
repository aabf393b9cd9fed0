import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { registerCitizenRoutes } from '../../src/orders/citizen-routes.ts';
import { registerDispatchRoutes } from '../../src/orders/dispatch-routes.ts';
import { registerOrderRoutes } from '../../src/orders/routes.ts';
import { registerOrderRulesRoutes } from '../../src/orders/rules-routes.ts';
import { openRoleServer } from '../support/role-server.ts';
import { buildHouse, dispatched, type House } from './rig.ts';

let house: House;
let server: Awaited<ReturnType<typeof openRoleServer>>;
beforeEach(async () => {
  house = buildHouse();
  const { orders, reading, units, rules, audit } = house;
  server = await openRoleServer((app) => {
    registerOrderRoutes(app, { orders, reading });
    registerCitizenRoutes(app, { citizens: house.citizens, perMinute: 3 });
    registerOrderRulesRoutes(app, { units, audit });
    registerDispatchRoutes(app, { units, rules, audit });
  });
});
afterEach(() => server.app.close());

const form = {
  type: 'help',
  matter: 'M704',
  area: '440105',
  title: '灯坏了',
  content: '路口灯坏了',
};

describe('over HTTP', () => {
  test('an agent files an order and submits it; rules send it on; the unit finds it', async () => {
    const opened = await server.ask('POST', '/api/orders', { ...form, callId: 'call-1' }, 'agent');
    expect(opened.json()).toMatchObject({ state: 'draft', callerMasked: '138****5678' });
    const { id } = opened.json();
    const sent = await server.ask('POST', `/api/orders/${id}/moves`, { do: 'submit' }, 'agent');
    expect(sent.json()).toMatchObject({ state: 'dispatched', leadUnit: 'traffic unit' });
    house.units.assign('p1', 'traffic');
    const mine = await server.ask('GET', '/api/orders', undefined, 'unit-operator');
    expect(mine.json().rows).toMatchObject([{ id, warning: 'calm' }]);
    expect(`${sent.body}${mine.body}`).not.toContain('13812345678');
  });

  test('what the table does not let is a conflict that says why in both languages', async () => {
    const id = dispatched(house);
    const reply = await server.ask('POST', `/api/orders/${id}/moves`, { do: 'close' }, 'visitor');
    expect(reply.json()).toMatchObject({
      status: 409,
      code: 'move-refused',
      detail: '操作未执行：当前状态不允许此操作',
      detailEn: 'Not done: not possible in this state',
    });
    expect((await server.ask('GET', '/api/orders', undefined, 'admin')).statusCode).toBe(403);
  });

  test('the citizen’s door tells nothing to who guesses, and not often', async () => {
    const { number, queryCode } = house.orders.find(dispatched(house));
    const ask = (code: string) =>
      server.app.inject({
        method: 'POST',
        url: '/api/progress',
        headers: { 'x-yihao': '1' },
        payload: { number, queryCode: code },
      });
    expect((await ask(queryCode ?? '')).json()).toMatchObject({ number, state: '待签收' });
    expect((await ask('WRONG')).statusCode).toBe(404);
    await ask('WRONG');
    expect((await ask(queryCode ?? '')).statusCode).toBe(429);
  });

  test('the table of moves can be read', async () => {
    const { states, moves } = (await server.ask('GET', '/api/orders/rules')).json();
    expect(Object.keys(states)).toHaveLength(18);
    expect(new Set(moves.map(({ no }: { no: number }) => no)).size).toBe(28);
  });
});

describe('the dispatch catalogue', () => {
  const upload = (text: string, role = 'admin') =>
    server.upload('PUT', '/api/dispatch-rules', Buffer.from(text), role);

  test('is taken whole, in a new version, on the record', async () => {
    const reply = await upload(
      'matter,area,lead,co\nM704,440106,water,\nM1,,market,traffic;water\n',
    );
    expect(reply.json()).toEqual({ version: 2, rows: 2 });
    expect(house.rules.propose('M704', '440106001002')).toMatchObject({
      leadUnitId: 'water',
      confidence: 0.95,
      rule: 'M704 × 440106',
    });
    expect(house.rules.propose('M704', '440105')).toBeNull();
    expect(house.rules.propose('M1', '110101')?.coUnitIds).toEqual(['traffic', 'water']);
    expect(house.audited.at(-1)).toMatchObject({ action: 'dispatch-rules.imported' });
    expect((await upload('', 'dispatcher')).statusCode).toBe(403);
  });

  test('tells which rules a change of an area would leave behind: its own, and those within', async () => {
    const rows = ['M704,440106,water,', 'M704,440106001,market,', 'M1,44010,water,', 'M1,,water,'];
    await upload(['matter,area,lead,co', ...rows].join('\n'));
    const ask = (code: string, role = 'admin') =>
      server.ask('GET', `/api/dispatch-rules/areas/${code}`, undefined, role);
    expect((await ask('440106')).json()).toEqual({
      count: 2,
      first: [
        { matter: 'M704', area: '440106', leadUnit: 'water unit' },
        { matter: 'M704', area: '440106001', leadUnit: 'market unit' },
      ],
    });
    expect((await ask('440105')).json()).toEqual({ count: 0, first: [] });
    expect((await ask('x')).statusCode).toBe(422);
    expect((await ask('440106', 'dispatcher')).statusCode).toBe(403);
    const many = Array.from({ length: 7 }, (_, at) => `M${at},440106001,water,`);
    await upload(['matter,area,lead,co', ...many].join('\n'));
    const told = (await ask('440106')).json();
    expect([told.count, told.first.length]).toEqual([7, 5]);
  });

  test('with one bad row nothing is taken, and each bad row is named by its line', async () => {
    const bad =
      'matter,area,lead,co\nM1,,water,\nM2,44x,water,\nM3,,nobody,\n\nM1,,market,\n,,water,\nM4,,water,water\nM5,,water\n';
    const reply = await upload(bad);
    expect(reply.statusCode).toBe(422);
    expect(reply.json().errors).toEqual([
      { pointer: '/3', message: 'area 44x is no code' },
      { pointer: '/4', message: 'no unit nobody' },
      { pointer: '/6', message: 'M1 ×  is on line 2 already' },
      { pointer: '/7', message: 'no matter' },
      { pointer: '/8', message: 'the lead unit is its own co-unit' },
      { pointer: '/9', message: '3 columns instead of 4' },
    ]);
    expect(house.rules.version).toBe(1);
    expect((await upload('lead,area\n')).statusCode).toBe(422);
  });
});

test('units form a tree; a circle is refused', async () => {
  const put = (unit: object) => server.ask('PUT', '/api/units', unit, 'admin');
  const east = { id: 'traffic-east', parentId: 'traffic', name: '东区大队', dutyPersonId: null };
  expect((await put(east)).statusCode).toBe(200);
  expect((await put({ ...east, id: 'traffic', parentId: 'traffic-east' })).statusCode).toBe(409);
  expect((await put({ ...east, parentId: 'nowhere' })).statusCode).toBe(404);
  const rows = (await server.ask('GET', '/api/units', undefined, 'agent')).json().rows;
  expect(rows.find(({ id }: { id: string }) => id === 'traffic-east').name).toBe('东区大队');
  await server.ask('PUT', '/api/units/members/p9', { unitId: 'traffic-east' }, 'admin');
  expect(house.units.of('p9')).toBe('traffic-east');
});

test('an import tells how far it is when asked for lines, 39,000 rows in all; then decides by them', async () => {
  const rows = Array.from({ length: 39_000 }, (_, at) => {
    const area = String(440_100 + (at % 195)).padStart(6, '0');
    return `M${String(Math.floor(at / 195))},${area},${at % 2 === 0 ? 'water' : 'market'},`;
  });
  const send = (lines: readonly string[]) =>
    server.upload(
      'PUT',
      '/api/dispatch-rules',
      Buffer.from(['matter,area,lead,co', ...lines].join('\n')),
      'admin',
      {
        accept: 'application/x-ndjson',
      },
    );
  const told = (reply: { body: string }) =>
    reply.body
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
  const taken = told(await send(rows));
  expect(taken[0]).toEqual({ done: 2_000, of: 39_000 });
  expect(taken.slice(-2)).toEqual([
    { done: 39_000, of: 39_000 },
    { taken: { version: 2, rows: 39_000 } },
  ]);
  const wrong = told(await send([...rows, 'M1,440100,nobody,']));
  expect(wrong.at(-1)).toEqual({ wrong: [{ pointer: '/39002', message: 'no unit nobody' }] });
  const get = async (url: string) => (await server.ask('GET', url, undefined, 'admin')).json();
  expect(await get('/api/dispatch-rules')).toEqual({ version: 2, rows: 39_000 });
  expect(await get('/api/dispatch-rules/decision?matter=M3&area=440101002')).toEqual({
    proposal: { leadUnit: 'water unit', coUnits: [], confidence: 0.95, rule: 'M3 × 440101' },
  });
  expect(await get('/api/dispatch-rules/decision?matter=none&area=')).toEqual({ proposal: null });
});
