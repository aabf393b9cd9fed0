import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { untilHeard } from '../../support/hearing.ts';
import { type Caller, dial, dialPerson } from '../../support/house-caller.ts';
import { type House, openHouse } from '../../support/house-rig.ts';
import { openSeat, type ReadySeat } from '../../support/house-seat.ts';
import { expectNothingLeft } from '../../support/nothing-left.ts';
import { queueOf } from '../../support/quick-hotline.ts';
import { until } from '../../support/until.ts';

let house: House;
let seat: ReadySeat;

beforeAll(async () => {
  house = await openHouse({
    hotline(doc) {
      queueOf(doc, 'social').onNobody = { do: 'message', prompt: 'queue-nobody' };
      queueOf(doc, 'medical').onNobody = { do: 'call-back' };
    },
  });
  seat = await openSeat(house, '9001');
});

beforeEach(() => {
  seat.phone.manner = 'answer';
});

afterAll(async () => {
  seat?.phone.close();
  await house?.close();
});

/** The one record of a caller who is gone, once nothing of the call is left. */
async function recordOf({ number, call }: Caller) {
  await call.ended;
  const record = await house.book.closes(number);
  await house.book.seatBecomes('9001', 'ready');
  await expectNothingLeft(house);
  const endings = house.book.eventsOf(record.id).filter(({ kind }) => kind === 'call.ended');
  expect(endings).toHaveLength(1);
  return record;
}

async function talking(): Promise<Caller> {
  const caller = await dialPerson();
  await house.book.reaches(caller.number, 'conversation');
  await until(() => seat.phone.rung.at(-1)?.ear.heard.length !== 0);
  return caller;
}

test('before the answer', async () => {
  const caller = await dial('12315');
  await caller.call.hangUp();
  // Asterisk may never have told us of a caller who was that quick; then there is no call to record.
  await expectNothingLeft(house);
  for (const { ending } of house.book.callsOf(caller.number)) {
    expect(ending).toBe('left-in-greeting');
  }
});

test('in the greeting', async () => {
  const caller = await dial('12315');
  await caller.call.answered;
  await house.book.reaches(caller.number, 'greeting');
  await caller.call.hangUp();
  expect(await recordOf(caller)).toMatchObject({ ending: 'left-in-greeting', queueId: null });
});

test('in the menu', async () => {
  const caller = await dial('12345');
  await caller.call.answered;
  caller.call.press('1');
  await house.book.reaches(caller.number, 'menu');
  await caller.call.hangUp();
  expect(await recordOf(caller)).toMatchObject({ ending: 'left-in-menu', queueId: null });
});

test('while waiting', async () => {
  await seat.api.send('POST', '/desk/not-ready', { reason: 'rest' });
  const caller = await dialPerson();
  await house.book.reaches(caller.number, 'waiting');
  await caller.call.hangUp();
  await caller.call.ended;
  await house.book.closes(caller.number);
  await seat.api.send('POST', '/desk/ready');
  const record = await recordOf(caller);
  expect(record).toMatchObject({ ending: 'left-while-waiting', queueId: 'consumer', seatId: null });
});

test('while a seat is ringing: the seat stops ringing and stays ready', async () => {
  seat.phone.manner = 'ring';
  const rang = seat.phone.nextRing();
  const caller = await dialPerson();
  await rang;
  await caller.call.hangUp();
  await seat.phone.rung.at(-1)?.over;
  expect(await recordOf(caller)).toMatchObject({ ending: 'left-while-ringing' });
  expect(house.book.seatState('9001')).toEqual({ state: 'ready', reason: null });
});

test('in the conversation: not rated, and not asked', async () => {
  const caller = await talking();
  await caller.call.hangUp();
  const record = await recordOf(caller);
  expect(record).toMatchObject({ ending: 'caller-hung-up', rating: null, ratingAskedAt: null });
  expect(house.book.recordingsOf(record.id)).toMatchObject([{ state: 'ready' }]);
});

test('on hold', async () => {
  const caller = await talking();
  await seat.api.send('POST', '/desk/hold');
  await house.book.seatBecomes('9001', 'hold');
  await caller.call.hangUp();
  const record = await recordOf(caller);
  expect(record).toMatchObject({ ending: 'caller-hung-up', endedBy: 'caller' });
});

test('in the rating: not rated', async () => {
  const caller = await talking();
  await seat.api.send('POST', '/desk/hang-up');
  await house.book.reaches(caller.number, 'rating');
  await caller.call.hangUp();
  const record = await recordOf(caller);
  expect(record).toMatchObject({ ending: 'agent-hung-up', endedBy: 'agent', rating: null });
  expect(record.ratingAskedAt).not.toBeNull();
});

test('the agent releases: no rating, both phones are down', async () => {
  const caller = await talking();
  await seat.api.send('POST', '/desk/release');
  await caller.call.ended;
  await seat.phone.rung.at(-1)?.over;
  expect(await recordOf(caller)).toMatchObject({ ending: 'agent-hung-up', ratingAskedAt: null });
});

test('in the message that nobody is there', async () => {
  const caller = await dialPerson('12333');
  await house.book.reaches(caller.number, 'message');
  await caller.call.hangUp();
  expect(await recordOf(caller)).toMatchObject({ ending: 'nobody-signed-in', queueId: 'social' });
});

test('the message is heard to its end, then the server hangs up', async () => {
  const caller = await dial('12333', { keepHeard: true });
  await caller.call.answered;
  caller.call.press('4');
  await untilHeard(caller.call, house.dataDir, 'zh/queue-nobody');
  const { endedBy } = await caller.call.ended;
  expect(endedBy).toBe('exchange');
  expect(await recordOf(caller)).toMatchObject({ ending: 'nobody-signed-in' });
});

test('in the call-back offer', async () => {
  const caller = await dialPerson('12393');
  await house.book.reaches(caller.number, 'call-back');
  await caller.call.hangUp();
  expect(await recordOf(caller)).toMatchObject({ ending: 'nobody-signed-in', queueId: 'medical' });
});

test('the call-back offer is taken by key 1', async () => {
  const caller = await dialPerson('12393');
  await house.book.reaches(caller.number, 'call-back');
  caller.call.press('1');
  const record = await recordOf(caller);
  expect(record).toMatchObject({ ending: 'call-back-requested', queueId: 'medical' });
});

test('a number nobody configured', async () => {
  const caller = await dial('12399', { keepHeard: true });
  await caller.call.ended;
  expect(await recordOf(caller)).toMatchObject({ ending: 'unknown-number', entryId: 'unknown' });
});
