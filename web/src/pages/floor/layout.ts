/** A rectangle in CSS pixels, measured from the map's upper left corner. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** How much a tile shows: all four facts, all but the time, or only number and state. */
export type TileKind = 'full' | 'named' | 'dot';

export interface TileSize {
  kind: TileKind;
  width: number;
  height: number;
}

export interface FloorLayout {
  tile: TileSize;
  /** By area, in the order they were given. */
  boxes: Box[];
  /** False when even the smallest tiles need more height than there is: then the map scrolls. */
  fits: boolean;
  height: number;
}

/** Measures shared with `map.css`, CSS pixels. */
const look = { gap: 10, pad: 8, head: 34, tileGap: 4, areaMin: 132 } as const;

const tileSizes: readonly TileSize[] = [
  { kind: 'full', width: 152, height: 52 },
  { kind: 'full', width: 132, height: 48 },
  { kind: 'full', width: 116, height: 44 },
  { kind: 'full', width: 104, height: 42 },
  { kind: 'full', width: 94, height: 38 },
  { kind: 'named', width: 80, height: 36 },
  { kind: 'named', width: 68, height: 34 },
  { kind: 'dot', width: 64, height: 28 },
  { kind: 'dot', width: 56, height: 26 },
  { kind: 'dot', width: 52, height: 24 },
  { kind: 'dot', width: 48, height: 22 },
  { kind: 'dot', width: 44, height: 20 },
];
const smallest: TileSize = { kind: 'dot', width: 40, height: 18 };

/** Space that n tiles in a line take, gaps between them included. */
const run = (n: number, size: number) => n * (size + look.tileGap) - look.tileGap;

/** Tiles beside each other in an area of this width; at least one. */
export function columnsIn(areaWidth: number, tile: TileSize): number {
  const inner = areaWidth - 2 * look.pad - 2;
  return Math.max(1, Math.floor((inner + look.tileGap) / (tile.width + look.tileGap)));
}

const widthFor = (columns: number, tile: TileSize) =>
  Math.max(look.areaMin, run(columns, tile.width) + 2 * look.pad + 2);
const heightFor = (lines: number, tile: TileSize) =>
  look.head + run(Math.max(1, lines), tile.height) + look.pad + 2;

/** Cuts a list into `parts` runs of about the same sum; the order stays. */
function cut(counts: readonly number[], parts: number): number[][] {
  const total = counts.reduce((sum, n) => sum + n, 0);
  const bands: number[][] = [[]];
  let done = 0;
  for (const [at, count] of counts.entries()) {
    const open = bands.at(-1) ?? [];
    const isDue = done + count / 2 > (total * bands.length) / parts;
    const mustSpread = counts.length - at <= parts - bands.length;
    if (open.length > 0 && bands.length < parts && (isDue || mustSpread)) bands.push([at]);
    else open.push(at);
    done += count;
  }
  return bands;
}

interface Band {
  members: number[];
  widths: number[];
  height: number;
}

/** The lowest band in which these areas stand side by side; null when they are too many for it. */
function bandFor(
  members: number[],
  counts: readonly number[],
  tile: TileSize,
  width: number,
): Band | null {
  const room = width - (members.length - 1) * look.gap;
  const most = Math.max(1, ...members.map((at) => counts[at] ?? 0));
  for (let lines = 1; lines <= most; lines += 1) {
    const widths = members.map((at) => widthFor(Math.ceil((counts[at] ?? 0) / lines), tile));
    const used = widths.reduce((sum, each) => sum + each, 0);
    if (used <= room) return { members, widths, height: heightFor(lines, tile) };
  }
  return null;
}

/** Hands what is left over to all in proportion, so that the whole is filled. */
function stretched(sizes: readonly number[], whole: number): number[] {
  const used = sizes.reduce((sum, each) => sum + each, 0);
  return used === 0 ? [...sizes] : sizes.map((each) => Math.floor((each * whole) / used));
}

