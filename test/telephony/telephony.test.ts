import { getEventListeners } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LegGone, Line, RingRequest, Telephony } from '../../src/calls/ports.ts';
import { type Clock, systemClock } from '../../src/kit/clock.ts';
import { createLog } from '../../src/kit/log.ts';
import { createTelephony } from '../../telephony/asterisk.ts';
import { FakeAri, type FakeRequest, fakeChannel } from '../support/fake-ari.ts';
import { FakeClock } from '../support/fake-clock.ts';

const never = new AbortController().signal;
/** On a busy machine, too. */
const soon = { timeout: 15_000, interval: 20 };
let fake: FakeAri;
let folder: string;
let telephony: Telephony;
let lines: Line[];

beforeEach(async () => {
  fake = await FakeAri.start();
  folder = mkdtempSync(join(tmpdir(), 'yihao-telephony-'));
  for (const name of ['synthesised/zh', 'uploaded/zh'])
    mkdirSync(join(folder, name), { recursive: true });
  telephony = newTelephony();
  lines = [];
});

afterEach(async () => {
  await telephony.close();
  await fake.stop();
  rmSync(folder, { recursive: true });
});

function newTelephony(password = fake.password, clock: Clock = systemClock): Telephony {
  return createTelephony({
    ariUrl: fake.url,
    user: fake.user,
    password,
    app: 'yihao',
    prompts: {
      uploaded: join(folder, 'uploaded'),
      synthesised: join(folder, 'synthesised'),
      spoken: join(folder, 'spoken'),
    },
    clock,
    log: createLog('silent'),
    limits: { requestTimeoutMs: 1_000, reconnectFirstMs: 5 },
  });
}

async function start(): Promise<void> {
  await telephony.connect();
  telephony.listen({ onCaller: (line) => lines.push(line), onPhone() {}, onConnection() {} });
}

async function arrive(change: object = {}, timestamp = new Date().toISOString()): Promise<Line> {
  const id = `c${lines.length}`;
  const channel = { ...fakeChannel(id), ...change };
  fake.channels.set(id, channel);
  fake.emit({ type: 'StasisStart', timestamp, args: ['caller', '12345'], channel });
  const line = await vi.waitFor(() => {
    const found = lines.find((one) => one.channelId === id);
    if (!found) throw new Error('not yet');
    return found;
  }, soon);
  return line;
}

function ringOf(change: Partial<RingRequest> = {}): RingRequest {
  return {
    callId: 'call-1',
    seatId: 'S1',
    legId: 'leg-1',
    recordingId: 'rec-1',
    ringTimeoutMs: 5_000,
    display: '138****1234',
    autoAnswer: false,
    ...change,
  };
}

function seen(operation: FakeRequest['operation']): FakeRequest[] {
  return fake.requests.filter((request) => request.operation === operation);
}

/** Emits an event about a seat's channel. */
function leg(type: string, more: object = {}, state = 'Up'): void {
  fake.emit({ type, channel: fakeChannel('leg-1', 'seat,call-1,leg-1', state), ...more });
}

const answer = () => leg('StasisStart', { timestamp: '', args: ['seat', 'call-1', 'leg-1'] });

test('a wrong account is told at once instead of being tried for ever', async () => {
  await expect(newTelephony('wrong').connect()).rejects.toMatchObject({ status: 401 });
});

test('callers who come before somebody listens are kept', async () => {
  await telephony.connect();
  fake.bring('early');
  await vi.waitFor(async () => {
    telephony.listen({ onCaller: (line) => lines.push(line), onPhone() {}, onConnection() {} });
    expect(lines.map((line) => line.channelId)).toEqual(['early']);
  }, soon);
});

test('numbers from outside are cut down to what a number can be', async () => {
  await start();
  const number = `"<script>"138;rm -rf/0000\r\n1234${'9'.repeat(60)}`;
  const line = await arrive({ caller: { number } });
  expect(line.callerNumber).toBe(`13800001234${'9'.repeat(21)}`);
  expect((await arrive({ caller: { number: 'anonymous' } })).callerNumber).toBe('');
});

