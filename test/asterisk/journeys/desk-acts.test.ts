import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import {
  converse,
  department,
  earOf,
  newestAt,
  openRoom,
  type Room,
} from '../../support/floor-room.ts';
import { hangUpAll } from '../../support/house-caller.ts';
import type { House } from '../../support/house-rig.ts';
import { makeReady, openLeader, openSeat, type ReadySeat } from '../../support/house-seat.ts';
import { expectNothingLeft } from '../../support/nothing-left.ts';
import { until } from '../../support/until.ts';
import { expectHeard } from '../../support/voices.ts';

// What agents do beside taking a call, through the API on the real exchange.

const deskShape = z.object({ desk: z.looseObject({ callId: z.string().nullable() }) });

let room: Room;
let house: House;
let seat: ReadySeat;
let leader: ReadySeat;

beforeAll(async () => {
  room = await openRoom();
  house = room.house;
  seat = await openSeat(house, '9001', ['consumer']);
  leader = await openLeader(house, '9009');
});

beforeEach(async () => {
  if (house.book.seatState('9001')?.state !== 'ready') await makeReady(seat);
});

afterEach(async () => {
  room.outside.manner = 'answer';
  await hangUpAll();
  await expectNothingLeft(house);
});

afterAll(async () => {
  seat?.phone.close();
  leader?.phone.close();
  await room?.close();
});

const desk = async (verb: string, body?: unknown) =>
  deskShape.parse(await seat.api.send('POST', `/desk/${verb}`, body)).desk;

/** Clicks to dial; the own phone answers, then the one outside. */
async function dialled(body: unknown) {
  const since = room.outside.rung.length;
  const { callId } = await desk('dial', body);
  await until(() => room.outside.rung.length > since, 'somebody outside is called');
  const party = newestAt(room.outside, 'party');
  const agent = newestAt(seat.phone, 'agent');
  return { callId: callId ?? '', party, agent };
}

async function closed(callId: string) {
  await until(() => house.book.callById(callId)?.endedAt != null, 'the call is closed');
  await until(
    () => house.book.recordingsOf(callId).every(({ state }) => state !== 'running'),
    'its recording is finished',
  );
  return house.book.callById(callId);
}

test('click to dial: own phone first, the hotline’s number shown, both heard, recorded', async () => {
  const { callId, party, agent } = await dialled({ number: department });
  const own = seat.phone.rung.at(-1)?.invite?.headers;
  expect(own?.get('call-info')?.[0]).toContain('answer-after=0');
  expect(own?.get('from')?.[0]).not.toContain(department);
  expect(party.invite?.headers.get('from')?.[0]).toContain('sip:12345@');
  await expectHeard(
    { agent: earOf(agent), party: earOf(party) },
    { agent: ['party'], party: ['agent'] },
  );
  await house.book.seatBecomes('9001', 'talking');
  await desk('release');
  const call = await closed(callId);
  expect(call).toMatchObject({ direction: 'out', ending: 'out-agent-hung-up', seatId: '9001' });
  expect(house.book.recordingsOf(callId)).toMatchObject([{ state: 'ready' }]);
  await party.over;
});

test('nobody answers outside, or the agent gives up: the seat is ready again', async () => {
  room.outside.manner = 486;
  const first = await desk('dial', { number: department });
  expect((await closed(first.callId ?? ''))?.ending).toBe('out-busy');
  room.outside.manner = 'ring';
  const since = room.outside.rung.length;
  const second = await desk('dial', { number: department });
  expect(second['dialling']).toBe(true);
  await until(() => room.outside.rung.length > since, 'it rings outside');
  await desk('hang-up');
  expect((await closed(second.callId ?? ''))?.ending).toBe('out-given-up');
  await house.book.seatBecomes('9001', 'ready');
});

test('the caller of an earlier call is called without a number; others are refused', async () => {
  const talk = await converse(house, seat);
  await talk.caller.call.hangUp();
  await house.book.closes(talk.caller.number);
  await house.book.seatBecomes('9001', 'ready');
  const { callId, party } = await dialled({ callId: talk.call.id });
  expect(party.invite?.headers.get('to')?.[0]).toContain(`sip:${talk.caller.number}@`);
  await house.book.seatBecomes('9001', 'talking');
  party.hangUp();
  expect((await closed(callId))?.ending).toBe('out-party-hung-up');
  await house.book.seatBecomes('9001', 'ready');
  await expect(desk('dial', { number: '0085212345678' })).rejects.toThrow('number-not-allowed');
});

