import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewEvent } from '../../src/events.ts';
import { countedKinds, createFloorFold, type FloorFold, recompute } from '../../src/floor/fold.ts';
import type { QueueDay } from '../../src/floor/schema.ts';
import { openStore, type Store } from '../../src/store/db.ts';
import { createEventLog } from '../../src/store/event-log.ts';
import { limitsOf } from '../support/limits.ts';
import { inOrder, type MadeCall, makeCalls, queueIds } from './journeys.ts';

const midnight = Date.parse('2026-11-21T00:00:00+08:00');
const nextMidnight = midnight + 86_400_000;
const serviceLevelOf = (queueId: string) => (queueId === 'traffic' ? 30_000 : 15_000);
const nothing: QueueDay = createFloorFold(limitsOf(serviceLevelOf)).today();

/** Feeds one call's events, a second apart from `from` unless they say otherwise. */
function told(from: number, ...events: NewEvent[]): FloorFold {
  const numbered = events.map((event, at) => ({
    ...event,
    at: event.at || from + at,
    seq: at + 1,
  }));
  return recompute(limitsOf(serviceLevelOf), numbered);
}

const arrived: NewEvent = {
  kind: 'call.arrived',
  at: 0,
  callId: 'c1',
  entryId: 'main',
  caller: '',
  dialled: '12345',
  language: 'mandarin',
  channelId: 'c1',
};
const queued = (queueId: string, at = 0): NewEvent => ({
  kind: 'call.queued',
  at,
  callId: 'c1',
  queueId,
  priority: 0,
  arrivedAt: at || midnight,
});
const connected = (queueId: string, waitedMs: number, at = 0): NewEvent => ({
  kind: 'call.connected',
  at,
  callId: 'c1',
  queueId,
  seatId: '801',
  agentId: 'a1',
  waitedMs,
  ringMs: 0,
});

const left = (waitedMs: number): NewEvent => ({
  kind: 'call.abandoned',
  at: 0,
  callId: 'c1',
  queueId: 'housing',
  waitedMs,
});

describe('definitions', () => {
  it('counts an answer in exactly 15 s as in time, one in 15.001 s not', () => {
    const inTime = told(midnight, queued('housing'), connected('housing', 15_000));
    const late = told(midnight, queued('housing'), connected('housing', 15_001));
    expect(inTime.today()).toMatchObject({ answered: 1, answeredInTime: 1 });
    expect(late.today()).toMatchObject({ answered: 1, answeredInTime: 0, waitedMs: 15_001 });
  });

  it('takes the service level of the queue that answered', () => {
    const fold = told(midnight, queued('traffic'), connected('traffic', 20_000));
    expect(fold.figures('traffic').answeredInTime).toBe(1);
  });

  it('counts an overflow in both queues and once over all', () => {
    const fold = told(
      midnight,
      queued('housing'),
      {
        kind: 'call.overflowed',
        at: 0,
        callId: 'c1',
        fromQueueId: 'housing',
        queueId: 'traffic',
        why: 'too-long',
      },
      queued('traffic'),
      connected('traffic', 1),
    );
    expect(fold.figures('housing')).toMatchObject({ offered: 1, answered: 0 });
    expect(fold.figures('traffic')).toMatchObject({ offered: 1, answered: 1 });
    expect(fold.today()).toMatchObject({ offered: 1, answered: 1 });
  });

  it('shows who left within five seconds apart', () => {
    expect(told(midnight, queued('housing'), left(4_999)).today()).toMatchObject({
      abandoned: 1,
      abandonedShort: 1,
    });
    expect(told(midnight, queued('housing'), left(5_000)).today()).toMatchObject({
      abandoned: 1,
      abandonedShort: 0,
    });
  });

  it('does not offer a caller who was turned away at the door', () => {
    const away: NewEvent = {
      kind: 'call.turned-away',
      at: 0,
      callId: 'c1',
      queueId: 'housing',
      why: 'full',
    };
    expect(told(midnight, arrived, away).today()).toEqual({ ...nothing, turnedAway: 1 });
    const letInLater = told(midnight, arrived, away, queued('traffic'), connected('traffic', 1));
    expect(letInLater.today()).toMatchObject({ offered: 1, answered: 1, turnedAway: 0 });
    expect(letInLater.figures('housing')).toMatchObject({ offered: 0, turnedAway: 1 });
  });

  it('begins a clean sheet at midnight in Shanghai', () => {
    const fold = told(
      midnight,
      queued('housing', nextMidnight - 10),
      connected('housing', 20, nextMidnight + 10),
    );
    expect(fold.today()).toEqual(nothing);
    const before = told(midnight, queued('housing', nextMidnight - 10));
    expect(before.today().offered).toBe(1);
    before.turnTo(nextMidnight);
    expect(before.today()).toEqual(nothing);
    expect(before.quarters(nextMidnight)).toEqual([{ offered: 0, answered: 0 }]);
  });

  it('gives quarters of an hour up to the one that runs, an answer to the quarter of its call', () => {
    const fold = told(
      midnight,
      queued('housing', midnight + 899_999),
      connected('housing', 1, midnight + 900_000),
    );
    expect(fold.quarters(midnight + 1_800_000)).toEqual([
      { offered: 1, answered: 1 },
      { offered: 0, answered: 0 },
      { offered: 0, answered: 0 },
    ]);
  });
});

