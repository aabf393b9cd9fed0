import { randomInt } from 'node:crypto';
import { shanghaiTime } from '../kit/shanghai.ts';

/** Digits alone, so that it can be keyed on any telephone. */
const QUERY_CODE_LENGTH = 8;

/**
 * The order's number: date and time to the second in Asia/Shanghai, then four digits of the log's own count,
 * so that it can be read out and is never used twice.
 *
 * @param seq the number of the event that accepted the order, of which no two are alike
 */
export function orderNumber(at: number, seq: number): string {
  const stamp = shanghaiTime(at).slice(0, 19).replaceAll(/\D/g, '');
  return `${stamp}${String(seq % 10_000).padStart(4, '0')}`;
}

/** What only the citizen and the hotline know: one of 10⁸, and guesses are counted (`tries.ts`). */
export function queryCode(): string {
  return String(randomInt(10 ** QUERY_CODE_LENGTH)).padStart(QUERY_CODE_LENGTH, '0');
}
