import { expect, test } from 'vitest';
import { as, buildHouse, dispatched, lamp, replied } from './rig.ts';

test('whoever asked gets a text on acceptance, on the reply and at the end', () => {
  const house = buildHouse();
  const id = replied(house);
  house.act(id, { do: 'accept-reply' }, as('reviewer'));
  house.act(id, { do: 'close', satisfied: true }, as('visitor'));
  const { queryCode } = house.orders.find(id);
  const told = (kind: string) => ({ kind, to: '13812345678', code: queryCode });
  expect(house.texts).toEqual([told('received'), told('replied'), told('closed')]);
});

test('nobody loses the notice when orders are merged: each hears by their own code', () => {
  const house = buildHouse();
  const other = house.orders.open(
    { ...lamp, callId: undefined, callerNumber: '13987654321' },
    as('agent'),
  );
  house.act(other.id, { do: 'submit' }, as('agent'));
  const id = replied(house);
  house.act(other.id, { do: 'merge', masterId: id }, as('dispatcher'));
  house.texts.length = 0;
  house.act(id, { do: 'accept-reply' }, as('reviewer'));
  const codes = [id, other.id].map((each) => house.orders.find(each).queryCode);
  expect(house.texts).toEqual([
    { kind: 'replied', to: '13812345678', code: codes[0] },
    { kind: 'replied', to: '13987654321', code: codes[1] },
  ]);
});

test('a wish to withdraw that is refused is told to who had it, and to nobody else', () => {
  const house = buildHouse();
  const opened = { ...lamp, callId: undefined, callerNumber: '13987654321' };
  const other = house.orders.open(opened, as('agent'));
  house.act(other.id, { do: 'submit' }, as('agent'));
  const id = dispatched(house);
  house.act(other.id, { do: 'merge', masterId: id }, as('dispatcher'));
  const citizen = { personId: 'citizen', actor: 'citizen', unitId: null } as const;
  house.orders.actAs(id, { do: 'ask-withdrawal', data: { why: '已自行解决' } }, citizen, '');
  house.texts.length = 0;
  house.act(id, { do: 'refuse-withdrawal', why: '涉及公共安全，须继续办理' }, as('agent'));
  const { queryCode } = house.orders.find(id);
  expect(house.texts).toEqual([{ kind: 'withdrawal-refused', to: '13812345678', code: queryCode }]);
});

test('a move that is refused, or only asked for, tells nobody', () => {
  const house = buildHouse();
  const id = dispatched(house);
  house.texts.length = 0;
  expect(() => house.act(id, { do: 'close', satisfied: true }, as('visitor'))).toThrow();
  const operator = as('unit-operator');
  house.act(id, { do: 'sign', owner: 'unit-operator' }, operator);
  house.act(id, { do: 'extend', workdays: 1, why: '等配件' }, operator);
  expect(house.texts).toEqual([]);
  house.act(id, { do: 'agree' }, as('unit-leader'));
  house.act(id, { do: 'agree' }, as('reviewer'));
  expect(house.texts.map(({ kind }) => kind)).toEqual(['extended']);
});

test('the code is sent again to the order’s own number, by who speaks with callers, on the record', () => {
  const house = buildHouse();
  const id = dispatched(house);
  house.texts.length = 0;
  house.orders.textCode(id, as('agent'));
  expect(house.texts).toMatchObject([{ kind: 'query-code', to: '13812345678' }]);
  expect(house.audited.at(-1)).toMatchObject({ action: 'order.code-sent' });
  expect(() => house.orders.textCode(id, as('unit-operator'))).toThrow('Not permitted');
});
