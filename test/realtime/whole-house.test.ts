import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { type CallDetail, callPageSchema } from '../../src/calls/schema.ts';
import { figuresSchema } from '../../src/figures/schema.ts';
import { floorSchema } from '../../src/floor/schema.ts';
import type { Alert, DeskMessage, FloorChange } from '../../src/realtime/protocol.ts';
import { phoneSchema } from '../../src/seats/schema.ts';
import { adminPassword, startWithoutExchange } from '../support/app-without-exchange.ts';
import { FakeClock, settle } from '../support/fake-clock.ts';
import { FakeLine, FakeTelephony } from '../support/fake-telephony.ts';
import { type Client, keepFrames, listen, openClient } from './rig.ts';

// One call through the whole house, on an exchange that is not there: what the agent's desk, the
// leader's floor, the alerts, the records and the log say of it, and that none says the number.

const caller = '13912345678';
const seatId = '1001';
const turnSecret = 'north-wind-in-the-pines';

const clock = new FakeClock();
const telephony = new FakeTelephony();
const dataDir = mkdtempSync(join(tmpdir(), 'yihao-house-'));
const logged: string[] = [];
const frames: string[] = [];
const bodies: string[] = [];
let app: App;
let cookie: string;
let client: Client;
let desk: DeskMessage[];
let floor: FloorChange[];
let alerts: Alert[];

