import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Api } from '../../../scripts/demo/api.ts';
import {
  department,
  earOf,
  newestAt,
  openRoom,
  type Room,
  untilRecorded,
} from '../../support/floor-room.ts';
import { untilHeard } from '../../support/hearing.ts';
import type { House } from '../../support/house-rig.ts';
import { openAccount, openSeat } from '../../support/house-seat.ts';
import { strengthOf } from '../../support/rtp-ear.ts';
import type { PhoneCall } from '../../support/sip-phone.ts';
import { until } from '../../support/until.ts';
import { expectHeard, tones } from '../../support/voices.ts';

// A unit's officer speaks to the citizen of an order through the hotline's number. `room.outside` stands
// for the carrier, so it is both their telephones.

const orderShape = z.looseObject({
  id: z.string(),
  timeline: z.array(z.looseObject({ move: z.string(), call: z.unknown() })),
});
const citizenNumber = '13800001111';

let room: Room;
let house: House;
let officer: Api;
let order: z.infer<typeof orderShape>;
const answers: string[] = [];

beforeAll(async () => {
  room = await openRoom({ asProcess: true });
  house = room.house;
  const { admin } = house;
  const clerk = await openAccount(house, 'clerk', '3001', ['agent', 'dispatcher']);
  const unitPerson = await openAccount(house, 'officer', '3002', ['unit-operator', 'unit-leader']);
  officer = unitPerson.api;
  const { id: dutyPersonId } = unitPerson;
  const name = '市交通警察支队';
  await admin.send('PUT', '/units', { id: 'traffic', parentId: null, name, dutyPersonId });
  await admin.send('PUT', `/units/members/${dutyPersonId}`, { unitId: 'traffic' });
  const form = {
    type: 'help',
    matter: 'M999',
    area: '440105',
    title: '路口信号灯不亮',
    content: '天河路口信号灯不亮',
    callerNumber: citizenNumber,
  };
  order = orderShape.parse(await clerk.api.send('POST', '/orders', form));
  for (const move of [{ do: 'submit' }, { do: 'dispatch', unitId: 'traffic' }]) {
    await clerk.api.send('POST', `/orders/${order.id}/moves`, move);
  }
  await ask('POST', 'moves', { do: 'sign' });
  await officer.send('PUT', '/orders/relay-phone', { number: department });
});

afterEach(async () => {
  room.outside.manner = 'answer';
  await until(async () => {
    const { channels, bridges } = await house.left();
    return channels.length + bridges.length === 0;
  }, 'nothing is left');
});

afterAll(() => room?.close());

/** The officer asks for something of the order; every answer is kept to be searched. */
async function ask(method: 'GET' | 'POST', what = '', body?: object): Promise<unknown> {
  const answer = await officer.send(method, `/orders/${order.id}/${what}`.replace(/\/$/, ''), body);
  answers.push(JSON.stringify(answer));
  return answer;
}

/** The telephone of the newest ring, which speaks with a voice of its own. */
async function rings(before: number, voice: 'agent' | 'party', number: string): Promise<PhoneCall> {
  await until(() => room.outside.rung.length > before, `${number} is called`);
  const call = newestAt(room.outside, voice);
  expect(call.invite?.headers.get('to')?.[0]).toContain(`sip:${number}@`);
  expect(call.invite?.headers.get('from')?.[0], 'the hotline’s number').toContain('sip:12345@');
  return call;
}

/** The officer has answered and is told what to press. */
async function officerAnswers(): Promise<PhoneCall> {
  const before = room.outside.rung.length;
  await ask('POST', 'relay');
  const own = await rings(before, 'agent', department);
  await until(() => Math.max(0, ...own.ear.heard.slice(-800)) > 500, 'the prompt is heard');
  return own;
}

/** Both are on the telephone, the citizen told that it is recorded. */
async function together() {
  const joined = () => house.book.eventsOfKind('call.relay-joined').length;
  const talks = joined();
  const own = await officerAnswers();
  const before = room.outside.rung.length;
  own.ear.press('1');
  const theirs = await rings(before, 'party', citizenNumber);
  const ears = { officer: earOf(own), citizen: earOf(theirs) };
  const heard = () => Int16Array.from(theirs.ear.heard);
  await untilHeard({ heard }, house.dataDir, 'zh/relay-notice');
  await until(() => joined() > talks, 'the two are joined');
  await expectHeard(ears, { officer: ['party'], citizen: ['agent'] });
  return { own, theirs, ears };
}

/** The call about the order placed last, with its recordings finished. */
async function closed() {
  const placed = house.book.eventsOfKind('call.relay-placed').at(-1);
  const callId = String(placed?.['callId']);
  await until(() => house.book.callById(callId)?.endedAt != null, 'the call is closed');
  const recordings = () => house.book.recordingsOf(callId);
  await until(() => recordings().every(({ state }) => state !== 'running'), 'it is recorded');
  return { call: house.book.callById(callId), recordings: recordings() };
}

