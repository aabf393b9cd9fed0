import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  converse,
  department,
  earOf,
  newestAt,
  openRoom,
  type Room,
} from '../../support/floor-room.ts';
import { dialPerson, hangUpAll } from '../../support/house-caller.ts';
import { type House } from '../../support/house-rig.ts';
import { makeReady, openAccount, openLeader, type ReadySeat } from '../../support/house-seat.ts';
import type { PhoneCall } from '../../support/sip-phone.ts';
import { until } from '../../support/until.ts';
import { expectHeard } from '../../support/voices.ts';

// A seat whose phone is a plain telephone outside, at the agent's home. `room.outside` stands for the
// carrier, so it is that telephone, too.

let room: Room;
let house: House;
let seat: ReadySeat;
let leader: ReadySeat;
const home = '057155556666';

beforeAll(async () => {
  room = await openRoom({ asProcess: true });
  house = room.house;
  const queues = [{ queueId: 'consumer', level: 1 }];
  const wanted = { id: '9001', name: '居家席', phone: 'outside', number: home, queues };
  expect(await house.admin.send('POST', '/seats', wanted)).toMatchObject({
    phone: 'outside',
    number: '057*****6666',
  });
  const { id, api } = await openAccount(house, 'agent-9001', '9001', ['agent']);
  const credential = { user: '', password: '' };
  seat = { seatId: '9001', agentId: id, api, credential, phone: room.outside };
  leader = await openLeader(house, '9009');
});

afterEach(hangUpAll);

afterAll(async () => {
  leader?.phone.close();
  await room?.close();
});

const desk = (verb: string, body?: unknown) => seat.api.send('POST', `/desk/${verb}`, body);

/** How the line is, as the agent's console shows it. */
async function lineNow(): Promise<unknown> {
  const view = await seat.api.send('GET', '/desk');
  return view && typeof view === 'object' && 'desk' in view ? view.desk : null;
}

async function lineBecomes(line: string): Promise<void> {
  await until(async () => {
    const now = await lineNow();
    return !!now && typeof now === 'object' && 'line' in now && now.line === line;
  }, `the line ${line}`);
}

/** The agent signs in and takes the one call that is made to their telephone. */
async function signIn(): Promise<PhoneCall> {
  const before = room.outside.rung.length;
  await desk('sign-in', { seatId: '9001' });
  await lineBecomes('open');
  expect(room.outside.rung).toHaveLength(before + 1);
  const line = newestAt(room.outside, 'agent');
  expect(line.invite?.headers.get('to')?.[0]).toContain(`sip:${home}@`);
  expect(line.invite?.headers.get('from')?.[0]).toContain('sip:12345@');
  await makeReady(seat);
  return line;
}

/** A talk over the open line: nothing rings. */
async function talkOver(line: PhoneCall) {
  const before = room.outside.rung.length;
  const talk = await converse(house, seat);
  expect(room.outside.rung).toHaveLength(before);
  return { ...talk, agent: line, ears: { caller: talk.ears.caller, agent: earOf(line) } };
}

test('a number the operator does not let out is no seat’s telephone', async () => {
  const wanted = { id: '9002', name: '居家席', phone: 'outside', queues: [] };
  const refusal = expect.objectContaining({ code: 'invalid-input' });
  await expect(house.admin.send('POST', '/seats', wanted)).rejects.toEqual(refusal);
  const abroad = { ...wanted, number: '0085212345678' };
  await expect(house.admin.send('POST', '/seats', abroad)).rejects.toEqual(refusal);
});

test('one call at sign-in; two callers over the same line, on hold, with wrap-up, recorded', async () => {
  const line = await signIn();
  for (const round of [1, 2]) {
    const talk = await talkOver(line);
    await expectHeard(talk.ears, { caller: ['agent'], agent: ['caller'] });
    if (round === 1) {
      await desk('hold');
      await expectHeard(talk.ears, { caller: [], agent: [] });
      await desk('resume');
      await expectHeard(talk.ears, { caller: ['agent'], agent: ['caller'] });
    }
    await talk.caller.call.hangUp();
    const call = await house.book.closes(talk.caller.number);
    expect(call).toMatchObject({ seatId: '9001', ending: 'caller-hung-up' });
    const [kept] = house.book.recordingsOf(call.id);
    expect(kept).toMatchObject({ seatId: '9001', state: 'ready' });
    await house.book.seatBecomes('9001', 'ready');
    await expectHeard({ agent: earOf(line) }, { agent: [] });
  }
  await desk('sign-out');
  await line.over;
});

