import { describe, expect, test } from 'vitest';
import { figureWords, fractionWords } from '../../web/src/pages/figures/figure-words.ts';
import { figuresQuery, readFiguresSearch } from '../../web/src/pages/figures/figures-search.ts';

describe('the question in the address bar', () => {
  test('is read back as it was written', () => {
    const search = {
      from: 1_000,
      to: 2_000,
      by: 'hour',
      queue: 'consumer',
      view: 'exact',
    } as const;
    expect(readFiguresSearch({ ...search })).toEqual(search);
    expect(figuresQuery(search)).toBe('?from=1000&to=2000&by=hour&queue=consumer');
  });

  test('loses what is not understood', () => {
    expect(readFiguresSearch({ from: 'soon', to: -1, by: 'moon', view: 7, other: 'x' })).toEqual(
      {},
    );
    expect(figuresQuery({})).toBe('');
  });
});

describe('a figure', () => {
  test.each([
    ['share', 8, 10, '80.0%', '8 / 10'],
    ['share', 0, 0, '–', '0 / 0'],
    ['ms', 30_000, 4, '7.5 s', '0:30 / 4'],
    ['ms', 600_000, 4, '2:30', '10:00 / 4'],
    ['score', 9, 2, '4.50', '9 / 2'],
    ['count', 1_234, null, '1,234', ''],
  ] as const)('as %s', (unit, n, d, words, fraction) => {
    expect(figureWords({ n, d }, unit)).toBe(words);
    expect(fractionWords({ n, d }, unit, 'callers')).toBe(fraction);
  });

  test('of seats is time out of time', () => {
    expect(fractionWords({ n: 60_000, d: 3_600_000 }, 'share', 'seats')).toBe('1:00 / 1:00:00');
  });
});