async function ask(method: string, path: string, body?: object): Promise<unknown> {
  const reply = await fetch(app.url + path, {
    method,
    headers: { 'x-yihao': '1', cookie, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await reply.text();
  bodies.push(text);
  expect([path, reply.status]).toEqual([path, reply.status < 300 ? reply.status : 200]);
  cookie = reply.headers.get('set-cookie')?.split(';', 1)[0] ?? cookie;
  return text === '' ? null : JSON.parse(text);
}

/** Lets time pass until something is so. */
async function until(isSo: () => boolean): Promise<void> {
  for (let round = 0; round < 400 && !isSo(); round += 1) await clock.advance(100);
  expect(isSo()).toBe(true);
}

const deskState = () => desk.at(-1)?.desk?.state;

beforeAll(async () => {
  const sink = new Writable({
    write(line: Buffer, _encoding, done) {
      logged.push(line.toString());
      done();
    },
  });
  cookie = '';
  app = await startWithoutExchange({
    dataDir,
    clock,
    log: pino({ level: 'trace' }, sink),
    outside: {
      telephony,
      recordings: {
        finish: (recordingId) =>
          Promise.resolve({
            file: `${recordingId}.wav`,
            sha256: 'ab',
            durationMs: 30_000,
            bytes: 960_044,
            repaired: false,
          }),
        unfinished: () => Promise.resolve([]),
        pathOf: (file) => join(dataDir, file),
        remove: () => Promise.resolve(),
      },
    },
    configure(config) {
      config.sip.iceServers = [{ urls: ['turn:turn.city'], secret: turnSecret }];
    },
  });
  telephony.reachable.add(seatId);
  await ask('POST', '/api/session', { login: 'admin', password: adminPassword });
  client = openClient(Number(new URL(app.url).port), cookie);
  keepFrames(client, frames);
  desk = listen(client, 'desk');
  floor = listen(client, 'floor');
  alerts = listen(client, 'alert');
  await new Promise((resolve) => {
    client.once('connect', () => {
      client.emit('watchFloor', () => {});
      client.emit('watchDesk', { take: false }, resolve);
    });
  });
});
afterAll(async () => {
  client.close();
  await app.stop(0);
  rmSync(dataDir, { recursive: true });
});

describe('one call through the house', () => {
  const line = new FakeLine(clock, 'channel-1', '12315', caller);

  it('rings the ready agent, whose phone may be outside, and who sees whom before answering', async () => {
    await ask('POST', '/api/desk/sign-in', { seatId });
    const phone = phoneSchema.parse(await ask('POST', '/api/desk/phone'));
    const { username, credential } = phone.iceServers[0] ?? {};
    const until12h = clock.now() / 1_000 + 12 * 3_600;
    expect(username).toMatch(new RegExp(`^${until12h}:.`));
    const digest = createHmac('sha1', turnSecret)
      .update(username ?? '')
      .digest('base64');
    expect(credential).toBe(digest);
    await ask('POST', '/api/desk/ready');
    telephony.listener?.onCaller(line);
    await until(() => deskState() === 'ringing');
    expect(desk.at(-1)?.pop).toMatchObject({
      callerMasked: '139****5678',
      dialled: '12315',
      queueId: 'consumer',
      attempt: 1,
      callsBefore: 0,
    });
  });

  it('moves the floor while it is spoken, held and ended', async () => {
    telephony.answer(seatId);
    await until(() => deskState() === 'talking');
    // Longer than changes of the floor are gathered.
    await clock.advance(1_000);
    await ask('POST', '/api/desk/hold');
    await until(() => deskState() === 'hold');
    await clock.advance(7_000);
    await ask('POST', '/api/desk/resume');
    await until(() => deskState() === 'talking');
    await ask('POST', '/api/desk/hang-up');
    await until(() => deskState() === 'wrap-up');
    line.press('1');
    await until(() => line.hungUp);
    await clock.advance(1_000);
    const states = floor.flatMap((change) => change.seats).map((seat) => seat.state);
    for (const state of ['ringing', 'talking', 'hold', 'wrap-up']) expect(states).toContain(state);
    const numbers = floor.map((change) => change.n);
    expect(numbers).toEqual(numbers.map((_, at) => (numbers[0] ?? 0) + at));
    expect(desk.map((message) => message.n)).toEqual(desk.map((_, at) => at + 1));
    expect(alerts).toMatchObject([{ kind: 'low-rating', score: 1 }]);
  });

  it('stands in the records with everything that happened', async () => {
    await settle();
    const page = callPageSchema.parse(await ask('GET', '/api/calls'));
    expect(page.rows).toMatchObject([
      { callerMasked: '139****5678', seatId, rating: 1, ending: 'agent-hung-up', stage: null },
    ]);
    const [row] = page.rows;
    expect(row?.heldMs).toBeGreaterThanOrEqual(7_000);
    expect(row?.talkMs).toBeGreaterThanOrEqual(row?.heldMs ?? Number.NaN);
    const detail = (await ask('GET', `/api/calls/${row?.id ?? ''}`)) as CallDetail;
    expect(detail.recordings).toMatchObject([{ state: 'ready', sha256: 'ab' }]);
    const now = floorSchema.parse(await ask('GET', '/api/floor'));
    expect(now.today).toMatchObject({ offered: 1, answered: 1, rated: 1, ratingSum: 1 });
  });

  it('stands in the figures, of its queue and of its agent', async () => {
    const of = async (query: string) =>
      figuresSchema.parse(await ask('GET', `/api/figures?${query}`)).total.figures;
    const held = expect.objectContaining({ d: 1 });
    expect(await of('by=queue')).toMatchObject({
      offered: { n: 1, d: null },
      'connect-rate': { n: 1, d: 1 },
      'satisfaction-rate': { n: 0, d: 1 },
      'rating-participation': { n: 1, d: 1 },
      'hold-time': held,
    });
    const own = await of('by=agent&agent=self');
    expect(own['connect-rate']).toBeNull();
    expect(own['hold-time']?.n).toBeGreaterThanOrEqual(7_000);
    expect(own.occupancy?.n).toBeGreaterThan(0);
    expect(own.occupancy?.d).toBeGreaterThan(own.occupancy?.n ?? 0);
  });

  it('says the number to nobody but who asks with a reason, and writes that down', async () => {
    const everything = [...frames, ...bodies, ...logged].join('\n');
    expect(everything).toContain('139****5678');
    expect(everything).not.toContain(caller);
    expect(everything).not.toContain(turnSecret);
    const [row] = callPageSchema.parse(await ask('GET', '/api/calls')).rows;
    const path = `/api/calls/${row?.id ?? ''}/number`;
    expect(await ask('POST', path, { reason: '回访' })).toEqual({ number: caller });
    const audit = JSON.stringify(await ask('GET', '/api/audit?action=call.reveal-number'));
    expect(audit).toContain('回访');
    expect(audit).not.toContain(caller);
  });

  it('ends the live line within two seconds when the session is given up', async () => {
    const told = listen<string>(client, 'signedOut');
    const cut = new Promise((resolve) => {
      client.once('disconnect', resolve);
    });
    await ask('DELETE', '/api/session');
    await cut;
    expect(told).toHaveLength(1);
  });
});
