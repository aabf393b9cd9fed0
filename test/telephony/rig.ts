import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { Line, RingRequest, Telephony } from '../../src/calls/ports.ts';
import { type Clock, systemClock } from '../../src/kit/clock.ts';
import { createLog } from '../../src/kit/log.ts';
import { createTelephony } from '../../telephony/asterisk.ts';
import { FakeAri, type FakeRequest, fakeChannel } from '../support/fake-ari.ts';

/** For what is never given up. */
export const never = new AbortController().signal;
/** On a busy machine, too. */
export const soon = { timeout: 15_000, interval: 20 };

/** The telephony on an exchange without telephones that misbehaves as it is told. */
export class Rig {
  readonly fake: FakeAri;
  telephony: Telephony;
  /** Callers who were announced, newest last. */
  readonly lines: Line[] = [];
  /** Where the prompts are. */
  readonly folder = mkdtempSync(join(tmpdir(), 'yihao-telephony-'));

  private constructor(fake: FakeAri) {
    this.fake = fake;
    for (const name of ['synthesised/zh', 'uploaded/zh'])
      mkdirSync(join(this.folder, name), { recursive: true });
    this.telephony = this.newTelephony();
  }

  static async open(): Promise<Rig> {
    return new Rig(await FakeAri.start());
  }

  newTelephony(password = this.fake.password, clock: Clock = systemClock): Telephony {
    return createTelephony({
      ariUrl: this.fake.url,
      user: this.fake.user,
      password,
      app: 'yihao',
      prompts: {
        uploaded: join(this.folder, 'uploaded'),
        synthesised: join(this.folder, 'synthesised'),
        spoken: join(this.folder, 'spoken'),
      },
      clock,
      log: createLog('silent'),
      limits: { requestTimeoutMs: 1_000, reconnectFirstMs: 5 },
    });
  }

  /** Puts a telephony in place whose time passes as the test lets it. */
  async useClock(clock: Clock): Promise<void> {
    await this.telephony.close();
    this.telephony = this.newTelephony(this.fake.password, clock);
  }

  async start(): Promise<void> {
    await this.telephony.connect();
    this.listen();
  }

  listen(): void {
    const onCaller = (line: Line) => this.lines.push(line);
    this.telephony.listen({ onCaller, onPhone() {}, onConnection() {} });
  }

  /** A caller comes, described as Asterisk does but for what is changed. */
  async arrive(change: object = {}, timestamp = new Date().toISOString()): Promise<Line> {
    const id = `c${this.lines.length}`;
    const channel = { ...fakeChannel(id), ...change };
    this.fake.channels.set(id, channel);
    this.fake.emit({ type: 'StasisStart', timestamp, args: ['caller', '12345'], channel });
    return await vi.waitFor(() => {
      const found = this.lines.find((one) => one.channelId === id);
      if (!found) throw new Error('not yet');
      return found;
    }, soon);
  }

  /** A prompt without a sound, by its path in the folder. */
  writePrompt(path: string): void {
    writeFileSync(join(this.folder, `${path}.wav`), '');
  }

  /** What the exchange was asked. */
  seen(operation: FakeRequest['operation']): FakeRequest[] {
    return this.fake.requests.filter((request) => request.operation === operation);
  }

  /** An event about the channel of the seat that `ringOf` rings. */
  tellOfLeg(type: string, more: object = {}, state = 'Up'): void {
    this.fake.emit({ type, channel: fakeChannel('leg-1', 'seat,call-1,leg-1', state), ...more });
  }

  /** That seat answers. */
  answer(): void {
    this.tellOfLeg('StasisStart', { timestamp: '', args: ['seat', 'call-1', 'leg-1'] });
  }

  async close(): Promise<void> {
    await this.telephony.close();
    await this.fake.stop();
    rmSync(this.folder, { recursive: true });
  }
}

/** The order to ring a seat. */
export function ringOf(change: Partial<RingRequest> = {}): RingRequest {
  return {
    callId: 'call-1',
    seatId: 'S1',
    legId: 'leg-1',
    recordingId: 'rec-1',
    ringTimeoutMs: 5_000,
    display: '138****1234',
    autoAnswer: false,
    ...change,
  };
}
