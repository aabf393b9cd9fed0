import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aptNeeds, ensurePackages } from '../../scripts/start/apt.ts';
import { pause } from '../support/until.ts';

/** It is read anew this often. */
const READ_EVERY_S = 1;

/** Sets the clock; resolves when everybody has read it. */
export type SetClock = (off: string) => Promise<void>;

/**
 * Runs `work` with a wall clock that can be set: every program started meanwhile, the exchange and the
 * server above all, reads it through libfaketime. The monotonic clock goes on, as on a machine whose
 * clock somebody sets.
 * @param work is given what sets the clock: so far it is off the true time, for instance `+1h`
 */
export async function withClock<T>(work: (set: SetClock) => Promise<T>): Promise<T> {
  await ensurePackages([aptNeeds.faketime], console.log);
  const folder = mkdtempSync(join(tmpdir(), 'yihao-clock-'));
  const file = join(folder, 'off');
  const set = async (off: string) => {
    writeFileSync(file, off);
    await pause(READ_EVERY_S * 1_100);
  };
  await set('+0');
  const settings = {
    LD_PRELOAD: library(),
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_CACHE_DURATION: String(READ_EVERY_S),
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  };
  Object.assign(process.env, settings);
  try {
    return await work(set);
  } finally {
    for (const name of Object.keys(settings)) delete process.env[name];
    rmSync(folder, { recursive: true });
  }
}

/** @throws when a process has the true clock after all: then nothing would be shown */
export function mustReadFakeClock(pid: number | undefined): void {
  const maps = readFileSync(`/proc/${pid ?? 0}/maps`, 'utf8');
  if (!maps.includes('libfaketime')) throw new Error(`process ${pid} does not read this clock`);
}

/** Debian puts it below the name of the machine's kind. */
function library(): string {
  const files = readdirSync('/usr/lib').map((kind) =>
    join('/usr/lib', kind, 'faketime/libfaketimeMT.so.1'),
  );
  const found = files.find((file) => existsSync(file));
  if (found === undefined) throw new Error('libfaketime is not where Debian puts it');
  return found;
}
