import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { projectRoot } from '../../src/kit/root.ts';
import { openWindow } from '../../test/support/console-browser.ts';
import { dialPerson } from '../../test/support/house-caller.ts';
import type { House } from '../../test/support/house-rig.ts';
import { openAccount } from '../../test/support/house-seat.ts';
import { until } from '../../test/support/until.ts';

const login = 'lihua';
const seatId = '1001';

/** An agent who may sign in. @returns the password */
export async function openAgent(house: House): Promise<string> {
  const { password } = await openAccount(house, login, '1001', ['agent']);
  return password;
}

/** What one first visit cost. */
export interface FirstVisit {
  /** Bytes over the line before the first paint, heads of the replies included. */
  bytes: number;
  firstPaintMs: number;
  /** From the key that sends name and password to the field that asks for the seat. */
  deskMs: number;
}

/** Visits the desk with a browser that has never been there, and signs in. */
export async function visitFirst(
  browser: Browser,
  house: House,
  password: string,
): Promise<{ visit: FirstVisit; page: Page }> {
  const { context, page } = await openWindow(browser, house.url);
  await context.addInitScript({
    content: readFileSync(join(projectRoot, 'scripts/bench/page-witness.js'), 'utf8'),
  });
  await page.goto('/desk');
  await page.getByLabel('账号').fill(login);
  // The field is there a moment before the browser has noted that it was painted.
  await page.waitForFunction(isPainted);
  const painted = await page.evaluate<{ bytes: number; firstPaintMs: number }>(beforePaint);
  await page.locator('#password').fill(password);
  const before = performance.now();
  await page.keyboard.press('Enter');
  await page.getByLabel('座席号或名称').waitFor();
  return { visit: { ...painted, deskMs: performance.now() - before }, page };
}

/** Runs in the page: has it shown something? */
const isPainted = "performance.getEntriesByName('first-contentful-paint').length > 0";

/** Runs in the page: what it had loaded when it first showed something. */
const beforePaint = `(() => {
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  const firstPaintMs = paint.startTime;
  const loaded = ['navigation', 'resource'].flatMap((kind) => performance.getEntriesByType(kind));
  const before = loaded.filter(({ responseStart }) => responseStart <= firstPaintMs);
  return { firstPaintMs, bytes: before.reduce((sum, { transferSize }) => sum + transferSize, 0) };
})()`;

/** One ring: milliseconds from the INVITE's arrival at the browser. */
export interface Ring {
  /** Until the caller's card was painted; the card may come before the INVITE. */
  cardMs: number;
  /** Until an empty box was, which the INVITE itself put there. */
  boxMs: number;
}

/** Takes the seat, and lets it ring so many times. */
export async function ringTimes(page: Page, house: House, times: number): Promise<Ring[]> {
  await page.getByLabel('座席号或名称').fill(seatId);
  await page.keyboard.press('Enter');
  await page.getByText('话机正常').or(page.getByTitle('话机正常')).first().waitFor();
  await page.keyboard.press('F9');
  await house.book.seatBecomes(seatId, 'ready');
  const rings: Ring[] = [];
  while (rings.length < times) {
    const caller = await dialPerson();
    // The console's policy lets nobody evaluate text in the page, as waiting there would.
    const isDone = () => page.evaluate<boolean>(`seenRings.length > ${rings.length}`);
    await until(isDone, 'a ring is painted', 20_000);
    const seen = await page.evaluate<Ring>(`seenRings[${rings.length}]`);
    rings.push(seen);
    await caller.call.hangUp();
    await house.book.seatBecomes(seatId, 'ready');
    await page.locator('.desk-pop[data-ringing=true]').waitFor({ state: 'detached' });
  }
  return rings;
}
