import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  openChromium,
  openWindow,
  seriousFindings,
  type Witness,
} from '../support/console-browser.ts';
import { type Caller, dialPerson } from '../support/house-caller.ts';
import { type House, openHouse } from '../support/house-rig.ts';
import { openAccount } from '../support/house-seat.ts';
import { until } from '../support/until.ts';

// One matter, told in order: each test goes on where the one before ended.
interface Window {
  page: Page;
  witness: Witness;
}
let house: House;
let browser: Browser;
let caller: Caller;
const windows = new Map<string, Window>();
/** Beside the calling number: what the caller says on the phone, which no unit needs to read in clear. */
const otherNumber = '139 8765 4321';
const identity = '44010519900101123X';
const phone = { width: 360, height: 780 };
let number = '';
let queryCode = '';
let orderPath = '';

const people = {
  agent: ['agent'],
  operator: ['unit-operator'],
  chief: ['unit-leader'],
  reviewer: ['reviewer'],
  visitor: ['visitor'],
  leader: ['leader'],
} as const;
type Who = keyof typeof people;
const names: Record<Who, string> = {
  agent: '李华',
  operator: '罗志强',
  chief: '贺玲',
  reviewer: '梁静',
  visitor: '苏倩',
  leader: '陈嘉怡',
};

beforeAll(async () => {
  house = await openHouse({
    hotline: ({ queues }) => {
      for (const queue of queues) Object.assign(queue, { wrapUpMs: 60_000, ringTimeoutMs: 60_000 });
    },
  });
  browser = await openChromium();
});

afterAll(async () => {
  await caller?.call.hangUp().catch(() => {});
  await browser?.close();
  await house?.close();
});

/** Somebody's own window, signed in; at a unit people work on a telephone of 360 px. */
async function windowOf(who: Who): Promise<Window> {
  const known = windows.get(who);
  if (known) return known;
  const opened = await openWindow(browser, house.url);
  windows.set(who, opened);
  const { page } = opened;
  if (who === 'operator' || who === 'chief') await page.setViewportSize(phone);
  await page.goto('/');
  await page.getByLabel('账号').fill(who);
  await page.locator('#password').fill(passwords.get(who) ?? '');
  await page.keyboard.press('Enter');
  await page.locator('header.strip').waitFor();
  return opened;
}
const passwords = new Map<Who, string>();

/** Opens the only thing there is to do, as its list shows it. */
async function openTodo(who: Who): Promise<Page> {
  const { page, witness } = await windowOf(who);
  await page.goto('/orders');
  await page.getByText('路口信号灯不亮').first().waitFor();
  await witness.look(page);
  await page.getByText('路口信号灯不亮').first().click();
  await page.getByRole('heading', { name: '路口信号灯不亮' }).waitFor();
  await witness.look(page);
  return page;
}

async function isIn(page: Page, state: string): Promise<void> {
  await page.locator('.order-head .order-state', { hasText: state }).waitFor();
}

async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
}

/** Chooses from a list by what is typed, without a mouse. */
async function choose(page: Page, label: string, typed: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).fill(typed);
  await page.keyboard.press('Enter');
}

/** Does nothing stand out to the right of a narrow screen? */
async function fits(page: Page): Promise<void> {
  const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
  expect(wide).toBeLessThanOrEqual(phone.width);
}

test('a unit, its people and a rule; everybody has an account', async () => {
  const ids = new Map<Who, string>();
  let staffNo = 2_000;
  for (const who of Object.keys(people) as Who[]) {
    staffNo += 1;
    const made = await openAccount(house, who, String(staffNo), people[who], names[who]);
    ids.set(who, made.id);
    passwords.set(who, made.password);
  }
  const operator = ids.get('operator');
  const unit = { id: 'traffic', parentId: null, name: '市交通警察支队', dutyPersonId: operator };
  await house.admin.send('PUT', '/units', unit);
  for (const who of ['operator', 'chief'] as const)
    await house.admin.send('PUT', `/units/members/${ids.get(who)}`, { unitId: 'traffic' });
  const form = new FormData();
  form.append('file', new Blob(['matter,area,lead,co\nM704,440105,traffic,\n']), 'rules.csv');
  const answer = await fetch(`${house.url}/api/dispatch-rules`, {
    method: 'PUT',
    headers: { 'x-yihao': '1', cookie: house.admin.cookie },
    body: form,
  });
  expect(await answer.json()).toMatchObject({ rows: 1 });
});

test('a caller is answered; Alt+G opens the form, the order is filed by keyboard during the call', async () => {
  const { page, witness } = await windowOf('agent');
  await page.goto('/desk');
  await page.getByLabel('座席号或名称').fill('1001');
  await page.keyboard.press('Enter');
  await page.getByText('话机正常').or(page.getByTitle('话机正常')).first().waitFor();
  await page.keyboard.press('F9');
  await house.book.seatBecomes('1001', 'ready');
  caller = await dialPerson('12315');
  await page.locator('.desk-pop[data-ringing=true]').waitFor();
  await page.keyboard.press('F2');
  await house.book.reaches(caller.number, 'conversation');
  await page.keyboard.press('Alt+g');
  await page.getByLabel('标题').fill('路口信号灯不亮');
  await page
    .getByLabel('诉求内容')
    .fill(
      `天河路口信号灯不亮。另一电话 ${otherNumber}，身份证 ${identity}，本机 ${caller.number}。`,
    );
  await choose(page, '事项', 'xhdgz');
  await page.getByRole('textbox', { name: '路口', exact: true }).fill('天河路与体育西路');
  await page.getByText('全部不亮', { exact: true }).click();
  await choose(page, '区划', '440105');
  await page.getByLabel('事发地址').fill('天河路 1 号');
  await page.getByLabel('诉求人姓名').fill('王女士');
  await page.keyboard.press('Control+Enter');
  await isIn(page, '待签收');
  expect(house.book.callOf(caller.number).endedAt).toBeNull();
  await witness.look(page);
  const text = await page.locator('body').innerText();
  number = /\d{18}/.exec(text)?.[0] ?? '';
  queryCode = /查询码\s*(\d{8})/.exec(text)?.[1] ?? '';
  expect(number).not.toBe('');
  expect(queryCode).not.toBe('');
  orderPath = new URL(page.url()).pathname;
});

