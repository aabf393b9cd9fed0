import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { LegGone } from '../../src/calls/ports.ts';
import { newId } from '../../src/kit/ids.ts';
import { type AsteriskRig, openAsterisk, rigPorts } from '../support/real-exchange.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';
import { pause, until } from '../support/until.ts';
import { never, OneSeat, ringOf } from './one-seat.ts';

let rig: AsteriskRig;
let proxy: TcpProxy;
let room: OneSeat;

beforeAll(async () => {
  rig = await openAsterisk();
});

beforeEach(async () => {
  proxy = await TcpProxy.open(rigPorts.ariPort);
  room = await OneSeat.open(rig, proxy.url);
});

afterEach(async () => {
  await room.hangUpOnAll();
  await until(async () => (await room.channelCount()) === 0);
  await room.close();
  await proxy.close();
});

afterAll(async () => {
  await rig?.close();
});

/** The link is down until the returned function is called. */
async function lose(): Promise<() => Promise<void>> {
  proxy.refuse();
  proxy.cut();
  await until(() => !room.telephony.isConnected());
  return async () => {
    proxy.pass();
    await until(() => room.telephony.isConnected());
  };
}

test('a short loss of the link ends nothing', async () => {
  const { line } = await room.answerCaller();
  const { leg } = await room.answeredSeat();
  const talk = await room.telephony.join(newId(), line, leg);
  const regain = await lose();
  await regain();
  await line.startMusic();
  expect([line.gone.aborted, leg.gone.aborted]).toEqual([false, false]);
  await talk.close();
  await leg.hangUp();
});

test('what was missed is made up for: a hang-up, the end of a prompt, an answer', async () => {
  const left = await room.answerCaller();
  const hearing = await room.answerCaller();
  const said = hearing.line.say('zh', ['short'], never);
  room.seat.manner = 'ring';
  const rang = room.seat.nextRing();
  const ringing = room.telephony.ringSeat(ringOf(), never);
  await rang;
  await pause(100);

  const regain = await lose();
  const before = await room.channelCount();
  left.call.hangUp();
  await until(async () => (await room.channelCount()) < before, 'the caller has left');
  await pause(500);
  await regain();

  await until(() => left.line.gone.aborted);
  expect(left.line.gone.reason).toMatchObject({ name: 'ChannelGone', why: 'vanished' });
  await said;
  room.seat.rung.at(-1)?.answer();
  const result = await ringing;
  expect(result.kind).toBe('answered');
  expect(hearing.line.gone.aborted).toBe(false);
  if (result.kind === 'answered') await result.leg.hangUp();
});

test('a command sent while the link is down is carried out when it is back', async () => {
  const { call, line } = await room.answerCaller();
  const regain = await lose();
  const hungUp = line.hangUp();
  await hungUp;
  await regain();
  await call.over;
});

test('callers who come while nobody is connected are announced afterwards, with the time they came', async () => {
  const regain = await lose();
  const first = await room.openCaller();
  const other = await room.openCaller('13800005678');
  await first.call('12345');
  await until(async () => (await room.channelCount()) === 1, 'the first has come');
  await pause(100);
  await other.call('12315');
  await until(async () => (await room.channelCount()) === 2, 'the second has come');
  await pause(100);
  const broughtBackAt = Date.now();
  await regain();
  await until(() => room.lines.length === 2);
  const byArrival = room.lines.toSorted((a, b) => a.arrivedAt - b.arrivedAt);
  expect(byArrival.map((line) => line.dialledNumber)).toEqual(['12345', '12315']);
  expect(room.lines.at(0)?.arrivedAt).toBeLessThan(broughtBackAt);
});

test('a phone whose audio stops is lost, not hung up', async () => {
  await room.ask('PUT', 'asterisk/config/dynamic/res_pjsip/endpoint/S101', {
    fields: [{ attribute: 'rtp_timeout', value: '1' }],
  });
  const { line } = await room.answerCaller();
  const { leg, phone } = await room.answeredSeat();
  const talk = await room.telephony.join(newId(), line, leg);
  await pause(300);
  phone.ear.fallSilent();
  await until(() => leg.gone.aborted);
  expect((leg.gone.reason as LegGone).by).toBe('seat-lost');
  expect(line.gone.aborted).toBe(false);
  await talk.close();
});

test('after a crash of Asterisk its calls are lost, and everything works again', async () => {
  const { line } = await room.answerCaller();
  const { leg } = await room.answeredSeat();
  await room.telephony.join(newId(), line, leg);
  await rig.asterisk.kill();
  await until(() => !room.telephony.isConnected());
  expect(line.gone.aborted).toBe(false);
  await rig.restart();
  await until(() => line.gone.aborted && leg.gone.aborted);
  expect(line.gone.reason).toMatchObject({ name: 'ChannelGone', why: 'telephony-lost' });
  expect((leg.gone.reason as LegGone).by).toBe('seat-lost');
  expect(await room.seat.register('secret')).toBe(200);
  await until(() => room.telephony.isPhoneReachable('S101'));
  const again = await room.answeredSeat();
  again.phone.hangUp();
  await until(() => again.leg.gone.aborted);
});
