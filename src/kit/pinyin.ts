import { pinyin } from 'pinyin-pro';

const known = new Map<string, string>();

/** How people type a Chinese name on a keyboard: `王敏` gives `wangmin wm`. Other text stays as it is. */
export function pinyinOf(name: string): string {
  let found = known.get(name);
  if (found === undefined) {
    const options = { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true } as const;
    const syllables = pinyin(name, { ...options, mode: 'surname' });
    found =
      `${syllables.join('')} ${syllables.map((one) => one.slice(0, 1)).join('')}`.toLowerCase();
    known.set(name, found);
  }
  return found;
}
