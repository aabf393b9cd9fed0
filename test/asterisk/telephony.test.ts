import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { LegGone, type Line, type RingRequest, type Telephony } from '../../src/calls/ports.ts';
import { newId } from '../../src/kit/ids.ts';
import {
  type AsteriskRig,
  openAsterisk,
  openSeat,
  openTelephony,
  rigPorts,
} from '../support/real-exchange.ts';
import { strengthOf } from '../support/rtp-ear.ts';
import { type PhoneCall, SipPhone } from '../support/sip-phone.ts';
import { pause, until } from '../support/until.ts';

const never = new AbortController().signal;
let rig: AsteriskRig;
let telephony: Telephony;
let seat: SipPhone;
const callers: Line[] = [];
const phones: [string, boolean][] = [];
const opened: SipPhone[] = [];

beforeAll(async () => {
  rig = await openAsterisk();
  ({ telephony } = await openTelephony(rig));
  telephony.listen({
    onCaller: (line) => callers.push(line),
    onPhone: (...change) => phones.push(change),
    onConnection: () => {},
  });
  seat = await openSeat(telephony, 'S101');
});

afterEach(async () => {
  for (const line of callers.splice(0)) await line.hangUp();
  for (const phone of opened.splice(0)) phone.close();
  seat.manner = 'answer';
});

afterAll(async () => {
  seat?.close();
  await telephony?.close();
  await rig?.close();
});

async function dial(number = '12345') {
  const phone = await SipPhone.open(rigPorts.sipPort, '13800001234');
  opened.push(phone);
  const call = await phone.call(number);
  await until(() => callers.length > 0);
  const line = callers.at(-1);
  if (!line) throw new Error('no caller arrived');
  return { call, line };
}

function ringOf(change: Partial<RingRequest> = {}): RingRequest {
  return {
    callId: newId(),
    seatId: 'S101',
    legId: newId(),
    recordingId: newId(),
    ringTimeoutMs: 30_000,
    display: '138****1234',
    autoAnswer: false,
    ...change,
  };
}

async function answeredLeg(change: Partial<RingRequest> = {}) {
  const result = await telephony.ringSeat(ringOf(change), never);
  if (result.kind !== 'answered') throw new Error(`not answered: ${result.why}`);
  const phone = seat.rung.at(-1);
  if (!phone) throw new Error('the phone was not rung');
  return { leg: result.leg, phone };
}

test('a caller arrives with number, dialled number and time, and is answered', async () => {
  const { call, line } = await dial();
  expect(line).toMatchObject({ callerNumber: '13800001234', dialledNumber: '12345' });
  expect(line.arrivedAt).toBeLessThanOrEqual(Date.now() + 1000);
  await line.answer();
  expect(await call.answered).toBe(200);
});

test('a prompt is heard to its end, a missing one is skipped', async () => {
  const { call, line } = await dial();
  await line.answer();
  await line.say('zh', ['nobody-recorded-this', 'short'], never);
  await until(() => strengthOf(call.ear.heard, 600) > 500, 'the prompt is heard');
});

test('an abort stops the prompt at once', async () => {
  const { line } = await dial();
  await line.answer();
  const stop = new AbortController();
  const said = line.say('zh', ['tone'], stop.signal);
  await pause(200);
  stop.abort(new Error('enough'));
  await expect(said).rejects.toThrow('enough');
  await line.say('zh', ['short'], never);
});

test('keys are kept in order, those typed ahead too', async () => {
  const { call, line } = await dial();
  await line.answer();
  await call.answered;
  call.ear.press('12');
  await pause(500);
  expect(await line.nextKey(30_000, never)).toBe('1');
  expect(await line.nextKey(30_000, never)).toBe('2');
  expect(await line.nextKey(50, never)).toBeUndefined();
});

test('a hang-up by the caller ends the line and whatever waits on it', async () => {
  const { call, line } = await dial();
  await line.answer();
  await call.answered;
  const waiting = line.nextKey(60_000, never);
  call.hangUp();
  await expect(waiting).rejects.toMatchObject({ name: 'ChannelGone', why: 'hung-up' });
  await expect(line.startMusic()).rejects.toMatchObject({ name: 'ChannelGone' });
  await line.hangUp();
});

test('our hang-up ends the call and is harmless twice', async () => {
  const { call, line } = await dial();
  await line.answer();
  await Promise.all([line.hangUp(), line.hangUp()]);
  await call.over;
  await until(() => line.gone.aborted);
});

test.each([
  [486, 'busy'],
  [600, 'busy'],
  [603, 'refused'],
  [480, 'unreachable'],
  [408, 'unreachable'],
  [404, 'unreachable'],
] as const)('a phone that says %i has failed as %s', async (status, why) => {
  seat.manner = status;
  expect(await telephony.ringSeat(ringOf(), never)).toEqual({ kind: 'failed', why });
});

test('a phone that rings and is not answered has failed as no-answer', async () => {
  seat.manner = 'ring';
  const result = await telephony.ringSeat(ringOf({ ringTimeoutMs: 1_000 }), never);
  expect(result).toEqual({ kind: 'failed', why: 'no-answer' });
});

test('a seat without a registered phone is unreachable', async () => {
  await telephony.provisionPhone('S999', 'sip', { user: 'S999', password: 'x' });
  const result = await telephony.ringSeat(ringOf({ seatId: 'S999' }), never);
  expect(result).toEqual({ kind: 'failed', why: 'unreachable' });
});

