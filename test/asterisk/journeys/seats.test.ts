import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { RobotCall } from '../../../scripts/sipp/robot-call.ts';
import { type RobotSeats, robotSeats } from '../../../scripts/sipp/robot-seats.ts';
import { type Caller, dialPerson } from '../../support/house-caller.ts';
import { exchange, type House, openHouse } from '../../support/house-rig.ts';
import { makeReady, openSeat, type ReadySeat, staffSeat } from '../../support/house-seat.ts';
import { expectNothingLeft } from '../../support/nothing-left.ts';
import { queueOf } from '../../support/quick-hotline.ts';
import { until } from '../../support/until.ts';

let house: House;
let first: ReadySeat;

beforeAll(async () => {
  house = await openHouse({
    hotline(doc) {
      queueOf(doc, 'consumer').ringTimeoutMs = 3_000;
    },
  });
  first = await openSeat(house, '9001');
});

afterEach(async () => {
  await expectNothingLeft(house);
});

afterAll(async () => {
  first?.phone.close();
  await house?.close();
});

async function notReady(seat: ReadySeat, reason: string): Promise<void> {
  await until(() => house.book.seatState(seat.seatId)?.reason === reason, reason);
  expect(house.book.seatState(seat.seatId)).toEqual({ state: 'not-ready', reason });
}

async function waitingIn(to: string): Promise<Caller> {
  const caller = await dialPerson(to);
  await house.book.reaches(caller.number, 'waiting');
  return caller;
}

/** The reasons why rings for this call failed. */
function failuresOf({ number }: Caller): unknown[] {
  return house.book
    .eventsOf(house.book.callOf(number).id)
    .filter(({ kind }) => kind === 'call.ring-failed')
    .map(({ why }) => why);
}

test('no answer: the seat is not ready for that reason and the caller is the next one again', async () => {
  first.phone.manner = 'ring';
  const one = await dialPerson();
  await house.book.reaches(one.number, 'ringing');
  const two = await waitingIn('12315');
  await notReady(first, 'no-answer');
  expect(failuresOf(one)).toEqual(['no-answer']);

  first.phone.manner = 'answer';
  await makeReady(first);
  await house.book.reaches(one.number, 'conversation');
  expect(house.book.callOf(two.number).stage).toBe('waiting');
  await one.call.hangUp();
  await house.book.reaches(two.number, 'conversation');
  await two.call.hangUp();
  await Promise.all([one, two].map(({ number }) => house.book.closes(number)));
});

test.each([
  ['busy', 486, '9002'],
  ['refused', 603, '9003'],
  ['unreachable', 503, '9004'],
])('%s: the caller waits on and the next seat gets the call', async (why, status, next) => {
  first.phone.manner = status;
  await makeReady(first);
  const caller = await dialPerson();
  await notReady(first, why);
  expect(failuresOf(caller)).toEqual([why]);
  await house.book.reaches(caller.number, 'waiting');
  const other = await openSeat(house, next);
  const { seatId } = await house.book.reaches(caller.number, 'conversation');
  expect(seatId).toBe(other.seatId);
  await caller.call.hangUp();
  await house.book.closes(caller.number);
  await other.api.send('POST', '/desk/not-ready', { reason: 'rest' });
  other.phone.close();
});

test('a phone that was never there', async () => {
  const ghost = await staffSeat(house, '9009', ['consumer']);
  await expect(ghost.api.send('POST', '/desk/ready')).rejects.toThrow('phone-unreachable');
});

/**
 * Who hangs up while the server is still joining the two has had no talk and counts as unreachable: so the
 * agent has heard the caller for a second.
 */
async function hangsUpAfterTalk(call: RobotCall): Promise<void> {
  await until(() => call.state === 'over' || call.heard().length > 8_000, 'the caller is heard');
  await call.hangUp();
}

test('30 callers for 5 seats are answered in the order of their arrival', async () => {
  const staffed = [];
  for (const seatId of ['9011', '9012', '9013', '9014', '9015']) {
    staffed.push(await staffSeat(house, seatId, ['social']));
  }
  const callers = await Promise.all(Array.from({ length: 30 }, () => waitingIn('12333')));
  const phones: RobotSeats = await robotSeats({
    exchange,
    phones: staffed.map(({ credential }) => credential),
    behaviour: { do: 'answer', afterMs: 50 },
    keepHeard: true,
  });
  for (const phone of phones.phones.values()) {
    phone.onRing = (call) => void hangsUpAfterTalk(call);
  }
  for (const seat of staffed) await makeReady(seat);

  // The agents hang up; nobody presses a key, so each caller is asked twice for a rating.
  const records = await Promise.all(
    callers.map(async (caller) => {
      await until(() => house.book.callOf(caller.number).ratingAskedAt !== null, 'rated', 100_000);
      await caller.call.hangUp();
      return house.book.closes(caller.number);
    }),
  );
  const ofQueue = (kind: string) =>
    house.book.eventsOfKind(kind).filter(({ queueId }) => queueId === 'social');
  expect(ofQueue('call.ring-failed')).toEqual([]);
  const rung = ofQueue('call.ringing').map(({ callId }) => callId);
  const arrived = ofQueue('call.queued').toSorted(
    (a, b) => Number(a['arrivedAt']) - Number(b['arrivedAt']),
  );
  expect(rung).toEqual(arrived.map(({ callId }) => callId));
  expect(new Set(rung)).toEqual(new Set(records.map(({ id }) => id)));
  expect(new Set(records.map(({ ending }) => ending))).toEqual(new Set(['agent-hung-up']));
  expect(new Set(records.map(({ seatId }) => seatId)).size).toBe(5);
  await phones.close();
});
