import type { SeatLive } from '../../../src/floor/schema.ts';
import type { Mark } from '../theme.ts';

const restReasons = new Set(['rest', 'break', 'meal', 'lunch']);

/** The mark of a seat's state: a break looks different from other not-ready times. */
export function markOf(state: SeatLive['state'], reason: string | null): Mark {
  return state === 'not-ready' && restReasons.has(reason ?? '') ? 'rest' : state;
}