test('an abort stops the ringing with its reason', async () => {
  seat.manner = 'ring';
  const stop = new AbortController();
  const rang = seat.nextRing();
  const ringing = telephony.ringSeat(ringOf(), stop.signal);
  await rang;
  stop.abort(new Error('caller left'));
  await expect(ringing).rejects.toThrow('caller left');
  expect(await seat.rung.at(-1)?.answered).toBe(487);
});

test('the phone is told the masked number, the call, and to answer by itself', async () => {
  const { leg, phone } = await answeredLeg({ callId: 'call-7', autoAnswer: true });
  const { headers } = phone.invite ?? { headers: new Map<string, string[]>() };
  expect(headers.get('from')?.[0]).toContain('138****1234');
  expect(headers.get('x-yihao-call')).toEqual(['call-7']);
  expect(headers.get('call-info')?.[0]).toContain('answer-after=0');
  expect(headers.get('alert-info')?.[0]).toContain('info=alert-autoanswer');
  await leg.hangUp();
});

test('a phone is offered narrow-band codecs only, or its recording would be garbage', async () => {
  const { leg, phone } = await answeredLeg();
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
  const first = await answeredLeg();
  first.phone.hangUp();
  await until(() => first.leg.gone.aborted);
  expect(first.leg.gone.reason).toEqual(new LegGone('agent'));

  const second = await answeredLeg();
  await second.leg.hangUp();
  await until(() => second.leg.gone.aborted);
  expect((second.leg.gone.reason as LegGone).by).toBe('system');
});

/** How strong a tone is at a phone, soon: a busy machine passes sound on late. */
const hears = ({ ear }: PhoneCall, hz: number) =>
  expect.poll(async () => {
    ear.heard.length = 0;
    await pause(400);
    return strengthOf(ear.heard.slice(), hz);
  });

test('caller and seat hear each other; hold gives music; resume joins again', async () => {
  const { call, line } = await dial();
  await line.answer();
  await line.startMusic();
  const { leg, phone } = await answeredLeg();
  const talk = await telephony.join(newId(), line, leg);
  call.ear.tone(440);
  phone.ear.tone(880);
  await hears(call, 880).toBeGreaterThan(3_000);
  await hears(phone, 440).toBeGreaterThan(3_000);

  await talk.hold();
  await talk.hold();
  await hears(phone, 440).toBeLessThan(100);
  await hears(call, 880).toBeLessThan(100);

  await talk.resume();
  await hears(phone, 440).toBeGreaterThan(3_000);

  await talk.close();
  await talk.close();
  await line.say('zh', ['short'], never);
  await leg.hangUp();
});

/** For how long a tone was heard, in pieces of a tenth of a second. */
function secondsHeard({ ear }: PhoneCall, hz: number): number {
  let seconds = 0;
  for (let at = 0; at < ear.heard.length; at += 800) {
    if (strengthOf(ear.heard.slice(at, at + 800), hz) > 1_000) seconds += 0.1;
  }
  return seconds;
}

test('joining does not wait for a prompt', async () => {
  const { call, line } = await dial();
  await line.answer();
  const said = line.say('zh', ['tone'], never);
  const { leg } = await answeredLeg();
  const talk = await telephony.join(newId(), line, leg);
  await said;
  // Of the ten seconds of the prompt.
  expect(secondsHeard(call, 600)).toBeLessThan(9);
  await talk.close();
  await leg.hangUp();
});

test('a new leg of the seat takes the place of the old one', async () => {
  const { line } = await dial();
  await line.answer();
  const first = await answeredLeg();
  const talk = await telephony.join(newId(), line, first.leg);
  const second = await answeredLeg();
  await talk.replaceLeg(second.leg);
  await until(() => first.leg.gone.aborted);
  second.phone.ear.tone(880);
  await pause(600);
  expect(line.gone.aborted).toBe(false);
  await talk.close();
  await second.leg.hangUp();
});

test('a seat that lost its phone takes the same call back; the caller hears music between', async () => {
  const { call, line } = await dial();
  await line.answer();
  const first = await answeredLeg();
  const talk = await telephony.join(newId(), line, first.leg);
  first.phone.hangUp();
  await until(() => first.leg.gone.aborted);
  await talk.hold();
  const second = await answeredLeg({ autoAnswer: true });
  await talk.replaceLeg(second.leg);
  await talk.resume();
  second.phone.ear.tone(880);
  await hears(call, 880).toBeGreaterThan(3_000);
  await talk.close();
  await second.leg.hangUp();
});

test("a phone's password is replaced while it is registered", async () => {
  await telephony.provisionPhone('S101', 'sip', { user: 'S101', password: 'other' });
  expect(telephony.isPhoneReachable('S101')).toBe(true);
  expect(await seat.register('secret')).toBe(401);
  expect(await seat.register('other')).toBe(200);
});

test('a phone registers under its seat id and no other name', async () => {
  const provisioned = telephony.provisionPhone('S103', 'browser', { user: 'me', password: 'x' });
  await expect(provisioned).rejects.toThrow(TypeError);
  const injected = telephony.provisionPhone('S1/../x', 'sip', { user: 'S1/../x', password: 'x' });
  await expect(injected).rejects.toThrow(TypeError);
});

test('a phone that unregisters is announced, and a removed one cannot register', async () => {
  const phone = await openSeat(telephony, 'S102');
  await phone.register('secret', 0);
  await until(() => !telephony.isPhoneReachable('S102'));
  expect(phones.filter(([seatId]) => seatId === 'S102')).toEqual([
    ['S102', true],
    ['S102', false],
  ]);
  await telephony.removePhone('S102');
  expect(await phone.register('secret')).not.toBe(200);
  phone.close();
});
