import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noSums, type Sums } from '../../src/counting/counters.ts';
import { createCounting } from '../../src/counting/fold.ts';
import type { DomainEvent } from '../../src/events.ts';
import { limitsOf } from '../support/limits.ts';
import { cityDay } from './city-day.ts';
import { levelMs, numbered, sheet, totalOf } from './sheet.ts';

const from = Date.parse('2026-11-21T22:00:00+08:00');
const someDays = fc.record({
  calls: fc.integer({ min: 1, max: 60 }),
  seats: fc.integer({ min: 1, max: 12 }),
  seed: fc.integer(),
  spreadMs: fc.integer({ min: 600_000, max: 7_200_000 }),
});

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
