import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Telephony } from '../../src/calls/ports.ts';
import { createLog } from '../../src/kit/log.ts';
import { createTelephony } from '../../telephony/asterisk.ts';
import { FakeAri, fakeChannel } from '../support/fake-ari.ts';
import { FakeClock } from '../support/fake-clock.ts';

const clock = new FakeClock();
let fake: FakeAri;
let telephony: Telephony;

beforeEach(async () => {
  fake = await FakeAri.start();
  telephony = createTelephony({
    ariUrl: fake.url,
    user: fake.user,
    password: fake.password,
    app: 'yihao',
    prompts: { uploaded: '/nowhere', synthesised: '/nowhere', spoken: '/nowhere' },
    clock,
    log: createLog('silent'),
  });
});

afterEach(async () => {
  await telephony.close();
  await fake.stop();
});

test('a telephone outside that rings for nobody is told of; one found later is hung up', async () => {
  const dialplan = {
    ...fakeChannel('').dialplan,
    app_name: 'AppDial2',
    app_data: '(Outgoing Line)',
  };
  for (const id of ['back-1', '1795146863.12', 'home-1'])
    fake.channels.set(id, { ...fakeChannel(id, '', 'Ringing'), dialplan });
  expect((await telephony.connect()).calling).toEqual(['back-1']);

  const hungUp = () => fake.requests.filter(({ operation }) => operation === 'channels.hangup');
  expect(hungUp()).toEqual([]);
  await clock.advance(30_000);
  await vi.waitFor(() => expect(hungUp()).toHaveLength(1), { timeout: 15_000, interval: 20 });
  expect(hungUp()[0]).toMatchObject({ params: { channelId: 'back-1' } });
});
