import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CallerLine } from '../../telephony/line.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { never, Rig, soon } from './rig.ts';

let rig: Rig;

beforeEach(async () => {
  rig = await Rig.open();
});

afterEach(async () => {
  await rig.close();
});

test.each(['failing', 'refused'])('an uploaded prompt wins, a %s one is skipped', async (how) => {
  rig.writePrompt('synthesised/zh/hello');
  rig.writePrompt('uploaded/zh/hello');
  rig.writePrompt('synthesised/zh/bye');
  await rig.start();
  const line = await rig.arrive();
  rig.fake.answer = ({ operation, params }) => {
    if (operation !== 'channels.playWithId') return undefined;
    if (how === 'refused') return { status: 500 };
    const playback = { id: params['playbackId'], state: 'failed' };
    setTimeout(() => rig.fake.emit({ type: 'PlaybackFinished', playback }), 5);
    return { status: 201, body: playback };
  };
  await line.say('zh', ['hello', '../../etc/passwd', 'bye'], never);
  expect(rig.seen('channels.playWithId').map(({ params }) => params['media'])).toEqual([
    `sound:${join(rig.folder, 'uploaded/zh/hello')}`,
    `sound:${join(rig.folder, 'synthesised/zh/bye')}`,
  ]);
});

test('what is still being looked for when the line is made silent is not said', async () => {
  rig.writePrompt('synthesised/zh/hello');
  await rig.start();
  const line = await rig.arrive();
  if (!(line instanceof CallerLine)) throw new Error('not a line of the exchange');
  const saying = line.say('zh', ['hello', 'hello'], never);
  await line.quiet();
  await saying;
  expect(rig.seen('channels.playWithId')).toEqual([]);
});

test('a prompt that fails because the caller hangs up tells of the caller, not of the prompt', async () => {
  rig.writePrompt('synthesised/zh/hello');
  await rig.start();
  const line = await rig.arrive();
  rig.fake.answer = ({ operation, params }) => {
    if (operation !== 'channels.playWithId') return undefined;
    const playback = { id: params['playbackId'], state: 'failed' };
    setTimeout(() => rig.fake.emit({ type: 'PlaybackFinished', playback }), 5);
    setTimeout(() => rig.fake.takeAway(line.channelId), 20);
    return { status: 201, body: playback };
  };
  await expect(line.say('zh', ['hello'], never)).rejects.toMatchObject({ name: 'ChannelGone' });
});

test('a prompt whose end is never told does not hold the caller', async () => {
  rig.writePrompt('synthesised/zh/hello');
  const clock = new FakeClock();
  await rig.useClock(clock);
  await rig.start();
  const line = await rig.arrive();
  let isPlaying = true;
  rig.fake.answer = ({ operation, params }) =>
    operation === 'playbacks.get' && isPlaying
      ? { status: 200, body: { id: params['playbackId'], state: 'playing' } }
      : undefined;
  const said = line.say('zh', ['hello'], never);
  await vi.waitFor(() => expect(rig.seen('channels.playWithId')).toHaveLength(1), soon);
  await clock.advance(3_000);
  await vi.waitFor(() => expect(rig.seen('playbacks.get')).toHaveLength(1), soon);
  isPlaying = false;
  const isOver = vi.fn<() => void>();
  void said.then(isOver);
  await vi.waitFor(async () => {
    await clock.advance(3_000);
    expect(isOver).toHaveBeenCalled();
  }, soon);
  expect(rig.seen('playbacks.get')).toHaveLength(2);
});
