import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { LegGone, Telephony } from '../../src/calls/ports.ts';
import {
  type AsteriskRig,
  openAsterisk,
  openSeat,
  openTelephony,
  recordedSent,
} from '../support/real-exchange.ts';
import { strengthOf } from '../support/rtp-ear.ts';
import { pause, until } from '../support/until.ts';
import { answeredAt, OneSeat, ringOf } from './one-seat.ts';

let rig: AsteriskRig;
let room: OneSeat;

beforeAll(async () => {
  rig = await openAsterisk();
});

beforeEach(async () => {
  room = await OneSeat.open(rig);
});

afterEach(async () => {
  await room.hangUpOnAll();
  await until(async () => (await room.channelCount()) === 0);
  await room.close();
});

afterAll(async () => {
  await rig?.close();
});

test('a restarted server adopts its calls; caller and agent keep talking', async () => {
  const { call, line } = await room.answerCaller();
  const request = ringOf();
  const { leg, phone } = await room.answeredSeat(request);
  await room.telephony.join(request.callId, line, leg);
  await room.telephony.close();

  const { telephony: second, live } = await openTelephony(rig);
  room.listenTo(second);
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
  const { call, line } = await room.answerCaller();
  const request = ringOf();
  const { leg, phone } = await room.answeredSeat(request);
  const colleague = await openSeat(room.telephony, 'S102');
  const guestOf = async (one: Telephony, tone: number) => {
    const guest = await answeredAt(one, colleague, { seatId: 'S102' });
    guest.phone.ear.tone(tone);
    return guest.leg;
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
  const before = await room.telephony.join(request.callId, line, leg);
  await hears('440');
  const guest = await guestOf(room.telephony, 880);
  await before.admit(guest);
  await hears('440,880');
  await room.telephony.close();

  const { telephony: second, live } = await openTelephony(rig);
  room.listenTo(second);
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
  await until(async () => (await room.channelCount()) === 0);
  await second.close();
});

test('strays and the bridges nobody took up are cleared away', async () => {
  const { line } = await room.answerCaller();
  const request = ringOf();
  const { leg } = await room.answeredSeat(request);
  await room.telephony.join(request.callId, line, leg);
  await room.telephony.close();
  const { telephony: second, live } = await openTelephony(rig);
  await second.hangUpStrays([...live.lines.keys(), ...live.legs.keys()]);
  await until(async () => (await room.channelCount()) === 0);
  expect(await (await room.ask('GET', 'bridges')).json()).toEqual([]);
  await second.close();
});
