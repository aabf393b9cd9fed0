import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { LegGone, Line, RingRequest, Telephony } from '../../src/calls/ports.ts';
import { newId } from '../../src/kit/ids.ts';
import {
  type AsteriskRig,
  openAsterisk,
  openSeat,
  openTelephony,
  recordedSent,
  rigPorts,
} from '../support/real-exchange.ts';
import { strengthOf } from '../support/rtp-ear.ts';
import { SipPhone } from '../support/sip-phone.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';
import { pause, until } from '../support/until.ts';

const never = new AbortController().signal;
let rig: AsteriskRig;
let proxy: TcpProxy;
let telephony: Telephony;
let seat: SipPhone;
let caller: SipPhone;
let lines: Line[];

beforeAll(async () => {
  rig = await openAsterisk();
});

beforeEach(async () => {
  proxy = await TcpProxy.open(rigPorts.ariPort);
  lines = [];
  ({ telephony } = await openTelephony(rig, proxy.url));
  listenTo(telephony);
  seat = await openSeat(telephony, 'S101');
  caller = await SipPhone.open(rigPorts.sipPort, '13800001234');
});

afterEach(async () => {
  for (const line of lines) await line.hangUp();
  await until(async () => (await channelCount()) === 0);
  seat.close();
  caller.close();
  await telephony.close();
  await proxy.close();
});

afterAll(async () => {
  await rig?.close();
});

function listenTo(one: Telephony): void {
  one.listen({ onCaller: (line) => lines.push(line), onPhone: () => {}, onConnection: () => {} });
}

