import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answer } from '../../scripts/workdays/answer.ts';
import { projectRoot } from '../../src/kit/root.ts';
import { dateOfDay, dayOfDate, officialNotice, WorkingDays } from '../../src/kit/working-days.ts';

const notice = (year: number) =>
  officialNotice.parse(
    JSON.parse(readFileSync(`${projectRoot}/config/calendars/${year}.json`, 'utf8')),
  );
const calendar = new WorkingDays([notice(2025), notice(2026)]);

function lastDay(from: string, limit: Record<string, number>): unknown {
  const said = answer(calendar, JSON.stringify({ from, ...limit }));
  return 'lastDay' in said ? said.lastDay : said;
}

describe('lawful working days', () => {
  test.each([
    ['2026-01-04', true, 'a Sunday made up for New Year'],
    ['2026-02-14', true, 'a Saturday before Spring Festival'],
    ['2026-02-23', false, 'a Monday of Spring Festival'],
    ['2026-05-09', true, 'a Saturday after Labour Day'],
    ['2026-09-20', true, 'a Sunday before National Day'],
    ['2026-10-07', false, 'a Wednesday of National Day'],
    ['2026-11-21', false, 'any Saturday'],
    ['2026-11-23', true, 'any Monday'],
  ])('%s: %s (%s)', (date, working) => {
    expect(calendar.isWorking(dayOfDate(date))).toBe(working);
  });

  test.each([
    ['2025-01-24T10:00:00+08:00', { workdays: 5 }, '2025-02-07'],
    ['2025-01-24T10:00:00+08:00', { workdays: 6 }, '2025-02-08'],
    ['2026-02-13T23:59:59+08:00', { workdays: 1 }, '2026-02-14'],
    ['2026-02-14T00:00:00+08:00', { workdays: 1 }, '2026-02-24'],
    ['2026-02-20T12:00:00+08:00', { workdays: 5 }, '2026-02-28'],
    ['2026-11-20T16:00:00Z', { workdays: 1 }, '2026-11-23'],
    ['2026-09-30T09:00:00+08:00', { naturalDays: 2 }, '2026-10-02'],
    ['2026-11-21T09:00:00+08:00', { workdays: 0 }, '2026-11-21'],
  ])('from %s, %o: until the end of %s', (from, limit, expected) => {
    expect(lastDay(from, limit)).toBe(expected);
  });

  test('days end at 24:00, hours run through nights and holidays', () => {
    expect(answer(calendar, '{"from":"2026-02-13T10:00:00+08:00","workdays":1}')).toEqual({
      due: '2026-02-15T00:00:00+08:00',
      lastDay: '2026-02-14',
    });
    expect(answer(calendar, '{"from":"2026-02-14T23:30:00.500+08:00","hours":2}')).toEqual({
      due: '2026-02-15T01:30:00.500+08:00',
      lastDay: '2026-02-15',
    });
  });

  test('a year without its notice is named, never silently guessed', () => {
    expect(answer(calendar, '{"from":"2026-12-31T10:00:00+08:00","workdays":1}')).toMatchObject({
      unknownYears: [2027],
    });
  });

  test.each(['', 'null', '{"from":"2026-01-01","workdays":1}', '{"from":"2026-01-01T00:00:00Z"}'])(
    'a line that asks nothing sensible is told so: %s',
    (line) => expect(answer(calendar, line)).toHaveProperty('error'),
  );

  test('counts what a person would count on the wall calendar', () => {
    const start = dayOfDate('2025-01-01');
    const day = fc.integer({ min: start, max: dayOfDate('2026-10-31') });
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 0, max: 86_399 }),
        fc.integer({ min: 1, max: 15 }),
        (...d) => {
          const [received, second, workdays] = d;
          const from = received * 86_400_000 + second * 1_000 - 8 * 3_600_000;
          const { at } = calendar.due(from, { workdays });
          const last = Math.floor((at - 1 + 8 * 3_600_000) / 86_400_000);
          let worked = 0;
          for (let each = received + 1; each <= last; each += 1) {
            worked += calendar.isWorking(each) ? 1 : 0;
          }
          expect(worked, dateOfDay(received)).toBe(workdays);
          expect(calendar.isWorking(last)).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
