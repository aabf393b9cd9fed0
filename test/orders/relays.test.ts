import { beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../src/kit/errors.ts';
import { registerRelayRoutes } from '../../src/orders/relay-routes.ts';
import type { RelayCall } from '../../src/orders/relayed.ts';
import { Relays } from '../../src/orders/relays.ts';
import { openRoleServer } from '../support/role-server.ts';
import { as, buildHouse, dispatched, type House, lamp, replied } from './rig.ts';

const own = '13900001111';
const operator = as('unit-operator');
const running: RelayCall = {
  stage: 'relay-calling',
  ending: null,
  connectedAt: null,
  talkMs: null,
};
const spoke: RelayCall = { stage: null, ending: 'relayed', connectedAt: 1, talkMs: 192_000 };
const missed: RelayCall = { stage: null, ending: 'out-no-answer', connectedAt: null, talkMs: null };

let house: House;
let relays: Relays;
let placed: { callId: string; officer: string; citizen: string; orderId: string }[];
let dialled: { personId: string; number: string; orderId: string }[];
let refusal: AppError | null;

beforeEach(() => {
  house = buildHouse();
  placed = [];
  dialled = [];
  refusal = null;
  const line = {
    isAllowed: (number: string) => number.startsWith('1'),
    mayRelay: () => {
      if (refusal) throw refusal;
    },
    dial: (personId: string, number: string, orderId: string) => {
      if (refusal) throw refusal;
      dialled.push({ personId, number, orderId });
      const callId = `dial-${dialled.length}`;
      house.calls.set(callId, { ...running, stage: 'dialling' });
      return callId;
    },
    relay: (wanted: (typeof placed)[number]) => {
      placed.push(wanted);
      house.calls.set(wanted.callId, running);
    },
  };
  relays = new Relays({ ...house, line });
});

/** An order the traffic unit has signed for; its officer has told their number. */
function signed(): string {
  const id = dispatched(house);
  house.act(id, { do: 'sign' }, operator);
  relays.setPhone(own, operator);
  return id;
}

/** The call placed last is over. */
function ends(how: RelayCall): void {
  house.calls.set(placed.at(-1)?.callId ?? '', how);
}

const code = (what: string) => expect.objectContaining({ code: what });
const refusedFor = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error instanceof AppError ? error.values['reason'] : error;
  }
  return 'not refused';
};

describe('an officer calls the citizen', () => {
  test('by a button: the try is in the order and in who saw it, the number nowhere', () => {
    const id = signed();
    const shown = relays.call(id, operator);
    expect(placed).toMatchObject([{ officer: own, citizen: '13812345678', orderId: id }]);
    expect(shown).toMatchObject({ phoneMasked: '139****1111', last: { stage: 'relay-calling' } });
    ends(spoke);
    const order = house.reading.one(id, operator);
    expect(order).toMatchObject({ mayCall: true, callId: null, callIds: [] });
    expect(order.timeline.at(-1)).toMatchObject({
      move: 'relay',
      call: { ending: 'relayed', talkMs: 192_000 },
    });
    const told = JSON.stringify([shown, order, relays.view(id, operator)]);
    for (const number of [own, '13812345678']) expect(told).not.toContain(number);
    expect(house.reading.viewers(id, operator)[1]).toMatchObject({ act: 'call' });
    expect(house.reading.one(id, as('reviewer')).callIds).toEqual([
      'call-1',
      placed[0]?.callId ?? '',
    ]);
  });

  test('and the contact that is noted then has the call as its proof', () => {
    const id = signed();
    relays.call(id, operator);
    ends(spoke);
    relays.call(id, operator);
    ends(missed);
    house.act(id, { do: 'contact' }, operator);
    const { move, data } = house.chain.of(id).at(-1) ?? {};
    expect({ move, data }).toEqual({
      move: 'contact',
      data: { relay: { callId: placed[0]?.callId, talkMs: 192_000 } },
    });
    expect(house.reading.one(id, operator).timeline.at(-1)?.call?.talkMs).toBe(192_000);
  });

  test('nobody can claim a call: neither a try nor the proof of one comes from outside', () => {
    const id = signed();
    expect(refusedFor(() => house.act(id, { do: 'relay', callId: 'call-1' }, operator))).toBe(
      'no-relay',
    );
    house.act(id, { do: 'contact', callId: 'call-1', proof: '已通话' }, operator);
    expect(house.chain.of(id).at(-1)?.data).toEqual({ proof: '已通话' });
  });

  test('a call that is not of this round proves nothing', () => {
    const id = signed();
    relays.call(id, operator);
    ends(spoke);
    const ask = { do: 'ask-return', ground: '非我单位职责', suggestedUnitId: 'water' } as const;
    house.act(id, ask, operator);
    house.act(id, { do: 'agree' }, as('unit-leader'));
    house.act(id, { do: 'approve-return', unitId: 'water' }, as('dispatcher'));
    const water = as('unit-operator', 'water-operator');
    house.act(id, { do: 'sign' }, water);
    house.act(id, { do: 'contact', proof: '已通话' }, water);
    expect(house.chain.of(id).at(-1)?.data).toEqual({ proof: '已通话' });
  });
});

