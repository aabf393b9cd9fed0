import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { earOf, keepsPlace, newestAt, openRoom, type Room } from '../../support/floor-room.ts';
import { type Caller, dialPerson, hangUpAll } from '../../support/house-caller.ts';
import type { House } from '../../support/house-rig.ts';
import { makeReady, openSeat, type ReadySeat } from '../../support/house-seat.ts';
import { expectNothingLeft } from '../../support/nothing-left.ts';
import { queueOf } from '../../support/quick-hotline.ts';
import { pause, until } from '../../support/until.ts';
import { expectHeard } from '../../support/voices.ts';

// Callers who keep their place and are called back, on the real exchange. How they come through a
// restart of the server: `restart.test.ts`.

const listed = z.object({
  rows: z.array(z.looseObject({ callId: z.string(), state: z.string(), isMissed: z.boolean() })),
});

let room: Room;
let house: House;
/** Serves those who ask to be called back, and who gave up. */
let seat: ReadySeat;
/** Serves who calls again elsewhere. */
let other: ReadySeat;

beforeAll(async () => {
  room = await openRoom({
    hotline(doc) {
      doc.shortAbandonMs = 1_000;
      const quick = { attempts: 2, pauseMs: 10_000, ringTimeoutMs: 5_000 };
      queueOf(doc, 'consumer').callBack = { ...quick, offerAfterMs: 500, missed: 'off' };
      queueOf(doc, 'social').callBack = { ...quick, offerAfterMs: null, missed: 'dial' };
    },
  });
  house = room.house;
  seat = await openSeat(house, '9001', ['consumer', 'social']);
  other = await openSeat(house, '9002', ['city']);
});

beforeEach(async () => {
  if (house.book.seatState('9001')?.state === 'ready') await notReady();
});

afterEach(async () => {
  room.outside.manner = 'answer';
  await hangUpAll();
  await expectNothingLeft(house);
});

afterAll(async () => {
  seat?.phone.close();
  other?.phone.close();
  await room?.close();
});

const notReady = () => seat.api.send('POST', '/desk/not-ready', { reason: 'rest' });

/** The phone outside, once it has been rung more than `before` times. */
async function rungOutside(before: number) {
  await until(() => room.outside.rung.length > before, 'the caller’s phone is rung');
  return newestAt(room.outside, 'caller');
}

async function stateOf({ number }: Caller): Promise<string | undefined> {
  const callId = house.book.callsOf(number)[0]?.id;
  const { rows } = listed.parse(await house.admin.send('GET', '/call-backs'));
  return rows.find((row) => row.callId === callId)?.state;
}

/** The call in which somebody was called back, closed. */
async function backClosed({ number }: Caller) {
  await until(() => house.book.backTo(number)?.endedAt != null, 'the call-back is closed');
  const { id } = house.book.backTo(number) ?? { id: '' };
  await until(
    () => house.book.recordingsOf(id).every(({ state }) => state !== 'running'),
    'its recording is finished',
  );
  return house.book.callById(id);
}

test('keeps the place, is rung when the agent has answered; both heard, rated, recorded', async () => {
  const before = room.outside.rung.length;
  const asker = await keepsPlace(house);
  const [asked] = house.book.callsOf(asker.number);
  expect(asked).toMatchObject({ ending: 'call-back-requested' });
  const later = await dialPerson('12315');
  await house.book.reaches(later.number, 'waiting');
  await makeReady(seat);
  const phone = await rungOutside(before);
  expect(phone.invite?.headers.get('to')?.[0]).toContain(`sip:${asker.number}@`);
  expect(phone.invite?.headers.get('from')?.[0]).toContain('sip:12345@');
  const agent = newestAt(seat.phone, 'agent');
  await until(() => house.book.seatState('9001')?.state === 'talking', 'they talk');
  expect(house.book.callOf(later.number).stage).toBe('waiting');
  await expectHeard(
    { caller: earOf(phone), agent: earOf(agent) },
    { caller: ['agent'], agent: ['caller'] },
  );
  await seat.api.send('POST', '/desk/hang-up');
  await until(() => house.book.backTo(asker.number)?.stage === 'rating', 'the rating is asked');
  phone.ear.press('5');
  await phone.over;
  const back = await backClosed(asker);
  expect(back).toMatchObject({ callBackOf: asked?.id, ending: 'agent-hung-up', rating: 5 });
  expect(house.book.recordingsOf(back?.id ?? '')).toMatchObject([{ state: 'ready' }]);
  await house.book.reaches(later.number, 'conversation');
  await later.call.hangUp();
  await house.book.closes(later.number);
});

