import {
  and,
  count,
  desc,
  eq,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import { type EndingClass, endings } from '../ending.ts';
import type { Store } from '../store/db.ts';
import { callBackRequests, calls, recordings } from '../store/tables/calls.ts';
import type { CallFilter } from './schema.ts';

/** A call as it is stored, the caller's number in clear: leaves the house only by the presenter. */
export type CallRecord = typeof calls.$inferSelect;
export type RecordingRecord = typeof recordings.$inferSelect;
export type CallBackRecord = typeof callBackRequests.$inferSelect;

/** Calls beyond this number are not counted. */
const TOTAL_MAX = 10_000;

/** Where a page of a list begins: behind this call, newest first. */
export interface Cursor {
  arrivedAt: number;
  id: string;
}

export interface CallRepo {
  call(id: string): CallRecord | undefined;
  /** Calls newest first, at most `limit`. */
  page(filter: CallFilter, limit: number, before?: Cursor): CallRecord[];
  /** How many calls there are, counted up to 10,000: more would hold up the calls going on. */
  total(filter: CallFilter): number;
  /** Calls that had not ended when the house last looked, oldest first: to be adopted. */
  live(): CallRecord[];
  /** Did a call on this channel end, which began at `since` or later? */
  hasEndedOn(channelId: string, since: number): boolean;
  /** The channels of all calls that came since a moment. */
  channelsSince(moment: number): ReadonlySet<string>;
  /** When the number's latest call came that a death of the exchange ended since a moment, or null. */
  cutOff(caller: string, since: number, exceptCallId: string): number | null;
  /** How often a number called before a moment, and the latest of these calls. */
  earlier(caller: string, before: number, limit: number): { count: number; last: CallRecord[] };
  /** How many calls of a filter have which tag, the most frequent first. */
  tagCounts(filter: CallFilter): { tag: string; calls: number }[];
  recordingsOf(callId: string): RecordingRecord[];
  recording(id: string): RecordingRecord | undefined;
  /** Recordings that began and have not been finished. */
  runningRecordings(): RecordingRecord[];
  /** Kept recordings begun before a moment, oldest first. */
  recordingsBefore(moment: number, limit: number): RecordingRecord[];
  /** The files are gone; hash, length and times stay. */
  forgetRecordings(ids: readonly string[]): void;
  /** Open requests first, the longest waiting on top; then those done, latest first. */
  callBacks(limit: number): CallBackRecord[];
  /** The wish of a call to be called back. */
  callBack(callId: string): CallBackRecord | undefined;
  /** The wish a call of ours serves. */
  callBackOf(backId: string): CallBackRecord | undefined;
  /** Has the call's wish been given to a call of ours that is still to be made? */
  isKept(callId: string): boolean;
  /** Everybody who is still to be called back. */
  openWishes(): CallBackRecord[];
  /** What is still to be done for a number. */
  openCallBacks(caller: string): CallBackRecord[];
}

const newestFirst = [desc(calls.arrivedAt), desc(calls.id)] as const;

/** Calls and what belongs to them, as the events were folded. */
export function createCallRepo(store: Store): CallRepo {
  const { db } = store;
  const byId = db
    .select()
    .from(calls)
    .where(eq(calls.id, sql.placeholder('id')))
    .prepare();
  return {
    call: (id) => byId.get({ id }),
    page: (filter, limit, before) =>
      db
        .select()
        .from(calls)
        .where(and(...conditions(filter), behind(before)))
        .orderBy(...newestFirst)
        .limit(limit)
        .all(),
    total(filter) {
      const some = db
        .select({ one: sql`1` })
        .from(calls)
        .where(and(...conditions(filter)))
        .limit(TOTAL_MAX)
        .as('some');
      return db.select({ total: count() }).from(some).get()?.total ?? 0;
    },
    tagCounts: (filter) =>
      db
        .select({ tag: sql<string>`tag.value`, calls: count() })
        .from(sql`${calls}, json_each(${calls.tags}) AS tag`)
        .where(and(sql`tags <> '[]'`, ...conditions(filter)))
        .groupBy(sql`tag.value`)
        .orderBy(desc(count()), sql`tag.value`)
        .all(),
    // `IS NOT NULL` would walk the whole table; a comparison walks the index.
    live: () =>
      db
        .select()
        .from(calls)
        .where(sql`${calls.stage} > ''`)
        .all()
        .toSorted((a, b) => a.arrivedAt - b.arrivedAt),
    hasEndedOn: (channelId, since) =>
      db
        .select({ id: calls.id })
        .from(calls)
        .where(
          and(gte(calls.arrivedAt, since), eq(calls.channelId, channelId), isNotNull(calls.ending)),
        )
        .get() !== undefined,
    channelsSince(moment) {
      const of = { channelId: calls.channelId };
      const rows = db.select(of).from(calls).where(gte(calls.arrivedAt, moment)).all();
      return new Set(rows.map(({ channelId }) => channelId));
    },
    cutOff: cutOffQuery(store),
    ...earlierCalls(store),
    ...recordingQueries(store),
    ...callBackQueries(store),
  };
}

/** Asked for every caller, so prepared once. */
function cutOffQuery({ sql: connection }: Store): CallRepo['cutOff'] {
  const latest = connection
    .prepare<[string, string, number], number>(
      `SELECT arrivedAt FROM calls
       WHERE caller = ? AND id <> ? AND ending = 'telephony-lost' AND endedAt >= ?
       ORDER BY arrivedAt DESC LIMIT 1`,
    )
    .pluck();
  return (caller, since, exceptCallId) =>
    caller === '' ? null : (latest.get(caller, exceptCallId, since) ?? null);
}

/** Asked for every ring, so prepared once. */
function earlierCalls({ db }: Store): Pick<CallRepo, 'earlier'> {
  const { placeholder } = sql;
  const where = and(
    eq(calls.caller, placeholder('caller')),
    eq(calls.direction, 'in'),
    lt(calls.arrivedAt, placeholder('before')),
  );
  const counted = db.select({ count: count() }).from(calls).where(where).prepare();
  const last = db
    .select()
    .from(calls)
    .where(where)
    .orderBy(...newestFirst)
    .limit(placeholder('limit'))
    .prepare();
  return {
    earlier: (caller, before, limit) => ({
      count: counted.get({ caller, before })?.count ?? 0,
      last: last.all({ caller, before, limit }),
    }),
  };
}

function recordingQueries({ db }: Store) {
  const list = () => db.select().from(recordings).$dynamic();
  const byId = list()
    .where(eq(recordings.id, sql.placeholder('id')))
    .prepare();
  return {
    recordingsOf: (callId: string) =>
      list().where(eq(recordings.callId, callId)).orderBy(recordings.startedAt).all(),
    recording: (id: string) => byId.get({ id }),
    runningRecordings: () => list().where(sql`state = 'running'`).all(),
    recordingsBefore: (moment: number, limit: number) =>
      list()
        .where(
          and(inArray(recordings.state, ['ready', 'repaired']), lt(recordings.startedAt, moment)),
        )
        .orderBy(recordings.startedAt)
        .limit(limit)
        .all(),
    forgetRecordings: (ids: readonly string[]) =>
      void db
        .update(recordings)
        .set({ state: 'removed', file: null })
        .where(inArray(recordings.id, [...ids]))
        .run(),
  };
}

/** Asked at every answer and every end of a call, so prepared once. */
function callBackQueries({ db }: Store) {
  const { placeholder } = sql;
  const list = () => db.select().from(callBackRequests).$dynamic();
  const byCall = list()
    .where(eq(callBackRequests.callId, placeholder('callId')))
    .prepare();
  const byBack = list()
    .where(eq(callBackRequests.backId, placeholder('backId')))
    .prepare();
  const open = list()
    .where(and(eq(callBackRequests.caller, placeholder('caller')), isNull(callBackRequests.doneAt)))
    .orderBy(callBackRequests.requestedAt)
    .prepare();
  return {
    callBacks: (limit: number) =>
      db
        .select()
        .from(callBackRequests)
        .orderBy(
          isNotNull(callBackRequests.doneAt),
          desc(callBackRequests.doneAt),
          callBackRequests.requestedAt,
        )
        .limit(limit)
        .all(),
    callBack: (callId: string) => byCall.get({ callId }),
    callBackOf: (backId: string) => byBack.get({ backId }),
    isKept(callId: string) {
      const wish = byCall.get({ callId });
      return wish !== undefined && wish.backId !== null && wish.doneAt === null;
    },
    openWishes: () => list().where(isNull(callBackRequests.doneAt)).all(),
    openCallBacks: (caller: string) => open.all({ caller }),
  };
}

function behind(before: Cursor | undefined): SQL | undefined {
  if (!before) return undefined;
  return or(
    lt(calls.arrivedAt, before.arrivedAt),
    and(eq(calls.arrivedAt, before.arrivedAt), lt(calls.id, before.id)),
  );
}

function given<T>(value: T | undefined, condition: (value: T) => SQL): SQL | undefined {
  return value === undefined ? undefined : condition(value);
}

function conditions(filter: CallFilter): (SQL | undefined)[] {
  return [
    given(filter.from, (from) => gte(calls.arrivedAt, from)),
    given(filter.to, (to) => lte(calls.arrivedAt, to)),
    given(filter.queue, (queueId) => eq(calls.queueId, queueId)),
    given(filter.agent, (agentId) => eq(calls.agentId, agentId)),
    given(filter.seat, (seatId) => eq(calls.seatId, seatId)),
    given(filter.ending, (ending) => eq(calls.ending, ending)),
    given(filter.class, (wanted) => inArray(calls.ending, endingsOf(wanted))),
    given(filter.rating, (rating) => eq(calls.rating, rating)),
    given(filter.caller, endsWith),
    given(filter.direction, (direction) => eq(calls.direction, direction)),
    given(filter.tag, hasTag),
    given(filter.live, (live) => (live === 'yes' ? sql`${calls.stage} > ''` : isNull(calls.stage))),
  ];
}

/** Untagged calls, nearly all of them, are left out by the index before a tag is looked for. */
function hasTag(tag: string): SQL {
  return sql`tags <> '[]' AND EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ${tag})`;
}

/** By its last four digits the index finds the number; then the rest of them must fit. */
function endsWith(digits: string): SQL {
  const length = sql.raw(String(digits.length));
  return sql`substr(${calls.caller}, -4) = ${digits.slice(-4)}
    AND substr(${calls.caller}, -${length}) = ${digits}`;
}

function endingsOf(wanted: EndingClass): string[] {
  return Object.entries(endings).flatMap(([slug, ending]) => (ending.class === wanted ? slug : []));
}