test('a caller has waited as long as the exchange has counted, however its clock was set', async () => {
  await start();
  const creationtime = '2026-01-05T08:00:00.000+0000';
  const waitedFor = async (timestamp: string) => {
    const { arrivedAt } = await arrive({ creationtime }, timestamp);
    return systemClock.now() - arrivedAt;
  };
  expect(await waitedFor('2026-01-05T09:00:00.000+0000')).toBeGreaterThanOrEqual(3_600_000);
  expect(await waitedFor('2026-01-05T08:00:00.000+0000')).toBeLessThan(3_600_000);
  expect(await waitedFor('2026-01-05T07:00:00.000+0000')).toBeLessThan(3_600_000);
  const line = await arrive({ creationtime: 'soon' });
  expect(line.arrivedAt).toBeLessThanOrEqual(systemClock.now());
  expect(line.arrivedAt).toBeGreaterThan(0);
});

test('a caller whose coming was heard late arrived when the exchange says', async () => {
  await start();
  const now = systemClock.now();
  const at = (agoMs: number) => new Date(now - agoMs).toISOString();
  const line = await arrive({ creationtime: at(62_000) }, at(60_000));
  expect(line.arrivedAt).toBe(now - 62_000);
});

test('a caller who types without end fills no memory', async () => {
  await start();
  const line = await arrive();
  for (let i = 0; i < 100; i += 1) {
    fake.emit({ type: 'ChannelDtmfReceived', channel: { id: line.channelId }, digit: '5' });
  }
  fake.emit({ type: 'ChannelDtmfReceived', channel: { id: line.channelId }, digit: 'A' });
  await new Promise((resolve) => setTimeout(resolve, 200));
  const kept: string[] = [];
  for (let key = await line.nextKey(0, never); key; key = await line.nextKey(0, never)) {
    kept.push(key);
  }
  expect(kept).toEqual(Array.from({ length: 32 }, () => '5'));
});

test('a caller who is asked for a key again and again gathers no listeners', async () => {
  await start();
  const line = await arrive();
  for (let n = 0; n < 20; n += 1) {
    const enough = new AbortController();
    const key = line.nextKey(60_000, enough.signal);
    enough.abort(new Error('enough'));
    await expect(key).rejects.toThrow('enough');
  }
  expect(getEventListeners(line.gone, 'abort')).toEqual([]);
});

test.each(['failing', 'refused'])('an uploaded prompt wins, a %s one is skipped', async (how) => {
  writeFileSync(join(folder, 'synthesised/zh/hello.wav'), '');
  writeFileSync(join(folder, 'uploaded/zh/hello.wav'), '');
  writeFileSync(join(folder, 'synthesised/zh/bye.wav'), '');
  await start();
  const line = await arrive();
  fake.answer = ({ operation, params }) => {
    if (operation !== 'channels.playWithId') return undefined;
    if (how === 'refused') return { status: 500 };
    const playback = { id: params['playbackId'], state: 'failed' };
    setTimeout(() => fake.emit({ type: 'PlaybackFinished', playback }), 5);
    return { status: 201, body: playback };
  };
  await line.say('zh', ['hello', '../../etc/passwd', 'bye'], never);
  expect(seen('channels.playWithId').map(({ params }) => params['media'])).toEqual([
    `sound:${join(folder, 'uploaded/zh/hello')}`,
    `sound:${join(folder, 'synthesised/zh/bye')}`,
  ]);
});

test('a prompt that fails because the caller hangs up tells of the caller, not of the prompt', async () => {
  writeFileSync(join(folder, 'synthesised/zh/hello.wav'), '');
  await start();
  const line = await arrive();
  fake.answer = ({ operation, params }) => {
    if (operation !== 'channels.playWithId') return undefined;
    const playback = { id: params['playbackId'], state: 'failed' };
    setTimeout(() => fake.emit({ type: 'PlaybackFinished', playback }), 5);
    setTimeout(() => fake.takeAway(line.channelId), 20);
    return { status: 201, body: playback };
  };
  await expect(line.say('zh', ['hello'], never)).rejects.toMatchObject({ name: 'ChannelGone' });
});