test('the agent goes while the phone rings: the place is kept; while it is greeted: they wait', async () => {
  const before = room.outside.rung.length;
  const asker = await keepsPlace(house);
  room.outside.manner = 'ring';
  await makeReady(seat);
  const first = await rungOutside(before);
  seat.phone.rung.at(-1)?.hangUp();
  await first.over;
  await house.book.seatBecomes('9001', 'not-ready');
  await until(async () => (await stateOf(asker)) === 'waiting', 'the place is kept');

  room.outside.manner = 'answer';
  await makeReady(seat);
  const phone = await rungOutside(before + 1);
  await until(() => phone.ear.heard.some((sample) => sample > 500), 'the greeting is heard');
  seat.phone.rung.at(-1)?.hangUp();
  await until(() => house.book.backTo(asker.number)?.stage === 'waiting', 'they wait on the line');
  await makeReady(seat);
  await house.book.seatBecomes('9001', 'talking');
  const agent = newestAt(seat.phone, 'agent');
  await expectHeard(
    { caller: earOf(phone), agent: earOf(agent) },
    { caller: ['agent'], agent: ['caller'] },
  );
  phone.hangUp();
  expect(await backClosed(asker)).toMatchObject({ ending: 'caller-hung-up' });
});

test('is rung again after the pause, and is given up after the last attempt', async () => {
  const before = room.outside.rung.length;
  const asker = await keepsPlace(house);
  room.outside.manner = 486;
  await makeReady(seat);
  await rungOutside(before);
  await until(async () => (await stateOf(asker)) === 'paused', 'it is busy');
  await house.book.seatBecomes('9001', 'ready');
  room.outside.manner = 'ring';
  const second = await rungOutside(before + 1);
  await second.over;
  expect(await backClosed(asker)).toMatchObject({ ending: 'call-back-failed' });
  expect(await stateOf(asker)).toBe('failed');
  const failures = house.book.eventsOf(house.book.backTo(asker.number)?.id ?? '');
  expect(failures.filter(({ kind }) => kind === 'call.call-back-failed')).toMatchObject([
    { why: 'busy', tries: 1 },
    { why: 'no-answer', tries: 2, againAt: null },
  ]);
  await house.book.seatBecomes('9001', 'ready');
  expect(room.outside.rung).toHaveLength(before + 2);
});

test('one who gave up is to be called back, and is not when they call again and are answered', async () => {
  const before = room.outside.rung.length;
  const missed = await dialPerson('12333');
  await house.book.reaches(missed.number, 'waiting');
  await pause(1_100);
  await missed.call.hangUp();
  await until(() => house.book.backTo(missed.number)?.stage === 'virtual', 'is to be called back');
  await until(async () => (await stateOf(missed)) === 'waiting', 'is listed');
  const again = await dialPerson('12319', { from: missed.number });
  await house.book.seatBecomes('9002', 'talking');
  expect(await backClosed(missed)).toMatchObject({ ending: 'call-back-settled' });
  await until(async () => (await stateOf(missed)) === 'called-again', 'has called again');
  await again.call.hangUp();
  await until(() => house.book.callsOf(missed.number).every(({ endedAt }) => endedAt !== null));
  expect(room.outside.rung).toHaveLength(before);
});
