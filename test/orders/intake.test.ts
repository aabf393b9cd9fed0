import { beforeEach, describe, expect, test } from 'vitest';
import { newOrderSchema, similarQuerySchema } from '../../src/orders/schema.ts';
import { as, buildHouse, dispatched, type House, lamp, replied } from './rig.ts';

let house: House;
beforeEach(() => {
  house = buildHouse();
});

const day = 86_400_000;
const cover = newOrderSchema.parse({
  type: 'help',
  matter: 'M504',
  area: '440105',
  title: '井盖缺失',
  content: '联系 13912345678',
  point: 'M504-1',
});
const similar = (query: object) =>
  house.reading
    .similar(similarQuerySchema.parse(query), as('agent'))
    .map(({ id, why }) => [id, why]);

describe('templates', () => {
  test('what a template requires blocks submission until the draft is complete', () => {
    const { id } = house.orders.open(cover, as('agent'));
    const submit = () => house.act(id, { do: 'submit' }, as('agent'));
    expect(submit).toThrow('required elements');
    const shown = house.reading.one(id, as('agent'));
    expect(shown.content).toBe('联系 139****5678');
    const revised = { ...cover, content: shown.content, answers: { where: '天河路 1 号' } };
    expect(() => house.intake.revise(id, revised, as('agent', 'another'))).toThrow();
    house.intake.revise(id, revised, as('agent'));
    // What came back masked stays as it was.
    expect(house.orders.find(id).content).toBe('联系 13912345678');
    submit();
    expect(house.reading.one(id, as('agent'))).toMatchObject({
      point: '井盖缺失',
      answers: [{ key: 'where', label: '具体位置', value: '天河路 1 号' }],
    });
    expect(() => house.intake.revise(id, revised, as('agent'))).toThrow();
  });
});

describe('repeats', () => {
  test('of the same caller, or of the same matter at the same place, are shown while typing', () => {
    const id = dispatched(house);
    expect(similar({ callId: 'call-1' })).toEqual([[id, 'caller']]);
    expect(similar({ matter: 'M704', area: '440105', place: '天河路1号门口' })).toEqual([
      [id, 'place'],
    ]);
    expect(similar({ matter: 'M704', area: '440105', place: '体育西路 300 号' })).toEqual([]);
    expect(similar({ callerNumber: '13900000000' })).toEqual([]);
    expect(() =>
      house.reading.similar(similarQuerySchema.parse({}), as('unit-operator')),
    ).toThrow();
  });

  test('an order an agent takes for a repeat waits for the dispatcher, but not for ever', async () => {
    const master = dispatched(house);
    const { id } = house.orders.open(
      { ...lamp, callId: undefined, callerNumber: '13900001111' },
      as('agent'),
    );
    house.act(id, { do: 'submit', masterId: house.orders.find(master).number ?? '' }, as('agent'));
    expect(house.orders.find(id)).toMatchObject({
      state: 'accepted',
      folded: { repeatOf: master },
    });
    expect(house.reading.one(id, as('dispatcher')).repeatOf?.id).toBe(master);
    await house.clock.advance(day);
    house.wake();
    expect(house.orders.find(id).state).toBe('dispatched');
  });

  test('merged: the caller keeps number, notice and vote; the visitor is given the task when it is done', async () => {
    const master = replied(house);
    const { id } = house.orders.open(
      { ...lamp, callId: undefined, callerNumber: '13900001111' },
      as('agent'),
    );
    house.act(id, { do: 'submit', masterId: master }, as('agent'));
    house.act(
      id,
      { do: 'merge', masterId: house.orders.find(master).number ?? '' },
      as('dispatcher'),
    );
    const { number, queryCode } = house.orders.find(id);
    const todo = () =>
      house.reading.list({ view: 'mine', limit: 50 }, as('visitor')).map((row) => row.id);
    expect(todo()).toEqual([]);
    house.act(master, { do: 'accept-reply' }, as('reviewer'));
    expect(todo()).toEqual([master, id]);
    house.act(master, { do: 'close', satisfied: true }, as('visitor'));
    await house.clock.advance(9 * day);
    house.wake();
    const row = house.citizens.find(number ?? '', queryCode ?? '', { address: '1' });
    const told = house.citizens.look(row, '1', '');
    expect(told).toMatchObject({ number, state: '办结' });
    expect(told.timeline.map(({ what }) => what)).toContain('审核通过');
    house.act(id, { do: 'merged-visit', rating: 2, solved: 'not' }, as('visitor'));
    expect(todo()).toEqual([]);
    await house.clock.advance(11 * day);
    house.wake();
    expect(house.orders.find(id).state).toBe('archived');
    expect(house.reading.one(master, as('reviewer')).merged).toMatchObject([{ number }]);
  });

  test('nothing is merged into what has ended', () => {
    const master = replied(house);
    house.act(master, { do: 'accept-reply' }, as('reviewer'));
    house.act(master, { do: 'close', satisfied: true }, as('visitor'));
    const id = dispatched(house);
    expect(() => house.act(id, { do: 'merge', masterId: master }, as('dispatcher'))).toThrow(
      'not open',
    );
  });
});

describe('files', () => {
  const photo = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(200, 7)]);
  const attach = (
    id: string,
    content: Buffer,
    name = '现场13812345678.jpg',
    who = as('unit-operator'),
  ) => house.intake.attach(id, { name, content }, who);

  test('are taken by what is in them, shown masked, and every look is written down', () => {
    const id = dispatched(house);
    attach(id, photo);
    const [file] = house.reading.one(id, as('reviewer')).files;
    expect(file).toMatchObject({ kind: 'image/jpeg', bytes: 204, name: '现场138****5678.jpg' });
    expect(house.reading.file(id, file?.id ?? '', as('reviewer')).content).toEqual(photo);
    expect(house.reading.viewers(id, as('reviewer'))).toContainEqual(
      expect.objectContaining({ act: 'export', person: 'reviewer’s name' }),
    );
    expect(house.chain.of(id).at(-1)).toMatchObject({ move: 'attach', by: { unitId: 'traffic' } });
    expect(() =>
      house.reading.file(id, file?.id ?? '', as('unit-operator', 'water-operator')),
    ).toThrow();
  });

  test('a program with the name of a photo is none; neither is one too large or one too many', () => {
    const id = dispatched(house);
    expect(() => attach(id, Buffer.from('MZ\u0090'))).toThrow('File not taken');
    expect(() => attach(id, Buffer.concat([photo, Buffer.alloc(11_000_000)]))).toThrow(
      'File not taken',
    );
    for (let count = 0; count < 30; count += 1) attach(id, photo);
    expect(() => attach(id, photo)).toThrow('File not taken');
  });
});

test('several calls belong to one order', () => {
  const id = dispatched(house);
  house.act(id, { do: 'supplement', why: '又打来：已有事故', callId: 'call-2' }, as('agent'));
  expect(house.reading.one(id, as('agent')).callIds).toEqual(['call-1', 'call-2']);
  expect(house.reading.one(id, as('unit-operator')).callIds).toEqual([]);
});
