import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Telephony } from '../../src/calls/ports.ts';
import { createLog } from '../../src/kit/log.ts';
import { createTelephony } from '../../telephony/asterisk.ts';
import { FakeAri, fakeChannel } from '../support/fake-ari.ts';
import { FakeClock } from '../support/fake-clock.ts';

const soon = { timeout: 15_000, interval: 20 };
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

const hungUp = () =>
  fake.requests
    .filter(({ operation }) => operation === 'channels.hangup')
    .map(({ params }) => params['channelId']);

test('a telephone outside that rings for nobody is told of; one found later is hung up', async () => {
  const dialplan = {
    ...fakeChannel('').dialplan,
    app_name: 'AppDial2',
    app_data: '(Outgoing Line)',
  };
  for (const id of ['back-1', '1795146863.12', 'home-1'])
    fake.channels.set(id, { ...fakeChannel(id, '', 'Ringing'), dialplan });
  expect((await telephony.connect()).calling).toEqual(['back-1']);

  expect(hungUp()).toEqual([]);
  await clock.advance(30_000);
  await vi.waitFor(() => expect(hungUp()).toEqual(['back-1']), soon);
});

test('strays are hung up, and nobody waits for more, when the bridges cannot be listed', async () => {
  await telephony.connect();
  fake.answer = ({ operation }) => (operation === 'bridges.list' ? { status: 500 } : undefined);
  fake.channels.set('leg-1', fakeChannel('leg-1', 'seat,call-1,leg-1', 'Up'));
  await telephony.hangUpStrays(['leg-1']);
  expect(hungUp()).toEqual(['leg-1']);
});

test('an open line that ends while it is taken up costs neither the other lines nor the start', async () => {
  for (const seatId of ['S1', 'S2'])
    fake.channels.set(`home-${seatId}`, fakeChannel(`home-${seatId}`, `home,${seatId}`, 'Up'));
  fake.answer = ({ operation, params }) =>
    operation === 'bridges.addChannel' && params['channel'] === 'home-S1'
      ? { status: 500 }
      : undefined;
  await telephony.connect();
  expect(telephony.openLines.seatIds()).toEqual(['S2']);
  await vi.waitFor(() => expect(hungUp()).toEqual(['home-S1']), soon);
});
