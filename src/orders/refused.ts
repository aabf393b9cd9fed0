import { AppError } from '../kit/errors.ts';
import { type Refusal, refusals } from '../order-rules/guards.ts';

/** A refusal of the table, in words. */
export function refused(refusal: Refusal): AppError {
  const { zh, en } = refusals[refusal];
  return new AppError('move-refused', { zh, en, reason: refusal });
}
