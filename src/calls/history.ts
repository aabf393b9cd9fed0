import { and, desc, eq, gte, ne, sql } from 'drizzle-orm';
import { type EndingSlug, endings } from '../ending.ts';
import type { Clock } from '../kit/clock.ts';
import type { Store } from '../store/db.ts';
import { calls } from '../store/tables/calls.ts';
import type { EarlierCall } from './caller-rules.ts';

/** Calls of one number the rules look at: a switchboard may have made hundreds. */
const EARLIER_MAX = 10;

/** Somebody answered, but the caller was left without what they wanted. */
const lostOnes: readonly EndingSlug[] = ['seat-lost', 'left-after-transfer'];

/** Earlier calls of a number, newest first; none of a withheld number. One look into an index. */
export type CallHistory = (
  caller: string,
  since: number,
  exceptCallId: string,
) => readonly EarlierCall[];

/**
 * Reads the history out of the calls. `isOpenResult` says of a result code whether it leaves the
 * matter open.
 */
export function createCallHistory(
  { db }: Store,
  isOpenResult: (code: string) => boolean,
): CallHistory {
  const { placeholder } = sql;
  const { id, caller, arrivedAt, agentId, ending, resultCode } = calls;
  const recent = db
    .select({ arrivedAt, agentId, ending, resultCode })
    .from(calls)
    .where(
      and(
        eq(caller, placeholder('caller')),
        gte(arrivedAt, placeholder('since')),
        ne(id, placeholder('exceptCallId')),
      ),
    )
    .orderBy(desc(arrivedAt))
    .limit(EARLIER_MAX)
    .prepare();
  return (number, since, exceptCallId) => {
    if (number === '') return [];
    const found = recent.all({ caller: number, since, exceptCallId });
    return found.flatMap((call) => {
      if (call.ending === null) return [];
      const isOpen = wasLeftAlone(call.ending) || isOpenResult(call.resultCode ?? '');
      return [{ arrivedAt: call.arrivedAt, agentId: call.agentId, isOpen }];
    });
  };
}

function wasLeftAlone(ending: string): boolean {
  if (!isEnding(ending)) return false;
  // Who leaves on hearing of the incident has been told what they called for.
  if (ending === 'left-in-bulletin') return false;
  return endings[ending].class !== 'answered' || lostOnes.includes(ending);
}

function isEnding(text: string): text is EndingSlug {
  return text in endings;
}

const HOUR_MS = 3_600_000;

/**
 * May somebody place another call of their own? Counted in the calls themselves, so a restart forgets
 * nothing; one look into an index. Nobody is counted without a limit.
 */
export function createDialCap(
  { sql: database }: Store,
  clock: Clock,
  maxPerHour: number | undefined,
): (personId: string) => boolean {
  const placed = database
    .prepare<[string, number, number], number>(
      `SELECT count(*) FROM (SELECT 1 FROM calls WHERE agentId = ? AND arrivedAt > ?
       AND direction = 'out' LIMIT ?)`,
    )
    .pluck();
  return (personId) => {
    if (maxPerHour === undefined) return true;
    return Number(placed.get(personId, clock.now() - HOUR_MS, maxPerHour)) < maxPerHour;
  };
}
