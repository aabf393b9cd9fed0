import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepsPlace, openRoom, type Room } from '../../support/floor-room.ts';
import { isHeard, untilHeard } from '../../support/hearing.ts';
import { type Caller, dial, dialPerson } from '../../support/house-caller.ts';
import type { House } from '../../support/house-rig.ts';
import { makeReady, openSeat, type ReadySeat } from '../../support/house-seat.ts';
import { queueOf } from '../../support/quick-hotline.ts';
import { strengthOf } from '../../support/rtp-ear.ts';
import { until } from '../../support/until.ts';

let room: Room;
let house: House;
let seats: ReadySeat[];

beforeAll(async () => {
  room = await openRoom({
    asProcess: true,
    hotline(doc) {
      queueOf(doc, 'consumer').callBack.offerAfterMs = 1_000;
    },
  });
  house = room.house;
  seats = [await openSeat(house, '9001'), await openSeat(house, '9002')];
});

afterAll(async () => {
  for (const { phone } of seats ?? []) phone.close();
  await room?.close();
});

async function killServer(): Promise<void> {
  const gone = once(house.process ?? fail(), 'exit');
  house.process?.kill('SIGKILL');
  await gone;
}

function fail(): never {
  throw new Error('no process');
}

/** A caller who talks, and the seat. */
async function talking(): Promise<{ caller: Caller; seat: ReadySeat }> {
  const caller = await dialPerson('12315', { keepHeard: true });
  const { seatId } = await house.book.reaches(caller.number, 'conversation');
  const seat = seats.find((each) => each.seatId === seatId) ?? fail();
  return { caller, seat };
}

test('killed and started again: talking, rating and waiting callers go on, nobody is greeted twice', async () => {
  const talk = await talking();
  const rated = await talking();
  const waiting = await dialPerson('12315', { keepHeard: true });
  await house.book.reaches(waiting.number, 'waiting');
  await rated.seat.api.send('POST', '/desk/not-ready', { reason: 'rest' });
  await rated.seat.api.send('POST', '/desk/hang-up');
  await house.book.reaches(rated.caller.number, 'rating');

  await killServer();
  const heardBefore = [talk.caller, rated.caller, waiting].map(({ call }) => call.heard().length);
  await house.startServer();

  await untilHeard(rated.caller.call, house.dataDir, 'zh/rating-ask');
  rated.caller.call.press('4');
  await rated.caller.call.ended;
  expect(await house.book.closes(rated.caller.number)).toMatchObject({
    rating: 4,
    ending: 'agent-hung-up',
  });

  const phone = talk.seat.phone.rung.at(-1) ?? fail();
  phone.ear.tone(880);
  const last = () => talk.caller.call.heard().slice(-1_600);
  await until(() => strengthOf(last(), 880) > 3_000, 'the two still talk');
  await talk.seat.api.send('POST', '/desk/hang-up');
  await house.book.reaches(talk.caller.number, 'rating');
  talk.caller.call.press('5');
  await talk.caller.call.ended;
  const record = await house.book.closes(talk.caller.number);
  expect(record).toMatchObject({ rating: 5, ending: 'agent-hung-up', endedBy: 'agent' });
  expect(house.book.recordingsOf(record.id)).toMatchObject([{ state: 'ready' }]);

  // The seat that has hung up takes the caller who waited all the time.
  await house.book.reaches(waiting.number, 'conversation');
  await waiting.call.hangUp();
  expect(await house.book.closes(waiting.number)).toMatchObject({ ending: 'caller-hung-up' });
  [talk.caller, rated.caller, waiting].forEach(({ call }, at) => {
    const since = call.heard().subarray(heardBefore[at] ?? 0);
    expect(isHeard(since, house.dataDir, 'zh/greeting-12315')).toBe(false);
  });
  expect(house.book.count()).toEqual({ ended: 3, all: 3 });
  await until(async () => (await house.left()).channels.length === 0, 'no channel left');
  expect((await house.left()).bridges).toEqual([]);
});

test('who hangs up while no server is there has a record with an ending, too', async () => {
  const { caller, seat } = await talking();
  await killServer();
  await caller.call.hangUp();
  await house.startServer();
  expect(await house.book.closes(caller.number)).toMatchObject({ ending: 'server-lost' });
  await until(async () => (await house.left()).channels.length === 0, 'no channel left');
  await until(() => house.book.seatState(seat.seatId)?.state === 'ready', 'seat free again');
});

test('who dials while no server is there is served when it is back', async () => {
  await killServer();
  const caller = await dial('12315', { keepHeard: true });
  await caller.call.answered;
  await house.startServer();
  await untilHeard(caller.call, house.dataDir, 'zh/greeting-12315');
  caller.call.press('4');
  await house.book.reaches(caller.number, 'conversation');
  await caller.call.hangUp();
  expect(await house.book.closes(caller.number)).toMatchObject({ ending: 'caller-hung-up' });
});

test('who is to be called back keeps the place, also when their phone was ringing', async () => {
  const [seat] = seats;
  for (const { api } of seats) await api.send('POST', '/desk/not-ready', { reason: 'rest' });
  const asker = await keepsPlace(house);
  const later = await dialPerson('12315');
  await house.book.reaches(later.number, 'waiting');
  await killServer();
  await house.startServer();
  room.outside.manner = 'ring';
  await makeReady(seat ?? fail());
  await until(() => room.outside.rung.length === 1, 'the first in line is rung');

  await killServer();
  await house.startServer();
  await room.outside.rung[0]?.over;
  await until(() => room.outside.rung.length === 2, 'and rung again');
  room.outside.rung[1]?.answer();
  await until(() => house.book.backTo(asker.number)?.stage === 'conversation', 'they talk');
  expect(house.book.callOf(later.number).stage).toBe('waiting');
  room.outside.rung[1]?.hangUp();
  await house.book.reaches(later.number, 'conversation');
  expect(house.book.backTo(asker.number)).toMatchObject({ ending: 'caller-hung-up' });
  await later.call.hangUp();
  await house.book.closes(later.number);
  await until(async () => (await house.left()).channels.length === 0, 'no channel left');
});

test('SIGTERM drains: who talks goes on, who dials is told, then the process ends by itself', async () => {
  const { caller, seat } = await talking();
  const server = house.process ?? fail();
  const gone = once(server, 'exit');
  server.kill('SIGTERM');
  const log = join(house.dataDir, 'server.log');
  await until(() => readFileSync(log, 'utf8').includes('draining: no new calls'), 'it drains');
  const late = await dial('12315', { keepHeard: true });
  await untilHeard(late.call, house.dataDir, 'zh/draining');
  await late.call.ended;
  expect(await house.book.closes(late.number)).toMatchObject({ ending: 'draining' });
  expect(house.book.callOf(caller.number).stage).toBe('conversation');
  expect(server.exitCode).toBeNull();
  await seat.api.send('POST', '/desk/release');
  await caller.call.ended;
  expect(await gone).toEqual([0, null]);
  expect(house.book.callOf(caller.number)).toMatchObject({ ending: 'agent-hung-up' });
});
