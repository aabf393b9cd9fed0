import { sweepRecordings } from '../calls/recordings.ts';
import type { Cancel } from '../kit/clock.ts';
import type { AppOptions } from './options.ts';
import type { Records } from './records.ts';

const DAY_MS = 86_400_000;

/** What is done once a day, away from the call path: old recordings and dead sessions go. */
export function startChores(
  { clock, log, outside }: AppOptions,
  { hotline, callRepo, audit, sessions }: Records,
): Cancel {
  let cancel: Cancel = () => {};
  const stopSweeping = sessions.startSweeping();
  const daily = () => {
    cancel = clock.after(DAY_MS, daily);
    void sweepRecordings({
      recordings: outside.recordings,
      repo: callRepo,
      audit: (detail) =>
        audit.append({
          person: null,
          ip: '',
          action: 'recordings.removed',
          subject: 'recordings',
          detail,
        }),
      log,
      now: clock.now(),
      keepDays: hotline().recordingKeepDays,
    }).catch((error: unknown) => log.error({ err: error }, 'old recordings could not be swept'));
  };
  daily();
  return () => {
    cancel();
    stopSweeping();
  };
}
