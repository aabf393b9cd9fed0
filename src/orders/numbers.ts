import { randomInt } from 'node:crypto';
import { shanghaiTime } from '../kit/shanghai.ts';

/** Without letters and digits that are taken for each other over the telephone. */
const alphabet = '23456789ACDEFGHJKLMNPQRTUVWXY';
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

/** What only the citizen and the hotline know: one of 5 × 10¹¹. */
export function queryCode(): string {
  return Array.from({ length: QUERY_CODE_LENGTH }, () => alphabet[randomInt(alphabet.length)]).join(
    '',
  );
}
