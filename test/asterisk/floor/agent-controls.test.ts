import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  type Conversation,
  converse,
  department,
  earOf,
  newestAt,
  openRoom,
  type Room,
  untilRecorded,
} from '../../support/floor-room.ts';
import { hangUpAll } from '../../support/house-caller.ts';
import type { House } from '../../support/house-rig.ts';
import { makeReady, openSeat, type ReadySeat } from '../../support/house-seat.ts';
import { expectNothingLeft } from '../../support/nothing-left.ts';
import { strengthOf } from '../../support/rtp-ear.ts';
import { until } from '../../support/until.ts';
import { expectHeard, neverHeard, tones } from '../../support/voices.ts';

// Everything an agent does with a call, through the console's API, heard at every telephone.

let room: Room;
let house: House;
let seat: ReadySeat;
let colleague: ReadySeat;

beforeAll(async () => {
  room = await openRoom();
  house = room.house;
  seat = await openSeat(house, '9001', ['consumer']);
  colleague = await openSeat(house, '9002', ['social']);
});

beforeEach(async () => {
  for (const each of [seat, colleague]) {
    if (house.book.seatState(each.seatId)?.state !== 'ready') await makeReady(each);
  }
});

afterEach(async () => {
  room.outside.manner = 'answer';
  await hangUpAll();
  await expectNothingLeft(house);
});

afterAll(async () => {
  seat?.phone.close();
  colleague?.phone.close();
  await room?.close();
});

const desk = (verb: string, body?: unknown) => seat.api.send('POST', `/desk/${verb}`, body);

/** The caller hangs up; the record of the call, with the seats that talked in it. */
async function ended({ caller }: Conversation) {
  await caller.call.hangUp();
  const call = await house.book.closes(caller.number);
  const events = house.book.eventsOf(call.id);
  const talked = events.filter(({ kind }) => kind === 'call.talk-ended');
  return { call, events, talkedAt: talked.map(({ seatId }) => seatId) };
}

/** The telephone outside has been answered and speaks. */
async function partyAnswers(since: number) {
  await until(() => room.outside.rung.length > since, 'somebody outside is called');
  return newestAt(room.outside, 'party');
}

test('hold: the caller hears music, the agent nothing; resume: both again', async () => {
  const talk = await converse(house, seat);
  await expectHeard(talk.ears, { caller: ['agent'], agent: ['caller'] });
  await desk('hold');
  await expectHeard(talk.ears, { caller: [], agent: [] });
  const from = talk.caller.call.heard().length;
  const music = () => talk.caller.call.heard().subarray(from);
  await until(() => music().some((sample) => sample > 200), 'music is heard');
  await desk('resume');
  await expectHeard(talk.ears, { caller: ['agent'], agent: ['caller'] });
  expect((await ended(talk)).call.heldMs).toBeGreaterThan(0);
});

test('mute: the caller does not hear the agent, who goes on hearing the caller', async () => {
  const talk = await converse(house, seat);
  await desk('mute');
  await expectHeard(talk.ears, { caller: [], agent: ['caller'] });
  await desk('unmute');
  await expectHeard(talk.ears, { caller: ['agent'], agent: ['caller'] });
  await ended(talk);
});

test('blind transfer to a seat: the colleague has the caller, each their own seconds', async () => {
  const talk = await converse(house, seat);
  const rung = colleague.phone.rung.length;
  await desk('transfer', { seatId: '9002' });
  await until(() => colleague.phone.rung.length > rung, 'the colleague is rung');
  const second = newestAt(colleague.phone, 'party');
  const ears = { caller: talk.ears.caller, second: earOf(second) };
  await expectHeard(ears, { caller: ['party'], second: ['caller'] });
  const { call, events, talkedAt } = await ended(talk);
  expect(call).toMatchObject({ seatId: '9002', ending: 'caller-hung-up' });
  expect(talkedAt).toEqual(['9001', '9002']);
  const ring = events.findLast(({ kind }) => kind === 'call.ringing');
  expect(ring).toMatchObject({ seatId: '9002', chosenBy: 'wanted-seat' });
});

test('blind transfer to a queue: whoever serves it has the caller', async () => {
  const talk = await converse(house, seat);
  const rung = colleague.phone.rung.length;
  await desk('transfer', { queueId: 'social' });
  await until(() => colleague.phone.rung.length > rung, 'the colleague is rung');
  const second = newestAt(colleague.phone, 'party');
  const ears = { caller: talk.ears.caller, second: earOf(second) };
  await expectHeard(ears, { caller: ['party'], second: ['caller'] });
  const { call, talkedAt } = await ended(talk);
  expect(call).toMatchObject({ queueId: 'social', seatId: '9002' });
  expect(talkedAt).toEqual(['9001', '9002']);
});

test('blind transfer outside: the caller talks to the department, the seat is free', async () => {
  const talk = await converse(house, seat);
  const rung = room.outside.rung.length;
  await desk('transfer', { number: department });
  const party = await partyAnswers(rung);
  expect(party.invite?.headers.get('from')?.[0]).toContain('sip:12345@');
  const ears = { caller: talk.ears.caller, party: earOf(party) };
  await expectHeard(ears, { caller: ['party'], party: ['caller'] });
  await house.book.seatBecomes('9001', 'ready');
  await untilRecorded(house, talk.call.id, 2);
  const { call } = await ended(talk);
  expect(call.ending).toBe('transferred-outside');
  expectRecordedOn(call.id);
});

