import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { Api } from '../../../scripts/demo/api.ts';
import { toneOf } from '../../../scripts/sipp/tone.ts';
import { untilHeard } from '../../support/hearing.ts';
import { type Caller, dial, dialPerson } from '../../support/house-caller.ts';
import { type House, openHouse } from '../../support/house-rig.ts';
import { makeReady, openAccount, openSeat, type ReadySeat } from '../../support/house-seat.ts';
import { expectNothingLeft } from '../../support/nothing-left.ts';
import { strengthOf } from '../../support/rtp-ear.ts';
import { pause, until } from '../../support/until.ts';

let house: House;
let seat: ReadySeat;
let leader: { api: Api; id: string };
let technician: { api: Api };

const callerTone = toneOf(440, 1);

beforeAll(async () => {
  house = await openHouse();
  seat = await openSeat(house, '9001');
  leader = await openAccount(house, 'leader', 'L1', ['leader']);
  technician = await openAccount(house, 'technician', 'T1', ['admin']);
});

beforeEach(async () => {
  seat.phone.manner = 'answer';
  if (house.book.seatState('9001')?.state !== 'ready') await makeReady(seat);
});

afterEach(async () => {
  await expectNothingLeft(house);
});

afterAll(async () => {
  seat?.phone.close();
  await house?.close();
});

/** The agent's phone in the present call. */
function agent() {
  const phone = seat.phone.rung.at(-1);
  if (!phone) throw new Error('the seat was never rung');
  return phone;
}

async function talking(options: Parameters<typeof dial>[1] = {}): Promise<Caller> {
  const caller = await dialPerson('12315', { sound: callerTone, loop: true, ...options });
  await house.book.reaches(caller.number, 'conversation');
  await until(() => strengthAt(agent().ear.heard, 440) > 2_000, 'the agent hears the caller');
  return caller;
}

/** How strong a tone is in the last fifth of a second. */
function strengthAt(heard: ArrayLike<number>, hz: number): number {
  return strengthOf(Array.prototype.slice.call(heard, -1_600), hz);
}

/** How loud the last fifth of a second is. */
function loudness(heard: Int16Array): number {
  const last = heard.slice(-1_600);
  return Math.sqrt(last.reduce((sum, sample) => sum + sample * sample, 0) / (last.length || 1));
}

test('both are heard and kept apart; the file is the one in the record, and listening is audited', async () => {
  const caller = await talking({ keepHeard: true });
  agent().ear.tone(880);
  await until(() => strengthAt(caller.call.heard(), 880) > 2_000, 'the caller hears the agent');
  await pause(1_000);
  await seat.api.send('POST', '/desk/hang-up');
  await house.book.reaches(caller.number, 'rating');
  caller.call.press('5');
  await caller.call.ended;
  const record = await house.book.closes(caller.number);
  expect(record).toMatchObject({ rating: 5, ending: 'agent-hung-up' });

  const [kept] = house.book.recordingsOf(record.id);
  const path = `/api/calls/${record.id}/recordings/${kept?.id}/audio`;
  expect((await listen(technician.api, path)).status).toBe(403);
  expect((await listen(seat.api, path)).status).toBe(403);
  const answer = await listen(leader.api, path);
  expect(answer.status).toBe(200);
  const wav = Buffer.from(await answer.arrayBuffer());
  expect(createHash('sha256').update(wav).digest('hex')).toBe(kept?.sha256);
  expect(wav.readUInt16LE(22)).toBe(2);
  const [left, right] = [sideOf(wav, 0), sideOf(wav, 2)];
  expect(strengthAt(left, 440)).toBeGreaterThan(10 * strengthAt(left, 880));
  expect(strengthAt(right, 880)).toBeGreaterThan(10 * strengthAt(right, 440));
  expect(Math.min(strengthAt(left, 440), strengthAt(right, 880))).toBeGreaterThan(500);

  const heard = await house.admin.send('GET', `/audit?person=${leader.id}`);
  const audit = z.object({ rows: z.array(z.object({ action: z.string(), subject: z.string() })) });
  const acts = audit.parse(heard).rows.filter(({ action }) => action.startsWith('recording'));
  expect(acts).toHaveLength(1);
});

