import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { toneOf } from '../../scripts/sipp/tone.ts';
import {
  loudestHz,
  microphoneHz,
  openChromium,
  openWindow,
  seriousFindings,
  type Witness,
} from '../support/console-browser.ts';
import { type Caller, dialPerson } from '../support/house-caller.ts';
import { type House, openHouse } from '../support/house-rig.ts';
import { openAccount } from '../support/house-seat.ts';
import { quickHotline } from '../support/quick-hotline.ts';
import { strengthOf } from '../support/rtp-ear.ts';
import { openTurnDoor } from '../support/turn-door.ts';
import { until } from '../support/until.ts';

// One shift, told in order: each test goes on where the one before ended.
let house: House;
let oneTimePassword = '';
let browser: Browser;
const windows = new Map<string, { context: BrowserContext; page: Page; witness: Witness }>();
let caller: Caller;
let turn: Awaited<ReturnType<typeof openTurnDoor>>;
const turnSecret = 'north-wind-in-the-pines';
const adminPassword = 'Brand-new-2026';
let agentPassword = '';

beforeAll(async () => {
  turn = await openTurnDoor(turnSecret);
  house = await openHouse({
    firstStart: (password) => (oneTimePassword = password),
    iceServers: [{ urls: [turn.url], secret: turnSecret }],
  });
  browser = await openChromium();
});

afterAll(async () => {
  await caller?.call.hangUp().catch(() => {});
  await browser?.close();
  await house?.close();
  turn?.close();
});

async function windowOf(who: string) {
  const known = windows.get(who);
  if (known) return known;
  const opened = await openWindow(browser, house.url);
  windows.set(who, opened);
  return opened;
}

/** Signs in with a one-time password and sets a new one, as everybody has to. */
async function enter(page: Page, login: string, oneTime: string, password: string): Promise<void> {
  await page.goto('/');
  await page.getByLabel('账号').fill(login);
  await page.locator('#password').fill(oneTime);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '请先设置新密码' }).waitFor();
  await page.locator('#oldPassword').fill(oneTime);
  await page.locator('#newPassword').fill(password);
  await page.locator('#again').fill(password);
  await page.keyboard.press('Enter');
  await page.locator('header.strip').waitFor();
}

function callerHears(hz: number): boolean {
  return strengthOf(caller.call.heard().slice(-1_600), hz) > 2_000;
}

async function agentHears(page: Page, hz: number): Promise<void> {
  const isNear = async () => Math.abs((await loudestHz(page)) - hz) < 25;
  await until(isNear, `the agent hears ${hz} Hz`);
}

