import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type AsteriskRig, openAsterisk } from '../support/real-exchange.ts';
import { strengthOf } from '../support/rtp-ear.ts';
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

test('a caller arrives with number, dialled number and time, and is answered', async () => {
  const { call, line } = await room.dial();
  expect(line).toMatchObject({ callerNumber: '13800001234', dialledNumber: '12345' });
  expect(line.arrivedAt).toBeLessThanOrEqual(Date.now() + 1000);
  await line.answer();
  expect(await call.answered).toBe(200);
});

test('a prompt is heard to its end, a missing one is skipped', async () => {
  const { call, line } = await room.dial();
  await line.answer();
  await line.say('zh', ['nobody-recorded-this', 'short'], never);
  await until(() => strengthOf(call.ear.heard, 600) > 500, 'the prompt is heard');
});

test('an abort stops the prompt at once', async () => {
  const { line } = await room.dial();
  await line.answer();
  const stop = new AbortController();
  const said = line.say('zh', ['tone'], stop.signal);
  await pause(200);
  stop.abort(new Error('enough'));
  await expect(said).rejects.toThrow('enough');
  await line.say('zh', ['short'], never);
});

test('keys are kept in order, those typed ahead too', async () => {
  const { call, line } = await room.dial();
  await line.answer();
  await call.answered;
  call.ear.press('12');
  await pause(500);
  expect(await line.nextKey(30_000, never)).toBe('1');
  expect(await line.nextKey(30_000, never)).toBe('2');
  expect(await line.nextKey(50, never)).toBeUndefined();
});

test('a hang-up by the caller ends the line and whatever waits on it', async () => {
  const { call, line } = await room.dial();
  await line.answer();
  await call.answered;
  const waiting = line.nextKey(60_000, never);
  call.hangUp();
  await expect(waiting).rejects.toMatchObject({ name: 'ChannelGone', why: 'hung-up' });
  await expect(line.startMusic()).rejects.toMatchObject({ name: 'ChannelGone' });
  await line.hangUp();
});

test('our hang-up ends the call and is harmless twice', async () => {
  const { call, line } = await room.dial();
  await line.answer();
  await Promise.all([line.hangUp(), line.hangUp()]);
  await call.over;
  await until(() => line.gone.aborted);
});
