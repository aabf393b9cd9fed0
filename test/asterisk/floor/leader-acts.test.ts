import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { converse, newestAt } from '../../support/floor-room.ts';
import { type Caller, dialPerson, hangUpAll } from '../../support/house-caller.ts';
import { type House, openHouse } from '../../support/house-rig.ts';
import { makeReady, openAccount, openSeat, type ReadySeat } from '../../support/house-seat.ts';
import { expectNothingLeft } from '../../support/nothing-left.ts';
import { queueOf } from '../../support/quick-hotline.ts';
import { until } from '../../support/until.ts';
import { expectHeard } from '../../support/voices.ts';

// What a shift leader does to somebody else's seat or caller, through the console's API.

let house: House;
let seat: ReadySeat;
let other: ReadySeat;
let leader: Awaited<ReturnType<typeof openAccount>>;

beforeAll(async () => {
  house = await openHouse({
    hotline: (doc) => {
      queueOf(doc, 'consumer').strategy = 'best-level';
    },
  });
  seat = await openSeat(house, '9001', ['consumer']);
  other = await openSeat(house, '9002', ['social']);
  leader = await openAccount(house, 'leader', 'L1', ['leader']);
});

beforeEach(async () => {
  await move('9001', [{ queueId: 'consumer', level: 1 }]);
  await move('9002', [{ queueId: 'social', level: 1 }]);
  for (const each of [seat, other]) {
    if (house.book.seatState(each.seatId)?.state !== 'ready') await makeReady(each);
  }
});

afterEach(async () => {
  await hangUpAll();
  await expectNothingLeft(house);
});

afterAll(async () => {
  seat?.phone.close();
  other?.phone.close();
  await house?.close();
});

type Queues = { queueId: string; level: number }[];

function act(verb: string, seatId = '9001') {
  return leader.api.send('POST', `/floor/seats/${seatId}/${verb}`);
}

async function move(seatId: string, queues: Queues) {
  await house.admin.send('PUT', `/floor/seats/${seatId}/queues`, { queues });
}

async function hangUp(caller: Caller) {
  await caller.call.hangUp();
  return house.book.closes(caller.number);
}

const auditShape = z.object({
  rows: z.array(z.object({ action: z.string(), subject: z.string() })),
});

/** What the leader did, as the audit has it. */
async function audited(): Promise<string[]> {
  const { rows } = auditShape.parse(await house.admin.send('GET', `/audit?person=${leader.id}`));
  return rows.map(({ action, subject }) => `${action} ${subject}`);
}

test('forced release: caller and agent are free, nobody is asked for a rating', async () => {
  const talk = await converse(house, seat);
  await act('release');
  await talk.agent.over;
  await talk.caller.call.ended;
  const call = await house.book.closes(talk.caller.number);
  expect(call).toMatchObject({ ending: 'agent-hung-up', ratingAskedAt: null });
  await house.book.seatBecomes('9001', 'ready');
  expect(await audited()).toContain('seat.forced-release seat:9001');
});

test('forced not ready: no caller comes; forced ready: the one who waits does', async () => {
  await act('not-ready');
  expect(house.book.seatState('9001')).toMatchObject({ state: 'not-ready', reason: 'by-leader' });
  const rung = seat.phone.rung.length;
  const caller = await dialPerson();
  await house.book.reaches(caller.number, 'waiting');
  expect(seat.phone.rung).toHaveLength(rung);
  await act('ready');
  await house.book.reaches(caller.number, 'conversation');
  await hangUp(caller);
  expect(await audited()).toEqual(
    expect.arrayContaining(['seat.forced-not-ready seat:9001', 'seat.forced-ready seat:9001']),
  );
});

test('forced not ready in a call: the talk goes on, the next caller does not come', async () => {
  const talk = await converse(house, seat);
  await act('not-ready');
  await expectHeard(talk.ears, { caller: ['agent'], agent: ['caller'] });
  await hangUp(talk.caller);
  await until(
    () => house.book.seatState('9001')?.state === 'not-ready',
    'not ready after the call',
  );
});