async function ari(method: string, path: string, body?: object): Promise<Response> {
  const { ariUrl, ariUser, ariPassword } = rig.asterisk;
  const basic = Buffer.from(`${ariUser}:${ariPassword}`).toString('base64');
  return await fetch(`${ariUrl}/ari/${path}`, {
    method,
    headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
}

async function channelCount(): Promise<number> {
  return ((await (await ari('GET', 'channels')).json()) as unknown[]).length;
}

async function dial() {
  const before = lines.length;
  const call = await caller.call('12345');
  await until(() => lines.length > before);
  const line = lines.at(-1);
  if (!line) throw new Error('no caller arrived');
  await line.answer();
  await call.answered;
  return { call, line };
}

function ringOf(legId = newId()): RingRequest {
  return {
    callId: newId(),
    seatId: 'S101',
    legId,
    recordingId: newId(),
    ringTimeoutMs: 30_000,
    display: '',
    autoAnswer: false,
  };
}

async function answered(request = ringOf()) {
  const result = await telephony.ringSeat(request, never);
  const phone = seat.rung.at(-1);
  if (result.kind !== 'answered' || !phone) throw new Error('the seat did not answer');
  return { leg: result.leg, phone };
}

/** The link is down until the returned function is called. */
async function lose(): Promise<() => Promise<void>> {
  proxy.refuse();
  proxy.cut();
  await until(() => !telephony.isConnected());
  return async () => {
    proxy.pass();
    await until(() => telephony.isConnected());
  };
}

test('a short loss of the link ends nothing', async () => {
  const { line } = await dial();
  const { leg } = await answered();
  const talk = await telephony.join(newId(), line, leg);
  const regain = await lose();
  await regain();
  await line.startMusic();
  expect([line.gone.aborted, leg.gone.aborted]).toEqual([false, false]);
  await talk.close();
  await leg.hangUp();
});

test('what was missed is made up for: a hang-up, the end of a prompt, an answer', async () => {
  const left = await dial();
  const hearing = await dial();
  const said = hearing.line.say('zh', ['short'], never);
  seat.manner = 'ring';
  const rang = seat.nextRing();
  const ringing = telephony.ringSeat(ringOf(), never);
  await rang;
  await pause(100);

  const regain = await lose();
  const before = await channelCount();
  left.call.hangUp();
  await until(async () => (await channelCount()) < before, 'the caller has left');
  await pause(500);
  await regain();

  await until(() => left.line.gone.aborted);
  expect(left.line.gone.reason).toMatchObject({ name: 'ChannelGone', why: 'vanished' });
  await said;
  seat.rung.at(-1)?.answer();
  const result = await ringing;
  expect(result.kind).toBe('answered');
  expect(hearing.line.gone.aborted).toBe(false);
  if (result.kind === 'answered') await result.leg.hangUp();
});

test('a command sent while the link is down is carried out when it is back', async () => {
  const { call, line } = await dial();
  const regain = await lose();
  const hungUp = line.hangUp();
  await hungUp;
  await regain();
  await call.over;
});

test('callers who come while nobody is connected are announced afterwards, with the time they came', async () => {
  const regain = await lose();
  const other = await SipPhone.open(rigPorts.sipPort, '13800005678');
  await caller.call('12345');
  await until(async () => (await channelCount()) === 1, 'the first has come');
  await pause(100);
  await other.call('12315');
  await until(async () => (await channelCount()) === 2, 'the second has come');
  await pause(100);
  const broughtBackAt = Date.now();
  await regain();
  await until(() => lines.length === 2);
  const byArrival = lines.toSorted((a, b) => a.arrivedAt - b.arrivedAt);
  expect(byArrival.map((line) => line.dialledNumber)).toEqual(['12345', '12315']);
  expect(lines.at(0)?.arrivedAt).toBeLessThan(broughtBackAt);
  for (const line of lines) await line.hangUp();
  other.close();
});

test('a restarted server adopts its calls; caller and agent keep talking', async () => {
  const { call, line } = await dial();
  const request = ringOf();
  const { leg, phone } = await answered(request);
  await telephony.join(request.callId, line, leg);
  await telephony.close();

  const { telephony: second, live } = await openTelephony(rig);
  listenTo(second);
  const adopted = live.lines.get(line.channelId);
  const adoptedLeg = live.legs.get(request.legId);
  if (!adopted || !adoptedLeg) throw new Error('not adopted');
  expect(adopted).toMatchObject({ callerNumber: '13800001234', dialledNumber: '12345' });
  // Each is so long before now as Asterisk has counted: they differ by how long the word took to us.
  expect(Math.abs(adopted.arrivedAt - line.arrivedAt)).toBeLessThan(10_000);
  expect(adoptedLeg).toMatchObject({ seatId: 'S101', recordingId: request.recordingId });
  expect(second.isPhoneReachable('S101')).toBe(true);

  const talk = await second.rejoin(request.callId, adopted, adoptedLeg, false);
  call.ear.tone(440);
  phone.ear.heard.length = 0;
  await until(() => strengthOf(phone.ear.heard.slice(-1600), 440) > 3_000, 'they talk on');

  phone.hangUp();
  await until(() => adoptedLeg.gone.aborted);
  expect((adoptedLeg.gone.reason as LegGone).by).toBe('agent');
  await talk.close();
  await adopted.hangUp();
  await until(() => adopted.gone.aborted);
  await second.close();
});

test('restarted while three talk: the two who are left, and whoever comes then, are recorded', async () => {
  const { call, line } = await dial();
  const request = ringOf();
  const { leg, phone } = await answered(request);
  const colleague = await openSeat(telephony, 'S102');
  const guestOf = async (one: Telephony, tone: number) => {
    const ring = await one.ringSeat({ ...ringOf(), seatId: 'S102' }, never);
    if (ring.kind !== 'answered') throw new Error(`the colleague did not answer: ${ring.why}`);
    colleague.rung.at(-1)?.ear.tone(tone);
    return ring.leg;
  };
  const tonesIn = (heard: number[]) =>
    String([440, 880, 1_320].filter((hz) => strengthOf(heard, hz) > 1_500));
  // For two whole seconds: the recording is judged second by second, wherever its seconds begin.
  const hears = (tones: string) =>
    until(() => {
      const { heard } = phone.ear;
      return [heard.slice(-16_000, -8_000), heard.slice(-8_000)].every(
        (second) => second.length === 8_000 && tonesIn(second) === tones,
      );
    });
  call.ear.tone(440);
  const before = await telephony.join(request.callId, line, leg);
  await hears('440');
  const guest = await guestOf(telephony, 880);
  await before.admit(guest);
  await hears('440,880');
  await telephony.close();

  const { telephony: second, live } = await openTelephony(rig);
  listenTo(second);
  const adopted = live.lines.get(line.channelId);
  const adoptedLeg = live.legs.get(request.legId);
  if (!adopted || !adoptedLeg) throw new Error('not adopted');
  const talk = await second.rejoin(request.callId, adopted, adoptedLeg, false);
  await live.legs.get(guest.legId)?.hangUp();
  await hears('440');
  await talk.hold();
  const next = await guestOf(second, 1_320);
  await talk.admit(next);
  await hears('1320');
  await next.hangUp();
  phone.hangUp();
  await until(() => adoptedLeg.gone.aborted);
  await pause(300);
  const recorded = recordedSent(rig, request.recordingId).map(tonesIn);
  for (const tones of ['440', '440,880', '440', '1320']) {
    expect(recorded).toContain(tones);
    recorded.splice(0, recorded.indexOf(tones) + 1);
  }
  await talk.close();
  await adopted.hangUp();
  colleague.close();
  await until(async () => (await channelCount()) === 0);
  await second.close();
});

test('strays and the bridges nobody took up are cleared away', async () => {
  const { line } = await dial();
  const request = ringOf();
  const { leg } = await answered(request);
  await telephony.join(request.callId, line, leg);
  await telephony.close();
  const { telephony: second, live } = await openTelephony(rig);
  await second.hangUpStrays([...live.lines.keys(), ...live.legs.keys()]);
  await until(async () => (await channelCount()) === 0);
  expect(await (await ari('GET', 'bridges')).json()).toEqual([]);
  await second.close();
});

test('a phone whose audio stops is lost, not hung up', async () => {
  await ari('PUT', 'asterisk/config/dynamic/res_pjsip/endpoint/S101', {
    fields: [{ attribute: 'rtp_timeout', value: '1' }],
  });
  const { line } = await dial();
  const { leg, phone } = await answered();
  const talk = await telephony.join(newId(), line, leg);
  await pause(300);
  phone.ear.fallSilent();
  await until(() => leg.gone.aborted);
  expect((leg.gone.reason as LegGone).by).toBe('seat-lost');
  expect(line.gone.aborted).toBe(false);
  await talk.close();
});

test('after a crash of Asterisk its calls are lost, and everything works again', async () => {
  const { line } = await dial();
  const { leg } = await answered();
  await telephony.join(newId(), line, leg);
  await rig.asterisk.kill();
  await until(() => !telephony.isConnected());
  expect(line.gone.aborted).toBe(false);
  await rig.restart();
  await until(() => line.gone.aborted && leg.gone.aborted);
  expect(line.gone.reason).toMatchObject({ name: 'ChannelGone', why: 'telephony-lost' });
  expect((leg.gone.reason as LegGone).by).toBe('seat-lost');
  expect(await seat.register('secret')).toBe(200);
  await until(() => telephony.isPhoneReachable('S101'));
  const again = await answered();
  again.phone.hangUp();
  await until(() => again.leg.gone.aborted);
});
