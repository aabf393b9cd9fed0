import type { Clock } from '../kit/clock.ts';
import { isOpen } from '../order-rules/words.ts';
import type { OrderRow, OrdersRepo } from './repo.ts';
import type { SimilarQuery } from './schema.ts';

const DAY_MS = 86_400_000;
/** Older ones are other troubles. */
const WITHIN_MS = 30 * DAY_MS;
const LOOKED_AT = 50;
const SHOWN = 5;
/** Share of two-letter pieces two places must have in common to be taken for one. */
const SAME_PLACE = 0.45;

export interface Repeat {
  readonly row: OrderRow;
  /** Same caller, or same matter at the same place. */
  readonly why: 'caller' | 'place';
}

interface Parts {
  readonly repo: OrdersRepo;
  readonly clock: Clock;
  callerOf(callId: string): string | null;
}

/**
 * Open orders that may be about the same thing: of the same caller, or on the same matter at the same
 * place. Two looks into an index, so it may be asked while somebody types.
 */
export function repeatsOf(query: SimilarQuery, { repo, clock, callerOf }: Parts): Repeat[] {
  const { callId, matter, area, place } = query;
  const number = query.callerNumber ?? (callId === undefined ? null : callerOf(callId));
  const since = clock.now() - WITHIN_MS;
  const own = number === null || number === '' ? [] : repo.ofCaller(number, LOOKED_AT);
  const open = own.filter(
    (row) => row.endedAt === null && row.state !== 'draft' && row.createdAt >= since,
  );
  const near = matter === '' || place === '' ? [] : repo.openAt(matter, area, since, LOOKED_AT);
  const found = [
    ...open.sort((a, b) => Number(b.matter === matter) - Number(a.matter === matter)),
    ...near.filter((row) => isSamePlace(row.place, place)),
  ];
  const callers = new Set(open.map(({ id }) => id));
  const distinct = new Map(found.map((row) => [row.id, row]));
  return [...distinct.values()]
    .slice(0, SHOWN)
    .map((row) => ({ row, why: callers.has(row.id) ? 'caller' : 'place' }));
}

/** Places are written freely: enough of their two-letter pieces have to agree (Dice). */
function isSamePlace(one: string, other: string): boolean {
  const a = piecesOf(one);
  const b = piecesOf(other);
  const common = [...a].filter((piece) => b.has(piece)).length;
  return a.size + b.size > 0 && (2 * common) / (a.size + b.size) >= SAME_PLACE;
}

function piecesOf(place: string): Set<string> {
  const text = place.normalize('NFKC').replaceAll(/[\s，。、,.()（）]/g, '');
  return new Set(
    Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)),
  );
}

/** How long after its master's end the caller of a merged order may still be visited. */
const VISIT_WINDOW_MS = 10 * DAY_MS;

/** A merged order stays in reach until its caller was asked what they think. */
export function isVisitOwed(
  { mergedInto, visitedAt, endedAt }: OrderRow,
  repo: OrdersRepo,
  now: number,
): boolean {
  const master = mergedInto === null ? null : repo.byId(mergedInto);
  if (visitedAt !== null || master === null) return false;
  return isOpen(master.state) || now < (master.endedAt ?? endedAt ?? now) + VISIT_WINDOW_MS;
}
