import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Api } from '../../scripts/demo/api.ts';
import { openChromium, openWindow, seriousFindings } from '../support/console-browser.ts';
import { type House, openHouse } from '../support/house-rig.ts';
import { openAccount } from '../support/house-seat.ts';

// A joint meeting from its calling to a decision that is settled; each test goes on from the one before.
let house: House;
let browser: Browser;
let page: Page;
let agent: Api;
let operator: Api;
const orderShape = z.object({
  id: z.string(),
  number: z.string().nullable(),
  leadUnit: z.string().nullable(),
  tasks: z.array(z.object({ id: z.string(), text: z.string() })),
});
type Order = z.infer<typeof orderShape>;
let plain: Order;
let disputed: Order;

async function move(by: Api, id: string, body: object): Promise<Order> {
  return orderShape.parse(await by.send('POST', `/orders/${id}/moves`, body));
}

async function filed(title: string, masterId?: string): Promise<Order> {
  const request = { type: 'help', matter: 'M401', area: '440105', title, content: title };
  const { id } = orderShape.parse(await agent.send('POST', '/orders', request));
  return move(agent, id, { do: 'submit', masterId });
}

beforeAll(async () => {
  house = await openHouse();
  browser = await openChromium();
  const hire = (login: string, staffNo: string, role: string) =>
    openAccount(house, login, staffNo, [role], `${login}一`);
  ({ api: agent } = await hire('agent', '4001', 'agent'));
  const { api: dispatcher } = await hire('dispatcher', '4002', 'dispatcher');
  const unit = await hire('operator', '4003', 'unit-operator');
  operator = unit.api;
  const office = { id: 'city-management', parentId: null, name: '城管局', dutyPersonId: unit.id };
  await house.admin.send('PUT', '/units', office);
  await house.admin.send('PUT', `/units/members/${unit.id}`, { unitId: office.id });
  const supervisor = await hire('supervisor', '4004', 'supervisor');
  plain = await filed('公积金提取被拒');
  // What may repeat another order waits for a dispatcher, who takes it to those who supervise.
  disputed = await filed('餐饮油烟直排无人管', plain.id);
  const dispute = { do: 'call-dispute', owner: supervisor.id, ground: '两家均称不归其管' };
  await move(dispatcher, disputed.id, dispute);
  ({ page } = await openWindow(browser, house.url));
  await page.goto('/');
  await page.getByLabel('账号').fill('supervisor');
  await page.locator('#password').fill(supervisor.password);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: '督办' }).waitFor();
});

afterAll(async () => {
  await browser?.close();
  await house?.close();
});

test('is called by keyboard: one order from the list, one by its number', async () => {
  await page.goto('/supervision?part=meetings');
  await page.getByRole('link', { name: '召集会议' }).press('Enter');
  await page.getByLabel('会议名称').fill('油烟权属协调会');
  await page.getByLabel('时间').fill('2030-01-15T09:30');
  await page.getByRole('combobox', { name: '参会单位' }).fill('城管局');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  const pick = page.getByLabel('工单编号，或标题、单位中的字');
  await pick.fill('油烟');
  await pick.press('Enter');
  await page.getByText('已选 1 件').waitFor();
  await pick.fill('20990101000000000001');
  await pick.press('Enter');
  await page.getByText('没有编号为 20990101000000000001 的工单').waitFor();
  await pick.fill(plain.number ?? '');
  await pick.press('Enter');
  await page.getByText('已选 2 件').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await pick.press('Control+Enter');
  await page.getByRole('heading', { name: '油烟权属协调会' }).waitFor();
  await page.getByText('2030-01-15 09:30').waitFor();
});

test('is moved by keyboard: the page and its orders say so', async () => {
  await page.getByRole('button', { name: '改期改址' }).press('Enter');
  await page.getByLabel('时间').fill('2030-01-16T14:00');
  await page.getByLabel('原因').fill('场地冲突');
  await page.getByLabel('原因').press('Control+Enter');
  await page.getByText('已改期，并告知 2 件工单').waitFor();
  await page.getByText('2030-01-16 14:00').waitFor();
  await page.getByText(/原定 2030-01-15 09:30/).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  const told = JSON.stringify(await agent.send('GET', `/orders/${plain.id}`));
  expect(told).toContain('改为 2030-01-16 14:00：场地冲突');
});

test('its minutes survive a reload, and its decision gives the disputed order to a unit', async () => {
  await page.getByLabel('会议纪要').fill('经议定，油烟直排由城管局牵头。');
  await page.reload();
  const about = page.locator('.meeting-form section', { hasText: '餐饮油烟直排无人管' });
  await about.getByLabel('决定').fill('城管局牵头查处');
  await about.getByRole('combobox', { name: '指定主办' }).fill('城管局');
  await page.keyboard.press('Enter');
  await about.getByLabel(/完成期限/).fill('2030-01-31');
  await page.getByText('将写回 1 件工单').waitFor();
  expect(await page.getByRole('combobox', { name: '指定主办' }).count(), 'only in dispute').toBe(1);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: '决定落实情况' }).waitFor();
  await page.getByText('经议定，油烟直排由城管局牵头。').waitFor();
  await page.getByText('待反馈').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
});

test('the unit reads and answers it; the meeting shows it answered, then settled', async () => {
  const seen = orderShape.parse(await operator.send('GET', `/orders/${disputed.id}`));
  expect(seen).toMatchObject({ leadUnit: '城管局', tasks: [{ text: '城管局牵头查处' }] });
  const taskId = seen.tasks[0]?.id;
  await move(operator, disputed.id, { do: 'feedback', taskId, why: '已立案查处' });
  await page.reload();
  await page.getByText('已反馈，待销号').waitFor();
  await page.getByRole('link', { name: '餐饮油烟直排无人管' }).click();
  await page.getByRole('link', { name: '油烟权属协调会' }).waitFor();
  await page.getByRole('button', { name: '销号' }).click();
  await page.getByText(/· 已销号/).waitFor();
  await page.getByRole('link', { name: '油烟权属协调会' }).click();
  await page.getByText('已销号').waitFor();
});
