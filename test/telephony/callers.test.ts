import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/kit/clock.ts';
import { fakeChannel } from '../support/fake-ari.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { never, Rig, soon } from './rig.ts';

let rig: Rig;

beforeEach(async () => {
  rig = await Rig.open();
});

afterEach(async () => {
  await rig.close();
});

test('numbers from outside are cut down to what a number can be', async () => {
  await rig.start();
  const number = `"<script>"138;rm -rf/0000\r\n1234${'9'.repeat(60)}`;
  const line = await rig.arrive({ caller: { number } });
  expect(line.callerNumber).toBe(`13800001234${'9'.repeat(21)}`);
  expect((await rig.arrive({ caller: { number: 'anonymous' } })).callerNumber).toBe('');
});

test('a caller has waited as long as the exchange has counted, however its clock was set', async () => {
  await rig.start();
  const creationtime = '2026-01-05T08:00:00.000+0000';
  const waitedFor = async (timestamp: string) => {
    const { arrivedAt } = await rig.arrive({ creationtime }, timestamp);
    return systemClock.now() - arrivedAt;
  };
  expect(await waitedFor('2026-01-05T09:00:00.000+0000')).toBeGreaterThanOrEqual(3_600_000);
  expect(await waitedFor('2026-01-05T08:00:00.000+0000')).toBeLessThan(3_600_000);
  expect(await waitedFor('2026-01-05T07:00:00.000+0000')).toBeLessThan(3_600_000);
  const line = await rig.arrive({ creationtime: 'soon' });
  expect(line.arrivedAt).toBeLessThanOrEqual(systemClock.now());
  expect(line.arrivedAt).toBeGreaterThan(0);
});

test('a caller whose coming was heard late arrived when the exchange says', async () => {
  await rig.start();
  const now = systemClock.now();
  const at = (agoMs: number) => new Date(now - agoMs).toISOString();
  const line = await rig.arrive({ creationtime: at(62_000) }, at(60_000));
  expect(line.arrivedAt).toBe(now - 62_000);
});

test('a caller who types without end fills no memory', async () => {
  await rig.start();
  const line = await rig.arrive();
  for (let i = 0; i < 100; i += 1) {
    rig.fake.emit({ type: 'ChannelDtmfReceived', channel: { id: line.channelId }, digit: '5' });
  }
  rig.fake.emit({ type: 'ChannelDtmfReceived', channel: { id: line.channelId }, digit: 'A' });
  await new Promise((resolve) => setTimeout(resolve, 200));
  const kept: string[] = [];
  for (let key = await line.nextKey(0, never); key; key = await line.nextKey(0, never)) {
    kept.push(key);
  }
  expect(kept).toEqual(Array.from({ length: 32 }, () => '5'));
});

test('a caller who is asked for a key again and again gathers no listeners', async () => {
  await rig.start();
  const line = await rig.arrive();
  for (let n = 0; n < 20; n += 1) {
    const enough = new AbortController();
    const key = line.nextKey(60_000, enough.signal);
    enough.abort(new Error('enough'));
    await expect(key).rejects.toThrow('enough');
  }
  expect(getEventListeners(line.gone, 'abort')).toEqual([]);
});

test('a caller who has left does not come in again when a list still names them', async () => {
  const clock = new FakeClock();
  await rig.useClock(clock);
  await rig.start();
  const line = await rig.arrive();
  rig.fake.takeAway(line.channelId);
  await vi.waitFor(() => expect(line.gone.aborted).toBe(true), soon);
  // Asterisk says that somebody has left before its list does.
  rig.fake.channels.set(line.channelId, fakeChannel(line.channelId));
  const lists = rig.seen('channels.list').length;
  for (const audit of [1, 2]) {
    // By small steps, so that the stream's signs of life are in time.
    const look = async () => {
      await clock.advance(1_000);
      expect(rig.seen('channels.list')).toHaveLength(lists + audit);
    };
    await vi.waitFor(look, soon);
    rig.fake.channels.delete(line.channelId);
  }
  expect(rig.lines).toEqual([line]);
});

test('a caller who is still there after the exchange said otherwise is hung up on at the next look', async () => {
  const clock = new FakeClock();
  await rig.useClock(clock);
  await rig.start();
  const line = await rig.arrive();
  rig.fake.answer = ({ operation }) =>
    operation === 'channels.hangup' && rig.seen('channels.hangup').length === 1
      ? { status: 404 }
      : undefined;
  await line.hangUp();
  expect(line.gone.aborted).toBe(false);
  const look = async () => {
    await clock.advance(1_000);
    expect(line.gone.aborted).toBe(true);
  };
  await vi.waitFor(look, soon);
  expect(rig.seen('channels.hangup')).toHaveLength(2);
});

test('a command on a line that Asterisk no longer knows means the caller has left', async () => {
  await rig.start();
  const line = await rig.arrive();
  rig.fake.channels.delete(line.channelId);
  await expect(line.answer()).rejects.toMatchObject({ name: 'ChannelGone', why: 'hung-up' });
  expect(line.gone.aborted).toBe(true);
});
