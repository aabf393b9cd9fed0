import type { NewNotice } from '../../../../src/leading/schema.ts';

type Audience = NewNotice['audience'];
export type To = Audience['to'];

/** Whom a notice is for, from what was filled in; null while nobody is named. */
export function audienceOf(to: To, queueIds: string[], seats: string): Audience | null {
  if (to === 'all') return { to };
  if (to === 'queues') return queueIds.length === 0 ? null : { to, queueIds };
  const seatIds = [...new Set(seats.match(/\d+/g) ?? [])];
  return seatIds.length === 0 ? null : { to, seatIds };
}
