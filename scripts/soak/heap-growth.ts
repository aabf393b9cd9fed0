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
}

/** How much there is of everything on a heap, by type and constructor. */
export function kindsOf(snapshot: unknown): Map<string, Kind> {
  const { snapshot: about, nodes, strings } = snapshotShape.parse(snapshot);
  const { node_fields: fields, node_types: types } = about.meta;
  const typeNames = z.array(z.string()).parse(types[0]);
  const [type, name, size] = ['type', 'name', 'self_size'].map((each) => fields.indexOf(each));
  const kinds = new Map<string, Kind>();
  for (let at = 0; at < nodes.length; at += fields.length) {
    const of = (field = 0) => nodes[at + field] ?? 0;
    const typeName = typeNames[of(type)] ?? '';
    // What is said in a text is nobody's kind.
    const isNamed = typeName !== 'string' && typeName !== 'number';
    const key = isNamed ? `${typeName} ${strings[of(name)]?.slice(0, 60)}` : typeName;
    const kind = kinds.get(key) ?? { count: 0, bytes: 0 };
    kind.count += 1;
    kind.bytes += of(size);
    kinds.set(key, kind);
  }
  return kinds;
}

/** What grew from each heap to the next, the most first: one line for each kind. */
export function growthOf(heaps: readonly Map<string, Kind>[], rows = 40): string[] {
  const [first, last] = [heaps.at(0) ?? new Map(), heaps.at(-1) ?? new Map()];
  const bytesIn = (heap: Map<string, Kind>, key: string) => heap.get(key)?.bytes ?? 0;
  return [...last.keys()]
    .filter((key) =>
      heaps.every((heap, n) => n === 0 || bytesIn(heap, key) > bytesIn(heaps[n - 1] ?? heap, key)),
    )
    .toSorted((a, b) => bytesIn(last, b) - bytesIn(first, b) - bytesIn(last, a) + bytesIn(first, a))
    .slice(0, rows)
    .map((key) => {
      const counts = heaps.map((heap) => heap.get(key)?.count ?? 0);
      const grown = bytesIn(last, key) - bytesIn(first, key);
      return `${String(grown).padStart(10)} bytes  ${counts.join(' → ')}  ${key}`;
    });
}

/** The same of snapshots in files. */
export function growthBetween(files: readonly string[]): string[] {
  return growthOf(files.map((file) => kindsOf(JSON.parse(readFileSync(file, 'utf8')))));
}
