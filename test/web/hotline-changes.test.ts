import { describe, expect, test } from 'vitest';
import type { Hotline } from '../../config/hotline.ts';
import { hotlineSchema } from '../../config/hotline.ts';
import { city } from '../../web/mock/city.ts';
import { changesBetween, rebase } from '../../web/src/pages/hotline/changes.ts';
import { fresh } from '../../web/src/pages/hotline/new-members.ts';

const withPriority = (doc: Hotline, id: string, priority: number): Hotline => ({
  ...doc,
  queues: doc.queues.map((queue) => (queue.id === id ? { ...queue, priority } : queue)),
});

describe('what differs between two versions', () => {
  test('members by their id, wholes by themselves', () => {
    const after: Hotline = {
      ...withPriority(city, 'city', 3),
      menus: city.menus.filter((menu) => menu.id !== 'safety'),
      resultCodes: [...city.resultCodes, { code: 'odd', name: { zh: '奇', en: 'odd' } }],
      recordingKeepDays: 30,
    };
    expect(changesBetween(city, after)).toEqual([
      { part: 'queues', id: 'city', kind: 'changed' },
      { part: 'menus', id: 'safety', kind: 'removed' },
      { part: 'resultCodes', id: 'odd', kind: 'added' },
      { part: 'recordingKeepDays', id: null, kind: 'changed' },
    ]);
    expect(changesBetween(city, structuredClone(city))).toEqual([]);
  });
});

test('every part of the document can be seen to differ: what is not seen cannot be saved', () => {
  for (const [part, before] of Object.entries(city)) {
    const member = { id: 'another', code: 'another' };
    const after = { ...city, [part]: Array.isArray(before) ? [...before, member] : 'other' };
    expect(changesBetween(city, after), part).toHaveLength(1);
  }
});

describe('somebody else saved meanwhile', () => {
  test('changes to different things lie side by side', () => {
    const mine = withPriority(city, 'city', 3);
    const theirs = withPriority(city, 'social', 4);
    const { doc, conflicts } = rebase(city, mine, theirs);
    expect(conflicts).toEqual([]);
    expect(doc).toEqual(withPriority(theirs, 'city', 3));
  });
  test('the same thing changed differently: mine stays and is named', () => {
    const { doc, conflicts } = rebase(
      city,
      withPriority(city, 'city', 3),
      withPriority(city, 'city', 4),
    );
    expect(conflicts).toEqual([{ part: 'queues', id: 'city', kind: 'changed' }]);
    expect(doc.queues.find((queue) => queue.id === 'city')?.priority).toBe(3);
  });
  test('what I removed goes, what I added comes, the base is not touched', () => {
    const before = structuredClone(city);
    const mine: Hotline = {
      ...city,
      hours: [],
      recordingKeepDays: null,
      entries: [...city.entries, { ...fresh('entries', city), numbers: ['12399'] } as never],
    };
    const { doc } = rebase(city, mine, withPriority(city, 'city', 4));
    expect(doc.hours).toEqual([]);
    expect(doc.recordingKeepDays).toBeNull();
    expect(doc.entries.at(-1)?.id).toBe('new');
    expect(city).toEqual(before);
  });
});

test('a new queue and a new menu are valid as they come', () => {
  const doc = {
    ...city,
    queues: [...city.queues, fresh('queues', city)],
    menus: [...city.menus, fresh('menus', city)],
    hours: [...city.hours, fresh('hours', city)],
  };
  expect(hotlineSchema.safeParse(doc).success).toBe(true);
});
