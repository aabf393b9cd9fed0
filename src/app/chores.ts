import { entryOf } from '../calls/live-calls.ts';
import { sweepRecordings } from '../calls/recordings.ts';
import { takeInAloneCalls } from '../calls/without-server.ts';
import type { Cancel } from '../kit/clock.ts';
import { newId } from '../kit/ids.ts';
import type { AppOptions } from './options.ts';
import type { Records } from './records.ts';

const DAY_MS = 86_400_000;
const TAKE_IN_EVERY_MS = 30_000;
const TAKE_IN_AGAIN_MS = 5_000;

/**
 * What is done away from the call path: once a day old recordings and dead sessions go; calls the
 * exchange had alone are taken in.
 */
export function startChores(options: AppOptions, records: Records): Cancel {
  const { clock, log, outside } = options;
  const { hotline, callRepo, audit, sessions } = records;
  let cancel: Cancel = () => {};
  const stopSweeping = sessions.startSweeping();
  const stopTakingIn = keepTakingIn(options, records);
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
    stopTakingIn();
  };
}

/** Calls the exchange had alone: at once after the start, then for those that end a little later. */
function keepTakingIn(
  { clock, log, outside }: AppOptions,
  { hotline, eventLog, callRepo }: Records,
): Cancel {
  const { aloneBook: book } = outside;
  if (!book) return () => {};
  let cancel: Cancel = () => {};
  let isStopped = false;
  const takeIn = async () => {
    const isLeft = await takeInAloneCalls({
      book,
      entryOf: (dialled) => entryOf(hotline(), dialled),
      channelsSince: callRepo.channelsSince,
      newId,
      now: clock.now(),
      append: (events) => void eventLog.append(events),
      log,
    });
    if (isStopped) return;
    cancel = clock.after(isLeft ? TAKE_IN_AGAIN_MS : TAKE_IN_EVERY_MS, () => void takeIn());
  };
  void takeIn();
  return () => {
    isStopped = true;
    cancel();
  };
}