describe('is refused', () => {
  test('to whoever does not hold the order, and to people of the hotline', () => {
    const id = signed();
    const water = as('unit-operator', 'water-operator');
    expect(() => relays.call(id, water)).toThrow(code('not-found'));
    expect(() => relays.view(id, water)).toThrow(code('not-found'));
    expect(refusedFor(() => relays.call(id, as('reviewer')))).toBe('not-yours');
    expect(house.reading.one(id, as('reviewer')).mayCall).toBe(false);
  });

  test('before the officer has told their own number, which the operator must allow', () => {
    const id = dispatched(house);
    expect(() => relays.call(id, operator)).toThrow(code('no-own-phone'));
    expect(() => relays.setPhone('0085212345678', operator)).toThrow(code('number-not-allowed'));
    expect(() => relays.setPhone(own, as('agent'))).toThrow(code('forbidden'));
    relays.setPhone('+86 139-0000-1111', operator);
    expect(house.audited.at(-1)).toMatchObject({
      action: 'unit.own-phone-set',
      detail: { number: '139****1111' },
    });
    relays.call(id, operator);
    expect(placed[0]?.officer).toBe(own);
  });

  test('for a sealed order: who asked is hidden from the unit, voice and all', () => {
    const { id } = house.orders.open({ ...lamp, confidential: true }, as('agent'));
    house.act(id, { do: 'submit' }, as('agent'));
    house.act(id, { do: 'dispatch', unitId: 'traffic' }, as('dispatcher'));
    relays.setPhone(own, operator);
    expect(house.reading.one(id, operator).mayCall).toBe(false);
    expect(refusedFor(() => relays.call(id, operator))).toBe('party-sealed');
    expect(placed).toEqual([]);
  });

  test('while the last call goes on; five times within the hour at most', async () => {
    const id = signed();
    relays.call(id, operator);
    expect(() => relays.call(id, operator)).toThrow(code('not-now'));
    for (let more = 0; more < 4; more += 1) {
      ends(missed);
      await house.clock.advance(60_000);
      relays.call(id, operator);
    }
    ends(missed);
    expect(refusedFor(() => relays.call(id, operator))).toBe('called-too-often');
    await house.clock.advance(3_600_000 - 4 * 60_000);
    relays.call(id, operator);
    expect(placed).toHaveLength(6);
  });

  test('when the order is with the unit no longer', () => {
    relays.setPhone(own, operator);
    const id = replied(house);
    expect(refusedFor(() => relays.call(id, operator))).toBe('not-from-here');
    expect(placed).toEqual([]);
  });

  test.each(['exchange-lost', 'number-not-allowed', 'lines-busy'] as const)(
    'and leaves no trace in the order when nothing can be dialled: %s',
    (what) => {
      const id = signed();
      const before = house.chain.of(id).length;
      refusal = new AppError(what);
      expect(() => relays.call(id, operator)).toThrow(code(what));
      expect(house.chain.of(id)).toHaveLength(before);
      expect(placed).toEqual([]);
    },
  );
});

