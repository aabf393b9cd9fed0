import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  openChromium,
  openWindow,
  seriousFindings,
  type Witness,
} from '../support/console-browser.ts';
import { adminPassword, type House, openHouse } from '../support/house-rig.ts';
import { openAccount } from '../support/house-seat.ts';

// What is decided about orders, and where it shows; told in order, each test goes on from the one before.
let house: House;
let browser: Browser;
const windows = new Map<string, { page: Page; witness: Witness }>();
const passwords = new Map([['admin', adminPassword]]);
const people = {
  agent: ['agent'],
  dispatcher: ['dispatcher'],
  operator: ['unit-operator'],
  stranger: ['unit-operator'],
} as const;
type Who = keyof typeof people;
/** One dot: what makes it a picture is what is in it. */
const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const paths: string[] = [];

beforeAll(async () => {
  // The next year's calendar is missed on whatever day this runs.
  house = await openHouse({ config: { calendar: { nextYearFrom: '01-01' } } });
  browser = await openChromium();
  const ids = new Map<Who, string>();
  let staffNo = 3_000;
  for (const who of Object.keys(people) as Who[]) {
    staffNo += 1;
    const made = await openAccount(house, who, String(staffNo), people[who], `${who}一`);
    ids.set(who, made.id);
    passwords.set(who, made.password);
  }
  for (const [unitId, who] of [
    ['traffic', 'operator'],
    ['water', 'stranger'],
  ] as const) {
    const unit = { id: unitId, parentId: null, name: `${unitId}局`, dutyPersonId: ids.get(who) };
    await house.admin.send('PUT', '/units', unit);
    await house.admin.send('PUT', `/units/members/${ids.get(who)}`, { unitId });
  }
  const form = new FormData();
  form.append('file', new Blob(['matter,area,lead,co\nM704,440105,traffic,\n']), 'rules.csv');
  const headers = { 'x-yihao': '1', cookie: house.admin.cookie };
  await fetch(`${house.url}/api/dispatch-rules`, { method: 'PUT', headers, body: form });
});

afterAll(async () => {
  await browser?.close();
  await house?.close();
});

async function pageOf(who: Who | 'admin'): Promise<Page> {
  const known = windows.get(who);
  if (known) return known.page;
  const opened = await openWindow(browser, house.url);
  windows.set(who, opened);
  const { page } = opened;
  await page.goto('/');
  await page.getByLabel('账号').fill(who);
  await page.locator('#password').fill(passwords.get(who) ?? '');
  await page.keyboard.press('Enter');
  await page.locator('header.strip').waitFor();
  return page;
}

/** Chooses from a list by what is typed, without a mouse. */
async function choose(page: Page, label: string, typed: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).fill(typed);
  await page.keyboard.press('Enter');
}

async function putInForce(page: Page, why: string): Promise<void> {
  await page.getByLabel('修改原因').fill(why);
  await page.getByRole('button', { name: '生效' }).click();
  await page.getByText('已保存').first().waitFor();
}

/** Takes a request down and submits it; a repeat when one is offered and wanted. */
async function file(page: Page, title: string, isRepeat: boolean): Promise<string> {
  await page.goto('/orders/new');
  await page.getByLabel('标题').fill(title);
  await page.getByLabel('诉求内容').fill('南北向信号灯不亮');
  await choose(page, '事项', 'xhdgz');
  await page.getByRole('textbox', { name: '路口', exact: true }).fill('天河路与体育西路');
  await page.getByText('全部不亮', { exact: true }).click();
  await choose(page, '区划', '兴华新街道');
  await page.getByLabel('事发地址').fill('天河路与体育西路路口');
  if (isRepeat) await page.getByRole('button', { name: '重复件' }).click();
  await page.getByLabel('标题').press('Control+Enter');
  await page.getByRole('heading', { name: title }).waitFor();
  return new URL(page.url()).pathname;
}

