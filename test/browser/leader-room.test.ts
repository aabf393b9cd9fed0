import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Hotline } from '../../config/hotline.ts';
import {
  openChromium,
  openWindow,
  seriousFindings,
  type Witness,
} from '../support/console-browser.ts';
import { isHeard, untilHeard } from '../support/hearing.ts';
import { dial, hangUpAll } from '../support/house-caller.ts';
import { type House, openHouse } from '../support/house-rig.ts';
import { openAccount } from '../support/house-seat.ts';
import { queueOf } from '../support/quick-hotline.ts';
import { until } from '../support/until.ts';

// A shift leader and an agent in Chromium, callers with SIPp: what the leader's room does to the
// other two. One shift, told in order.
const emergencyGreeting = 'queue-nobody';
const emergencyWords = '台风红色预警：停电、积水优先受理。';
const spareSeats = ['7002', '7003', '7004'];

let house: House;
let browser: Browser;
let agent: Page;
let leader: Page;
const witnesses: Witness[] = [];

beforeAll(async () => {
  house = await openHouse({
    hotline(doc) {
      for (const queue of doc.queues) Object.assign(queue, { ringTimeoutMs: 60_000 });
      queueOf(doc, 'consumer').alerts.waitMs = 5_000;
      doc.rest.reasons = ['rest'];
      doc.emergencyProfiles = [
        {
          id: 'typhoon',
          name: { zh: '台风应急', en: 'Typhoon' },
          greeting: [emergencyGreeting],
          notice: emergencyWords,
          planId: null,
          queues: { consumer: { priority: 3 } },
        },
      ];
    },
  });
  browser = await openChromium();
  await Promise.all(
    ['7001', ...spareSeats].map((id) => {
      const queueId = id === '7001' ? 'consumer' : 'social';
      const seat = { id, name: id, phone: 'browser', queues: [{ queueId, level: 1 }] };
      return house.admin.send('POST', '/seats', seat);
    }),
  );
  [agent, leader] = await Promise.all([
    signIn('lihua', '李华', ['agent']),
    signIn('zhoulan', '周若兰', ['leader']),
  ]);
  await agent.keyboard.press('Alt+1');
  await agent.locator('[aria-label="座席号或名称"]:focus').waitFor();
  await agent.keyboard.type('7001');
  await agent.keyboard.press('Enter');
  await agent.getByTitle('话机正常').waitFor();
  await agent.keyboard.press('F9');
  await house.book.seatBecomes('7001', 'ready');
});

afterAll(async () => {
  await hangUpAll();
  await browser?.close();
  await house?.close();
});

async function signIn(login: string, name: string, roles: readonly string[]): Promise<Page> {
  const { password } = await openAccount(house, login, login, roles, name);
  const { page, witness } = await openWindow(browser, house.url);
  witnesses.push(witness);
  await page.goto('/');
  await page.locator('#login:focus').waitFor();
  await page.keyboard.type(login);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.locator('header.strip').waitFor();
  return page;
}

const seatsShape = z.object({
  rows: z.array(z.object({ id: z.string(), queues: z.array(z.object({ queueId: z.string() })) })),
});

/** The queue each of the spare seats stands in, by seat number. */
async function homes(): Promise<string[]> {
  const { rows } = seatsShape.parse(await house.admin.send('GET', '/seats'));
  return spareSeats.map((id) => rows.find((row) => row.id === id)?.queues[0]?.queueId ?? '');
}

const homesBecome = (...wanted: string[]) =>
  until(async () => (await homes()).join() === wanted.join(), `seats in ${wanted.join()}`);
const press = async (...keys: string[]) => {
  for (const key of keys) await leader.keyboard.press(key);
};
const undo = () => leader.locator('.toast-action', { hasText: '撤销' }).last().click();

test('a rest that needs approval is asked for at the desk and approved in the room', async () => {
  await leader.goto('/shift?part=rests');
  await notReadyFor('小休（需审批）');
  await agent.getByText('已申请小休，等待班长批准').waitFor();
  await leader.getByRole('button', { name: /^批\s*准$/ }).click();
  await house.book.seatBecomes('7001', 'not-ready');
  await agent.getByText('小休中（已批准）').waitFor();
  await agent.keyboard.press('F9');
  await house.book.seatBecomes('7001', 'ready');
});

test('an urgent notice stays at the desk until it is read, and the leader has the receipt', async () => {
  await leader.goto('/shift?part=notices');
  await leader.getByLabel('内容').fill('停水口径：预计 16:00 恢复。');
  await leader.getByLabel('紧急：座席必须确认').check();
  await leader.getByRole('button', { name: /^发\s*出$/ }).click();
  await leader.getByRole('button', { name: '0 / 1 已读' }).waitFor();
  const band = agent.getByRole('alert').filter({ hasText: '停水口径' });
  await band.getByRole('button', { name: '知道了' }).click();
  await band.waitFor({ state: 'detached' });
  await leader.getByRole('button', { name: '1 / 1 已读' }).click();
  await leader.getByText('都读过了').waitFor();
  expect(await leader.locator('.receipts').innerText()).toContain('李华');
});

