import type { Hotline } from '../../../config/hotline.ts';

/**
 * What a caller chose, in words: `main/1/shop` becomes "消费维权 › 商家退款". A part that is a menu's
 * name is not shown, a key is shown by its label, anything unknown stays as it is.
 */
export function choiceWords(
  hotline: Hotline | undefined,
  path: string | null,
  lang: 'zh' | 'en',
): string {
  if (path === null || path === '') return '';
  const menus = new Map(hotline?.menus.map((menu) => [menu.id, menu.keys]));
  const entries = new Map(hotline?.entries.map((entry) => [entry.id, entry.keys]));
  const said: string[] = [];
  let keys: Record<string, { label: { zh: string; en: string } } | undefined> | undefined;
  for (const part of path.split('/')) {
    const choice = keys?.[part];
    const opened = menus.get(part) ?? entries.get(part);
    if (choice) {
      said.push(choice.label[lang]);
      if ('menu' in choice) keys = menus.get(String(choice.menu));
    } else if (opened) keys = opened;
    else said.push(part);
  }
  return said.join(' › ');
}
