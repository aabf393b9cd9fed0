import { type Catalogue, type Matter, pointOf } from './catalogue.ts';

interface Index {
  readonly matters: ReadonlyMap<string, Matter>;
  readonly areas: ReadonlyMap<string, string>;
}

/** A version of a catalogue stays one object for as long as it is in use. */
const indexes = new WeakMap<Catalogue, Index>();

/** Digits of an area's code down to district, street, community (GB/T 2260 and its continuation). */
const levels = [6, 9, 12] as const;

/**
 * A matter from its group down, with the request point where that says more: `交通出行 / 信号灯故障`.
 * A code the catalogue does not know stays a code.
 */
export function matterPath(city: Catalogue, code: string, pointCode: string | null = null): string {
  const matter = indexOf(city).matters.get(code);
  if (!matter) return code;
  const point = pointOf(city, code, pointCode)?.name ?? matter.name;
  const names = [matter.group, matter.name, point];
  return [...new Set(names)].join(' / ');
}

/** An area from its district down: `天河区 / 兴华街道`. The city itself goes without saying. */
export function areaPath(city: Catalogue, code: string): string {
  const { areas } = indexOf(city);
  const around = levels.flatMap((length) =>
    code.length < length ? [] : (areas.get(code.slice(0, length)) ?? []),
  );
  return around.join(' / ') || (areas.get(code) ?? code);
}

function indexOf(city: Catalogue): Index {
  const known = indexes.get(city);
  if (known) return known;
  const index = {
    matters: new Map(city.matters.map((matter) => [matter.code, matter])),
    areas: new Map(city.areas.map(({ code, name }) => [code, name])),
  };
  indexes.set(city, index);
  return index;
}