test('a seat changes its queue by keyboard and by hand, several at once, and back by one click', async () => {
  await leader.goto('/floor');
  await leader.locator('[data-seat="7002"]').focus();
  await press('m');
  await leader.keyboard.type('Q01');
  await press('Enter');
  await homesBecome('consumer', 'social', 'social');
  await undo();
  await homesBecome('social', 'social', 'social');

  const tile = leader.locator('[data-seat="7003"]');
  const area = leader.locator('[data-queue="consumer"]').first();
  await tile.hover();
  await leader.mouse.down();
  const to = await area.boundingBox();
  if (!to) throw new Error('the area is not on the page');
  await leader.mouse.move(to.x + to.width / 2, to.y + to.height - 6, { steps: 8 });
  await leader.mouse.up();
  await homesBecome('social', 'consumer', 'social');
  await undo();
  await homesBecome('social', 'social', 'social');

  for (const seatId of ['7002', '7003']) {
    await leader.locator(`[data-seat="${seatId}"]`).focus();
    await press(' ');
  }
  await leader.getByText('已选 2 席').waitFor();
  await press('m');
  await leader.keyboard.type('Q01');
  await press('Enter');
  await homesBecome('consumer', 'consumer', 'social');
  expect(await seriousFindings(leader)).toEqual([]);
});

test('the arrangement is saved as a plan, applied, and undone', async () => {
  await leader.goto('/shift?part=plans');
  await leader.getByLabel('方案名称，如 夜班').fill('台风');
  await press('Enter');
  const row = leader.locator('.shift-rows li', { hasText: '台风' }).first();
  await row.waitFor();
  for (const id of ['7002', '7003']) {
    const body = { queues: [{ queueId: 'social', level: 1 }] };
    await house.admin.send('PATCH', `/seats/${id}`, body);
  }
  await homesBecome('social', 'social', 'social');
  await row.getByRole('button', { name: /^预\s*览$/ }).click();
  await leader.getByRole('button', { name: '套用，移动 2 席' }).click();
  await homesBecome('consumer', 'consumer', 'social');
  await undo();
  await homesBecome('social', 'social', 'social');
});

test('the emergency is one switch: seats, wording, greeting and weight of every caller', async () => {
  await planInProfile();
  await leader.goto('/shift?part=emergency');
  await flip('开启');
  await agent.getByText('应急模式：台风应急').waitFor();
  await agent.getByRole('alert').filter({ hasText: emergencyWords }).waitFor();
  await homesBecome('consumer', 'consumer', 'social');
});

test('its caller hears the emergency greeting, and one who waits too long is a click away', async () => {
  await notReadyFor('培训');
  await house.book.seatBecomes('7001', 'not-ready');
  const caller = await dial('12315', { keepHeard: true });
  await untilHeard(caller.call, house.dataDir, `zh/${emergencyGreeting}`);
  caller.call.press('4');
  await house.book.reaches(caller.number, 'waiting');
  const { id } = house.book.callOf(caller.number);
  await until(() => queuedOf(id) !== undefined, 'queued');
  expect(queuedOf(id)).toMatchObject({ queueId: 'consumer', priority: 3 });

  const alert = leader.locator('.toast', { hasText: '有来电人等待超过 0:05' });
  await alert.getByRole('button', { name: '查看' }).click();
  const masked = `${caller.number.slice(0, 3)}****${caller.number.slice(-4)}`;
  await leader.getByRole('link', { name: masked }).waitFor();
  expect(new URL(leader.url()).search).toBe('?waiting=consumer');
  await leader.goto('/shift?part=alerts');
  await leader.getByRole('button', { name: '已知悉' }).click();

  await agent.keyboard.press('F9');
  await house.book.seatBecomes('7001', 'ringing');
  await agent.keyboard.press('F2');
  await house.book.reaches(caller.number, 'conversation');
  await caller.call.hangUp();
  await house.book.closes(caller.number);
});

test('switched off everything is as before; who did what is in the audit', async () => {
  await leader.goto('/shift?part=emergency');
  await flip('恢复正常');
  await agent.getByText('应急模式：台风应急').waitFor({ state: 'detached' });
  await homesBecome('social', 'social', 'social');
  const caller = await dial('12315', { keepHeard: true });
  await untilHeard(caller.call, house.dataDir, 'zh/greeting-12315');
  expect(isHeard(caller.call.heard(), house.dataDir, `zh/${emergencyGreeting}`)).toBe(false);
  await caller.call.hangUp();
  await house.book.closes(caller.number);
  const audit = JSON.stringify(await house.admin.send('GET', '/audit?limit=200'));
  for (const act of ['rest.approved', 'notice.posted', 'emergency.began', 'emergency.ended']) {
    expect(audit).toContain(act);
  }
});

test('no page complained', () => {
  expect(witnesses.flatMap(({ errors }) => errors)).toEqual([]);
});

function queuedOf(callId: string) {
  return house.book.eventsOf(callId).find(({ kind }) => kind === 'call.queued');
}

/** The administrator names the leader's plan in the profile. */
async function planInProfile(): Promise<void> {
  const plans = z
    .object({ rows: z.array(z.object({ id: z.string() })) })
    .parse(await house.admin.send('GET', '/floor/plans'));
  const { version, hotline } = z
    .object({ version: z.int(), hotline: z.custom<Hotline>() })
    .parse(await house.admin.send('GET', '/hotline'));
  for (const profile of hotline.emergencyProfiles) profile.planId = plans.rows[0]?.id ?? null;
  await house.admin.send('PUT', '/hotline', { baseVersion: version, why: '应急带方案', hotline });
}

async function flip(label: string): Promise<void> {
  await leader.getByRole('button', { name: label }).click();
  await leader.locator('.ant-popconfirm').getByRole('button', { name: label }).click();
}

async function notReadyFor(reason: string): Promise<void> {
  await agent.getByRole('button', { name: /示忙/ }).click();
  await agent.getByRole('menuitem', { name: reason }).click();
}
