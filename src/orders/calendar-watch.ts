import type { Cancel, Clock } from '../kit/clock.ts';
import type { Log } from '../kit/log.ts';
import { shanghaiMidnight } from '../kit/shanghai.ts';
import type { OrderSettings } from './settings.ts';

const DAY_MS = 86_400_000;

interface Parts {
  readonly settings: OrderSettings;
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn'>;
  /** The years that are missing are others than before. */
  readonly tell: (missingYears: readonly number[]) => void;
}

/**
 * Tells when the calendar of a year is missed, and when it has come: looked at now, as each day of
 * Asia/Shanghai begins, and with every notice that is taken in.
 */
export function watchCalendars({ settings, clock, log, tell }: Parts): Cancel {
  let known = '';
  let cancel: Cancel = () => {};
  const look = () => {
    const years = settings.missingYears();
    if (years.join() === known) return;
    known = years.join();
    if (years.length > 0) log.warn({ years }, 'the official calendar of working days is missing');
    tell(years);
  };
  const daily = () => {
    const now = clock.now();
    cancel = clock.after(shanghaiMidnight(now) + DAY_MS - now, daily);
    look();
  };
  settings.onCalendar(look);
  daily();
  return () => cancel();
}
