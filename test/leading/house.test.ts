import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { loadHotlineExample } from '../../config/load.ts';
import type { App } from '../../src/app.ts';
import {
  alertRowSchema,
  deskNewsSchema,
  emergencySchema,
  noticeSchema,
  restSchema,
  restsSchema,
  waitingSchema,
  wallNewsSchema,
} from '../../src/leading/schema.ts';
import { type Client, listen, openClient } from '../realtime/rig.ts';
import { adminPassword, startWithoutExchange } from '../support/app-without-exchange.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeLine, FakeTelephony } from '../support/fake-telephony.ts';

// Agent and leader through the whole house, on an exchange that is not there: a rest, a notice, an
// alert, a caller moved up, an emergency; and a restart in the middle of it.

const clock = new FakeClock();
const telephony = new FakeTelephony();
const dataDir = mkdtempSync(join(tmpdir(), 'yihao-leading-'));
const cookies = new Map<string, string>();
let app: App;

async function start(): Promise<void> {
  app = await startWithoutExchange({ dataDir, clock, outside: { telephony } });
}

async function reply(who: string, method: string, path: string, body?: object) {
  const cookie = cookies.get(who) ?? '';
  const answer = await fetch(`${app.url}/api${path}`, {
    method,
    headers: { 'x-yihao': '1', cookie, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const set = answer.headers.get('set-cookie')?.split(';', 1)[0];
  if (set) cookies.set(who, set);
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
}

async function ask(who: string, method: string, path: string, body?: object): Promise<unknown> {
  const { status, body: said } = await reply(who, method, path, body);
  expect([path, said, status < 300]).toEqual([path, said, true]);
  return said;
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let round = 0; round < 400; round += 1) {
    if (await isSo()) return;
    await clock.advance(250);
  }
  expect(await isSo()).toBe(true);
}

async function hire(login: string, role: string): Promise<void> {
  const staffNo = String(cookies.size);
  const made = z.object({ password: z.string() }).parse(
    await ask('admin', 'POST', '/people', {
      login,
      name: login,
      staffNo,
      team: '',
      roles: [role],
    }),
  );
  await ask(login, 'POST', '/session', { login, password: made.password });
  const changed = { oldPassword: made.password, newPassword: `${adminPassword}-x` };
  await ask(login, 'POST', '/session/password', changed);
}

const news = async (who: string) => deskNewsSchema.parse(await ask(who, 'GET', '/desk/news'));
const rows = <T extends z.ZodType>(row: T) => z.object({ rows: z.array(row) });

beforeAll(async () => {
  await start();
  await ask('admin', 'POST', '/session', { login: 'admin', password: adminPassword });
  for (const [login, role] of [
    ['zhang', 'agent'],
    ['ban', 'leader'],
  ] as const)
    await hire(login, role);
  const { version } = z.object({ version: z.int() }).parse(await ask('admin', 'GET', '/hotline'));
  const hotline = loadHotlineExample();
  hotline.rest.reasons = ['rest'];
  hotline.emergencyProfiles = [
    {
      id: 'typhoon',
      name: { zh: '台风', en: 'Typhoon' },
      greeting: [],
      notice: '台风应急',
      planId: null,
      queues: { [hotline.queues[0]?.id ?? '']: { priority: 3 } },
    },
  ];
  await ask('admin', 'PUT', '/hotline', { baseVersion: version, why: 'for this test', hotline });
  telephony.reachable.add('1001');
  await ask('zhang', 'POST', '/desk/sign-in', { seatId: '1001' });
  await ask('zhang', 'POST', '/desk/ready');
});
afterAll(async () => {
  await app.stop(0);
  rmSync(dataDir, { recursive: true });
});

test('a rest is asked for, told live, approved, and kept', async () => {
  const leader: Client = openClient(Number(new URL(app.url).port), cookies.get('ban') ?? '');
  const heard = listen(leader, 'news');
  await new Promise<void>((resolve) => {
    leader.once('connect', resolve);
  });
  const refused = await reply('zhang', 'POST', '/desk/not-ready', { reason: 'rest' });
  expect(refused).toMatchObject({ status: 409, body: { code: 'needs-approval' } });
  expect((await reply('zhang', 'GET', '/floor/rests')).status).toBe(403);
  const rest = restSchema.parse(await ask('zhang', 'POST', '/desk/rest', { reason: 'rest' }));
  await until(() => heard.includes('rests'));
  leader.close();
  await ask('ban', 'POST', '/floor/rests/decide', { ids: [rest.id], approve: true });
  expect(await ask('zhang', 'GET', '/desk')).toMatchObject({
    desk: { state: 'not-ready', reason: 'rest' },
  });
  expect(restsSchema.parse(await ask('ban', 'GET', '/floor/rests')).open).toMatchObject([
    { agentName: 'zhang', state: 'approved', decidedBy: 'ban' },
  ]);
});

test('a notice is read, and the leader sees by whom', async () => {
  const wanted = { text: '统一口径', isUrgent: true, audience: { to: 'all' }, until: null };
  const made = z
    .object({ id: z.string() })
    .parse(await ask('ban', 'POST', '/floor/notices', wanted));
  expect((await news('zhang')).notices).toMatchObject([{ id: made.id, readAt: null, by: 'ban' }]);
  await ask('zhang', 'POST', `/desk/notices/${made.id}/read`);
  const list = rows(noticeSchema).parse(await ask('ban', 'GET', '/floor/notices'));
  expect(list.rows).toMatchObject([{ read: 1, unread: 0 }]);
  expect(await ask('ban', 'GET', `/floor/notices/${made.id}/receipts`)).toMatchObject({
    read: [{ name: 'zhang', seatId: '1001' }],
  });
  const wall = wallNewsSchema.parse(await ask('ban', 'GET', '/floor/wall'));
  expect(wall).toMatchObject({ notices: [{ text: '统一口径' }], normal: [], days: 0 });
  await ask('ban', 'DELETE', `/floor/notices/${made.id}`);
  expect((await news('zhang')).notices).toEqual([]);
});

test('who waits too long is an alert; the leader moves the caller up', async () => {
  const lines = ['13912345678', '13912345679'].map(
    (caller, n) => new FakeLine(clock, `channel-${n}`, '12315', caller),
  );
  for (const line of lines) telephony.listener?.onCaller(line);
  const waiting = async () =>
    rows(waitingSchema).parse(await ask('ban', 'GET', '/floor/waiting')).rows;
  await until(async () => (await waiting()).length === 2);
  const [first, second] = await waiting();
  expect(first).toMatchObject({ place: 1, callerMasked: '139****5678' });
  await ask('ban', 'POST', `/floor/calls/${second?.callId ?? ''}/priority`, { priority: 9 });
  expect((await waiting())[0]).toMatchObject({
    callId: second?.callId,
    place: 1,
    priority: 9,
    reason: 'leader',
  });
  const alerts = async () =>
    rows(alertRowSchema).parse(await ask('ban', 'GET', '/floor/alerts')).rows;
  await until(async () => (await alerts()).some(({ kind }) => kind === 'waiting'));
  await ask('zhang', 'POST', '/desk/hand');
  const hand = (await alerts()).find(({ kind }) => kind === 'raised-hand');
  expect(hand).toMatchObject({ agentName: 'zhang', seatId: '1001' });
  await ask('ban', 'POST', '/floor/alerts/acknowledge', { ids: [hand?.id] });
  expect((await news('zhang')).handUpAt).toBeNull();
  for (const line of lines) line.leave();
  await until(async () => (await waiting()).length === 0);
});

test('after a restart rest, alert and emergency are as they were', async () => {
  const started = emergencySchema.parse(
    await ask('ban', 'POST', '/emergency', { profileId: 'typhoon' }),
  );
  expect(started.on).toMatchObject({ by: 'ban', name: { zh: '台风' } });
  await app.stop(0);
  await start();
  expect(emergencySchema.parse(await ask('zhang', 'GET', '/emergency')).on).not.toBeNull();
  expect((await news('zhang')).rest).toMatchObject({ state: 'approved', overAt: null });
  expect((await news('zhang')).notices).toMatchObject([{ isUrgent: true, text: '台风应急' }]);
  const history = await ask('ban', 'GET', '/floor/alerts/history');
  expect(
    rows(alertRowSchema)
      .parse(history)
      .rows.map(({ kind }) => kind),
  ).toContain('waiting');
  expect((await reply('zhang', 'DELETE', '/emergency')).status).toBe(403);
  await ask('ban', 'DELETE', '/emergency');
  const doc = z.looseObject({ hotline: z.looseObject({ queues: z.array(z.looseObject({})) }) });
  const { hotline } = doc.parse(await ask('ban', 'GET', '/hotline'));
  expect(hotline.queues[0]).toMatchObject({ priority: loadHotlineExample().queues[0]?.priority });
  expect((await news('zhang')).notices).toEqual([]);
});

test('a leader may sit down at a seat', async () => {
  expect(await ask('ban', 'POST', '/desk/sign-in', { seatId: '1002' })).toMatchObject({
    desk: { seatId: '1002' },
  });
});
