import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { Api } from '../../../scripts/demo/api.ts';
import {
  type Conversation,
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
import { type Ear, expectHeard, neverHeard } from '../../support/voices.ts';

// A shift leader with an agent's talk. Each of the three says a tone of their own, and each hears
// exactly what they should.

let room: Room;
let house: House;
let seat: ReadySeat;
let colleague: ReadySeat;
let leader: ReadySeat;

beforeAll(async () => {
  room = await openRoom();
  house = room.house;
  seat = await openSeat(house, '9001', ['consumer']);
  colleague = await openSeat(house, '9002', ['social']);
  leader = await openLeader(house, '9009');
});

beforeEach(async () => {
  for (const each of [seat, colleague]) {
    if (house.book.seatState(each.seatId)?.state !== 'ready') await makeReady(each);
  }
});

afterEach(async () => {
  await hangUpAll();
  await expectNothingLeft(house);
});

afterAll(async () => {
  for (const each of [seat, colleague, leader]) each?.phone.close();
  await room?.close();
});

type Mode = 'listen' | 'whisper' | 'barge';
const monitor = (mode: Mode, at = '9001') =>
  leader.api.send('POST', `/floor/seats/${at}/monitor`, { mode });
const stop = () => leader.api.send('DELETE', '/floor/seats/9001/monitor');

const unheard = { caller: ['agent'], agent: ['caller'], leader: ['caller', 'agent'] } as const;
const whispered = { ...unheard, agent: ['caller', 'leader'] } as const;
const barged = { ...whispered, caller: ['agent', 'leader'] } as const;

/** A talk and a leader with it. */
async function listening(mode: Mode = 'listen') {
  const talk = await converse(house, seat);
  await monitor(mode);
  const third = newestAt(leader.phone, 'leader');
  return { ...talk, third, ears: { ...talk.ears, leader: earOf(third) } };
}

async function ended({ caller }: Conversation) {
  await caller.call.hangUp();
  return house.book.closes(caller.number);
}

test('listen, whisper, barge in, and back: each hears what they should, no mode leaks', async () => {
  const talk = await listening();
  await expectHeard(talk.ears, unheard);
  await monitor('whisper');
  await expectHeard(talk.ears, whispered);
  neverHeard(talk.caller.call.heard(), 'leader');
  await monitor('barge');
  await expectHeard(talk.ears, barged);
  await monitor('whisper');
  await expectHeard(talk.ears, whispered);
  const fromHere = talk.caller.call.heard().length;
  await monitor('listen');
  await expectHeard(talk.ears, unheard);
  neverHeard(talk.caller.call.heard().subarray(fromHere), 'leader');
  await stop();
  await talk.third.over;
  const { leader: _gone, ...two } = talk.ears;
  await expectHeard(two, { caller: ['agent'], agent: ['caller'] });
  const call = await ended(talk);
  const modes = house.book.eventsOf(call.id).filter(({ kind }) => kind === 'call.monitored');
  expect(modes.map(({ mode }) => mode)).toEqual([
    'listen',
    'whisper',
    'barge',
    'whisper',
    'listen',
    null,
  ]);
  expect(await actsOf(house.admin, leader.agentId)).toEqual(
    expect.arrayContaining(['seat.monitor', 'seat.monitor-ended']),
  );
});

test('a whisper is on no recording but in the agent’s ear; the leader records nothing', async () => {
  const talk = await listening('whisper');
  await expectHeard(talk.ears, whispered);
  const call = await ended(talk);
  await talk.third.over;
  expect(house.book.recordingsOf(call.id).map(({ seatId }) => seatId)).toEqual(['9001']);
  neverHeard(talk.caller.call.heard(), 'leader');
});

test('on hold the leader hears the agent alone, and the caller neither of them', async () => {
  const talk = await listening('barge');
  await expectHeard(talk.ears, barged);
  await seat.api.send('POST', '/desk/hold');
  await expectHeard(talk.ears, { caller: [], agent: ['leader'], leader: ['agent'] });
  await seat.api.send('POST', '/desk/resume');
  await expectHeard(talk.ears, barged);
  await ended(talk);
});

test('the agent takes the call to another phone: the leader goes on listening', async () => {
  const talk = await listening('whisper');
  await expectHeard(talk.ears, whispered);
  const rung = seat.phone.rung.length;
  await seat.api.send('POST', '/desk/rejoin');
  expect(seat.phone.rung).toHaveLength(rung + 1);
  const again = newestAt(seat.phone, 'agent');
  const ears: Record<keyof typeof whispered, Ear> = { ...talk.ears, agent: earOf(again) };
  await expectHeard(ears, whispered);
  neverHeard(talk.caller.call.heard(), 'leader');
  await ended(talk);
});

test('a colleague who helps is listened to as well', async () => {
  const talk = await converse(house, seat);
  const rung = colleague.phone.rung.length;
  await seat.api.send('POST', '/desk/consult', { seatId: '9002' });
  await until(() => colleague.phone.rung.length > rung, 'the colleague is rung');
  const helper = newestAt(colleague.phone, 'party');
  await until(() => house.book.seatState('9002')?.state === 'talking', 'the colleague helps');
  await monitor('listen', '9002');
  const third = newestAt(leader.phone, 'leader');
  const ears = { ...talk.ears, party: earOf(helper), leader: earOf(third) };
  await expectHeard(ears, {
    caller: [],
    agent: ['party'],
    party: ['agent'],
    leader: ['agent', 'party'],
  });
  await ended(talk);
  await third.over;
});

/** The leader's phone in the talk that is theirs now. */
async function intercepts(from: Conversation) {
  const rung = leader.phone.rung.length;
  await leader.api.send('POST', '/floor/seats/9001/intercept');
  await until(() => leader.phone.rung.length > rung, 'the leader’s phone is rung');
  const third = newestAt(leader.phone, 'leader');
  await from.agent.over;
  return third;
}

test('intercept: the leader has the caller, the agent is out', async () => {
  const talk = await listening();
  const third = await intercepts(talk);
  const ears = { caller: talk.ears.caller, leader: earOf(third) };
  await expectHeard(ears, { caller: ['leader'], leader: ['caller'] });
  const call = await ended(talk);
  expect(call).toMatchObject({ seatId: '9009', agentId: leader.agentId });
  expect(await actsOf(house.admin, leader.agentId)).toContain('seat.intercept');
});

test('intercept while a department is in the talk: it stays with leader and caller', async () => {
  const talk = await converse(house, seat);
  const rung = room.outside.rung.length;
  await seat.api.send('POST', '/desk/conference', { number: department });
  await until(() => room.outside.rung.length > rung, 'the department is called');
  const party = newestAt(room.outside, 'party');
  await until(() => talkedWith(talk, 'call.party-joined'), 'the department is in');
  const third = await intercepts(talk);
  const ears = { caller: talk.ears.caller, party: earOf(party), leader: earOf(third) };
  await expectHeard(ears, {
    caller: ['party', 'leader'],
    party: ['caller', 'leader'],
    leader: ['caller', 'party'],
  });
  await leader.api.send('DELETE', '/desk/conference');
  await party.over;
  const { party: _gone, ...two } = ears;
  await expectHeard(two, { caller: ['leader'], leader: ['caller'] });
  await ended(talk);
});

test('intercept while a colleague is consulted: the colleague is out, the leader has the caller', async () => {
  const talk = await converse(house, seat);
  await seat.api.send('POST', '/desk/consult', { seatId: '9002' });
  await until(() => talkedWith(talk, 'call.guest-joined'), 'the colleague helps');
  const third = await intercepts(talk);
  const ears = { caller: talk.ears.caller, leader: earOf(third) };
  await expectHeard(ears, { caller: ['leader'], leader: ['caller'] });
  await until(() => house.book.seatState('9002')?.state === 'ready', 'the colleague is free');
  await ended(talk);
});

function talkedWith({ call }: Conversation, kind: string): boolean {
  return house.book.eventsOf(call.id).some((event) => event.kind === kind);
}

const auditShape = z.object({ rows: z.array(z.object({ action: z.string() })) });

async function actsOf(admin: Api, personId: string): Promise<string[]> {
  const { rows } = auditShape.parse(await admin.send('GET', `/audit?person=${personId}`));
  return rows.map(({ action }) => action);
}
