import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toneOf } from '../../scripts/sipp/tone.ts';
import {
  isHeardBy,
  microphoneHz,
  openChromium,
  openWindow,
  seriousFindings,
} from '../support/console-browser.ts';
import { type Caller, dialPerson } from '../support/house-caller.ts';
import { type House, openHouse } from '../support/house-rig.ts';
import { openAccount } from '../support/house-seat.ts';
import { strengthOf } from '../support/rtp-ear.ts';
import { until } from '../support/until.ts';

// Two agents and a shift leader, all in Chromium; what one of them begins the next goes on with.
const leaderHz = 1_320;
const callerHz = 440;
const people = {
  agent: { login: 'lihua', name: '李华', seatId: '7001', roles: ['agent'], queues: ['consumer'] },
  other: { login: 'wangmin', name: '王敏', seatId: '7002', roles: ['agent'], queues: ['consumer'] },
  leader: {
    login: 'zhoulan',
    name: '周若兰',
    seatId: '7009',
    roles: ['agent', 'leader'],
    queues: [],
  },
} as const;

let house: House;
const browsers: Browser[] = [];
const pages = new Map<string, Page>();
const complaints: (() => string[])[] = [];
let caller: Caller;

beforeAll(async () => {
  house = await openHouse({
    hotline(doc) {
      for (const queue of doc.queues) {
        Object.assign(queue, { wrapUpMs: 60_000, ringTimeoutMs: 60_000 });
      }
      doc.monitoring.agentSees = true;
    },
  });
  browsers.push(await openChromium(), await openChromium(leaderHz));
  await Promise.all(Object.keys(people).map((who) => sitDown(who as keyof typeof people)));
});

afterAll(async () => {
  await caller?.call.hangUp().catch(() => {});
  await Promise.all(browsers.map((browser) => browser.close()));
  await house?.close();
});

/** Signs in, takes a seat with a browser's phone: nothing but keys. */
async function sitDown(who: keyof typeof people): Promise<void> {
  const { login, name, seatId, roles, queues } = people[who];
  const memberships = queues.map((queueId) => ({ queueId, level: 1 }));
  const seat = { id: seatId, name: seatId, phone: 'browser', queues: memberships };
  await house.admin.send('POST', '/seats', seat);
  const { password } = await openAccount(house, login, seatId, roles, name);
  const browser = browsers[who === 'leader' ? 1 : 0];
  if (!browser) throw new Error('no browser');
  const { page, witness } = await openWindow(browser, house.url);
  pages.set(who, page);
  complaints.push(() => witness.errors);
  await page.goto('/');
  await page.locator('#login:focus').waitFor();
  await page.keyboard.type(login);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.locator('header.strip').waitFor();
  await page.keyboard.press('Alt+1');
  await page.locator('[aria-label="座席号或名称"]:focus').waitFor();
  await page.keyboard.type(seatId);
  await page.keyboard.press('Enter');
  await page.getByTitle('话机正常').waitFor();
}

function pageOf(who: keyof typeof people): Page {
  const page = pages.get(who);
  if (!page) throw new Error(`${who} has no window`);
  return page;
}

const keys = (who: keyof typeof people, ...pressed: string[]) =>
  pressed.reduce<Promise<void>>(
    (before, key) => before.then(() => pageOf(who).keyboard.press(key)),
    Promise.resolve(),
  );
const heardAt = (who: keyof typeof people, hz: number) =>
  until(() => isHeardBy(pageOf(who), hz), `${who} hears ${hz} Hz`);
const callerHears = (hz: number) => strengthOf(caller.call.heard().slice(-3_200), hz) > 1_000;

async function newCaller(): Promise<void> {
  caller = await dialPerson('12315', {
    sound: toneOf(callerHz, 1),
    loop: true,
    keepHeard: true,
  });
}