test('both see the hotline’s number and hear each other; recorded, and the proof of the contact', async () => {
  const { own, theirs } = await together();
  const callId = String(house.book.eventsOfKind('call.relay-placed').at(-1)?.['callId']);
  await untilRecorded(house, callId, 1);
  theirs.hangUp();
  await own.over;
  const { call, recordings } = await closed();
  expect(call).toMatchObject({
    direction: 'out',
    orderId: order.id,
    caller: citizenNumber,
    queueId: null,
    ending: 'relayed',
  });
  expect(recordings).toMatchObject([{ state: 'ready' }]);
  const wav = readFileSync(join(house.dataDir, 'recordings', recordings[0]?.file ?? ''));
  const last = Array.from({ length: 4_000 }, (_, at) => wav.readInt16LE(wav.length - 2 - at * 4));
  for (const voice of ['agent', 'party'] as const) {
    expect(strengthOf(last, tones[voice]), voice).toBeGreaterThan(500);
  }
  await ask('POST', 'moves', { do: 'contact' });
  const seen = orderShape.parse(await ask('GET'));
  const proof = { ending: 'relayed', talkMs: call?.talkMs };
  expect(seen.timeline.slice(-2)).toMatchObject([
    { move: 'relay', call: proof },
    { move: 'contact', call: proof },
  ]);
  expect(answers.join('\n')).not.toContain(citizenNumber);
});

test('a citizen who is busy: the officer is told, and nobody was spoken to', async () => {
  const own = await officerAnswers();
  room.outside.manner = 486;
  own.ear.press('1');
  await own.over;
  const { call, recordings } = await closed();
  expect(call).toMatchObject({ ending: 'out-busy', connectedAt: null });
  expect(recordings).toEqual([]);
});

test('an officer who does not take the call: no citizen is rung', async () => {
  const before = room.outside.rung.length;
  room.outside.manner = 486;
  await ask('POST', 'relay');
  expect((await closed()).call).toMatchObject({ ending: 'relay-officer-missed' });
  expect(room.outside.rung).toHaveLength(before + 1);
});

test('the server is killed in the talk and started again: they talk on, recorded to the end', async () => {
  const { own, theirs, ears } = await together();
  const gone = once(house.process ?? process, 'exit');
  house.process?.kill('SIGKILL');
  await gone;
  await expectHeard(ears, { officer: ['party'], citizen: ['agent'] });
  await house.startServer();
  const takenUp = () =>
    house.book
      .eventsOfKind('call.stage')
      .slice(-2)
      .every(({ stage }) => stage === 'relay-talk');
  await until(takenUp, 'the call is taken up');
  await expectHeard(ears, { officer: ['party'], citizen: ['agent'] });
  own.hangUp();
  await theirs.over;
  const { call, recordings } = await closed();
  expect(call).toMatchObject({ ending: 'relayed' });
  expect(recordings).toMatchObject([{ state: 'ready' }]);
});

test('a visitor calls the citizen from their seat: the number not told, the talk proves the visit', async () => {
  const roles = ['agent', 'visitor', 'reviewer'];
  const seat = await openSeat(house, '9001', ['consumer'], roles);
  const { api } = seat;
  await ask('POST', 'moves', { do: 'reply', publicReply: '信号灯已修复。' });
  await ask('POST', 'moves', { do: 'approve-reply' });
  await api.send('POST', `/orders/${order.id}/moves`, { do: 'accept-reply' });
  const before = room.outside.rung.length;
  answers.push(JSON.stringify(await api.send('POST', `/orders/${order.id}/dial`)));
  const theirs = await rings(before, 'party', citizenNumber);
  const ears = { agent: earOf(newestAt(seat.phone, 'agent')), citizen: earOf(theirs) };
  await expectHeard(ears, { agent: ['party'], citizen: ['agent'] });
  theirs.hangUp();
  const callId = String(house.book.eventsOfKind('call.placed').at(-1)?.['callId']);
  await until(() => house.book.callById(callId)?.endedAt != null, 'the call is closed');
  const closing = { do: 'close', satisfied: true, rating: 5 };
  const closed = await api.send('POST', `/orders/${order.id}/moves`, closing);
  answers.push(JSON.stringify(closed));
  const { talkMs, orderId } = house.book.callById(callId) ?? {};
  expect(orderId).toBe(order.id);
  expect(orderShape.parse(closed).timeline.slice(-2)).toMatchObject([
    { move: 'visit-call', call: { ending: 'out-party-hung-up', talkMs } },
    { move: 'close', call: { ending: 'relayed', talkMs } },
  ]);
  expect(answers.join('\n')).not.toContain(citizenNumber);
  await api.send('POST', '/desk/sign-out');
  seat.phone.close();
});
