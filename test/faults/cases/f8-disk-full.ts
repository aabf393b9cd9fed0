import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiRefusal } from '../../../scripts/demo/api.ts';
import { pause, until } from '../../support/until.ts';
import { type Fault, type FaultRun, Losses } from '../fault.ts';
import type { Hall } from '../hall.ts';
import { inHall } from '../in-hall.ts';

const MEGABYTE = 1_048_576;
const DISK_MB = 220;
const STOP_BELOW_MB = 80;
const RESERVE_MB = 8;

/** The disk fills up under calls: first too little for recordings, then nothing at all. */
export const f8: Fault = {
  id: 'F8',
  what: 'the disk is full',
  injected: 'a small file system is filled to the last byte under calls, then emptied',
  inShortRun: false,
  async run(run) {
    const disk = mkdtempSync(join(tmpdir(), 'yihao-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', disk]);
    const usual = process.env['TMPDIR'];
    process.env['TMPDIR'] = disk;
    try {
      const storage = { recordingsStopBelowMb: STOP_BELOW_MB, reserveMb: RESERVE_MB };
      return await inHall({ seats: 8, sounding: 8, config: { storage } }, (hall) =>
        filled(hall, new Filler(disk), run),
      );
    } finally {
      if (usual === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = usual;
      execFileSync('umount', ['--lazy', disk]);
      rmSync(disk, { recursive: true, force: true });
    }
  },
};

async function filled(hall: Hall, filler: Filler, { say }: FaultRun) {
  const { book } = hall.house;
  const recorded = await hall.crowd(2);
  await until(() => hall.countAt('conversation') === 2, 'two talk');
  await until(async () => (await readiness(hall))['storage'] === 'ok', 'room enough');

  // Asterisk writes samples in large pieces.
  await pause(5_000);
  filler.leave(STOP_BELOW_MB / 2);
  await until(async () => /little room/.test(await storageOf(hall)), 'recordings stop');
  await hall.crowd(1);
  await until(() => hall.countAt('conversation') === 3, 'the third talks');
  await until(() => book.eventsOfKind('recording.failed').length === 1, 'and it is told at once');
  say('little room: a call is answered, not recorded, and says so');

  filler.toTheLastByte();
  const during = await hall.crowd(2);
  for (const caller of recorded) caller.hangUp();
  await until(async () => {
    filler.toTheLastByte();
    return /wait in memory/.test(await storageOf(hall));
  }, 'nothing can be written');
  say(`full: ${await storageOf(hall)}`);
  during.push(...(await hall.crowd(2)));
  await pause(3_000);
  for (const caller of during.slice(2)) caller.hangUp();
  const refused = await refusalOf(hall);
  say(`an act of a person is refused with ${refused}`);
  const losses = new Losses(say);
  losses.add('not answered', during.filter(({ status }) => status !== 200).length);
  losses.add('hung up on', hall.hungUpOn());

  const begun = performance.now();
  filler.empty();
  await until(async () => (await storageOf(hall)) === 'ok', 'room again', 30_000);
  const recoveryMs = performance.now() - begun;
  await hall.empty();
  losses.add('records', hall.callers.length - book.count().all);
  const kept = () =>
    recorded
      .flatMap(({ number }) => book.recordingsOf(book.callOf(number).id))
      .filter(({ state }) => state === 'ready').length;
  await until(() => kept() === 2, 'recordings that had no room are made').catch(() => {});
  losses.add('recordings', 2 - kept());
  if (refused !== 'storage-full') throw new Error(`an act was answered with ${refused}`);
  return {
    before: hall.callers.length,
    lost: losses.total,
    doubled: hall.recordsTooMany() + hall.greetedTwice(),
    recoveryMs,
    note: 'calls went on, one unrecorded and told at once, acts refused by code, every record written afterwards',
  };
}

/** What an administrator hears who adds a seat. */
async function refusalOf(hall: Hall): Promise<string> {
  try {
    const seat = { id: '9900', name: '9900', phone: 'sip', queues: [] };
    await hall.house.admin.send('POST', '/seats', seat);
    return 'yes';
  } catch (error) {
    if (error instanceof ApiRefusal) return error.code;
    throw error;
  }
}

async function readiness({ house }: Hall): Promise<Record<string, string>> {
  const answer = await fetch(`${house.url}/readyz`, { signal: AbortSignal.timeout(5_000) });
  return (await answer.json()) as Record<string, string>;
}

async function storageOf(hall: Hall): Promise<string> {
  return (await readiness(hall))['storage'] ?? '';
}

/** Uses up a disk. */
class Filler {
  readonly #disk: string;
  readonly #file: string;

  constructor(disk: string) {
    this.#disk = disk;
    this.#file = join(disk, 'filler');
  }

  leave(megabytes: number): void {
    while (free(this.#disk) > megabytes * MEGABYTE) {
      appendFileSync(this.#file, Buffer.alloc(MEGABYTE));
    }
  }

  toTheLastByte(): void {
    for (const size of [MEGABYTE, 4_096]) {
      try {
        for (;;) appendFileSync(this.#file, Buffer.alloc(size));
      } catch {
        // That was the last.
      }
    }
  }

  empty(): void {
    rmSync(this.#file);
  }
}

function free(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
