import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchAsterisk, type RunningAsterisk } from '../../scripts/asterisk/launch.ts';
import { placeCall } from '../../scripts/sipp/place-call.ts';
import { claimPorts } from '../support/ports.ts';

const ports = await claimPorts();

let dataDir = '';
let asterisk: RunningAsterisk;

function launch(): Promise<RunningAsterisk> {
  return launchAsterisk({ dataDir, bind: '127.0.0.1', ...ports, log: () => {} });
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'yihao-launch-'));
  asterisk = await launch();
});
afterEach(async () => {
  asterisk.kill().catch(() => {});
  await asterisk.exited;
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

function dial(to: string, from: string) {
  const exchange = { host: '127.0.0.1', port: ports.sipPort };
  return placeCall({ exchange, to, from, keepHeard: true });
}

test('a caller hears music while no server is there, and only numbers can be dialled', async () => {
  const call = await dial('12345', '10007310001');
  expect(await call.answered).toBe(true);
  await expect.poll(() => call.heard().some((sample) => Math.abs(sample) > 500)).toBe(true);
  expect(await call.hangUp()).toMatchObject({ answered: true, endedBy: 'caller' });
  expect(await (await dial('sales', '10007310001')).ended).toMatchObject({ status: 404 });

  const login = Buffer.from(`${asterisk.ariUser}:${asterisk.ariPassword}`).toString('base64');
  const headers = { authorization: `Basic ${login}` };
  const channels = `${asterisk.ariUrl}/ari/channels`;
  await expect.poll(async () => (await fetch(channels, { headers })).json()).toEqual([]);
  expect((await fetch(channels)).status).toBe(401);
});

test('an Asterisk that a crashed run left behind is stopped by the next start', async () => {
  asterisk = await launch();
  const left = asterisk;
  asterisk = await launch();
  await left.exited;
  expect(asterisk.pid).not.toBe(left.pid);
  await asterisk.stop();
  expect(existsSync(`/proc/${asterisk.pid}`)).toBe(false);
});