describe('a visitor calls the citizen from the own seat', () => {
  const visitor = as('visitor');
  const toVisit = () => {
    const id = replied(house);
    house.act(id, { do: 'accept-reply' }, as('reviewer'));
    return id;
  };

  test('a talk proves what they were told; a call in vain, the visit that was tried', () => {
    const id = toVisit();
    relays.dial(id, visitor);
    expect(dialled).toEqual([{ personId: 'visitor', number: '13812345678', orderId: id }]);
    house.calls.set('dial-1', missed);
    house.act(id, { do: 'visit-try', tried: 'no-answer' }, visitor);
    const tried = house.reading.one(id, visitor);
    expect(tried.timeline.at(-1)).toMatchObject({ tried: 'no-answer', call: { talkMs: null } });
    expect(tried.callIds).toEqual(['call-1', 'dial-1']);
    relays.dial(id, visitor);
    house.calls.set('dial-2', { ...spoke, ending: 'out-party-hung-up' });
    house.act(id, { do: 'close', satisfied: true, rating: 5 }, visitor);
    expect(house.chain.of(id).at(-1)?.data.relay).toEqual({ callId: 'dial-2', talkMs: 192_000 });
    expect(house.audited.at(-1)).toMatchObject({ action: 'call.dial', detail: { order: id } });
  });

  test('what the unit talked about before proves no visit', () => {
    const id = signed();
    relays.call(id, operator);
    ends(spoke);
    house.act(id, { do: 'contact' }, operator);
    house.act(id, { do: 'reply', publicReply: '已修复' }, operator);
    house.act(id, { do: 'approve-reply' }, as('unit-leader'));
    house.act(id, { do: 'accept-reply' }, as('reviewer'));
    house.act(id, { do: 'close', satisfied: true, rating: 5 }, visitor);
    expect(house.chain.of(id).at(-1)?.data.relay).toBeUndefined();
  });

  test('not by others, not elsewhere, not all day, and not without a seat', () => {
    const id = toVisit();
    expect(refusedFor(() => relays.dial(id, as('agent')))).toBe('not-yours');
    expect(refusedFor(() => relays.dial(signed(), visitor))).toBe('not-from-here');
    refusal = new AppError('not-at-a-seat');
    const before = house.chain.of(id).length;
    expect(() => relays.dial(id, visitor)).toThrow(code('not-at-a-seat'));
    expect(house.chain.of(id)).toHaveLength(before);
    refusal = null;
    for (let n = 0; n < 5; n += 1) relays.dial(id, visitor);
    expect(refusedFor(() => relays.dial(id, visitor))).toBe('called-too-often');
  });
});

test('over HTTP: tell the number, call, look how it stands', async () => {
  const id = signed();
  house.units.assign('p1', 'traffic');
  const server = await openRoleServer((app) => registerRelayRoutes(app, relays));
  const path = `/api/orders/${id}/relay`;
  const ask = (method: 'GET' | 'PUT' | 'POST', url: string, body?: object) =>
    server.ask(method, url, body, 'unit-operator');
  expect((await ask('POST', path)).json()).toMatchObject({ code: 'no-own-phone' });
  const bad = await ask('PUT', '/api/orders/relay-phone', { number: 'call me' });
  expect(bad.statusCode).toBe(422);
  const told = await ask('PUT', '/api/orders/relay-phone', { number: own });
  expect(told.statusCode).toBe(204);
  const called = await ask('POST', path);
  expect(called.json()).toMatchObject({ phoneMasked: '139****1111' });
  expect((await ask('GET', path)).json()).toEqual(called.json());
  expect((await server.ask('GET', path, undefined, 'admin')).statusCode).toBe(403);
  await server.app.close();
});