describe('a generated day', () => {
  let store: Store;
  beforeEach(() => {
    store = openStore(':memory:');
  });
  afterEach(() => store.close());

  it('is the same live and recomputed from the log', () => {
    // From the evening before, so that calls live across midnight.
    const calls = makeCalls(7_600, midnight - 7_200_000, 20_261_121);
    const live = createFloorFold(limitsOf(serviceLevelOf));
    const log = createEventLog(store, [], { error: () => {} });
    log.subscribe((event) => {
      live.turnTo(event.at);
      live.apply(event);
    });
    log.append(inOrder(calls));

    const now = nextMidnight - 1;
    live.turnTo(now);
    const again = recompute(
      limitsOf(serviceLevelOf),
      log.readSince({ atMs: midnight }, countedKinds),
    );
    expect(again.today()).toEqual(live.today());
    expect(again.quarters(now)).toEqual(live.quarters(now));
    for (const queueId of queueIds) expect(again.figures(queueId)).toEqual(live.figures(queueId));
    expect(live.today().offered).toBeGreaterThan(5_000);
  });

  it('agrees with counting the calls by hand, and every call has one outcome', () => {
    const calls = makeCalls(6_000, midnight, 7).filter((call) => lastOf(call) < nextMidnight);
    const fold = recompute(limitsOf(serviceLevelOf), inOrder(calls));
    expect(fold.today()).toEqual(byHand(calls, null));
    for (const queueId of queueIds) expect(fold.figures(queueId)).toEqual(byHand(calls, queueId));
    const { offered, answered, abandoned } = fold.today();
    const leftInQueue = calls.filter((call) => call.turnedAway && call.entered.length > 0).length;
    expect(answered + abandoned + leftInQueue).toBe(offered);
    const quarters = fold.quarters(nextMidnight - 1);
    expect(quarters.reduce((sum, one) => sum + one.offered, 0)).toBe(offered);
    expect(quarters.reduce((sum, one) => sum + one.answered, 0)).toBe(answered);
  });
});

function lastOf(call: MadeCall): number {
  return Math.max(...call.events.map((event) => event.at));
}

/** The figures of a queue, or over all, counted from what the calls were made to do. */
function byHand(calls: readonly MadeCall[], queueId: string | null): QueueDay {
  const inQueue = (id: string | undefined) => queueId === null || id === queueId;
  const entered = calls.filter((call) =>
    queueId === null ? call.entered.length > 0 : call.entered.includes(queueId),
  );
  const ended = calls.filter((call) => inQueue(call.events.at(-1) && endQueue(call)));
  const answers = calls.flatMap((c) => (c.answer && inQueue(c.answer.queueId) ? [c.answer] : []));
  const left = ended.flatMap((call) => call.abandonedAfterMs ?? []);
  const scores = ended.flatMap((call) => call.score ?? []);
  return {
    offered: entered.length,
    answered: answers.length,
    answeredInTime: answers.filter((a) => a.waitedMs <= serviceLevelOf(a.queueId)).length,
    abandoned: left.length,
    abandonedShort: left.filter((waitedMs) => waitedMs < 5_000).length,
    turnedAway: ended.filter((call) => call.turnedAway).length,
    waitedMs: sum(answers.map((a) => a.waitedMs)),
    talkMs: sum(ended.map((call) => call.talkMs)),
    rated: scores.length,
    ratingSum: sum(scores),
  };
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function endQueue(call: MadeCall): string | undefined {
  const last = call.events.at(-1);
  return last && 'queueId' in last ? last.queueId : undefined;
}