test('a caller who has left does not come in again when a list still names them', async () => {
  const clock = new FakeClock();
  await telephony.close();
  telephony = newTelephony(fake.password, clock);
  await start();
  const line = await arrive();
  fake.takeAway(line.channelId);
  await vi.waitFor(() => expect(line.gone.aborted).toBe(true), soon);
  // Asterisk says that somebody has left before its list does.
  fake.channels.set(line.channelId, fakeChannel(line.channelId));
  const lists = seen('channels.list').length;
  for (const audit of [1, 2]) {
    // By small steps, so that the stream's signs of life are in time.
    const look = async () => {
      await clock.advance(1_000);
      expect(seen('channels.list')).toHaveLength(lists + audit);
    };
    await vi.waitFor(look, soon);
    fake.channels.delete(line.channelId);
  }
  expect(lines).toEqual([line]);
});

test('a caller who is still there after the exchange said otherwise is hung up on at the next look', async () => {
  const clock = new FakeClock();
  await telephony.close();
  telephony = newTelephony(fake.password, clock);
  await start();
  const line = await arrive();
  fake.answer = ({ operation }) =>
    operation === 'channels.hangup' && seen('channels.hangup').length === 1
      ? { status: 404 }
      : undefined;
  await line.hangUp();
  expect(line.gone.aborted).toBe(false);
  const look = async () => {
    await clock.advance(1_000);
    expect(line.gone.aborted).toBe(true);
  };
  await vi.waitFor(look, soon);
  expect(seen('channels.hangup')).toHaveLength(2);
});

test('a prompt whose end is never told does not hold the caller', async () => {
  writeFileSync(join(folder, 'synthesised/zh/hello.wav'), '');
  const clock = new FakeClock();
  await telephony.close();
  telephony = newTelephony(fake.password, clock);
  await start();
  const line = await arrive();
  let isPlaying = true;
  fake.answer = ({ operation, params }) =>
    operation === 'playbacks.get' && isPlaying
      ? { status: 200, body: { id: params['playbackId'], state: 'playing' } }
      : undefined;
  const said = line.say('zh', ['hello'], never);
  await vi.waitFor(() => expect(seen('channels.playWithId')).toHaveLength(1), soon);
  await clock.advance(3_000);
  await vi.waitFor(() => expect(seen('playbacks.get')).toHaveLength(1), soon);
  isPlaying = false;
  const isOver = vi.fn<() => void>();
  void said.then(isOver);
  await vi.waitFor(async () => {
    await clock.advance(3_000);
    expect(isOver).toHaveBeenCalled();
  }, soon);
  expect(seen('playbacks.get')).toHaveLength(2);
});

test('the order to ring carries our own ids and nothing that could be code', async () => {
  await start();
  const ringing = telephony.ringSeat(ringOf({ ringTimeoutMs: 4_200 }), never);
  await vi.waitFor(() => expect(seen('channels.originateWithId')).toHaveLength(1), soon);
  expect(seen('channels.originateWithId')[0]).toMatchObject({
    params: { channelId: 'leg-1', endpoint: 'PJSIP/S1', context: 'yihao-seat', timeout: '5' },
    body: { variables: { YIHAO_CALL: 'call-1', YIHAO_SEAT: 'S1', YIHAO_RECORDING: 'rec-1' } },
  });
  answer();
  expect((await ringing).kind).toBe('answered');
  await expect(telephony.ringSeat(ringOf({ seatId: 'S1,${EXTEN}' }), never)).rejects.toThrow(
    'not a plain id',
  );
});

test('an order nobody answers may ring all the same: an answer counts', async () => {
  await start();
  fake.answer = ({ operation }) =>
    operation === 'channels.originateWithId' ? 'never-answer' : undefined;
  const ringing = telephony.ringSeat(ringOf(), never);
  await vi.waitFor(() => expect(seen('channels.originateWithId')).toHaveLength(1), soon);
  answer();
  expect((await ringing).kind).toBe('answered');
});

test('a refused order is unreachable', async () => {
  await start();
  fake.answer = ({ operation }) =>
    operation === 'channels.originateWithId' ? { status: 500 } : undefined;
  expect(await telephony.ringSeat(ringOf(), never)).toEqual({ kind: 'failed', why: 'unreachable' });
});

