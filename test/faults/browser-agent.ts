import type { ChildProcess } from 'node:child_process';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumOptions, openWindow } from '../support/console-browser.ts';
import type { House } from '../support/house-rig.ts';
import { openAccount } from '../support/house-seat.ts';

/** An agent whose phone is a browser, in processes of its own that can be stopped and killed. */
export class BrowserAgent {
  readonly seatId: string;
  readonly #house: House;
  readonly #login: string;
  readonly #password: string;
  #process: ChildProcess | undefined;
  #browser: Browser | undefined;
  #page: Page | undefined;

  private constructor(house: House, seatId: string, login: string, password: string) {
    this.#house = house;
    this.seatId = seatId;
    this.#login = login;
    this.#password = password;
  }

  /** A new seat of a queue, with its agent ready there. */
  static async open(house: House, seatId: string, queueId: string): Promise<BrowserAgent> {
    const queues = [{ queueId, level: 1 }];
    await house.admin.send('POST', '/seats', {
      id: seatId,
      name: seatId,
      phone: 'browser',
      queues,
    });
    const login = `agent-${seatId}`;
    const { password } = await openAccount(house, login, seatId, ['agent']);
    const agent = new BrowserAgent(house, seatId, login, password);
    try {
      await agent.sitDown();
      await agent.page.locator('[aria-label="座席号或名称"]').fill(seatId);
      await agent.page.keyboard.press('Enter');
      await agent.page.getByTitle('话机正常').waitFor();
      await agent.page.keyboard.press('F9');
      await house.book.seatBecomes(seatId, 'ready');
      return agent;
    } catch (error) {
      await agent.die();
      throw error;
    }
  }

  get page(): Page {
    if (!this.#page) throw new Error('the browser is not open');
    return this.#page;
  }

  /** Opens a browser, signs in, goes to the desk. */
  async sitDown(): Promise<void> {
    const server = await chromium.launchServer(chromiumOptions());
    this.#process = server.process();
    this.#browser = await chromium.connect(server.wsEndpoint());
    const { page } = await openWindow(this.#browser, this.#house.url);
    this.#page = page;
    await page.goto('/desk');
    await page.locator('#login').fill(this.#login);
    await page.locator('#password').fill(this.#password);
    await page.keyboard.press('Enter');
    await page.locator('header.strip').waitFor();
    await page.goto('/desk');
  }

  /** The call that rings is answered. */
  async answer(): Promise<void> {
    await this.page.locator('.desk-pop[data-ringing=true]').waitFor();
    await this.page.keyboard.press('F2');
    await this.#house.book.seatBecomes(this.seatId, 'talking');
  }

  /** The lid is closed: nothing of the browser moves, its connections say nothing. */
  sleep(): void {
    this.#signal('SIGSTOP');
  }

  wake(): void {
    this.#signal('SIGCONT');
  }

  /** The browser ends as in a crash. */
  async die(): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    if (!process || process.exitCode !== null || process.signalCode !== null) return;
    const gone = new Promise((resolve) => process.once('exit', resolve));
    this.#signal('SIGKILL', process);
    await gone;
    await this.#browser?.close().catch(() => {});
  }

  /** All of its processes are in one group. */
  #signal(name: NodeJS.Signals, { pid } = this.#process ?? { pid: undefined }): void {
    if (pid !== undefined) process.kill(-pid, name);
  }
}
