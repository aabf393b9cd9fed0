import { pino } from 'pino';
import type { Log } from '../../src/kit/log.ts';
import { Broken } from './book.ts';
import { Injected } from './link.ts';

/** A server's log. Only errors the simulator injected may be logged; it complains of any other. */
export function watchedLog(complain: (error: Broken) => void, isDead: () => boolean): Log {
  const log = pino({ level: 'silent' });
  const hear = (fields: unknown, text?: string) => {
    const { error, err } = fields as { error?: unknown; err?: unknown };
    const cause = error ?? err;
    if (cause instanceof Injected) return;
    // Answered in the instant the server died: a recording of nothing, said aloud as it should be.
    if (text?.startsWith('a raw recording belongs to no call')) return;
    if (cause instanceof Broken) return complain(cause);
    if (isDead()) return;
    const where = cause instanceof Error ? (cause.stack ?? cause.message) : JSON.stringify(fields);
    complain(new Broken(`the log says "${text}": ${where}`));
  };
  return Object.assign(log, { error: hear });
}
