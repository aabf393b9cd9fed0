import type { Catalogue } from '../../../../src/orders/schema.ts';

export type Area = Catalogue['areas'][number];
export interface AreaRow extends Area {
  depth: number;
  /** How many areas lie within it. */
  within: number;
}

/** How many digits a code has: province, city, district, street, community (GB/T 2260 and its continuation). */
const lengths = [2, 4, 6, 9, 12];

/** How many digits more an area within this one has; 0 when nothing lies within. */
export function digitsBelow(code: string): number {
  const next = lengths.find((length) => length > code.length);
  return next === undefined ? 0 : next - code.length;
}

/** The area around one; undefined at the top. */
export function areaAround(areas: readonly Area[], code: string): Area | undefined {
  const around = areas.filter((each) => each.code !== code && code.startsWith(each.code));
  return around.toSorted((a, b) => b.code.length - a.code.length)[0];
}

/**
 * The tree as rows, each area before what lies within it: those that were opened; while somebody
 * types, what is found with what it lies in.
 */
export function treeRows(
  areas: readonly Area[],
  typed: string,
  open: ReadonlySet<string>,
): AreaRow[] {
  const wanted = typed.trim().toLowerCase();
  const found = new Set<AreaRow>();
  const rows: AreaRow[] = [];
  let around: AreaRow[] = [];
  // Codes nest, so their order is the order of the tree.
  for (const area of areas.toSorted((a, b) => (a.code < b.code ? -1 : 1))) {
    around = around.filter(({ code }) => area.code.startsWith(code));
    const row: AreaRow = { ...area, depth: around.length, within: 0 };
    for (const each of around) each.within += 1;
    const isShown =
      wanted === ''
        ? around.every(({ code }) => open.has(code))
        : `${area.code} ${area.name}`.toLowerCase().includes(wanted);
    if (isShown) for (const each of [...around, row]) found.add(each);
    rows.push(row);
    around.push(row);
  }
  return rows.filter((row) => found.has(row));
}

/**
 * Areas after a change of one (`code` null: a new one). What lies within goes along: it is retired
 * with it, and with a new code it moves, where the old codes stay, retired: orders name them.
 */
export function changedAreas(areas: readonly Area[], code: string | null, to: Area): Area[] {
  if (code === null) return [...areas, to];
  const isWithin = (area: Area) => area.code !== code && area.code.startsWith(code);
  if (code === to.code) {
    return areas.map((area) => {
      if (area.code === code) return to;
      return isWithin(area) && !to.enabled ? { ...area, enabled: false } : area;
    });
  }
  const moved = areas
    .filter((area) => isWithin(area) && area.enabled)
    .map((area) => ({ ...area, code: to.code + area.code.slice(code.length) }));
  const left = areas.map((area) =>
    area.code === code || isWithin(area) ? { ...area, enabled: false } : area,
  );
  return [...left, to, ...moved];
}

/** Is a code, or one that would move along, there already? */
export function isTaken(areas: readonly Area[], code: string | null, to: string): boolean {
  if (code === to) return false;
  const codes = new Set(areas.map((each) => each.code));
  const moving =
    code === null ? [''] : areas.flatMap((each) => (each.code.startsWith(code) ? each.code : []));
  return moving.some((each) => codes.has(to + each.slice(code?.length ?? 0)));
}

/** The lowest code within an area that is higher than all there are. */
export function nextCode(areas: readonly Area[], around: string): string {
  const digits = digitsBelow(around);
  const own = areas
    .filter(({ code }) => code.length === around.length + digits && code.startsWith(around))
    .map(({ code }) => Number(code.slice(around.length)));
  return around + String(Math.max(0, ...own) + 1).padStart(digits, '0');
}
