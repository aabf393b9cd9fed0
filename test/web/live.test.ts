import { describe, expect, test } from 'vitest';
import type { FloorChange } from '../../src/realtime/protocol.ts';
import { wholeFloor } from '../../web/mock/floor.ts';
import { mergeFloor } from '../../web/src/net/merge-floor.ts';
import {
  longestQueue,
  rowsFor,
  seatsByMark,
  waitingNow,
} from '../../web/src/pages/wall/wall-figures.ts';

const floor = { ...wholeFloor(), n: 10 };
const [first] = floor.queues;
if (!first) throw new Error('the demo city has queues');

function change(part: Partial<FloorChange>): FloorChange {
  return {
    n: 11,
    now: floor.now + 1_000,
    queues: [],
    seats: [],
    today: floor.today,
    quarter: { index: 60, offered: 7, answered: 6 },
    connected: true,
    ...part,
  };
}

describe('the floor after a change', () => {
  test('changed members are replaced where they stand, new ones come last', () => {
    const fresh = { ...first, queueId: 'brand-new' };
    const merged = mergeFloor(floor, change({ queues: [fresh, { ...first, waiting: 99 }] }));
    expect(merged?.queues.map((queue) => queue.queueId)).toEqual([
      ...floor.queues.map((queue) => queue.queueId),
      'brand-new',
    ]);
    expect(merged?.queues[0]?.waiting).toBe(99);
    expect(merged?.quarters[60]).toEqual({ offered: 7, answered: 6 });
  });
  test('a gap asks for the whole again, a repetition changes nothing', () => {
    expect(mergeFloor(floor, change({ n: 12 }))).toBeUndefined();
    expect(mergeFloor(floor, change({ n: 10 }))).toBe(floor);
  });
});

describe('the figures of the wall', () => {
  const queues = Array.from({ length: 30 }, (_, at) => ({
    ...first,
    queueId: `q${at}`,
    waiting: at === 20 ? 2 : 0,
    longestSince: at === 20 ? 1_000 : null,
  }));
  test('more queues than room: the longest waiting stay, in their own order', () => {
    const { rows, hidden } = rowsFor(queues, 14);
    expect(rows).toHaveLength(14);
    expect(rows.some((queue) => queue.queueId === 'q20')).toBe(true);
    expect(hidden).toBe(16);
    const order = rows.map((queue) => Number(queue.queueId.slice(1)));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });
  test('who waits, how many, how long', () => {
    expect(waitingNow({ ...floor, queues })).toBe(2);
    expect(longestQueue({ ...floor, queues })).toEqual({ queueId: 'q20', since: 1_000 });
    expect(longestQueue({ ...floor, queues: [] })).toBeNull();
  });
  test('a break is not counted as plain not ready, an empty seat not at all', () => {
    const [seat] = floor.seats;
    if (!seat) throw new Error('the demo city has seats');
    const counts = seatsByMark([
      { ...seat, state: 'not-ready', reason: 'rest' },
      { ...seat, state: 'not-ready', reason: 'no-answer' },
      { ...seat, state: 'offline', reason: null },
    ]);
    expect([...counts]).toEqual([
      ['rest', 1],
      ['not-ready', 1],
    ]);
  });
});
