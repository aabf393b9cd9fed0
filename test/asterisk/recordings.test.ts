import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Line, Recordings, Telephony } from '../../src/calls/ports.ts';
import { systemClock } from '../../src/kit/clock.ts';
import { newId } from '../../src/kit/ids.ts';
import { createLog } from '../../src/kit/log.ts';
import { createRecordings } from '../../telephony/recordings.ts';
import {
  type AsteriskRig,
  openAsterisk,
  openSeat,
  openTelephony,
  rigPorts,
} from '../support/real-exchange.ts';
import { strengthOf } from '../support/rtp-ear.ts';
import { type PhoneCall, SipPhone } from '../support/sip-phone.ts';
import { pause, until } from '../support/until.ts';

const never = new AbortController().signal;
let rig: AsteriskRig;
let telephony: Telephony;
let recordings: Recordings;
let seat: SipPhone;
let caller: SipPhone;
const lines: Line[] = [];

beforeAll(async () => {
  rig = await openAsterisk();
  ({ telephony } = await openTelephony(rig));
  telephony.listen({
    onCaller: (line) => lines.push(line),
    onPhone: () => {},
    onConnection: () => {},
  });
  recordings = newRecordings();
  seat = await openSeat(telephony, 'S101');
  caller = await SipPhone.open(rigPorts.sipPort, '13800001234');
});

afterAll(async () => {
  seat?.close();
  caller?.close();
  await telephony?.close();
  await rig?.close();
});

function newRecordings(): Recordings {
  return createRecordings({
    spoolFolder: rig.asterisk.recordingSpool,
    recordingsFolder: join(rig.dataDir, 'recordings'),
    clock: systemClock,
    log: createLog('silent'),
  });
}

/** A joined call; everything is hung up by `end`. */
async function talkingCall() {
  const call = await caller.call('12345');
  await until(() => lines.length > 0);
  const line = lines.pop();
  if (!line) throw new Error('no caller arrived');
  await line.answer();
  const recordingId = newId();
  const result = await telephony.ringSeat(
    {
      callId: newId(),
      seatId: 'S101',
      legId: newId(),
      recordingId,
      ringTimeoutMs: 30_000,
      display: '',
      autoAnswer: false,
    },
    never,
  );
  const phone = seat.rung.at(-1);
  if (result.kind !== 'answered' || !phone) throw new Error('the seat did not answer');
  const talk = await telephony.join(newId(), line, result.leg);
  const end = async () => {
    await talk.close();
    await Promise.all([line.hangUp(), result.leg.hangUp()]);
    await until(() => result.leg.gone.aborted);
  };
  return { call, phone, line, talk, recordingId, end };
}

/** Each says a tone, and has heard the other's for a whole second: so long it is on the recording. */
async function eachHears(call: PhoneCall, phone: PhoneCall): Promise<void> {
  call.ear.tone(440);
  phone.ear.tone(880);
  const hears = ({ ear }: PhoneCall, hz: number) =>
    ear.heard.length >= 8_000 && strengthOf(ear.heard.slice(-8_000), hz) > 6_000;
  await until(() => hears(phone, 440) && hears(call, 880), 'each hears the other');
}

/** Both sides of a finished file as 16-bit samples. */
function sidesOf(file: string) {
  const wav = readFileSync(recordings.pathOf(file));
  const left: number[] = [];
  const right: number[] = [];
  for (let at = 44; at < wav.length; at += 4) {
    left.push(wav.readInt16LE(at));
    right.push(wav.readInt16LE(at + 2));
  }
  return { wav, left, right };
}

test('the caller is left, the agent right, the hash is of the file', async () => {
  const { call, phone, recordingId, end } = await talkingCall();
  await eachHears(call, phone);
  await end();
  const startedAt = Date.UTC(2026, 10, 21, 18);
  const kept = await recordings.finish(recordingId, startedAt);

  expect(kept.file).toBe(join('2026', '11', '22', `${recordingId}.wav`));
  const { wav, left, right } = sidesOf(kept.file);
  expect(strongest(left, 440)).toBeGreaterThan(5_000);
  expect(strongest(left, 880)).toBeLessThan(500);
  expect(strongest(right, 880)).toBeGreaterThan(5_000);
  expect(strongest(right, 440)).toBeLessThan(500);
  expect(kept.sha256).toBe(createHash('sha256').update(wav).digest('hex'));
  expect(kept).toMatchObject({ bytes: wav.length, repaired: false });
  expect(kept.durationMs).toBe((wav.length - 44) / 32);
  expect(existsSync(join(rig.asterisk.recordingSpool, `${recordingId}.raw`))).toBe(false);
});

test('while the caller is held their side is silent and the sides stay in step', async () => {
  const { call, phone, talk, recordingId, end } = await talkingCall();
  phone.ear.tone(880);
  call.ear.tone(440);
  await pause(500);
  await talk.hold();
  await pause(1_000);
  await talk.resume();
  await pause(500);
  // Both change their tune at the same moment: where that is heard must be the same on both sides.
  call.ear.tone(600);
  phone.ear.tone(1_200);
  await pause(700);
  await end();
  const { left, right } = sidesOf((await recordings.finish(recordingId, 0)).file);
  const spoken = windows(right, 880);
  const alone = windows(left, 440).filter(
    (strength, at) => strength < 200 && (spoken[at] ?? 0) > 2_000,
  );
  // Of the fifty of a second: a busy machine may swallow some.
  expect(alone.length).toBeGreaterThan(25);
  const changeLeft = windows(left, 600).findIndex((strength) => strength > 4_000);
  const changeRight = windows(right, 1_200).findIndex((strength) => strength > 4_000);
  // Without the silence one side would be a whole second early.
  expect(Math.abs(changeLeft - changeRight)).toBeLessThan(25);
});

test('what a crash of Asterisk leaves is found and repaired', async () => {
  const { call, phone, recordingId } = await talkingCall();
  await eachHears(call, phone);
  const raw = join(rig.asterisk.recordingSpool, `${recordingId}.raw`);
  // Written a second (32 KB) at a time.
  await until(() => existsSync(raw) && statSync(raw).size > 64_000, 'two seconds are on the disk');
  await rig.asterisk.kill();
  const size = readFileSync(raw).length;
  // A write cut in the middle of a frame.
  truncateSync(raw, size - 1);

  const afterRestart = newRecordings();
  expect(await afterRestart.unfinished()).toEqual([recordingId]);
  const kept = await afterRestart.finish(recordingId, 0);
  expect(kept).toMatchObject({ repaired: true, bytes: 44 + size - 4 });
  expect(strongest(sidesOf(kept.file).left, 440)).toBeGreaterThan(5_000);
  expect(await newRecordings().unfinished()).toEqual([]);
  await rig.restart();
});

/** The strength of a frequency in the quarter of a second where it is strongest. */
function strongest(samples: number[], hz: number): number {
  let most = 0;
  for (let at = 0; at + 2_000 <= samples.length; at += 500) {
    most = Math.max(most, strengthOf(samples.slice(at, at + 2_000), hz));
  }
  return most;
}

/** The strength of a frequency in each 20 ms. */
function windows(samples: number[], hz: number): number[] {
  const found: number[] = [];
  for (let at = 0; at + 160 <= samples.length; at += 160) {
    found.push(strengthOf(samples.slice(at, at + 160), hz));
  }
  return found;
}
