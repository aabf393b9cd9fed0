import { and, desc, eq, gte, ne, sql } from 'drizzle-orm';
import { type EndingSlug, endings } from '../ending.ts';
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