function placed(bands: readonly Band[], areas: number, room: { width: number; height: number }) {
  const boxes: Box[] = Array.from({ length: areas }, () => ({
    left: 0,
    top: 0,
    width: 0,
    height: 0,
  }));
  const needed = bands.map((band) => band.height);
  const gaps = (bands.length - 1) * look.gap;
  const fits = needed.reduce((sum, each) => sum + each, 0) + gaps <= room.height;
  const heights = fits ? stretched(needed, room.height - gaps) : needed;
  let top = 0;
  for (const [row, band] of bands.entries()) {
    const height = heights[row] ?? 0;
    const widths = stretched(band.widths, room.width - (band.members.length - 1) * look.gap);
    let left = 0;
    for (const [column, at] of band.members.entries()) {
      const width = widths[column] ?? 0;
      boxes[at] = { left, top, width, height };
      left += width + look.gap;
    }
    top += height + look.gap;
  }
  return { boxes, fits, height: top - look.gap };
}

/** How far the areas are from a pleasant shape, a little wider than high. */
const oddity = (boxes: readonly Box[]) =>
  boxes.reduce((sum, box) => sum + Math.abs(Math.log(box.width / box.height / 1.5)), 0);

/**
 * Areas in bands from left to right, sized by their seats, with the largest tiles that let
 * everybody stand in the room without scrolling.
 * @param counts seats per area
 */
export function layFloor(
  counts: readonly number[],
  room: { width: number; height: number },
): FloorLayout {
  for (const tile of [...tileSizes, smallest]) {
    const candidates = Array.from({ length: Math.min(8, counts.length) }, (_, at) => at + 1)
      .map((parts) => {
        // An empty area needs its place as well: somebody may be moved there.
        const weights = counts.map((count) => Math.max(count, 2));
        const bands = cut(weights, parts).map((band) => bandFor(band, counts, tile, room.width));
        const whole = bands.filter((band) => band !== null);
        return whole.length === bands.length ? placed(whole, counts.length, room) : null;
      })
      .filter((candidate) => candidate !== null);
    const fitting = candidates.filter((candidate) => candidate.fits);
    const [best] = fitting.toSorted((a, b) => oddity(a.boxes) - oddity(b.boxes));
    if (best) return { tile, ...best };
    const [lowest] = candidates.toSorted((a, b) => a.height - b.height);
    if (tile === smallest && lowest) return { tile, ...lowest };
  }
  return { tile: smallest, boxes: [], fits: true, height: 0 };
}

export interface Spot {
  seatId: string;
  x: number;
  y: number;
}

/** Where the middle of each tile is. */
export function spotsOf(
  layout: FloorLayout,
  areas: readonly (readonly { seatId: string }[])[],
): Spot[] {
  const { tile } = layout;
  return layout.boxes.flatMap((box, at) => {
    const columns = columnsIn(box.width, tile);
    return (areas[at] ?? []).map(({ seatId }, n) => ({
      seatId,
      x:
        box.left +
        1 +
        look.pad +
        (n % columns) * (tile.width + look.tileGap) +
        Math.round(tile.width / 2),
      y:
        box.top +
        1 +
        look.head +
        Math.floor(n / columns) * (tile.height + look.tileGap) +
        Math.round(tile.height / 2),
    }));
  });
}

const arrows = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
} as const;
export type Arrow = keyof typeof arrows;
export const isArrow = (key: string): key is Arrow => Object.hasOwn(arrows, key);

/** The tile an arrow key leads to: the nearest one that way, straight ahead before aside. */
export function nextSpot(spots: readonly Spot[], from: string, arrow: Arrow): string {
  const here = spots.find((spot) => spot.seatId === from);
  if (!here) return spots[0]?.seatId ?? from;
  const [dx, dy] = arrows[arrow];
  let best = { seatId: from, cost: Number.POSITIVE_INFINITY };
  for (const { seatId, x, y } of spots) {
    const ahead = (x - here.x) * dx + (y - here.y) * dy;
    const aside = Math.abs((x - here.x) * dy) + Math.abs((y - here.y) * dx);
    if (ahead > 2 && ahead + 3 * aside < best.cost) best = { seatId, cost: ahead + 3 * aside };
  }
  return best.seatId;
}
