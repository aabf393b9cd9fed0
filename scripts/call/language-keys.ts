import type { Hotline } from '../../config/hotline.ts';

/**
 * The keys that choose a language at an entry, the shortest way through its menus, or undefined
 * when the entry offers no such choice. None are needed when the entry speaks it anyway.
 */
export function keysForLanguage(
  hotline: Hotline,
  dialled: string,
  language: string,
): string | undefined {
  const entry = hotline.entries.find(({ numbers }) => numbers.includes(dialled));
  if (!entry) return undefined;
  if (entry.language === language) return '';
  const menus = new Map(hotline.menus.map((menu) => [menu.id, menu.keys]));
  const first = entry.mode === 'menu' ? menus.get(entry.menu ?? '') : entry.keys;
  const ways = [{ pressed: '', keys: first ?? {} }];
  for (const { pressed, keys } of ways) {
    for (const [key, choice] of Object.entries(keys)) {
      if ('language' in choice && choice.language === language) return pressed + key;
      // Two levels are the most there can be.
      if ('menu' in choice && pressed.length < 1) {
        ways.push({ pressed: pressed + key, keys: menus.get(choice.menu) ?? {} });
      }
    }
  }
  return undefined;
}