test('a street gets a new name: looked at as a change, in force with a reason', async () => {
  const page = await pageOf('admin');
  await page.goto('/order-settings?part=areas');
  await page.getByLabel('编码或名称').fill('兴华');
  await page.getByRole('row', { name: /兴华街道/ }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByLabel('名称', { exact: true }).fill('兴华新街道');
  await drawer.locator('del', { hasText: '440105002 兴华街道' }).waitFor();
  await drawer.locator('ins', { hasText: '440105002 兴华新街道' }).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await putInForce(page, '民政局批复更名');
  await page.getByRole('row', { name: /兴华新街道/ }).waitFor();
});

test('a missed calendar is told on every page, until its file is looked at and taken in', async () => {
  const page = await pageOf('admin');
  const year = new Date().getFullYear() + 1;
  const band = page.getByRole('status').filter({ hasText: `${year} 年工作日历尚未导入` });
  await page.goto('/seats');
  await band.getByRole('link', { name: '去导入' }).click();
  const pick = (name: string, text: string) =>
    page
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  await pick('通讯录.json', '{"people":[]}');
  await page.getByText('通讯录.json 不是放假通知文件').waitFor();
  const days = [{ name: '元旦', date: `${year}-01-01`, isOffDay: true }];
  await pick(`${year}.json`, JSON.stringify({ year, papers: [], days: [...days, ...days] }));
  await page.getByText('同一天出现两次').waitFor();
  expect(await page.getByRole('button', { name: '生效' }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: '取消' }).click();
  await pick(`${year}.json`, JSON.stringify({ year, papers: [], days }));
  await page.getByText('该年份首次导入').waitFor();
  await putInForce(page, '国务院办公厅通知');
  await band.waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: String(year) }).waitFor();
});

test('rows that choose a pack are tried as a draft, and then decide on real orders', async () => {
  const page = await pageOf('admin');
  await page.goto('/order-settings?part=packs');
  const before = page.locator('.settings-choose .settings-try');
  await before.getByText('general-1515@1').waitFor();
  await page.getByRole('button', { name: '修改规则' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('button', { name: '新增一条' }).click();
  await choose(page, '第 1 条 事项', 'M704');
  await drawer.getByText('第 1 条', { exact: true }).click();
  await drawer
    .getByText(/事项为M704/)
    .first()
    .waitFor();
  await choose(page, '第 1 条 时限包', '企业');
  const tried = drawer.locator('.settings-try');
  await tried.getByText('general-1515@1').waitFor();
  await tried.getByRole('combobox', { name: /事项/ }).fill('M704');
  await page.keyboard.press('Enter');
  await tried.getByText('enterprise-2135@1').waitFor();
  await putInForce(page, '信号灯故障从快办理');
  await page.locator('.settings-choose ol li').first().getByText('M704').waitFor();
});

test('both show in the form and in the order that comes of it', async () => {
  const page = await pageOf('agent');
  paths.push(await file(page, '体育西路口信号灯不亮', false));
  await page.locator('.order-state', { hasText: '待签收' }).waitFor();
  await page.getByText('enterprise-2135@1').waitFor();
});

test('a second caller on the same is a repeat; the dispatcher merges it with one press', async () => {
  const agent = await pageOf('agent');
  const second = await file(agent, '路口红绿灯坏了', true);
  const page = await pageOf('dispatcher');
  await page.goto(second);
  await page.getByRole('button', { name: '并单', exact: true }).click();
  await page.locator('.order-state', { hasText: '并单' }).waitFor();
  await page.getByText('已并入').waitFor();
  await page.goto(paths[0] ?? '');
  await page.getByRole('heading', { name: '并入本单 1 件' }).waitFor();
});

test('the unit attaches a picture; who handles the order opens it, another unit does not', async () => {
  const page = await pageOf('operator');
  await page.goto(paths[0] ?? '');
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer: dot });
  const link = page.getByRole('link', { name: '现场.png' });
  await link.waitFor();
  const address = (await link.getAttribute('href')) ?? '';
  const dispatcher = await pageOf('dispatcher');
  await dispatcher.goto(paths[0] ?? '');
  const [opened] = await Promise.all([
    dispatcher.waitForEvent('popup'),
    dispatcher.getByRole('link', { name: '现场.png' }).click(),
  ]);
  await opened.locator('img').waitFor();
  const answer = await dispatcher.request.get(address);
  expect(answer.headers()['content-type']).toBe('image/png');
  expect(await answer.body()).toEqual(dot);
  const stranger = await pageOf('stranger');
  expect([403, 404]).toContain((await stranger.request.get(address)).status());
});

test('nobody’s page complained', () => {
  for (const [who, { witness }] of windows) {
    // That a file is no notice is an answer, 422.
    const errors = witness.errors.filter((error) => !error.includes('422'));
    expect([who, errors]).toEqual([who, []]);
  }
  expect(house.complaints).toEqual([]);
});
