import { describe, expect, it } from 'vitest';
import { type Counter, noSums, type Sums } from '../../src/counting/counters.ts';
import { createCounting } from '../../src/counting/fold.ts';
import type { NewEvent } from '../../src/events.ts';
import { figureOf } from '../../src/figures/catalogue.ts';

const at = Date.parse('2026-11-20T10:00:00+08:00');
const queueId = 'consumer';
const seat = { seatId: '1001', agentId: 'zhang' };

/** What some events count, over all queues and for the one. */
function counted(...events: NewEvent[]): Record<string, Sums> {
  const sums: Record<string, Sums> = { '': noSums(), [queueId]: noSums() };
  const count = (
    { queueId: of, agentId }: { queueId: string; agentId: string },
    what: Counter,
    by: number,
  ) => {
    const those = sums[of];
    if (those && agentId === '') those[what] += by;
  };
  const counting = createCounting({
    limits: { serviceLevelMs: () => 15_000, shortAbandonMs: () => 5_000 },
    count,
  });
  events.forEach((event, index) => counting.apply({ ...event, seq: index + 1 }));
  return sums;
}

/** Somebody waits and hangs up to be called back; our call to them begins. */
const asked: NewEvent[] = [
  {
    kind: 'call.arrived',
    at,
    callId: 'c1',
    entryId: 'main',
    caller: '13800000001',
    dialled: '12345',
    language: 'zh',
    channelId: 'x',
  },
  { kind: 'call.queued', at, callId: 'c1', queueId, priority: 0, arrivedAt: at },
  { kind: 'call.call-back-requested', at: at + 70_000, callId: 'c1', queueId },
  {
    kind: 'call.call-back-begun',
    at: at + 70_000,
    callId: 'b1',
    ofCallId: 'c1',
    entryId: 'main',
    queueId,
    caller: '13800000001',
    dialled: '12345',
    language: 'zh',
    notBefore: at,
  },
  {
    kind: 'call.queued',
    at: at + 70_000,
    callId: 'b1',
    queueId,
    priority: 0,
    arrivedAt: at,
    isCallBack: true,
  },
  { kind: 'call.ended', at: at + 75_000, callId: 'c1', ending: 'call-back-requested' },
];

const reached: NewEvent[] = [
  {
    kind: 'call.connected',
    at: at + 300_000,
    callId: 'b1',
    queueId,
    ...seat,
    waitedMs: 300_000,
    ringMs: 4_000,
  },
  {
    kind: 'call.talk-ended',
    at: at + 360_000,
    callId: 'b1',
    queueId,
    ...seat,
    by: 'caller',
    talkMs: 60_000,
  },
  { kind: 'call.ended', at: at + 360_000, callId: 'b1', ending: 'caller-hung-up' },
];

describe('a call-back in the figures', () => {
  it('is offered once, and neither answered, abandoned nor turned away', () => {
    for (const sums of Object.values(counted(...asked))) {
      expect(sums).toEqual({ ...noSums(), offered: 1, known: 1, callBacks: 1 });
    }
  });

  it('that is reached counts as one conversation, and makes no waiting time better or worse', () => {
    for (const sums of Object.values(counted(...asked, ...reached))) {
      expect(sums).toMatchObject({ callBacksReached: 1, conversations: 1 });
      expect(sums).toMatchObject({ answered: 0, waitedMs: 0, conversationMs: 0 });
    }
  });

  it('that is not reached says so, and the rate is of those that came to an end', () => {
    const ended = { kind: 'call.ended', at, callId: 'b1', ending: 'call-back-failed' } as const;
    const sums = counted(...asked, ended)[''] ?? noSums();
    expect(figureOf('call-back-rate', sums)).toEqual({ n: 0, d: 1 });
    expect(figureOf('call-backs', sums)).toEqual({ n: 1, d: null });
  });

  it('of a missed caller changes nothing in how that call ended', () => {
    const [arrived, queued] = asked.filter((event) => 'callId' in event && event.callId === 'c1');
    if (!arrived || !queued) throw new Error('no such events');
    const gaveUp: NewEvent[] = [
      { kind: 'call.abandoned', at, callId: 'c1', queueId, waitedMs: 20_000 },
      { kind: 'call.ended', at, callId: 'c1', ending: 'left-while-waiting' },
      { kind: 'call.call-back-requested', at, callId: 'c1', queueId, isMissed: true },
    ];
    const sums = counted(arrived, queued, ...gaveUp)[''] ?? noSums();
    expect(sums).toMatchObject({ offered: 1, abandoned: 1, callBacks: 0, turnedAway: 0 });
  });

  it('that is sent on to another queue is rated there, as every call is', () => {
    const sentOn: NewEvent[] = [
      ...reached.slice(0, 2),
      { kind: 'call.queued', at, callId: 'b1', queueId: 'housing', priority: 0, arrivedAt: at },
      { kind: 'call.rating-asked', at, callId: 'b1', agentId: 'li' },
    ];
    const cells: string[] = [];
    const counting = createCounting({
      limits: { serviceLevelMs: () => 15_000, shortAbandonMs: () => 5_000 },
      count({ queueId: of, agentId }, what) {
        if (what === 'ratingAsked') cells.push(`${of}|${agentId}`);
      },
    });
    [...asked, ...sentOn].forEach((event, index) => counting.apply({ ...event, seq: index + 1 }));
    expect(cells.toSorted()).toEqual(['housing|', 'housing|li', '|']);
  });
});
