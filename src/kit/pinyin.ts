import { createRequire } from 'node:module';

type Library = typeof import('pinyin-pro');

const load = createRequire(import.meta.url);
let library: Library | undefined;

/** Loaded when it is wanted first: callers would wait for its dictionary at every start. */
export function pinyinLibrary(): Library {
  library ??= load('pinyin-pro') as Library;
  return library;
}

const known = new Map<string, string>();

/** How people type a Chinese name on a keyboard: `王敏` gives `wangmin wm`. Other text stays as it is. */
export function pinyinOf(name: string): string {
  let found = known.get(name);
  if (found === undefined) {
    const options = { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true } as const;
    const syllables = pinyinLibrary().pinyin(name, { ...options, mode: 'surname' });
    found =
      `${syllables.join('')} ${syllables.map((one) => one.slice(0, 1)).join('')}`.toLowerCase();
    known.set(name, found);
  }
  return found;
}
