import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { App } from '../../src/app.ts';
import { deskSchema } from '../../src/seats/schema.ts';
import { adminPassword, startWithoutExchange } from '../support/app-without-exchange.ts';
import { FakeClock, settle } from '../support/fake-clock.ts';
import { FakeLine, FakeTelephony } from '../support/fake-telephony.ts';

// The desk of an agent over a restart of the whole house, on an exchange that is not there.

let app: App;
let clock: FakeClock;
let telephony: FakeTelephony;
let dataDir: string;
let cookie: string;

beforeEach(async () => {
  clock = new FakeClock();
  dataDir = mkdtempSync(join(tmpdir(), 'yihao-restart-'));
  cookie = '';
  await start();
  await ask('POST', '/session', { login: 'admin', password: adminPassword });
  await ask('POST', '/desk/sign-in', { seatId: '1001' });
  await ask('POST', '/desk/ready');
});
afterEach(async () => {
  await app.stop(0);
  rmSync(dataDir, { recursive: true });
});

async function start(): Promise<void> {
  telephony = new FakeTelephony();
  telephony.reachable.add('1001');
  app = await startWithoutExchange({ dataDir, clock, outside: { telephony } });
}

async function ask(method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${app.url}/api${path}`, {
    method,
    headers: { 'x-yihao': '1', cookie, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  cookie = answer.headers.get('set-cookie')?.split(';', 1)[0] ?? cookie;
  const text = await answer.text();
  expect([path, text, answer.ok]).toEqual([path, text, true]);
  return text === '' ? null : JSON.parse(text);
}

const desk = async () => z.object({ desk: deskSchema }).parse(await ask('GET', '/desk')).desk;

/** A caller who has come through the menu and talks to the agent. */
async function talk(): Promise<FakeLine> {
  const line = new FakeLine(clock, 'channel-1', '12315');
  telephony.listener?.onCaller(line);
  for (let round = 0; telephony.rings.length === 0 && round < 400; round += 1) {
    await clock.advance(250);
  }
  telephony.answer('1001');
  await settle();
  expect((await desk()).state).toBe('talking');
  return line;
}

test('the agent goes on writing the call up, and has the break that was promised', async () => {
  const line = await talk();
  await ask('POST', '/desk/not-ready', { reason: 'rest' });
  line.leave();
  await settle();
  const before = await desk();
  expect(before).toMatchObject({ state: 'wrap-up', notReadyNext: 'rest' });
  await app.stop(0);
  await start();
  const { now: _now, ...same } = before;
  expect(await desk()).toMatchObject(same);
  await ask('PUT', '/desk/note', { note: 'written after the restart', resultCode: null });
  await ask('PUT', '/desk/tags', { tags: [] });
  expect(await ask('GET', `/calls/${before.callId ?? ''}`)).toMatchObject({
    note: 'written after the restart',
  });
  await ask('POST', '/desk/wrap-up/done');
  expect(await desk()).toMatchObject({ state: 'not-ready', reason: 'rest', callId: null });
});

test('a talk that ended while no server was there is written up afterwards', async () => {
  await talk();
  const { callId } = await desk();
  // Who still talks is waited for: no time at all.
  await Promise.all([app.stop(0), clock.advance(1_000)]);
  await start();
  const { state, callId: same, until, now } = await desk();
  expect([state, same]).toEqual(['wrap-up', callId]);
  expect(until).toBeGreaterThan(now);
  await ask('PUT', '/desk/note', { note: 'what was said', resultCode: null });
  expect(await ask('GET', `/calls/${callId ?? ''}`)).toMatchObject({ note: 'what was said' });
  await clock.advance((until ?? 0) - now);
  expect(await desk()).toMatchObject({ state: 'ready', callId: null });
});