test('keys reach the party outside', async () => {
  const { callId, party } = await dialled({ number: department });
  await house.book.seatBecomes('9001', 'talking');
  await desk('keys', { keys: '12#', to: 'caller' });
  await until(() => party.ear.keysHeard === '12#', 'the keys are heard');
  await desk('release');
  await closed(callId);
});

test('a phone that answers by itself', async () => {
  await house.admin.send('PATCH', '/seats/9001', { autoAnswer: true });
  try {
    const talk = await converse(house, seat);
    const headers = seat.phone.rung.at(-1)?.invite?.headers;
    expect(headers?.get('alert-info')?.[0]).toContain('alert-autoanswer');
    await expectHeard(talk.ears, { caller: ['agent'], agent: ['caller'] });
    await talk.caller.call.hangUp();
    await house.book.closes(talk.caller.number);
  } finally {
    await house.admin.send('PATCH', '/seats/9001', { autoAnswer: false });
  }
});

test('into a self-service and back, then the leader helps on hold', async () => {
  const talk = await converse(house, seat);
  const away = await desk('self-service', { service: 'satisfaction' });
  expect(away).toMatchObject({ state: 'hold', selfService: { serviceId: 'satisfaction' } });
  talk.caller.call.press('5');
  await house.book.seatBecomes('9001', 'talking');
  const back = z.looseObject({ desk: z.unknown() }).parse(await seat.api.send('GET', '/desk'));
  expect(back.desk).toMatchObject({ selfServiceResult: { outcome: 'done', choice: '5' } });
  await expectHeard(talk.ears, { caller: ['agent'], agent: ['caller'] });

  const rung = leader.phone.rung.length;
  await desk('help', { hold: true });
  await until(() => leader.phone.rung.length > rung, 'the leader is rung');
  const helper = newestAt(leader.phone, 'leader');
  await expectHeard(
    { ...talk.ears, helper: earOf(helper) },
    { caller: [], agent: ['leader'], helper: ['agent'] },
  );
  await desk('consult/return');
  await seat.api.send('PUT', '/desk/tags', { tags: ['urgent', 'prepaid-card'] });
  await expect(seat.api.send('PUT', '/desk/tags', { tags: ['wages'] })).rejects.toThrow('422');
  await talk.caller.call.hangUp();
  await house.book.closes(talk.caller.number);
  const found = await house.admin.send('GET', '/calls?tag=prepaid-card');
  expect(found).toMatchObject({ rows: [{ id: talk.call.id, tags: ['urgent', 'prepaid-card'] }] });
  expect(await house.admin.send('GET', '/calls/tags')).toMatchObject({
    rows: [
      { tag: 'prepaid-card', calls: 1 },
      { tag: 'urgent', calls: 1 },
    ],
  });
});

test('an expert on duty, and 110, 119 and 120 by one key, in the talk', async () => {
  const always = { days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00', who: '张医生' };
  const expert = { name: '卫生专家', skill: 'health', seatId: null, number: department };
  const roster = { weekly: [always], dates: [] };
  const made = z
    .looseObject({ id: z.string() })
    .parse(await house.admin.send('POST', '/experts', { ...expert, enabled: true, roster }));
  expect(await seat.api.send('GET', '/desk/experts')).toMatchObject({
    rows: [{ name: '卫生专家', kind: 'number', onDuty: { who: '张医生' }, reachable: true }],
  });
  const talk = await converse(house, seat);
  const thirds: [dialled: string, body: object][] = [
    [department, { expertId: made.id }],
    ['110', { emergency: 'police' }],
    ['119', { emergency: 'fire' }],
    ['120', { emergency: 'ambulance' }],
  ];
  for (const [dialled, body] of thirds) {
    const since = room.outside.rung.length;
    await desk('conference', body);
    await until(() => room.outside.rung.length > since, 'they are called');
    const third = newestAt(room.outside, 'party');
    expect(third.invite?.uri).toMatch(new RegExp(`^sip:${dialled}@`));
    await expectHeard(
      { ...talk.ears, third: earOf(third) },
      { caller: ['agent', 'party'], agent: ['caller', 'party'], third: ['caller', 'agent'] },
    );
    await seat.api.send('DELETE', '/desk/conference');
    await third.over;
  }
  await talk.caller.call.hangUp();
  await house.book.closes(talk.caller.number);
});
