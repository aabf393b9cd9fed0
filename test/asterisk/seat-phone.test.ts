import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { LegGone } from '../../src/calls/ports.ts';
import { type AsteriskRig, openAsterisk, openSeat } from '../support/real-exchange.ts';
import { until } from '../support/until.ts';
import { never, OneSeat, ringOf } from './one-seat.ts';

let rig: AsteriskRig;
let room: OneSeat;

beforeAll(async () => {
  rig = await openAsterisk();
  room = await OneSeat.open(rig);
});

afterEach(() => {
  room.seat.manner = 'answer';
});

afterAll(async () => {
  await room?.close();
  await rig?.close();
});

test.each([
  [486, 'busy'],
  [600, 'busy'],
  [603, 'refused'],
  [480, 'unreachable'],
  [408, 'unreachable'],
  [404, 'unreachable'],
] as const)('a phone that says %i has failed as %s', async (status, why) => {
  room.seat.manner = status;
  expect(await room.telephony.ringSeat(ringOf(), never)).toEqual({ kind: 'failed', why });
});

test('a phone that rings and is not answered has failed as no-answer', async () => {
  room.seat.manner = 'ring';
  const result = await room.telephony.ringSeat(ringOf({ ringTimeoutMs: 1_000 }), never);
  expect(result).toEqual({ kind: 'failed', why: 'no-answer' });
});

test('a seat without a registered phone is unreachable', async () => {
  await room.telephony.provisionPhone('S999', 'sip', { user: 'S999', password: 'x' });
  const result = await room.telephony.ringSeat(ringOf({ seatId: 'S999' }), never);
  expect(result).toEqual({ kind: 'failed', why: 'unreachable' });
});

test('an abort stops the ringing with its reason', async () => {
  room.seat.manner = 'ring';
  const stop = new AbortController();
  const rang = room.seat.nextRing();
  const ringing = room.telephony.ringSeat(ringOf(), stop.signal);
  await rang;
  stop.abort(new Error('caller left'));
  await expect(ringing).rejects.toThrow('caller left');
  expect(await room.seat.rung.at(-1)?.answered).toBe(487);
});

test('the phone is told the masked number, the call, and to answer by itself', async () => {
  const { leg, phone } = await room.answeredSeat({ callId: 'call-7', autoAnswer: true });
  const { headers } = phone.invite ?? { headers: new Map<string, string[]>() };
  expect(headers.get('from')?.[0]).toContain('138****1234');
  expect(headers.get('x-yihao-call')).toEqual(['call-7']);
  expect(headers.get('call-info')?.[0]).toContain('answer-after=0');
  expect(headers.get('alert-info')?.[0]).toContain('info=alert-autoanswer');
  await leg.hangUp();
});

test('a phone is offered narrow-band codecs only, or its recording would be garbage', async () => {
  const { leg, phone } = await room.answeredSeat();
  // 0 and 8 are G.711, 101 the keys.
  expect(
    /m=audio \d+ \S+ ([\d ]+)/
      .exec(phone.invite?.body ?? '')?.[1]
      ?.split(' ')
      .toSorted(),
  ).toEqual(['0', '101', '8']);
  await leg.hangUp();
});

test("an agent's hang-up and ours are told apart", async () => {
  const first = await room.answeredSeat();
  first.phone.hangUp();
  await until(() => first.leg.gone.aborted);
  expect(first.leg.gone.reason).toEqual(new LegGone('agent'));

  const second = await room.answeredSeat();
  await second.leg.hangUp();
  await until(() => second.leg.gone.aborted);
  expect((second.leg.gone.reason as LegGone).by).toBe('system');
});

test("a phone's password is replaced while it is registered", async () => {
  await room.telephony.provisionPhone('S101', 'sip', { user: 'S101', password: 'other' });
  expect(room.telephony.isPhoneReachable('S101')).toBe(true);
  expect(await room.seat.register('secret')).toBe(401);
  expect(await room.seat.register('other')).toBe(200);
});

test('a phone registers under its seat id and no other name', async () => {
  const provisioned = room.telephony.provisionPhone('S103', 'browser', {
    user: 'me',
    password: 'x',
  });
  await expect(provisioned).rejects.toThrow(TypeError);
  const injected = room.telephony.provisionPhone('S1/../x', 'sip', {
    user: 'S1/../x',
    password: 'x',
  });
  await expect(injected).rejects.toThrow(TypeError);
});

test('a phone that unregisters is announced, and a removed one cannot register', async () => {
  const phone = await openSeat(room.telephony, 'S102');
  await phone.register('secret', 0);
  await until(() => !room.telephony.isPhoneReachable('S102'));
  expect(room.phones.filter(([seatId]) => seatId === 'S102')).toEqual([
    ['S102', true],
    ['S102', false],
  ]);
  await room.telephony.removePhone('S102');
  expect(await phone.register('secret')).not.toBe(200);
  phone.close();
});