/** The talk went on without the agent and is on a recording of its own, both voices on one side. */
function expectRecordedOn(callId: string): void {
  const [, second, ...more] = house.book.recordingsOf(callId);
  expect(more).toEqual([]);
  expect(second).toMatchObject({ seatId: '9001', agentId: seat.agentId, state: 'ready' });
  const wav = readFileSync(join(house.dataDir, 'recordings', second?.file ?? ''));
  const last = Array.from({ length: 4_000 }, (_, at) => wav.readInt16LE(wav.length - 2 - at * 4));
  for (const voice of ['caller', 'party'] as const) {
    expect(strengthOf(last, tones[voice]), voice).toBeGreaterThan(500);
  }
}

test('a transfer outside that nobody answers: the caller is back with a person', async () => {
  room.outside.manner = 486;
  const talk = await converse(house, seat);
  const rung = seat.phone.rung.length;
  await desk('transfer', { number: department });
  await until(() => seat.phone.rung.length > rung, 'the seat is rung again');
  const again = newestAt(seat.phone, 'agent');
  const ears = { caller: talk.ears.caller, agent: earOf(again) };
  await expectHeard(ears, { caller: ['agent'], agent: ['caller'] });
  const { events } = await ended(talk);
  expect(events.find(({ kind }) => kind === 'call.party-failed')).toMatchObject({ why: 'busy' });
});

/** The agent asks the department while the caller hears music. */
async function consulting() {
  const talk = await converse(house, seat);
  const rung = room.outside.rung.length;
  await desk('consult', { number: department });
  const party = await partyAnswers(rung);
  const ears = { ...talk.ears, party: earOf(party) };
  await expectHeard(ears, { caller: [], agent: ['party'], party: ['agent'] });
  return { ...talk, party, ears };
}

test('consult, then complete: caller and department talk, the agent is out', async () => {
  const talk = await consulting();
  await desk('consult/complete');
  const { agent: _gone, ...others } = talk.ears;
  await expectHeard(others, { caller: ['party'], party: ['caller'] });
  await talk.agent.over;
  await untilRecorded(house, talk.call.id, 2);
  const { call, talkedAt } = await ended(talk);
  expect(call.ending).toBe('transferred-outside');
  expect(talkedAt).toEqual(['9001']);
  expectRecordedOn(call.id);
});

test('consult, then return: the department is gone, agent and caller talk on', async () => {
  const talk = await consulting();
  await desk('consult/return');
  await talk.party.over;
  const { party: _gone, ...others } = talk.ears;
  await expectHeard(others, { caller: ['agent'], agent: ['caller'] });
  neverHeard(talk.caller.call.heard(), 'party');
  await ended(talk);
});

test('consult, then three-way: all three hear each other', async () => {
  const talk = await consulting();
  await desk('consult/three-way');
  await expectHeard(talk.ears, {
    caller: ['agent', 'party'],
    agent: ['caller', 'party'],
    party: ['caller', 'agent'],
  });
  await ended(talk);
});

test('a colleague is consulted and takes the call: each agent has their own seconds', async () => {
  const talk = await converse(house, seat);
  const rung = colleague.phone.rung.length;
  await desk('consult', { seatId: '9002' });
  await until(() => colleague.phone.rung.length > rung, 'the colleague is rung');
  const party = newestAt(colleague.phone, 'party');
  const ears = { ...talk.ears, party: earOf(party) };
  await expectHeard(ears, { caller: [], agent: ['party'], party: ['agent'] });
  await desk('consult/complete');
  const { agent: _gone, ...others } = ears;
  await expectHeard(others, { caller: ['party'], party: ['caller'] });
  const { events } = await ended(talk);
  const parts = events.filter(
    ({ kind }) => kind === 'call.talk-ended' || kind === 'call.guest-left',
  );
  expect(parts.map(({ kind, agentId }) => [kind, agentId])).toEqual([
    ['call.guest-left', colleague.agentId],
    ['call.talk-ended', seat.agentId],
    ['call.talk-ended', colleague.agentId],
  ]);
  expect(Math.min(...parts.map(({ talkMs }) => Number(talkMs)))).toBeGreaterThan(300);
});

test('conference with a department, who is sent away again', async () => {
  const talk = await converse(house, seat);
  const rung = room.outside.rung.length;
  await desk('conference', { number: department });
  const party = await partyAnswers(rung);
  const ears = { ...talk.ears, party: earOf(party) };
  await expectHeard(ears, {
    caller: ['agent', 'party'],
    agent: ['caller', 'party'],
    party: ['caller', 'agent'],
  });
  await seat.api.send('DELETE', '/desk/conference');
  await party.over;
  await expectHeard(talk.ears, { caller: ['agent'], agent: ['caller'] });
  await ended(talk);
});

test.each([
  ['police', '110'],
  ['fire', '119'],
  ['ambulance', '120'],
])('one key for %s: %s is in the talk with caller and agent', async (emergency, number) => {
  const talk = await converse(house, seat);
  const rung = room.outside.rung.length;
  await desk('conference', { emergency });
  const party = await partyAnswers(rung);
  expect(party.invite?.headers.get('to')?.[0]).toContain(`sip:${number}@`);
  const ears = { ...talk.ears, party: earOf(party) };
  await expectHeard(ears, {
    caller: ['agent', 'party'],
    agent: ['caller', 'party'],
    party: ['caller', 'agent'],
  });
  await ended(talk);
});
