import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Telephony } from '../../src/calls/ports.ts';
import { systemClock } from '../../src/kit/clock.ts';
import { createLog } from '../../src/kit/log.ts';
import type { AriOperationName } from '../../telephony/ari-operations.ts';
import { createTelephony } from '../../telephony/asterisk.ts';
import { type FakeAnswer, FakeAri, fakeChannel } from '../support/fake-ari.ts';

const never = new AbortController().signal;
const soon = { timeout: 15_000, interval: 20 };
let fake: FakeAri;
let telephony: Telephony;
/** How many more requests of a kind are refused. */
let refused: Partial<Record<AriOperationName, number>>;
/** What the exchange calls its bridges. */
let bridges: string[];

beforeEach(async () => {
  refused = {};
  bridges = [];
  fake = await FakeAri.start();
  fake.answer = ({ operation, params }) => {
    const left = refused[operation] ?? 0;
    refused[operation] = left - 1;
    if (left > 0) return { status: 500 };
    if (operation === 'channels.originateWithId') answers(params['channelId'] ?? '');
    if (operation === 'bridges.createWithId') bridges.push(params['bridgeId'] ?? '');
    if (operation === 'bridges.list') return allBridges();
    return undefined;
  };
  telephony = createTelephony({
    ariUrl: fake.url,
    user: fake.user,
    password: fake.password,
    app: 'yihao',
    prompts: { uploaded: '/none', synthesised: '/none', spoken: '/none' },
    outbound: {
      host: '127.0.0.1',
      port: 5060,
      prefix: '',
      allowed: ['138XXXXXXXX'],
      callerId: '12345',
      maxConcurrent: 2,
      maxPerMinute: 3,
    },
    clock: systemClock,
    log: createLog('silent'),
    limits: { requestTimeoutMs: 1_000, reconnectFirstMs: 5 },
  });
  await telephony.connect();
  telephony.listen({ onCaller() {}, onPhone() {}, onConnection() {} });
});

afterEach(async () => {
  await telephony.close();
  await fake.stop();
});

function allBridges(): FakeAnswer {
  const body = bridges.map((id) => ({ id, channels: [], video_mode: 'none' }));
  return { status: 200, body };
}

/** The telephone is picked up at once. */
function answers(id: string): void {
  const args = id.startsWith('home-') ? ['home', 'S1'] : ['seat', 'call-1', id];
  const channel = fakeChannel(id, args.join(','), 'Up');
  fake.channels.set(id, channel);
  setImmediate(() => fake.emit({ type: 'StasisStart', timestamp: '', args, channel }));
}

function seen(operation: AriOperationName) {
  return fake.requests.filter((request) => request.operation === operation);
}

async function phone(seatId: string) {
  const legId = `leg-${seatId}`;
  const request = { callId: 'call-1', seatId, legId, recordingId: `rec-${seatId}` };
  const ring = { ...request, ringTimeoutMs: 5_000, display: '', autoAnswer: false };
  const result = await telephony.ringSeat(ring, never);
  if (result.kind !== 'answered') throw new Error('not answered');
  return result.leg;
}

const line = { seatId: 'S1', number: '13800001234', timeoutMs: 5_000 };

test('an agent at home whose line cannot be kept is hung up on, and can be called again', async () => {
  refused['bridges.addChannel'] = 1;
  expect(await telephony.openLines.open(line, never)).toBe('unreachable');
  await vi.waitFor(() => expect(seen('channels.hangup')).toHaveLength(1), soon);
  expect(telephony.openLines.seatIds()).toEqual([]);
  expect(await telephony.openLines.open(line, never)).toBe('open');
  expect(telephony.openLines.seatIds()).toEqual(['S1']);
});

test('the bridge of a listening that failed goes at the next look', async () => {
  const [agent, leader] = [await phone('S1'), await phone('S2')];
  refused['bridges.addChannel'] = 1;
  refused['bridges.destroy'] = 1;
  await expect(telephony.monitor(agent, leader, 'listen')).rejects.toMatchObject({ status: 500 });
  await telephony.hangUpStrays([]);
  await vi.waitFor(() => expect(seen('bridges.destroy')).toHaveLength(2), soon);
});
