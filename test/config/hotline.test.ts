import { describe, expect, test } from 'vitest';
import { type Hotline, hotlineSchema } from '../../config/hotline.ts';
import { isOpen } from '../../src/calls/opening.ts';
import { smallHotline } from '../support/hotline.ts';

/** Where a changed hotline is wrong, as `place: message`. */
function wrongIn(change: (doc: Hotline) => void): string[] {
  const doc = structuredClone(smallHotline());
  change(doc);
  const checked = hotlineSchema.safeParse(doc);
  return checked.success
    ? []
    : checked.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const label = { zh: '一', en: 'one' };
const [queue] = smallHotline().queues;
if (queue === undefined) throw new Error('no queue');

test('a sound hotline has nothing wrong', () => {
  expect(wrongIn(() => {})).toEqual([]);
});

test.each<[string, (doc: Hotline) => void, string]>([
  ['a queue twice', (doc) => void doc.queues.push(queue), 'queues: "consumer" stands twice'],
  [
    'an entry to no queue',
    (doc) => Object.assign(doc.entries[0] ?? {}, { queue: 'gone' }),
    'entries.0.queue: no queue "gone"',
  ],
  [
    'a number of two entries',
    (doc) => void doc.entries[1]?.numbers.push('12345'),
    'entries: "12345" stands twice',
  ],
  [
    'an entry to no menu',
    (doc) => Object.assign(doc.entries[0] ?? {}, { menu: 'gone' }),
    'entries.0.menu: no menu "gone"',
  ],
  [
    'a key to no menu',
    (doc) => Object.assign(doc.menus[0]?.keys ?? {}, { '8': { menu: 'gone', label } }),
    'menus.0.keys.8: no menu "gone"',
  ],
  [
    'hours that are not there',
    (doc) => Object.assign(doc.queues[0] ?? {}, { hours: 'gone' }),
    'queues.0.hours: no hours "gone"',
  ],
  [
    'an overflow into itself',
    (doc) => Object.assign(doc.queues[0] ?? {}, { onFull: { do: 'queue', queue: 'consumer' } }),
    'queues.0.onFull: a queue cannot overflow into itself',
  ],
  [
    'hours over midnight in one interval',
    (doc) =>
      void doc.hours.push({
        id: 'night',
        name: label,
        open: [{ days: [1], from: '22:00', to: '06:00' }],
        keepsHolidays: true,
      }),
    'hours.0.open.0: must end after it begins',
  ],
])('%s is told where it is', (_what, change, problem) => {
  expect(wrongIn(change)).toContain(problem);
});

test('menus are two levels deep at most', () => {
  const problems = wrongIn((doc) => {
    const [main] = doc.menus;
    if (main === undefined) return;
    const under = { ...main, keys: { '1': { menu: 'deepest', label } } };
    doc.menus.push({ ...under, id: 'second' }, { ...main, id: 'deepest', keys: {} });
    Object.assign(main.keys, { '1': { menu: 'second', label } });
  });
  expect(problems.filter((text) => text.includes('two levels'))).toHaveLength(1);
});

test('every problem is told at once', () => {
  const problems = wrongIn((doc) => {
    for (const entry of doc.entries) entry.queue = 'gone';
  });
  expect(problems.length).toBeGreaterThanOrEqual(2);
});

describe('opening hours', () => {
  const hours = {
    id: 'office',
    name: label,
    open: [
      { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:30' },
      { days: [7], from: '00:00', to: '24:00' },
    ],
    keepsHolidays: true,
  };
  test.each([
    ['2026-11-20T09:00:00+08:00', true],
    ['2026-11-20T08:59:59+08:00', false],
    ['2026-11-20T17:29:59+08:00', true],
    ['2026-11-20T17:30:00+08:00', false],
    ['2026-11-21T12:00:00+08:00', false],
    ['2026-11-22T00:00:00+08:00', true],
    ['2026-11-22T23:59:59+08:00', true],
    ['2026-11-23T00:00:00+08:00', false],
  ])('%s: open is %s', (moment, open) => {
    expect(isOpen(hours, [], Date.parse(moment))).toBe(open);
  });

  const name = label;
  const holidays = [
    { name, from: '2026-10-01', to: '2026-10-07', openAs: null },
    { name, from: '2026-10-10', to: '2026-10-10', openAs: 1 },
  ];
  test.each([
    ['the second before a holiday', '2026-09-30T17:29:59+08:00', true],
    ['its first second', '2026-10-01T00:00:00+08:00', false],
    ['office hours in it', '2026-10-01T09:00:00+08:00', false],
    ['a Sunday in it that would be open all day', '2026-10-04T12:00:00+08:00', false],
    ['its last second', '2026-10-07T23:59:59+08:00', false],
    ['the day after', '2026-10-08T09:00:00+08:00', true],
    ['the Saturday that makes up for it', '2026-10-10T09:00:00+08:00', true],
    ['its evening', '2026-10-10T17:30:00+08:00', false],
    ['the next Saturday', '2026-10-17T09:00:00+08:00', false],
  ])('%s', (_what, moment, open) => {
    expect(isOpen(hours, holidays, Date.parse(moment))).toBe(open);
  });
  test('a holiday begins at midnight in Shanghai, whatever the machine thinks', () => {
    const night = { ...hours, open: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }] };
    const edge = Date.parse('2026-09-30T16:00:00Z');
    expect([edge - 1, edge].map((at) => isOpen(night, holidays, at))).toEqual([true, false]);
    const end = Date.parse('2026-10-07T16:00:00Z');
    expect([end - 1, end].map((at) => isOpen(night, holidays, at))).toEqual([false, true]);
  });
  test('hours that keep no holidays are open on them', () => {
    const at = Date.parse('2026-10-01T09:00:00+08:00');
    expect(isOpen({ ...hours, keepsHolidays: false }, holidays, at)).toBe(true);
  });
});

test('a profile that stands twice, or names what is not there, is refused', () => {
  const doc = smallHotline();
  const profile = {
    id: 'storm',
    name: { zh: '风', en: 'Storm' },
    queues: { gone: { hours: 'x' } },
  };
  const checked = hotlineSchema.safeParse({
    ...doc,
    rest: { reasons: ['nap'] },
    emergencyProfiles: [profile, profile],
  });
  expect(checked.error?.issues.map(({ message }) => message)).toEqual([
    'no reason "nap"',
    'no queue "gone"',
    'no hours "x"',
    '"storm" stands twice',
    'no queue "gone"',
    'no hours "x"',
  ]);
});
