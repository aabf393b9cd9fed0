import { ConfigError } from '../../config/error.ts';

/**
 * Something the person at the keyboard can put right: shown as it is, in both languages, without a
 * stack trace.
 */
export class Problem extends Error {
  constructor(zh: string, en: string) {
    super(`${zh}\n${en}`);
    this.name = 'Problem';
  }
}

/** Prints what went wrong and sets the exit code. A `Problem` or a `ConfigError` is shown plainly, all else in full. */
export function report(error: unknown): void {
  process.exitCode = 1;
  const isForPeople = error instanceof Problem || error instanceof ConfigError;
  if (isForPeople) console.error(`\n✗ ${error.message}\n`);
  else console.error(error);
}