test('a whole call by keyboard: answered, held, a colleague found by pinyin and consulted', async () => {
  await keys('agent', 'F9');
  await house.book.seatBecomes('7001', 'ready');
  await newCaller();
  await house.book.seatBecomes('7001', 'ringing');
  await pageOf('agent').locator('.desk-pop[data-ringing=true]').waitFor();
  await keys('agent', 'F2');
  await heardAt('agent', callerHz);
  await pageOf('agent').keyboard.type('预付卡退费，请王敏协助。');

  await keys('agent', 'F4');
  await house.book.seatBecomes('7001', 'hold');
  await pageOf('agent')
    .getByRole('button', { name: /恢\s*复/ })
    .waitFor();
  await keys('agent', 'F4');
  await house.book.seatBecomes('7001', 'talking');

  await keys('other', 'F9');
  await house.book.seatBecomes('7002', 'ready');
  await keys('agent', 'F6');
  await pageOf('agent')
    .getByRole('option', { name: /7002 王敏/ })
    .waitFor();
  await pageOf('agent').keyboard.type('wm');
  expect(await seriousFindings(pageOf('agent'))).toEqual([]);
  await keys('agent', 'Enter');
  await house.book.seatBecomes('7002', 'ringing');
  await pageOf('agent').getByText('正在呼叫对方').waitFor();
  await pageOf('other').getByRole('button', { name: /接听/ }).waitFor();
  await keys('other', 'F2');
  await pageOf('agent').getByText('咨询中：来电人听不到你们').waitFor();
  await pageOf('other').getByText('您正在协助 7001 李华').waitFor();
  await heardAt('agent', microphoneHz);
  await heardAt('other', microphoneHz);
  expect(await isHeardBy(pageOf('other'), callerHz)).toBe(false);
  expect(callerHears(microphoneHz)).toBe(false);
});

test('F10 lets the caller in, F7 leaves the two to themselves', async () => {
  await keys('agent', 'F10');
  await pageOf('agent').getByText('三方通话：各方都能听到').waitFor();
  await heardAt('other', callerHz);
  await until(() => callerHears(microphoneHz), 'the caller hears them');
  expect(await seriousFindings(pageOf('agent'))).toEqual([]);

  await keys('agent', 'F7');
  await house.book.seatBecomes('7001', 'wrap-up');
  await pageOf('other').getByRole('button', { name: /转接/ }).waitFor();
  expect(house.book.callOf(caller.number).seatId).toBe('7002');
});

test('note and result end the first agent’s wrap-up, by keyboard', async () => {
  const page = pageOf('agent');
  await page.getByRole('button', { name: /提交并结束整理/ }).waitFor();
  // The cursor is in the note, where the consultation began.
  await page.keyboard.type('已转交。');
  await keys('agent', 'Shift+Tab', 'ArrowRight', 'Control+Enter');
  await house.book.seatBecomes('7001', 'ready');
  expect(house.book.callOf(caller.number).note).toBe('预付卡退费，请王敏协助。已转交。');
});

test('a leader on the floor map listens, whispers and barges in with the buttons', async () => {
  const leader = pageOf('leader');
  await leader.goto('/floor');
  await leader.locator('[data-seat="7002"]').click();
  const drawer = leader.getByRole('dialog');
  await drawer.getByRole('button', { name: '旁听' }).waitFor();
  expect(await seriousFindings(leader)).toEqual([]);
  await drawer.getByRole('button', { name: '旁听' }).click();
  const band = leader.getByRole('region', { name: '与 7002 王敏 的通话' });
  await band.waitFor();
  await heardAt('leader', microphoneHz);
  await heardAt('leader', callerHz);
  await pageOf('other').getByText('班长在旁听').waitFor();
  expect(await isHeardBy(pageOf('other'), leaderHz)).toBe(false);

  await band.getByRole('button', { name: /耳语/ }).click();
  await pageOf('other').getByText('班长在对您耳语').waitFor();
  await heardAt('other', leaderHz);
  expect(callerHears(leaderHz)).toBe(false);

  await band.getByRole('button', { name: /强插/ }).click();
  await until(() => callerHears(leaderHz), 'the caller hears the leader');
  expect(await seriousFindings(leader)).toEqual([]);
});

test('F2 takes the caller over; F8 gives them to the rating', async () => {
  await keys('leader', 'F2');
  await house.book.seatBecomes('7009', 'talking');
  await house.book.seatBecomes('7002', 'wrap-up');
  const listening = pageOf('leader').getByRole('region', { name: '与 7002 王敏 的通话' });
  await listening.waitFor({ state: 'detached' });
  await heardAt('leader', callerHz);
  await until(() => callerHears(leaderHz), 'the caller hears the leader alone');
  await keys('leader', 'F8');
  await house.book.reaches(caller.number, 'rating');
  caller.call.press('5');
  expect(await house.book.closes(caller.number)).toMatchObject({ rating: 5, seatId: '7009' });
});

test('no page complained', () => {
  expect(complaints.flatMap((of) => of())).toEqual([]);
});
