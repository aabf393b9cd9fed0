import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { PartyGone } from '../../src/calls/ports.ts';
import { newId } from '../../src/kit/ids.ts';
import { type AsteriskRig, openAsterisk } from '../support/real-exchange.ts';
import { until } from '../support/until.ts';
import { Department } from './department.ts';
import { never, OneSeat } from './one-seat.ts';

let rig: AsteriskRig;
let room: OneSeat;
let department: Department;

beforeAll(async () => {
  rig = await openAsterisk();
  department = await Department.open();
  room = await OneSeat.open(rig, undefined, department.rules);
});

afterEach(() => {
  department.phone.manner = 'answer';
});

afterAll(async () => {
  department?.close();
  await room?.close();
  await rig?.close();
});

test('somebody outside is called with prefix and the number of the hotline', async () => {
  const { leg, phone: call } = await department.reachedBy(room.telephony);
  expect(call.invite?.headers.get('to')?.[0]).toContain('sip:9110@');
  expect(call.invite?.headers.get('from')?.[0]).toContain('sip:12345@');
  expect(call.invite?.body).not.toMatch(/a=rtpmap:\d+ (G722|opus)/);
  await leg.hangUp();
  await call.over;
  await until(() => leg.gone.aborted);
  expect(leg.gone.reason).toEqual(new PartyGone('system'));
});

test('a hang-up outside is heard', async () => {
  const { leg, phone } = await department.reachedBy(room.telephony);
  phone.hangUp();
  await until(() => leg.gone.aborted);
  expect(leg.gone.reason).toEqual(new PartyGone('party'));
});

test.each([
  [486, 'busy'],
  [603, 'refused'],
  [404, 'unreachable'],
] as const)('outside says %i: %s', async (status, why) => {
  department.phone.manner = status;
  const request = { callId: newId(), legId: newId(), number: '110', timeoutMs: 5_000 };
  expect(await room.telephony.dialOut(request, never)).toEqual({ kind: 'failed', why });
});

test('outside rings and nobody answers; a call given up stops ringing', async () => {
  department.phone.manner = 'ring';
  const request = { callId: newId(), legId: newId(), number: '110', timeoutMs: 1_000 };
  expect(await room.telephony.dialOut(request, never)).toEqual({
    kind: 'failed',
    why: 'no-answer',
  });
  const stop = new AbortController();
  const rang = department.phone.nextRing();
  const dialling = room.telephony.dialOut(
    { ...request, legId: newId(), timeoutMs: 9_000 },
    stop.signal,
  );
  await rang;
  stop.abort(new Error('enough'));
  await expect(dialling).rejects.toThrow('enough');
  expect(await department.newest().answered).toBe(487);
});

test('a number that is not allowed, or one call too many, never leaves the house', async () => {
  const before = department.phone.rung.length;
  const request = { callId: newId(), legId: newId(), number: '0085212345678', timeoutMs: 5_000 };
  expect(await room.telephony.dialOut(request, never)).toEqual({
    kind: 'failed',
    why: 'not-allowed',
  });
  expect(department.phone.rung).toHaveLength(before);
  const first = await department.reachedBy(room.telephony);
  const second = await department.reachedBy(room.telephony, newId(), '057188886666');
  expect(room.telephony.dialRefusal('110')).toBe('too-many');
  await Promise.all([first.leg.hangUp(), second.leg.hangUp()]);
  await until(() => room.telephony.dialRefusal('110') === null);
});
