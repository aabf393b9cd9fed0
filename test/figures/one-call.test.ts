import { describe, expect, it } from 'vitest';
import { createCounting } from '../../src/counting/fold.ts';
import type { NewEvent } from '../../src/events.ts';
import { limitsOf } from '../support/limits.ts';
import { levelMs, numbered, sheet, totalOf } from './sheet.ts';

describe('a call', () => {
  const at = Date.parse('2026-11-21T09:14:50+08:00');
  const quarterAt = Date.parse('2026-11-21T09:00:00+08:00');
  const seat = { seatId: '8001', agentId: 'zhang' };
  const other = { seatId: '8002', agentId: 'wang' };
  const call = { callId: 'c1' };
  const about = { entryId: 'main', caller: '13800000000', dialled: '12345', language: 'zh' };
  const turn = (to: typeof seat, state: 'talking' | 'hold' | 'wrap-up' | 'ready', s: number) =>
    ({
      kind: 'seat.state',
      at: at + s * 1_000,
      ...to,
      state,
      reason: null,
      callId: state === 'ready' ? null : 'c1',
      until: null,
    }) as const;
  const talk = (to: typeof seat, queueId: string, s: number, waitedMs: number) =>
    ({
      kind: 'call.connected',
      at: at + s * 1_000,
      ...call,
      ...to,
      queueId,
      waitedMs,
      ringMs: 0,
    }) as const;
  const queued = (queueId: string, s: number) =>
    ({
      kind: 'call.queued',
      at: at + s * 1_000,
      ...call,
      queueId,
      priority: 0,
      arrivedAt: at,
    }) as const;

  it('sent on gives each agent the own seconds, hold and wrap-up apart, and counts once', () => {
    const { cells, count } = sheet();
    const counting = createCounting({ limits: limitsOf(levelMs), count });
    const events: NewEvent[] = [
      { kind: 'call.arrived', at, ...call, ...about, channelId: 'x' },
      queued('consumer', 0),
      talk(seat, 'consumer', 5, 5_000),
      turn(seat, 'talking', 5),
      turn(seat, 'hold', 20),
      turn(seat, 'talking', 30),
      turn(seat, 'wrap-up', 40),
      {
        kind: 'call.transferred',
        at: at + 40_000,
        ...call,
        fromSeatId: '8001',
        agentId: 'zhang',
        queueId: 'housing',
        seatId: null,
      },
      queued('housing', 40),
      talk(other, 'housing', 42, 42_000),
      turn(other, 'talking', 42),
      turn(seat, 'ready', 60),
      turn(other, 'wrap-up', 142),
      { kind: 'call.rating-asked', at: at + 142_000, ...call, agentId: 'wang' },
      { kind: 'call.rated', at: at + 145_000, ...call, ...other, queueId: 'housing', score: 2 },
      { kind: 'call.ended', at: at + 146_000, ...call, ending: 'agent-hung-up' },
      turn(other, 'ready', 152),
    ];
    for (const event of numbered(events)) counting.apply(event);
    expect(totalOf(cells, 'consumer', 'zhang')).toMatchObject({
      conversations: 1,
      transfers: 1,
      talkMs: 25_000,
      holdMs: 10_000,
      wrapUpMs: 20_000,
      rated: 0,
    });
    expect(totalOf(cells, 'housing', 'wang')).toMatchObject({
      conversations: 1,
      transfers: 0,
      talkMs: 100_000,
      wrapUpMs: 10_000,
      rated: 1,
      ratedWell: 0,
      ratingSum: 2,
    });
    expect(totalOf(cells, '')).toMatchObject({
      offered: 1,
      answered: 1,
      answered15: 1,
      conversations: 2,
      talkMs: 125_000,
    });
    expect(totalOf(cells, 'housing')).toMatchObject({ offered: 1, answered: 1, answered20: 0 });
    // It came at 9:14:50: an outcome counts for that quarter, time for the quarter in which it passes.
    expect(cells.get(`${quarterAt}|||`)).toBeUndefined();
    expect(cells.get(`${quarterAt}||main|`)).toMatchObject({
      offered: 1,
      answered: 1,
      rated: 1,
      talkMs: 5_000,
      conversations: 1,
    });
    expect(cells.get(`${quarterAt + 900_000}||main|`)).toMatchObject({
      offered: 0,
      conversations: 1,
      talkMs: 120_000,
    });
  });

  it('is counted once though its seat is told again, because a break afterwards was asked for', () => {
    const { cells, count } = sheet();
    const counting = createCounting({ limits: limitsOf(levelMs), count });
    const events: NewEvent[] = [
      { kind: 'call.arrived', at, ...call, ...about, channelId: 'x' },
      queued('consumer', 0),
      talk(seat, 'consumer', 5, 5_000),
      turn(seat, 'talking', 5),
      { ...turn(seat, 'talking', 20), notReadyNext: 'rest' },
      turn(seat, 'talking', 30),
      turn(seat, 'wrap-up', 40),
      { ...turn(seat, 'wrap-up', 45), notReadyNext: 'rest' },
      turn(seat, 'ready', 60),
    ];
    for (const event of numbered(events)) counting.apply(event);
    const once = { conversations: 1, talkMs: 35_000, wrapUpMs: 20_000 };
    expect(totalOf(cells, 'consumer', 'zhang')).toMatchObject(once);
    expect(totalOf(cells, '')).toMatchObject(once);
  });

  it('from a number that called within a day is a repeat, one later is not; a withheld one is neither', () => {
    const calls = [
      ['c1', '13800000001', 0],
      ['c2', '13800000001', 86_400_000],
      ['c3', '13800000001', 86_400_000 * 2 + 1],
      ['c4', '', 86_400_000 * 2 + 2],
    ] as const;
    const { cells, count } = sheet();
    const counting = createCounting({ limits: limitsOf(levelMs), count });
    const events = calls.flatMap(([callId, caller, afterMs]): NewEvent[] => [
      { kind: 'call.arrived', at: at + afterMs, callId, ...about, caller, channelId: callId },
      {
        kind: 'call.queued',
        at: at + afterMs,
        callId,
        queueId: 'consumer',
        priority: 0,
        arrivedAt: at + afterMs,
      },
    ]);
    for (const event of numbered(events)) counting.apply(event);
    expect(totalOf(cells, '')).toMatchObject({ offered: 4, known: 3, repeats: 1 });
  });
});
