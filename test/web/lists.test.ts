import { describe, expect, test } from 'vitest';
import { callQuery, readCallSearch } from '../../web/src/pages/calls/call-search.ts';
import { spanOf, timesOf, withOutcome } from '../../web/src/pages/calls/filter-moves.ts';
import { rowWindow, scrollFor } from '../../web/src/parts/row-window.ts';

describe('the filter in the address bar', () => {
  test('keeps what is understood and drops the rest', () => {
    const read = readCallSearch({
      queue: 'city',
      class: 'abandoned',
      rating: '9',
      caller: 5678,
      ending: 'nonsense',
      live: 'perhaps',
      from: '1795000000000',
      other: 'x',
    });
    expect(read).toEqual({
      queue: 'city',
      class: 'abandoned',
      caller: '5678',
      from: 1_795_000_000_000,
    });
  });
  test('too short a number is not asked for', () => {
    expect(readCallSearch({ caller: '123' })).toEqual({});
  });
  test('becomes the query of the HTTP contract', () => {
    expect(callQuery({})).toBe('');
    expect(callQuery({ queue: 'city' }, { limit: '100' })).toBe('?limit=100&queue=city');
  });
});

describe('times people ask for', () => {
  const today = 1_795_000_000_000;
  test.each(['any', 'today', 'yesterday', 'week'] as const)('%s is found again', (name) => {
    const { from, to } = timesOf(name, today);
    const filter = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
    expect(spanOf(filter, today)).toBe(name);
  });
  test('anything else is none of them', () => {
    expect(spanOf({ from: today + 1 }, today)).toBe('other');
  });
  test('live calls and endings exclude each other', () => {
    expect(withOutcome('live')).toEqual({ class: undefined, live: 'yes', ending: undefined });
    expect(withOutcome('failed')).toEqual({ class: 'failed', live: undefined, ending: undefined });
  });
});

describe('a list of which only the rows on screen exist', () => {
  test('the window follows the scroll and never leaves the list', () => {
    expect(rowWindow(0, 400, 40, 1_000)).toEqual({ first: 0, last: 18 });
    expect(rowWindow(20_000, 400, 40, 1_000)).toEqual({ first: 492, last: 518 });
    expect(rowWindow(39_600, 400, 40, 1_000)).toEqual({ first: 982, last: 1_000 });
    expect(rowWindow(5_000, 400, 40, 3)).toEqual({ first: 3, last: 3 });
  });
  test('the chosen row is brought into sight, and only then anything moves', () => {
    expect(scrollFor(5, 0, 400, 40)).toBe(0);
    expect(scrollFor(10, 0, 400, 40)).toBe(40);
    expect(scrollFor(2, 400, 400, 40)).toBe(80);
  });
});