test('an answer that crosses with giving up is hung up', async () => {
  await start();
  const stop = new AbortController();
  const ringing = telephony.ringSeat(ringOf(), stop.signal);
  await vi.waitFor(() => expect(seen('channels.originateWithId')).toHaveLength(1), soon);
  stop.abort(new Error('caller left'));
  await expect(ringing).rejects.toThrow('caller left');
  leg('ChannelDestroyed', { cause: 16 });
  await vi.waitFor(() => expect(seen('channels.hangup')).toHaveLength(1), soon);
  answer();
  await vi.waitFor(() => expect(seen('channels.hangup')).toHaveLength(2), soon);
});

test('events that come twice, or after the end, change nothing', async () => {
  await start();
  const ringing = telephony.ringSeat(ringOf(), never);
  await vi.waitFor(() => expect(seen('channels.originateWithId')).toHaveLength(1), soon);
  answer();
  answer();
  const result = await ringing;
  if (result.kind !== 'answered') throw new Error('not answered');
  leg('StasisEnd');
  leg('ChannelDestroyed', { cause: 44 });
  leg('ChannelDestroyed', { cause: 16 });
  await vi.waitFor(() => expect(result.leg.gone.aborted).toBe(true), soon);
  expect((result.leg.gone.reason as LegGone).by).toBe('seat-lost');

  const line = await arrive();
  fake.takeAway(line.channelId);
  fake.emit({ type: 'StasisEnd', channel: { id: line.channelId } });
  await vi.waitFor(() => expect(line.gone.aborted).toBe(true), soon);
  await line.hangUp();
  expect(seen('channels.hangup')).toHaveLength(0);
});

test('a command on a line that Asterisk no longer knows means the caller has left', async () => {
  await start();
  const line = await arrive();
  fake.channels.delete(line.channelId);
  await expect(line.answer()).rejects.toMatchObject({ name: 'ChannelGone', why: 'hung-up' });
  expect(line.gone.aborted).toBe(true);
});

test('a command cut off on its way is sent again', async () => {
  await start();
  const line = await arrive();
  fake.answer = ({ operation }) =>
    operation === 'channels.answer' && seen('channels.answer').length === 1 ? 'reset' : undefined;
  await line.answer();
  expect(seen('channels.answer')).toHaveLength(2);
});

test('a description of the API that is broken is an error, not a crash', async () => {
  fake.documents = 'bad-json';
  const connecting = telephony.connect();
  await new Promise((resolve) => setTimeout(resolve, 300));
  fake.documents = undefined;
  await connecting;
  expect(telephony.isConnected()).toBe(true);
});

test('a caller whose seat was lost can still be put on hold', async () => {
  await start();
  const line = await arrive();
  fake.answer = ({ operation }) => {
    if (operation === 'channels.originateWithId') setTimeout(answer, 5);
    return undefined;
  };
  const result = await telephony.ringSeat(ringOf(), never);
  if (result.kind !== 'answered') throw new Error('not answered');
  const talk = await telephony.join('call-1', line, result.leg);
  leg('ChannelDestroyed', { cause: 127 });
  await vi.waitFor(() => expect(result.leg.gone.aborted).toBe(true), soon);
  await talk.hold();
  expect(seen('bridges.removeChannel')).toMatchObject([{ params: { channel: line.channelId } }]);
  expect(seen('channels.startMoh')).toHaveLength(1);
});

test('a talk whose caller is just leaving leaves no bridge behind', async () => {
  await start();
  const line = await arrive();
  fake.answer = ({ operation }) => {
    if (operation === 'channels.originateWithId') setTimeout(answer, 5);
    // Asterisk's word for a channel that is gone, before the event that says so.
    return operation === 'bridges.removeChannel' ? { status: 400 } : undefined;
  };
  const result = await telephony.ringSeat(ringOf(), never);
  if (result.kind !== 'answered') throw new Error('not answered');
  const talk = await telephony.join('call-1', line, result.leg);
  await talk.close();
  expect(seen('bridges.destroy')).toHaveLength(1);
});
