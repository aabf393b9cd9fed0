import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FinishedRecording } from '../../src/calls/ports.ts';
import {
  createRecordingKeeper,
  type RecordingKeeper,
  sweepRecordings,
} from '../../src/calls/recordings.ts';
import { type Deferred, deferred } from '../../src/kit/abort.ts';
import { settle } from '../support/fake-clock.ts';
import { openRecords, type Records, seat, served, t0, waiting } from './sample.ts';

let records: Records;
beforeEach(() => {
  records = openRecords();
});
afterEach(() => records.store.close());

/** A disk that writes when the test says so. */
class SlowDisk {
  readonly writing = new Map<string, Deferred<FinishedRecording>>();
  readonly begun: string[] = [];
  left: string[] = [];

  finish = (recordingId: string): Promise<FinishedRecording> => {
    const done = deferred<FinishedRecording>();
    this.begun.push(recordingId);
    this.writing.set(recordingId, done);
    return done.promise;
  };
  unfinished = () => Promise.resolve(this.left);

  async written(recordingId: string, repaired = false): Promise<void> {
    const file = `2026/11/21/${recordingId}.wav`;
    this.writing
      .get(recordingId)
      ?.resolve({ file, sha256: 'ab', durationMs: 60_000, bytes: 1_000, repaired });
    await settle();
  }
}

function keeperOn(disk: SlowDisk, complaints: string[] = []): RecordingKeeper {
  return createRecordingKeeper({
    recordings: disk,
    repo: records.repo,
    append: (events) => void records.log.append(events),
    clock: { now: () => t0 + 100_000 },
    log: {
      error: (_: unknown, message?: string) => void complaints.push(message ?? ''),
      warn: () => {},
    },
  });
}

function leg(recordingId: string) {
  return { recordingId, callId: recordingId.replace('rec-', ''), startedAt: t0 + 5_000 };
}

function hold(callId: string): void {
  records.log.append([...waiting(callId), ...served(callId)]);
}

const stateOf = (id: string) => records.repo.recording(id)?.state;

describe('when a leg has ended', () => {
  it('one the disk has no room for is kept later, from the samples that are still there', async () => {
    hold('c1');
    const disk = new SlowDisk();
    const keeper = keeperOn(disk);
    keeper.finish(leg('rec-c1'));
    disk.writing.get('rec-c1')?.reject(Object.assign(new Error('no room'), { code: 'ENOSPC' }));
    await settle();
    expect(records.repo.recording('rec-c1')).toMatchObject({
      state: 'failed',
      failure: 'no room on the disk',
    });
    keeper.retry();
    await disk.written('rec-c1');
    expect(stateOf('rec-c1')).toBe('ready');
    keeper.retry();
    expect(disk.begun).toEqual(['rec-c1', 'rec-c1']);
  });

  it('after a restart, too', async () => {
    hold('c1');
    records.log.append([
      { kind: 'recording.failed', at: t0, recordingId: 'rec-c1', callId: 'c1', why: 'no room' },
    ]);
    const disk = new SlowDisk();
    disk.left = ['rec-c1'];
    await keeperOn(disk).recover(new Set());
    await disk.written('rec-c1', true);
    expect(stateOf('rec-c1')).toBe('repaired');
  });

  it('its recording is written and stands with file, hash and length', async () => {
    hold('c1');
    const disk = new SlowDisk();
    const keeper = keeperOn(disk);
    keeper.finish(leg('rec-c1'));
    expect(stateOf('rec-c1')).toBe('running');
    await disk.written('rec-c1');
    await keeper.idle();
    expect(records.repo.recording('rec-c1')).toMatchObject({
      state: 'ready',
      file: '2026/11/21/rec-c1.wav',
      sha256: 'ab',
    });
  });

  it('at most two are written at a time, none is forgotten', async () => {
    const disk = new SlowDisk();
    const keeper = keeperOn(disk);
    for (const name of ['a', 'b', 'c', 'd']) {
      hold(name);
      keeper.finish(leg(`rec-${name}`));
    }
    await settle();
    expect(disk.begun).toEqual(['rec-a', 'rec-b']);
    await disk.written('rec-b');
    expect(disk.begun).toEqual(['rec-a', 'rec-b', 'rec-c']);
    for (const name of ['rec-a', 'rec-c', 'rec-d']) await disk.written(name);
    await keeper.idle();
    expect(['rec-a', 'rec-b', 'rec-c', 'rec-d'].map(stateOf)).toEqual(Array(4).fill('ready'));
  });

  it('a loss is on the record, without our folders in it', async () => {
    hold('c1');
    hold('c2');
    const disk = new SlowDisk();
    const keeper = keeperOn(disk);
    keeper.finish(leg('rec-c1'));
    keeper.finish(leg('rec-c2'));
    const missing = Object.assign(new Error('ENOENT: /srv/secret'), { code: 'ENOENT' });
    disk.writing.get('rec-c1')?.reject(missing);
    disk.writing.get('rec-c2')?.reject(new Error('the recording is empty'));
    await keeper.idle();
    expect(records.repo.recording('rec-c1')).toMatchObject({
      state: 'failed',
      failure: 'nothing was recorded',
    });
    expect(records.repo.recording('rec-c2')?.failure).toBe('the recording is empty');
    expect(records.log.read({ callId: 'c1' }).at(-1)?.kind).toBe('recording.failed');
  });

  it('a store that cannot write costs the event, not the next recording', async () => {
    hold('c1');
    const disk = new SlowDisk();
    const complaints: string[] = [];
    const keeper = keeperOn(disk, complaints);
    keeper.finish(leg('rec-c1'));
    records.store.close();
    await disk.written('rec-c1');
    await keeper.idle();
    expect(complaints).toEqual(['the end of a recording could not be stored']);
    records = openRecords();
  });
});

