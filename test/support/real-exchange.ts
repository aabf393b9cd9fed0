import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchAsterisk, type RunningAsterisk } from '../../scripts/asterisk/launch.ts';
import type { LiveChannels, Telephony } from '../../src/calls/ports.ts';
import { systemClock } from '../../src/kit/clock.ts';
import { createLog } from '../../src/kit/log.ts';
import { wavHeader } from '../../src/kit/wav.ts';
import { createTelephony } from '../../telephony/asterisk.ts';
import type { OutboundRules } from '../../telephony/outbound.ts';
import { recordingShape } from '../../telephony/wav.ts';
import { claimPorts } from './ports.ts';
import { SipPhone } from './sip-phone.ts';
import { until } from './until.ts';

export const rigPorts = await claimPorts();

/** A real Asterisk of its own with a data folder that goes with it. */
export interface AsteriskRig {
  dataDir: string;
  asterisk: RunningAsterisk;
  /** Starts it again on the same data, after `asterisk.kill()` or `stop()`. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function openAsterisk(): Promise<AsteriskRig> {
  const dataDir = mkdtempSync(join(tmpdir(), 'yihao-asterisk-'));
  const launch = () =>
    launchAsterisk({
      dataDir,
      log: () => {},
      bind: '127.0.0.1',
      ...rigPorts,
    });
  const rig: AsteriskRig = {
    dataDir,
    asterisk: await launch(),
    async restart() {
      rig.asterisk = await launch();
    },
    async close() {
      await rig.asterisk.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return rig;
}

/** A telephony over it, with a prompt `tone` of ten seconds and one, `short`, of 300 ms, in zh. */
export async function openTelephony(
  rig: AsteriskRig,
  ariUrl = rig.asterisk.ariUrl,
  outbound: OutboundRules | null = null,
): Promise<{ telephony: Telephony; live: LiveChannels }> {
  const prompts = join(rig.dataDir, 'prompts');
  writeTone(join(prompts, 'zh', 'tone.wav'), 10);
  writeTone(join(prompts, 'zh', 'short.wav'), 0.3);
  const telephony = createTelephony({
    ariUrl,
    user: rig.asterisk.ariUser,
    password: rig.asterisk.ariPassword,
    app: 'yihao',
    prompts: { uploaded: join(rig.dataDir, 'uploads'), synthesised: prompts, spoken: prompts },
    outbound,
    clock: systemClock,
    log: createLog(process.env['YIHAO_TEST_LOG'] ?? 'silent'),
  });
  const live = await telephony.connect();
  return { telephony, live };
}

/** A phone registered at the rig under a seat id. */
export async function openSeat(
  telephony: Telephony,
  seatId: string,
  password = 'secret',
): Promise<SipPhone> {
  await telephony.provisionPhone(seatId, 'sip', { user: seatId, password });
  const phone = await SipPhone.open(rigPorts.sipPort, seatId);
  const status = await phone.register(password);
  if (status !== 200) throw new Error(`the seat's phone was refused: ${status}`);
  await until(() => telephony.isPhoneReachable(seatId));
  return phone;
}

/** What a seat's leg was sent, by its recording: quarters of a second, one after the other. */
export function recordedSent(rig: AsteriskRig, recordingId: string): number[][] {
  const raw = readFileSync(join(rig.asterisk.recordingSpool, `${recordingId}.raw`));
  const part = 2_000;
  return Array.from({ length: Math.floor(raw.length / 4 / part) }, (_, nth) =>
    Array.from({ length: part }, (_, at) => raw.readInt16LE((nth * part + at) * 4 + 2)),
  );
}

function writeTone(file: string, seconds: number): void {
  mkdirSync(join(file, '..'), { recursive: true });
  const samples = Buffer.alloc(Math.round(seconds * 8000) * 2);
  for (let i = 0; i < samples.length / 2; i += 1) {
    samples.writeInt16LE(Math.round(6000 * Math.sin((2 * Math.PI * 600 * i) / 8000)), i * 2);
  }
  // Recordings have two channels; a prompt has one.
  const header = wavHeader(recordingShape, samples.length);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(16_000, 28);
  header.writeUInt16LE(2, 32);
  writeFileSync(file, Buffer.concat([header, samples]));
}
