import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Hotline } from '../../config/hotline.ts';
import type { RobotCall } from '../sipp/robot-call.ts';
import type { RobotPhone } from '../sipp/robot-seats.ts';
import { ApiRefusal } from './api.ts';
import { between, happens, lognormal, pick } from './chance.ts';
import type { Scene } from './scene.ts';
import type { Member } from './staff.ts';

const talkMedianSeconds = 24;
const talkSpread = 0.5;
const longestTalkSeconds = 70;
const wrapUpSeconds = { low: 2, high: 9 };
const breakSeconds = { low: 15, high: 40 };
const lookEveryMs = 3_000;

const notes = [
  '咨询办理流程，已直接答复。',
  '反映商家不予退款，已登记转办。',
  '查询上次诉求的办理进度。',
  '反映夜间施工噪声，已转城管部门。',
  '咨询医保异地就医备案，已告知线上办理方式。',
  '补充证据材料，已记入原工单。',
];

const deskShape = z.object({ desk: z.object({ state: z.string() }).nullable() });

/** What a robot agent does from sitting down to standing up. */
export class RobotAgent {
  readonly #member: Member;
  readonly #phone: RobotPhone;
  readonly #hotline: Hotline;
  readonly #scene: Scene;
  readonly #signal: AbortSignal;
  #onBreakUntil = 0;

  constructor(
    member: Member,
    phone: RobotPhone,
    hotline: Hotline,
    scene: Scene,
    signal: AbortSignal,
  ) {
    this.#member = member;
    this.#phone = phone;
    this.#hotline = hotline;
    this.#scene = scene;
    this.#signal = signal;
    phone.onRing = (call) => void this.#serve(call).catch(quietly);
  }

  /** Comes back after breaks and missed rings, until the demo is over. */
  async work(): Promise<void> {
    while (!this.#signal.aborted) {
      await this.#wait(lookEveryMs);
      this.#phone.behaviour = happens(0.03)
        ? { do: 'ignore' }
        : { do: 'answer', afterMs: between(800, 3_500) };
      if (performance.now() < this.#onBreakUntil) continue;
      const state = deskShape.safeParse(await this.#ask('GET', '')).data?.desk?.state;
      if (state === 'not-ready') await this.#ask('POST', '/ready');
    }
  }

  async #serve(call: RobotCall): Promise<void> {
    if (!(await call.answered)) return;
    this.#scene.talkingNow++;
    this.#scene.answered++;
    try {
      await this.#talk(call);
    } finally {
      this.#scene.talkingNow--;
    }
    await this.#wrapUp();
  }

  async #talk(call: RobotCall): Promise<void> {
    const seconds = Math.min(longestTalkSeconds, lognormal(talkMedianSeconds, talkSpread));
    if (happens(0.15)) {
      await Promise.race([call.over, this.#wait(seconds * 300)]);
      await this.#ask('POST', '/hold');
      await Promise.race([call.over, this.#wait(between(3_000, 8_000))]);
      await this.#ask('POST', '/resume');
    }
    await Promise.race([call.over, this.#wait(seconds * 1_000)]);
    // Most agents hand the caller to the rating by hanging up, some just put the phone down.
    if (call.state === 'talking' && happens(0.8)) await this.#ask('POST', '/hang-up');
    else await call.hangUp();
    await Promise.race([call.over, this.#wait(2_000)]);
  }

  async #wrapUp(): Promise<void> {
    const codes = this.#hotline.resultCodes.map(({ code }, at) => [code, 1 / (at + 1)] as const);
    const note = notes[Math.floor(Math.random() * notes.length)];
    await this.#wait(800);
    await this.#ask('PUT', '/note', { note, resultCode: pick(codes) });
    await this.#wait(1_000 * between(wrapUpSeconds.low, wrapUpSeconds.high));
    if (happens(0.06)) {
      const reasons = this.#hotline.notReadyReasons.map(({ code }) => [code, 1] as const);
      const forMs = 1_000 * between(breakSeconds.low, breakSeconds.high);
      this.#onBreakUntil = performance.now() + forMs;
      await this.#ask('POST', '/not-ready', { reason: pick(reasons) });
    }
    await this.#ask('POST', '/wrap-up/done');
  }

  /** A refusal is part of life: the call may be over already. */
  async #ask(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<unknown> {
    try {
      return await this.#member.api.send(method, `/desk${path}`, body);
    } catch (error) {
      if (error instanceof ApiRefusal && error.status < 500) return undefined;
      if (!this.#signal.aborted) quietly(error);
      return undefined;
    }
  }

  async #wait(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#signal }).catch(() => {});
  }
}

function quietly(error: unknown): void {
  console.error(`\n⚠ ${error instanceof Error ? error.message : String(error)}`);
}