describe('at start', () => {
  it('finishes what a crash left, reports what is lost, leaves live legs alone', async () => {
    for (const name of ['left', 'lost', 'live']) hold(name);
    const disk = new SlowDisk();
    disk.left = ['rec-left', 'rec-live', 'rec-nobodys'];
    const complaints: string[] = [];
    const keeper = keeperOn(disk, complaints);
    await keeper.recover(new Set(['rec-live']));
    expect(disk.begun.toSorted()).toEqual(['rec-left', 'rec-lost']);
    await disk.written('rec-left', true);
    disk.writing.get('rec-lost')?.reject(new Error('no file'));
    await keeper.idle();
    expect(['rec-left', 'rec-lost', 'rec-live'].map(stateOf)).toEqual([
      'repaired',
      'failed',
      'running',
    ]);
    expect(complaints).toEqual(['a raw recording belongs to no call: it is left where it is']);
  });
});

describe('the daily sweep', () => {
  const dayMs = 86_400_000;
  const audited: unknown[] = [];
  let removed: string[] = [];
  let broken = '';
  beforeEach(() => {
    audited.length = 0;
    removed = [];
    broken = '';
    for (const [name, at] of [
      ['old', t0 - 11 * dayMs],
      ['older', t0 - 12 * dayMs],
      ['new', t0 - 9 * dayMs],
    ] as const) {
      records.log.append([
        { kind: 'recording.started', at, recordingId: name, callId: name, ...seat },
        {
          kind: 'recording.ready',
          at,
          recordingId: name,
          callId: name,
          file: `${name}.wav`,
          sha256: 'ab',
          durationMs: 1,
          bytes: 1,
          repaired: false,
        },
      ]);
    }
  });
  const sweep = (keepDays: number | null) =>
    sweepRecordings({
      recordings: {
        pathOf: (file) => `/nowhere/${file}`,
        remove: (file) => {
          if (file === broken) return Promise.reject(new Error('read-only'));
          removed.push(file);
          return Promise.resolve();
        },
      },
      repo: records.repo,
      audit: (entry) => audited.push(entry),
      log: { error: () => {} },
      now: t0,
      keepDays,
    });

  it('removes the files of old recordings, keeps their hash, and is audited', async () => {
    expect(await sweep(10)).toBe(2);
    expect(removed).toEqual(['older.wav', 'old.wav']);
    expect(records.repo.recording('old')).toMatchObject({
      state: 'removed',
      file: null,
      sha256: 'ab',
      durationMs: 1,
    });
    expect(stateOf('new')).toBe('ready');
    expect(audited).toEqual([{ keepDays: 10, recordingIds: ['older', 'old'] }]);
    expect(await sweep(10)).toBe(0);
    expect(audited).toHaveLength(1);
  });

  it('keeps for ever when no limit is set', async () => {
    expect(await sweep(null)).toBe(0);
    expect(removed).toEqual([]);
  });

  it('stops at a file that cannot be removed, and keeps what was done on the record', async () => {
    broken = 'old.wav';
    expect(await sweep(10)).toBe(1);
    expect([stateOf('older'), stateOf('old')]).toEqual(['removed', 'ready']);
  });
});