/** Asks for a recording as one person. */
async function listen(api: Api, path: string): Promise<Response> {
  return fetch(`${house.url}${path}`, { headers: { cookie: api.cookie } });
}

/** The middle half of one side of a stereo WAV with a 44-byte header. */
function sideOf(wav: Buffer, offset: number): Int16Array {
  const frames = (wav.length - 44) >> 2;
  return Int16Array.from({ length: frames >> 1 }, (_, at) =>
    wav.readInt16LE(44 + ((frames >> 2) + at) * 4 + offset),
  );
}

test('on hold the caller hears music and not the agent, who hears nothing; then they talk on', async () => {
  const caller = await talking({ keepHeard: true });
  agent().ear.tone(880);
  await until(() => strengthAt(caller.call.heard(), 880) > 2_000, 'the caller hears the agent');
  await seat.api.send('POST', '/desk/hold');
  await until(() => strengthAt(caller.call.heard(), 880) < 300, 'the agent is not heard');
  await until(() => loudness(caller.call.heard()) > 100, 'the caller hears music');
  // Nothing at all is sent to an agent who holds a call; what was on its way may still come in.
  const { heard } = agent().ear;
  await until(async () => {
    heard.length = 0;
    await pause(400);
    return strengthAt(heard, 440) < 300;
  }, 'the agent hears nobody');
  expect(strengthAt(caller.call.heard(), 880)).toBeLessThan(300);
  await seat.api.send('POST', '/desk/resume');
  await until(() => strengthAt(caller.call.heard(), 880) > 2_000, 'the agent is heard again');
  await until(() => strengthAt(agent().ear.heard, 440) > 2_000, 'the caller is heard again');
  await caller.call.hangUp();
  const record = await house.book.closes(caller.number);
  expect(record.heldMs).toBeGreaterThan(0);
  expect(house.book.eventsOf(record.id).map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['call.held', 'call.resumed']),
  );
});

/** The agent's phone dies without a word: the exchange hangs its channel up as on an RTP time-out. */
async function loseSeat(): Promise<void> {
  const { channels } = await house.left();
  const leg = channels.find((id) => id.startsWith('leg-'));
  const { ariUrl, ariUser, ariPassword } = house.asterisk;
  const basic = Buffer.from(`${ariUser}:${ariPassword}`).toString('base64');
  // 44: requested channel not available, what Asterisk gives a call whose audio stopped.
  await fetch(`${ariUrl}/ari/channels/${leg}?reason_code=44`, {
    method: 'DELETE',
    headers: { authorization: `Basic ${basic}` },
  });
}

test('a seat that loses its phone: apology and music, and who comes back has the same call', async () => {
  const caller = await talking({ keepHeard: true });
  await loseSeat();
  await untilHeard(caller.call, house.dataDir, 'zh/seat-lost-apology');
  expect(house.book.callOf(caller.number).stage).toBe('conversation');
  const before = seat.phone.rung.length;
  await seat.api.send('POST', '/desk/rejoin');
  expect(seat.phone.rung).toHaveLength(before + 1);
  await until(() => strengthAt(agent().ear.heard, 440) > 2_000, 'the agent hears the caller again');
  await caller.call.hangUp();
  const record = await house.book.closes(caller.number);
  expect(record).toMatchObject({ ending: 'caller-hung-up', agentId: seat.agentId });
  expect(house.book.recordingsOf(record.id).map(({ state }) => state)).toEqual(['ready', 'ready']);
});

test('a seat that does not come back: its caller is the first to be served by the next one', async () => {
  const caller = await talking();
  await loseSeat();
  const other = await dialPerson();
  await house.book.reaches(other.number, 'waiting');
  await until(
    () => house.book.callOf(caller.number).stage === 'waiting',
    'back in the queue',
    60_000,
  );
  const next = await openSeat(house, '9002');
  const { seatId } = await house.book.reaches(caller.number, 'conversation');
  expect(seatId).toBe('9002');
  expect(house.book.callOf(other.number).stage).toBe('waiting');
  await caller.call.hangUp();
  await house.book.reaches(other.number, 'conversation');
  await other.call.hangUp();
  await Promise.all([caller, other].map(({ number }) => house.book.closes(number)));
  await next.api.send('POST', '/desk/not-ready', { reason: 'rest' });
  next.phone.close();
});
