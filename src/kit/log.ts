import { writeSync } from 'node:fs';
import { type Logger, type LoggerOptions, pino } from 'pino';
import { maskNumbersIn } from './mask.ts';

export type Log = Logger;

/** Field names that never reach a log, at any depth the redactor looks at. */
const secretFields = [
  'password',
  'secret',
  'credential',
  'token',
  'authorization',
  'cookie',
  'api_key',
];
const callerFields = ['caller', 'callerNumber', 'number'];

/**
 * The process's log: JSON lines on standard output. Secrets and callers' numbers are removed by
 * name, and whatever still looks like a phone number in a text is masked.
 */
export function createLog(level: string, sink = steadySink(STANDARD_OUTPUT)): Log {
  const paths = [...secretFields, ...callerFields].flatMap((field) => [field, `*.${field}`]);
  const hooks: LoggerOptions['hooks'] = {
    logMethod(args, method) {
      const masked = args.map((arg) => (typeof arg === 'string' ? maskNumbersIn(arg) : arg));
      method.apply(this, masked as typeof args);
    },
  };
  const redact = { paths, censor: '[hidden]' };
  return pino({ level, redact, timestamp: pino.stdTimeFunctions.isoTime, hooks }, sink);
}

const STANDARD_OUTPUT = 1;

/**
 * Writes lines and never waits: pino's own destination tries again for ever on a full disk, and the
 * calls would stand still with it. What could not be written is counted in the next line that can.
 */
export function steadySink(fd: number): { write(line: string): void } {
  let dropped = 0;
  let isCut = false;
  return {
    write(line) {
      const note = dropped > 0 ? `${JSON.stringify({ level: 50, droppedLines: dropped })}\n` : '';
      const text = `${isCut ? '\n' : ''}${note}${line}`;
      try {
        isCut = writeSync(fd, text) < Buffer.byteLength(text);
        dropped = isCut ? dropped + 1 : 0;
      } catch {
        dropped += 1;
      }
    },
  };
}
