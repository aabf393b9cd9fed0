import { setImmediate } from 'node:timers/promises';
import { createFiguresBook } from '../figures/book.ts';
import { createFiguresRepo } from '../figures/repo.ts';
import { createFiguresService } from '../figures/service.ts';
import type { AppOptions } from './options.ts';
import type { Records } from './records.ts';

/** The figures: kept up to date behind the log, and asked for. */
export function openFigures({ clock, log }: AppOptions, records: Records) {
  const { store, eventLog, names, teams, limits } = records;
  const repo = createFiguresRepo(store);
  const book = createFiguresBook({ repo, eventLog, clock, limits });
  return {
    service: createFiguresService({ repo, flush: book.flush, clock, teams, names }),
    flush() {
      try {
        book.flush();
      } catch (error) {
        log.error({ err: error }, 'figures could not be stored: they will be read from the log');
      }
    },
    /** Reads what is missing, beside the calls, then follows the log. Never rejects. */
    async follow(closing: AbortSignal): Promise<void> {
      try {
        await book.follow(() => setImmediate(undefined, { signal: closing }));
      } catch (error) {
        if (!closing.aborted) log.error({ err: error }, 'figures cannot be brought up to date');
      }
    },
  };
}