test('forced sign-out: refused in a call, done after it; the agent is at no seat', async () => {
  const talk = await converse(house, seat);
  await expect(act('sign-out')).rejects.toThrow('not-now');
  await hangUp(talk.caller);
  await house.book.seatBecomes('9001', 'ready');
  await act('sign-out');
  expect(await seat.api.send('GET', '/desk')).toMatchObject({ desk: null });
  await seat.api.send('POST', '/desk/sign-in', { seatId: '9001' });
  expect(await audited()).toContain('seat.forced-sign-out seat:9001');
});

test('a seat moved to another queue: the caller who waits there rings it at once', async () => {
  await act('not-ready');
  const caller = await dialPerson();
  await house.book.reaches(caller.number, 'waiting');
  const rung = other.phone.rung.length;
  const before = await leader.api.send('PUT', '/floor/seats/9002/queues', {
    queues: [{ queueId: 'consumer', level: 1 }],
  });
  expect(before).toEqual({ before: [{ queueId: 'social', level: 1 }] });
  const { seatId } = await house.book.reaches(caller.number, 'conversation');
  expect(seatId).toBe('9002');
  expect(other.phone.rung).toHaveLength(rung + 1);
  await hangUp(caller);
  expect(await audited()).toContain('seat.moved seat:9002');
});

test('a seat moved while it talks: the talk goes on, the next caller is of the new queue', async () => {
  const talk = await converse(house, seat);
  await act('not-ready', '9002');
  await move('9001', [{ queueId: 'social', level: 1 }]);
  await expectHeard(talk.ears, { caller: ['agent'], agent: ['caller'] });
  const consumer = await dialPerson('12315');
  const social = await dialPerson('12333');
  await house.book.reaches(consumer.number, 'waiting');
  await house.book.reaches(social.number, 'waiting');
  await hangUp(talk.caller);
  const { seatId, queueId } = await house.book.reaches(social.number, 'conversation');
  expect({ seatId, queueId }).toEqual({ seatId: '9001', queueId: 'social' });
  expect(house.book.callOf(consumer.number).stage).toBe('waiting');
  await hangUp(social);
  await hangUp(consumer);
});

test('a level changed in a call: the next caller goes to the better one', async () => {
  const talk = await converse(house, seat);
  // Both serve the queue; by idle time 9002 would be first, by level it is 9001's turn.
  await move('9002', [{ queueId: 'consumer', level: 2 }]);
  await move('9001', [{ queueId: 'consumer', level: 1 }]);
  await hangUp(talk.caller);
  await house.book.seatBecomes('9001', 'ready');
  const next = await dialPerson();
  const first = await house.book.reaches(next.number, 'conversation');
  expect(first.seatId).toBe('9001');
  // The levels change places while the talk goes on: the next decision obeys.
  await move('9001', [{ queueId: 'consumer', level: 2 }]);
  await move('9002', [{ queueId: 'consumer', level: 1 }]);
  await hangUp(next);
  await house.book.seatBecomes('9001', 'ready');
  const last = await dialPerson();
  expect((await house.book.reaches(last.number, 'conversation')).seatId).toBe('9002');
  await hangUp(last);
});

test('live priority: the caller who was second is first', async () => {
  await act('not-ready');
  const first = await dialPerson();
  await house.book.reaches(first.number, 'waiting');
  const second = await dialPerson();
  const { id } = await house.book.reaches(second.number, 'waiting');
  await leader.api.send('POST', `/floor/calls/${id}/priority`, { priority: 5 });
  await act('ready');
  await house.book.reaches(second.number, 'conversation');
  newestAt(seat.phone, 'agent');
  expect(house.book.callOf(first.number).stage).toBe('waiting');
  await hangUp(second);
  await house.book.reaches(first.number, 'conversation');
  await hangUp(first);
  expect(await audited()).toContain(`call.prioritised call:${id}`);
});
