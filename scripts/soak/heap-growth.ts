import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** The parts of a heap snapshot that are counted (V8's format, as DevTools reads it). */
const snapshotShape = z.object({
  snapshot: z.object({
    meta: z.object({ node_fields: z.array(z.string()), node_types: z.array(z.unknown()) }),
  }),
  nodes: z.array(z.number()),
  strings: z.array(z.string()),
});

interface Kind {
  count: number;
  bytes: number;
  /** Ours, and not V8's: compiled code and the tables beside it grow until everything has run often enough. */
  isObject: boolean;
}

/** How much there is of everything on a heap, by type and constructor. */
export type Heap = ReadonlyMap<string, Kind>;

const ofV8: ReadonlySet<string> = new Set(['code', 'hidden', 'object shape', 'synthetic']);

/** Reads what was written down of a heap. */
export function heapIn(file: string): Heap {
  return kindsOf(JSON.parse(readFileSync(file, 'utf8')));
}

/** The same of a snapshot that was read. */
export function kindsOf(snapshot: unknown): Heap {
  const { snapshot: about, nodes, strings } = snapshotShape.parse(snapshot);
  const { node_fields: fields, node_types: types } = about.meta;
  const typeNames = z.array(z.string()).parse(types[0]);
  const [type, name, size] = ['type', 'name', 'self_size'].map((each) => fields.indexOf(each));
  const kinds = new Map<string, Kind>();
  for (let at = 0; at < nodes.length; at += fields.length) {
    const of = (field = 0) => nodes[at + field] ?? 0;
    const typeName = typeNames[of(type)] ?? '';
    // What is said in a text is nobody's kind.
    const isNamed = !typeName.endsWith('string') && typeName !== 'number';
    const key = isNamed ? `${typeName} ${strings[of(name)]?.slice(0, 60)}` : typeName;
    const kind = kinds.get(key) ?? { count: 0, bytes: 0, isObject: !ofV8.has(typeName) };
    kind.count += 1;
    kind.bytes += of(size);
    kinds.set(key, kind);
  }
  return kinds;
}

/** All that is not V8's own. */
export function objectsOn(heap: Heap): { count: number; bytes: number } {
  const objects = [...heap.values()].filter(({ isObject }) => isObject);
  const sum = (what: 'count' | 'bytes') => objects.reduce((all, kind) => all + kind[what], 0);
  return { count: sum('count'), bytes: sum('bytes') };
}

/** What grew from one heap to the other, the most first: one line for each kind. */
export function growthOf(before: Heap, after: Heap, rows = 30): string[] {
  const grown = (key: string) => (after.get(key)?.bytes ?? 0) - (before.get(key)?.bytes ?? 0);
  return [...after.keys()]
    .filter((key) => grown(key) > 0)
    .toSorted((a, b) => grown(b) - grown(a))
    .slice(0, rows)
    .map((key) => {
      const [then, now] = [before.get(key)?.count ?? 0, after.get(key)?.count ?? 0];
      return `${String(grown(key)).padStart(10)} bytes  ${then} → ${now}  ${key}`;
    });
}
