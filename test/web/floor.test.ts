import { describe, expect, it } from 'vitest';
import { layFloor, nextSpot, spotsOf } from '../../web/src/pages/floor/layout.ts';
import { homeOf, movedTo } from '../../web/src/pages/floor/memberships.ts';

const room = { width: 1_334, height: 780 };
const even = (seats: number, areas: number) =>
  Array.from({ length: areas }, (_, at) => Math.floor((seats + at) / areas));

describe('the floor map', () => {
  it.each([20, 60, 300, 661])(
    'has room for %i seats in twelve areas without scrolling',
    (seats) => {
      const counts = even(seats, 12);
      const layout = layFloor(counts, room);
      expect(layout.fits).toBe(true);
      expect(layout.boxes).toHaveLength(12);
      for (const box of layout.boxes) {
        expect(box.left + box.width).toBeLessThanOrEqual(room.width);
        expect(box.top + box.height).toBeLessThanOrEqual(room.height);
      }
    },
  );

  it('shows less on a tile the more seats there are', () => {
    expect(layFloor(even(20, 12), room).tile.kind).toBe('full');
    expect(layFloor(even(661, 12), room).tile.kind).toBe('dot');
  });

  it('puts every tile inside its own area, none upon another', () => {
    const counts = [9, 0, 4, 17];
    const layout = layFloor(counts, room);
    const areas = counts.map((count, area) =>
      Array.from({ length: count }, (_, n) => ({ seatId: `${area}-${n}` })),
    );
    const spots = spotsOf(layout, areas);
    expect(spots).toHaveLength(30);
    expect(new Set(spots.map(({ x, y }) => `${x} ${y}`)).size).toBe(30);
    for (const { seatId, x, y } of spots) {
      const box = layout.boxes[Number(seatId[0])];
      if (!box) throw new Error(`no area for ${seatId}`);
      expect(x).toBeGreaterThan(box.left);
      expect(x).toBeLessThan(box.left + box.width);
      expect(y).toBeGreaterThan(box.top);
      expect(y).toBeLessThan(box.top + box.height);
    }
  });

  it('lets arrow keys walk to the nearest tile that way', () => {
    const spots = [
      { seatId: 'a', x: 0, y: 0 },
      { seatId: 'b', x: 100, y: 0 },
      { seatId: 'c', x: 0, y: 50 },
    ];
    expect(nextSpot(spots, 'a', 'ArrowRight')).toBe('b');
    expect(nextSpot(spots, 'a', 'ArrowDown')).toBe('c');
    expect(nextSpot(spots, 'a', 'ArrowLeft')).toBe('a');
  });
});

describe('moving a seat', () => {
  it('puts the target first and keeps the queues it helps out in', () => {
    const before = [
      { queueId: 'consumer', level: 1 },
      { queueId: 'general', level: 1 },
    ];
    expect(movedTo(before, 'police', new Set(['general']))).toEqual([
      { queueId: 'police', level: 1 },
      { queueId: 'general', level: 2 },
    ]);
    expect(movedTo(before, 'general', new Set(['general']))).toEqual([
      { queueId: 'general', level: 1 },
    ]);
  });

  it('makes the first queue the seat is told with its home', () => {
    expect(homeOf({ queueIds: ['police', 'general'] })).toBe('police');
    expect(homeOf({ queueIds: [] })).toBe('');
  });
});
