import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Rig, soon } from './rig.ts';

let rig: Rig;

beforeEach(async () => {
  rig = await Rig.open();
});

afterEach(async () => {
  await rig.close();
});

test('a wrong account is told at once instead of being tried for ever', async () => {
  await expect(rig.newTelephony('wrong').connect()).rejects.toMatchObject({ status: 401 });
});

test('callers who come before somebody listens are kept', async () => {
  await rig.telephony.connect();
  rig.fake.bring('early');
  await vi.waitFor(async () => {
    rig.listen();
    expect(rig.lines.map((line) => line.channelId)).toEqual(['early']);
  }, soon);
});

test('a command cut off on its way is sent again', async () => {
  await rig.start();
  const line = await rig.arrive();
  rig.fake.answer = ({ operation }) =>
    operation === 'channels.answer' && rig.seen('channels.answer').length === 1
      ? 'reset'
      : undefined;
  await line.answer();
  expect(rig.seen('channels.answer')).toHaveLength(2);
});

test('a description of the API that is broken is an error, not a crash', async () => {
  rig.fake.documents = 'bad-json';
  const connecting = rig.telephony.connect();
  await new Promise((resolve) => setTimeout(resolve, 300));
  rig.fake.documents = undefined;
  await connecting;
  expect(rig.telephony.isConnected()).toBe(true);
});