test('the call ends; the order stays', async () => {
  await caller.call.hangUp();
  await house.book.closes(caller.number);
});

test('the unit signs in one tap, contacts and replies on 360 px', async () => {
  const page = await openTodo('operator');
  await fits(page);
  await press(page, '签收');
  await isIn(page, '办理中');
  await press(page, '记录联系');
  await page.getByLabel('证明材料').fill('已电话联系，今日抢修');
  await press(page, /确定/);
  await page.getByText('已电话联系，今日抢修').or(page.getByText('记录联系')).first().waitFor();
  await press(page, '提交答复');
  await page.getByLabel('公开答复').fill('信号灯已于今日 16 时修复，现场恢复正常通行。');
  await page.getByLabel('证明材料').fill('现场照片一张');
  await page.getByText('已解决', { exact: true }).click();
  await fits(page);
  await press(page, /确定/);
  await isIn(page, '单位审签');
});

test('its leader approves on a telephone, the reviewer lets it pass', async () => {
  const chief = await openTodo('chief');
  await fits(chief);
  await press(chief, '审签答复');
  await isIn(chief, '办结待审');
  const reviewer = await openTodo('reviewer');
  await press(reviewer, '审核通过');
  await isIn(reviewer, '待回访');
});

test('the visitor hears that it is solved and rates it for the caller; the order is closed', async () => {
  const page = await openTodo('visitor');
  await press(page, '回访办结');
  await page.getByText('满意', { exact: true }).click();
  await page.getByText('已解决', { exact: true }).click();
  await press(page, /确定/);
  await isIn(page, '办结');
});

test('the citizen follows it by number and query code, and reads what concerns them alone', async () => {
  const { page, witness } = await openWindow(browser, house.url);
  await page.setViewportSize(phone);
  await page.goto('/progress');
  await page.getByLabel('编号').fill(number);
  await page.getByLabel('查询码').fill(queryCode);
  await page.keyboard.press('Enter');
  await page.getByText('信号灯已于今日 16 时修复').waitFor();
  const text = await page.locator('main').innerText();
  for (const step of ['提交', '签收', '联系诉求人', '审核通过', '回访办结'])
    expect(text).toContain(step);
  for (const name of Object.values(names)) expect(text).not.toContain(name);
  await witness.look(page);
  await fits(page);
  expect(await seriousFindings(page)).toEqual([]);
  expect(witness.errors).toEqual([]);
  expect(await leaks(witness)).toEqual([]);
});

/** Everything that names somebody in clear. */
async function leaks(witness: Witness): Promise<string[]> {
  const found = await Promise.all(
    clear().map(async (each) => ((await witness.saying(each)).length > 0 ? [each] : [])),
  );
  return found.flat();
}
const clear = () => [caller.number, otherNumber, otherNumber.replaceAll(' ', ''), identity];

test('axe has no serious finding where a unit works', async () => {
  const { page } = await windowOf('operator');
  for (const path of ['/orders', orderPath]) {
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    expect(await seriousFindings(page), path).toEqual([]);
  }
});

test('no answer, frame, page, export or log of the run names the caller in clear', async () => {
  const { page, witness } = await windowOf('leader');
  await page.goto(orderPath);
  await page.getByRole('heading', { name: '路口信号灯不亮' }).waitFor();
  await witness.look(page);
  const calls = await (await page.request.get('/api/calls.csv')).text();
  const audit = JSON.stringify(await house.admin.send('GET', '/audit'));
  const masked = `${caller.number.slice(0, 3)}****${caller.number.slice(-4)}`;
  expect(calls).toContain(masked);
  for (const [who, { witness: each }] of windows) {
    expect(each.errors, who).toEqual([]);
    expect(await leaks(each), who).toEqual([]);
    // The witness was awake: this person was told of the order.
    expect(await each.saying('路口信号灯不亮'), who).not.toEqual([]);
  }
  const said = [calls, audit, ...house.logged];
  for (const secret of clear()) expect(said.filter((each) => each.includes(secret))).toEqual([]);
  expect(house.complaints).toEqual([]);
});

test('revealing the number is an act of its own, and who saw the order is known in one click', async () => {
  const { page } = await windowOf('visitor');
  await page.goto(orderPath);
  await press(page, '谁看过');
  const list = page.locator('.order-viewers');
  await until(async () => (await list.count()) > 0, 'the list of viewers');
  for (const name of [names.operator, names.chief, names.reviewer])
    await list.getByText(name).first().waitFor();
});
