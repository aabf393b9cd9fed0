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
    expect(isOpen(hours, Date.parse(moment))).toBe(open);
  });
});