test('listened to, and sent on to a department: the line stays', async () => {
  const line = await signIn();
  const talk = await talkOver(line);
  await leader.api.send('POST', '/floor/seats/9001/monitor', { mode: 'whisper' });
  const ears = { ...talk.ears, leader: earOf(newestAt(leader.phone, 'leader')) };
  await expectHeard(ears, {
    caller: ['agent'],
    agent: ['caller', 'leader'],
    leader: ['caller', 'agent'],
  });
  const before = room.outside.rung.length;
  await desk('transfer', { number: department });
  await until(() => room.outside.rung.length > before, 'the department is called');
  const party = newestAt(room.outside, 'party');
  const after = { caller: talk.ears.caller, party: earOf(party), agent: earOf(line) };
  await expectHeard(after, { caller: ['party'], party: ['caller'], agent: [] });
  await talk.caller.call.hangUp();
  await house.book.closes(talk.caller.number);
  await desk('sign-out');
  await line.over;
});

test('the line is lost: the seat is not ready, no caller comes; called again, it goes on', async () => {
  const line = await signIn();
  line.hangUp();
  await lineBecomes('down');
  await house.book.seatBecomes('9001', 'not-ready');
  expect(house.book.seatState('9001')).toMatchObject({ reason: 'unreachable' });
  await expect(desk('ready')).rejects.toThrow('phone-unreachable');
  const waiting = await dialPerson();
  await house.book.reaches(waiting.number, 'waiting');
  await desk('line');
  await lineBecomes('open');
  const again = newestAt(room.outside, 'agent');
  await desk('ready');
  await house.book.reaches(waiting.number, 'conversation');
  await until(() => again.ear.heard.length > 0, 'the agent hears something');
  await waiting.call.hangUp();
  await house.book.closes(waiting.number);
  await desk('sign-out');
  await again.over;
});

test('the telephone is put down in a talk: the talk ends as any, the seat is not ready', async () => {
  const line = await signIn();
  const talk = await talkOver(line);
  await expectHeard(talk.ears, { caller: ['agent'], agent: ['caller'] });
  line.hangUp();
  await house.book.reaches(talk.caller.number, 'rating');
  expect(house.book.callOf(talk.caller.number)).toMatchObject({ endedBy: 'agent' });
  await until(() => house.book.seatState('9001')?.state === 'not-ready', 'not ready');
  await talk.caller.call.hangUp();
  await house.book.closes(talk.caller.number);
  await desk('sign-out');
});

test('the server is killed in a talk and started again: talk and line go on', async () => {
  const line = await signIn();
  const talk = await talkOver(line);
  await expectHeard(talk.ears, { caller: ['agent'], agent: ['caller'] });
  const gone = once(house.process ?? process, 'exit');
  house.process?.kill('SIGKILL');
  await gone;
  await expectHeard(talk.ears, { caller: ['agent'], agent: ['caller'] });
  const before = room.outside.rung.length;
  await house.startServer();
  await lineBecomes('open');
  await desk('hold');
  await expectHeard(talk.ears, { caller: [], agent: [] });
  await desk('resume');
  await expectHeard(talk.ears, { caller: ['agent'], agent: ['caller'] });
  await talk.caller.call.hangUp();
  await house.book.closes(talk.caller.number);
  await house.book.seatBecomes('9001', 'ready');
  const next = await talkOver(line);
  await expectHeard(next.ears, { caller: ['agent'], agent: ['caller'] });
  expect(room.outside.rung).toHaveLength(before);
  await next.caller.call.hangUp();
  await house.book.closes(next.caller.number);
  await desk('sign-out');
  await line.over;
  await until(async () => (await house.left()).channels.length === 0, 'nothing is left');
});

test('busy at sign-in: the agent is told and may have it called again', async () => {
  room.outside.manner = 486;
  await desk('sign-in', { seatId: '9001' });
  await lineBecomes('down');
  const told = house.book.eventsOfKind('seat.line').at(-1);
  expect(told).toMatchObject({ state: 'failed', why: 'busy' });
  room.outside.manner = 'answer';
  await desk('line');
  await lineBecomes('open');
  await desk('sign-out');
  await room.outside.rung.at(-1)?.over;
});
