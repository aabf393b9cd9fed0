import { type Logger, pino } from 'pino';
import { maskNumbersIn } from './mask.ts';

export type Log = Logger;

/** Field names that never reach a log, at any depth the redactor looks at. */
const secretFields = ['password', 'token', 'authorization', 'cookie', 'api_key'];
const callerFields = ['caller', 'callerNumber', 'number'];

/**
 * The process's log: JSON lines on standard output. Secrets and callers' numbers are removed by
 * name, and whatever still looks like a phone number in a text is masked.
 */
export function createLog(level: string): Log {
  const paths = [...secretFields, ...callerFields].flatMap((field) => [field, `*.${field}`]);
  return pino({
    level,
    redact: { paths, censor: '[hidden]' },
    timestamp: pino.stdTimeFunctions.isoTime,
    hooks: {
      logMethod(args, method) {
        const masked = args.map((arg) => (typeof arg === 'string' ? maskNumbersIn(arg) : arg));
        method.apply(this, masked as typeof args);
      },
    },
  });
}