test('the administrator signs in with the one-time password, changes it and makes an agent', async () => {
  const { page } = await windowOf('admin');
  await enter(page, 'admin', oneTimePassword, adminPassword);
  await page.goto('/people');
  await page.getByRole('button', { name: '新增人员' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByLabel('账号').fill('lihua');
  await drawer.getByLabel('姓名').fill('李华');
  await drawer.getByLabel('工号').fill('1001');
  await drawer.getByRole('button', { name: /保\s*存/ }).click();
  agentPassword = await drawer.locator('.once code').innerText();
  expect(agentPassword).not.toBe('');

  await house.admin.send('POST', '/session', { login: 'admin', password: adminPassword });
  const answer = await house.admin.send('GET', '/hotline');
  const { version, hotline } = z
    .object({ version: z.int(), hotline: z.custom<Parameters<typeof quickHotline>[0]>() })
    .parse(answer);
  const quick = quickHotline(hotline);
  for (const queue of quick.queues)
    Object.assign(queue, { wrapUpMs: 60_000, ringTimeoutMs: 60_000 });
  await house.admin.send('PUT', '/hotline', { baseVersion: version, why: 'test', hotline: quick });
});

test('the agent takes a browser seat and is ready by keyboard', async () => {
  const { page } = await windowOf('agent');
  await enter(page, 'lihua', agentPassword, 'Agents-own-2026');
  await page.goto('/desk');
  await page.getByLabel('座席号或名称').fill('1001');
  await page.keyboard.press('Enter');
  await page.getByText('话机正常').or(page.getByTitle('话机正常')).first().waitFor();
  await page.keyboard.press('F9');
  await house.book.seatBecomes('1001', 'ready');
});

test('the pop is filled while it rings, F2 answers, both hear each other', async () => {
  const { page, witness } = await windowOf('agent');
  caller = await dialPerson('12315', { sound: toneOf(440, 1), loop: true, keepHeard: true });
  const pop = page.locator('.desk-pop[data-ringing=true]');
  await pop.waitFor();
  expect(house.book.callOf(caller.number).connectedAt).toBeNull();
  const masked = `${caller.number.slice(0, 3)}****${caller.number.slice(-4)}`;
  expect(await pop.innerText()).toContain(masked);
  expect(await pop.innerText()).toContain('消费维权');
  await witness.look(page);
  await page.keyboard.press('F2');
  await house.book.reaches(caller.number, 'conversation');
  await until(() => callerHears(microphoneHz), 'the caller hears the agent');
  await agentHears(page, 440);
});

test('the phone asked the TURN server with a password of its own, which it can check', async () => {
  expect(turn.visitors).not.toEqual([]);
  expect(turn.visitors.filter(({ isGenuine }) => !isGenuine)).toEqual([]);
  const { witness } = await windowOf('agent');
  expect(await witness.saying(turn.visitors[0]?.username ?? '')).not.toEqual([]);
  expect(await witness.saying(turnSecret)).toEqual([]);
});

test('F4 holds and resumes', async () => {
  const { page } = await windowOf('agent');
  await page.keyboard.press('F4');
  await house.book.seatBecomes('1001', 'hold');
  await until(() => !callerHears(microphoneHz), 'the agent is not heard on hold');
  await page.getByRole('button', { name: /恢\s*复/ }).waitFor();
  await page.keyboard.press('F4');
  await house.book.seatBecomes('1001', 'talking');
  await until(() => callerHears(microphoneHz), 'the agent is heard again');
});

test('after a reload the agent is in the same call and hears the caller again', async () => {
  const { page } = await windowOf('agent');
  const callId = house.book.callOf(caller.number).id;
  await page.reload();
  const kinds = () => house.book.eventsOf(callId).map(({ kind }) => kind);
  await until(() => kinds().includes('call.rejoined'), 'rejoined');
  await agentHears(page, 440);
  await until(() => callerHears(microphoneHz), 'the caller hears the agent again');
  expect(await page.locator('.desk-pop').innerText()).toContain(caller.number.slice(-4));
});

test('a second tab is told that the seat is in use in the first', async () => {
  const { context, page } = await windowOf('agent');
  const second = await context.newPage();
  await second.goto('/desk');
  await second.getByText('您的座席正在另一个窗口中使用').waitFor();
  await second.close();
  await agentHears(page, 440);
});

test('F8 hands the caller to the rating; a low one reaches the leader at once', async () => {
  const { page } = await windowOf('agent');
  const leaderWindow = await windowOf('leader');
  const { password } = await openAccount(house, 'banzhang', 'L1', ['leader']);
  await leaderWindow.page.goto('/');
  await leaderWindow.page.getByLabel('账号').fill('banzhang');
  await leaderWindow.page.locator('#password').fill(password);
  await leaderWindow.page.keyboard.press('Enter');
  await leaderWindow.page.locator('header.strip').waitFor();
  await leaderWindow.page.goto('/calls');
  await leaderWindow.page.locator('h1').first().waitFor();

  await page.keyboard.press('F8');
  await house.book.reaches(caller.number, 'rating');
  caller.call.press('1');
  await leaderWindow.page.getByText(/低分评价.*李华.*1/).waitFor();
  await caller.call.ended;
  expect(await house.book.closes(caller.number)).toMatchObject({ rating: 1 });
});

test('note and result by keyboard end the wrap-up', async () => {
  const { page } = await windowOf('agent');
  await house.book.seatBecomes('1001', 'wrap-up');
  await page.locator('#desk-note').focus();
  await page.keyboard.type('商家不予退款，已登记。');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Control+Enter');
  await house.book.seatBecomes('1001', 'ready');
  const { note, resultCode } = house.book.callOf(caller.number);
  expect(note).toBe('商家不予退款，已登记。');
  expect(resultCode).not.toBeNull();
});

test('the page of the call shows what happened and plays the recording', async () => {
  const { page, witness } = await windowOf('leader');
  const { id } = house.book.callOf(caller.number);
  await page.goto(`/calls/${id}`);
  await page.getByRole('button', { name: '播放' }).first().click();
  const playedS = () => page.evaluate<number>("document.querySelector('audio').currentTime");
  await until(async () => (await playedS()) > 0.2, 'the recording plays');
  const text = await page.locator('body').innerText();
  expect(text).toContain('商家不予退款');
  expect(text).toContain('李华');
  expect(house.book.recordingsOf(id).map(({ state }) => state)).toEqual(['ready', 'ready']);
  await witness.look(page);
});

/** How strong a tone gets on one side of a stereo WAV (0 left, 2 right), in any quarter second. */
function strongest(wav: Buffer, offset: number, hz: number): number {
  const frames = (wav.length - 44) >> 2;
  const strengths = Array.from({ length: Math.floor(frames / 2_000) }, (_, piece) =>
    strengthOf(
      Array.from({ length: 2_000 }, (__, at) =>
        wav.readInt16LE(44 + (piece * 2_000 + at) * 4 + offset),
      ),
      hz,
    ),
  );
  return Math.max(...strengths);
}

test('the caller is in the left channel of the recording, the agent in the right one', async () => {
  const { page } = await windowOf('leader');
  const { id } = house.book.callOf(caller.number);
  for (const { id: recordingId } of house.book.recordingsOf(id)) {
    const answer = await page.request.get(`/api/calls/${id}/recordings/${recordingId}/audio`);
    const wav = await answer.body();
    // While the caller is held the left side is silent: the strongest quarter of a second counts.
    expect(strongest(wav, 0, 440)).toBeGreaterThan(2_000);
    expect(strongest(wav, 0, microphoneHz)).toBeLessThan(300);
    expect(strongest(wav, 2, microphoneHz)).toBeGreaterThan(2_000);
    expect(strongest(wav, 2, 440)).toBeLessThan(300);
  }
});

test.each(['/desk', '/calls', '/wall', '/queues'])(
  'axe has no serious finding on %s',
  async (path) => {
    const { page, witness } = await windowOf(path === '/desk' ? 'agent' : 'leader');
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    await witness.look(page);
    expect(await seriousFindings(page)).toEqual([]);
  },
);

test('nobody was told the whole number, no page complained; revealing it is an act of its own', async () => {
  for (const [who, { witness }] of windows) {
    expect(witness.errors, who).toEqual([]);
    expect(await witness.saying(caller.number), who).toEqual([]);
  }
  // The witness was awake: the agent's windows were told of the call, masked, and the phone was rung.
  const agent = await windowOf('agent');
  const masked = `${caller.number.slice(0, 3)}****${caller.number.slice(-4)}`;
  expect(await agent.witness.saying(masked)).not.toEqual([]);
  expect(await agent.witness.saying('INVITE sip:')).not.toEqual([]);

  const { page, witness } = await windowOf('leader');
  const { id } = house.book.callOf(caller.number);
  await page.goto(`/calls/${id}`);
  await page.getByRole('button', { name: '查看完整号码' }).click();
  await page.getByLabel('查看原因（记入审计）').fill('回访核实');
  await page.keyboard.press('Enter');
  await page.getByText(caller.number).waitFor();
  expect(await witness.saying(caller.number)).not.toEqual([]);
  const audit = await house.admin.send('GET', `/audit?subject=call:${id}`);
  expect(JSON.stringify(audit)).toContain('回访核实');
  expect(JSON.stringify(audit)).not.toContain(caller.number);
});
