import { rm } from 'node:fs/promises';
import type { NewEvent } from '../events.ts';
import type { Clock } from '../kit/clock.ts';
import type { Log } from '../kit/log.ts';
import type { Recordings } from './ports.ts';
import type { CallRepo } from './repo.ts';
import { peaksPath } from './waveform.ts';

/** Files written at the same time: more would take the disk from the calls that are going on. */
const AT_ONCE = 2;
const SWEEP_BATCH = 200;
const DAY_MS = 86_400_000;

/** Why a conversation has no recording, for people who look at the call. */
export const NO_ROOM = 'no room on the disk';

/** A leg's recording, as the call knows it. */
export interface LegRecording {
  recordingId: string;
  callId: string;
  startedAt: number;
}

/** Turns ended legs into kept files, away from the call path. */
export interface RecordingKeeper {
  /** A leg has ended. Returns at once; `recording.ready` or `recording.failed` follows. */
  finish(recording: LegRecording): void;
  /**
   * At start: finishes what a crash left and reports what is lost. `stillRunning` are recordings
   * of legs that live on and were adopted. Returns at once.
   */
  recover(stillRunning: ReadonlySet<string>): Promise<void>;
  /** There is room on the disk again: what failed for the lack of it is done now. */
  retry(): void;
  /** Resolves when nothing is left to do. */
  idle(): Promise<void>;
}

interface KeeperOptions {
  recordings: Pick<Recordings, 'finish' | 'unfinished'>;
  repo: Pick<CallRepo, 'recording' | 'runningRecordings'>;
  append: (events: readonly NewEvent[]) => void;
  clock: Pick<Clock, 'now'>;
  log: Pick<Log, 'error' | 'warn'>;
}

export function createRecordingKeeper(options: KeeperOptions): RecordingKeeper {
  const { recordings, repo, log } = options;
  const waiting: LegRecording[] = [];
  const withoutRoom: LegRecording[] = [];
  const underway = new Set<Promise<void>>();

  function next(): void {
    while (underway.size < AT_ONCE) {
      const recording = waiting.shift();
      if (!recording) return;
      const work = finishOne(options, recording, withoutRoom).finally(() => {
        underway.delete(work);
        next();
      });
      underway.add(work);
    }
  }
  function finish(recording: LegRecording): void {
    waiting.push(recording);
    next();
  }

  return {
    finish,
    async recover(stillRunning) {
      const left = new Set(await recordings.unfinished(stillRunning));
      for (const { id, callId, startedAt } of repo.runningRecordings()) {
        // Without a raw file, or what was made of it, `finish` rejects, and the loss is on the record.
        if (!stillRunning.has(id)) finish({ recordingId: id, callId, startedAt });
        left.delete(id);
      }
      for (const recordingId of left) {
        const known = repo.recording(recordingId);
        // Its raw file outlived a full disk, and perhaps the server.
        if (known?.state === 'failed') {
          const { callId, startedAt } = known;
          finish({ recordingId, callId, startedAt });
        }
        if (known) continue;
        log.error({ recordingId }, 'a raw recording belongs to no call: it is left where it is');
      }
    },
    retry() {
      for (const recording of withoutRoom.splice(0)) finish(recording);
    },
    async idle() {
      while (underway.size > 0) await Promise.all(underway);
    },
  };
}

async function finishOne(
  options: KeeperOptions,
  recording: LegRecording,
  withoutRoom: LegRecording[],
): Promise<void> {
  const { recordings, repo, append, clock, log } = options;
  const { recordingId, callId, startedAt } = recording;
  try {
    const event = await recordings.finish(recordingId, startedAt).then(
      (file): NewEvent => ({
        kind: 'recording.ready',
        at: clock.now(),
        recordingId,
        callId,
        ...file,
      }),
      (error: unknown): NewEvent => {
        const why = reasonOf(error);
        // The raw file is still there, and what is in it will be kept when there is room.
        if (why === NO_ROOM) withoutRoom.push(recording);
        log.warn({ recordingId, callId, err: error }, 'a recording is lost');
        return { kind: 'recording.failed', at: clock.now(), recordingId, callId, why };
      },
    );
    // One that was never begun has been told of already.
    const isNews =
      event.kind !== 'recording.failed' || repo.recording(recordingId)?.state !== 'failed';
    if (isNews) append([event]);
  } catch (error) {
    log.error({ err: error, recordingId, callId }, 'the end of a recording could not be stored');
  }
}

/** For people who look at the call: a system error's text would show them our folders. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!('code' in error)) return error.message;
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return NO_ROOM;
  return error.code === 'ENOENT' ? 'nothing was recorded' : `file error ${String(error.code)}`;
}

/** Why files went, for the audit: one entry per batch, with every id. */
export type AuditSweep = (removed: { keepDays: number; recordingIds: string[] }) => void;

interface SweepOptions {
  recordings: Pick<Recordings, 'remove' | 'pathOf'>;
  repo: Pick<CallRepo, 'recordingsBefore' | 'forgetRecordings'>;
  audit: AuditSweep;
  log: Pick<Log, 'error'>;
  now: number;
  /** `hotline.recordingKeepDays`; null keeps for ever. */
  keepDays: number | null;
}

/**
 * Removes recordings older than the hotline keeps them; hash, length and times stay on the record.
 * A file that cannot be removed stops the sweep, loudly; the next day tries again.
 *
 * @returns how many were removed
 */
export async function sweepRecordings(options: SweepOptions): Promise<number> {
  const { recordings, repo, audit, keepDays } = options;
  if (keepDays === null) return 0;
  const before = options.now - keepDays * DAY_MS;
  let removed = 0;
  for (;;) {
    const batch = repo.recordingsBefore(before, SWEEP_BATCH);
    if (batch.length === 0) return removed;
    const gone: string[] = [];
    try {
      for (const { id, file } of batch) {
        if (file !== null) {
          await rm(peaksPath(recordings.pathOf(file)), { force: true });
          await recordings.remove(file);
        }
        gone.push(id);
      }
    } catch (error) {
      options.log.error({ err: error }, 'an old recording could not be removed');
    }
    if (gone.length > 0) {
      repo.forgetRecordings(gone);
      audit({ keepDays, recordingIds: gone });
    }
    removed += gone.length;
    if (gone.length < batch.length) return removed;
  }
}
