import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Count, noSums, type Sums } from '../../src/counting/counters.ts';
import { createCounting } from '../../src/counting/fold.ts';
import type { DomainEvent, NewEvent } from '../../src/events.ts';
import { limitsOf } from '../support/limits.ts';
import { cityDay } from './city-day.ts';

const from = Date.parse('2026-11-21T22:00:00+08:00');
const levelMs = () => 15_000;
const someDays = fc.record({
  calls: fc.integer({ min: 1, max: 60 }),
  seats: fc.integer({ min: 1, max: 12 }),
  seed: fc.integer(),
  spreadMs: fc.integer({ min: 600_000, max: 7_200_000 }),
});

const numbered = (events: Iterable<NewEvent>): DomainEvent[] =>
  [...events].map((event, at) => ({ ...event, seq: at + 1 }));

/** Sums by cell, and a `count` that fills them. */
function sheet() {
  const cells = new Map<string, Sums>();
  const count: Count = ({ quarterAt, queueId, entryId, agentId }, counter, by) => {
    const key = `${quarterAt}|${queueId}|${entryId}|${agentId}`;
    const sums = cells.get(key) ?? noSums();
    sums[counter] += by;
    cells.set(key, sums);
  };
  return { cells, count };
}

/** Over all quarters and entries, of one queue (or over all) and one agent (or all). */
function totalOf(cells: ReadonlyMap<string, Sums>, queueId: string, agentId = ''): Sums {
  const total = noSums();
  for (const [key, sums] of cells) {
    const [, queue, , agent] = key.split('|');
    if (queue !== queueId || agent !== agentId) continue;
    for (const [counter, value] of Object.entries(sums)) total[counter as keyof Sums] += value;
  }
  return total;
}

describe('the fold, whatever the day', () => {
  it('gives the same however often it is cut, kept and taken up again', () => {
    fc.assert(
      fc.property(someDays, fc.array(fc.nat(2_000), { maxLength: 8 }), (day, stops) => {
        const events = numbered(cityDay({ ...day, from }));
        const end = (events.at(-1)?.at ?? from) + 60_000;
        const once = sheet();
        const straight = createCounting({ limits: limitsOf(levelMs), count: once.count });
        for (const event of events) straight.apply(event);
        straight.cut(end);

        const often = sheet();
        let counting = createCounting({ limits: limitsOf(levelMs), count: often.count });
        for (const [at, event] of events.entries()) {
          counting.apply(event);
          if (!stops.includes(at)) continue;
          counting.cut(event.at + (at % 3) * 40_000);
          const state = JSON.parse(JSON.stringify(counting.state()));
          counting = createCounting({ limits: limitsOf(levelMs), count: often.count, state });
          for (const before of events.slice(0, at + 1)) {
            if (before.kind === 'call.arrived') counting.recall(before);
          }
        }
        counting.cut(end);
        expect(nonZero(often.cells)).toEqual(nonZero(once.cells));
      }),
      { numRuns: 60 },
    );
  });

  it('gives every call one outcome, and no share above one', () => {
    fc.assert(
      fc.property(someDays, (day) => {
        const { cells, count } = sheet();
        const counting = createCounting({ limits: limitsOf(levelMs), count });
        const events = numbered(cityDay({ ...day, from }));
        for (const event of events) counting.apply(event);
        const all = totalOf(cells, '');
        const { answered, abandoned, turnedAway, callBacks } = all;
        expect(answered + abandoned + turnedAway + callBacks).toBe(all.offered);
        const begun = events.filter(({ kind }) => kind === 'call.call-back-begun').length;
        expect(all.callBacksReached + all.callBacksFailed).toBeLessThanOrEqual(begun);
        expect(all.offered + all.refused).toBe(day.calls);
        for (const sums of [...cells.values(), all]) {
          expect(sums.answered).toBeLessThanOrEqual(sums.offered);
          expect(sums.answered15).toBeLessThanOrEqual(sums.answered20);
          expect(sums.rated).toBeLessThanOrEqual(sums.ratingAsked);
          expect(Math.min(...Object.values(sums))).toBeGreaterThanOrEqual(0);
        }
        expect(counting.state().calls).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('credits every agent with the seconds of the own seat, in the quarters they pass', () => {
    fc.assert(
      fc.property(someDays, (day) => {
        const { cells, count } = sheet();
        const counting = createCounting({ limits: limitsOf(levelMs), count });
        const events = numbered(cityDay({ ...day, from }));
        for (const event of events) counting.apply(event);
        const agents = new Set(
          events.flatMap((e) => (e.kind === 'seat.signed-in' ? [e.agentId] : [])),
        );
        for (const agentId of agents) {
          const got = noSums();
          for (const [key, sums] of cells) {
            if (!key.endsWith(`|${agentId}`)) continue;
            for (const name of secondsOf) got[name] += sums[name];
          }
          expect(got).toEqual({ ...noSums(), ...secondsByHand(events, agentId) });
        }
        for (const [quarter, ms] of agentMsByQuarter(cells)) {
          expect([quarter, ms <= 900_000]).toEqual([quarter, true]);
        }
      }),
      { numRuns: 40 },
    );
  });
});

const secondsOf = ['talkMs', 'holdMs', 'wrapUpMs', 'ringMs', 'readyMs', 'notReadyMs'] as const;
const named = {
  talking: 'talkMs',
  hold: 'holdMs',
  'wrap-up': 'wrapUpMs',
  ringing: 'ringMs',
  ready: 'readyMs',
  'not-ready': 'notReadyMs',
} as const;

/** From one state of the seat to the next, without any splitting. */
function secondsByHand(events: readonly DomainEvent[], agentId: string): Partial<Sums> {
  const sums: Partial<Sums> = Object.fromEntries(secondsOf.map((name) => [name, 0]));
  const states = events.filter((e) => e.kind === 'seat.state').filter((e) => e.agentId === agentId);
  for (const [at, { state, at: begin }] of states.entries()) {
    if (state === 'offline') continue;
    sums[named[state]] = (sums[named[state]] ?? 0) + (states[at + 1]?.at ?? begin) - begin;
  }
  return sums;
}

function agentMsByQuarter(cells: ReadonlyMap<string, Sums>): Map<string, number> {
  const ms = new Map<string, number>();
  for (const [key, sums] of cells) {
    const [quarterAt, , , agentId] = key.split('|');
    if (agentId === '') continue;
    const name = `${quarterAt} ${agentId}`;
    ms.set(
      name,
      secondsOf.reduce((all, each) => all + sums[each], ms.get(name) ?? 0),
    );
  }
  return ms;
}

function nonZero(cells: ReadonlyMap<string, Sums>) {
  return Object.fromEntries(
    [...cells].filter(([, sums]) => Object.values(sums).some((value) => value !== 0)),
  );
}

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
