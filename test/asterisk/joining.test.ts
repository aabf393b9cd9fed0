import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/kit/ids.ts';
import { type AsteriskRig, openAsterisk } from '../support/real-exchange.ts';
import { strengthOf } from '../support/rtp-ear.ts';
import type { PhoneCall } from '../support/sip-phone.ts';
import { pause, until } from '../support/until.ts';
import { never, OneSeat } from './one-seat.ts';

let rig: AsteriskRig;
let room: OneSeat;

beforeAll(async () => {
  rig = await openAsterisk();
  room = await OneSeat.open(rig);
});

afterEach(async () => {
  await room.hangUpOnAll();
});

afterAll(async () => {
  await room?.close();
  await rig?.close();
});

/** How strong a tone is at a phone, soon: a busy machine passes sound on late. */
const hears = ({ ear }: PhoneCall, hz: number) =>
  expect.poll(async () => {
    ear.heard.length = 0;
    await pause(400);
    return strengthOf(ear.heard.slice(), hz);
  });

test('caller and seat hear each other; hold gives music; resume joins again', async () => {
  const { call, line } = await room.dial();
  await line.answer();
  await line.startMusic();
  const { leg, phone } = await room.answeredSeat();
  const talk = await room.telephony.join(newId(), line, leg);
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
  const { call, line } = await room.dial();
  await line.answer();
  const said = line.say('zh', ['tone'], never);
  const { leg } = await room.answeredSeat();
  const talk = await room.telephony.join(newId(), line, leg);
  await said;
  // Of the ten seconds of the prompt.
  expect(secondsHeard(call, 600)).toBeLessThan(9);
  await talk.close();
  await leg.hangUp();
});

test('a new leg of the seat takes the place of the old one', async () => {
  const { line } = await room.dial();
  await line.answer();
  const first = await room.answeredSeat();
  const talk = await room.telephony.join(newId(), line, first.leg);
  const second = await room.answeredSeat();
  await talk.replaceLeg(second.leg);
  await until(() => first.leg.gone.aborted);
  second.phone.ear.tone(880);
  await pause(600);
  expect(line.gone.aborted).toBe(false);
  await talk.close();
  await second.leg.hangUp();
});

test('a seat that lost its phone takes the same call back; the caller hears music between', async () => {
  const { call, line } = await room.dial();
  await line.answer();
  const first = await room.answeredSeat();
  const talk = await room.telephony.join(newId(), line, first.leg);
  first.phone.hangUp();
  await until(() => first.leg.gone.aborted);
  await talk.hold();
  const second = await room.answeredSeat({ autoAnswer: true });
  await talk.replaceLeg(second.leg);
  await talk.resume();
  second.phone.ear.tone(880);
  await hears(call, 880).toBeGreaterThan(3_000);
  await talk.close();
  await second.leg.hangUp();
});
