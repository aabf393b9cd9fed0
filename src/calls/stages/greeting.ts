import { type House, isOpenNow } from '../house.ts';
import type { LiveCall } from '../live-call.ts';
import type { Next } from '../stage.ts';
import { askKey } from './ask.ts';
import { choose } from './choose.ts';
import { enterQueue } from './enter-queue.ts';
import { turnedAway } from './entry-closed.ts';

/**
 * The entry's greeting with the recording notice; keys work while it plays. A direct entry then
 * goes to a person (GB/T 33358-2016 advises against menus), a menu entry to its menu.
 */
export async function greeting(call: LiveCall, house: House): Promise<Next> {
  const { entry } = call;
  await call.line.answer();
  if (entry.onClosed.do !== 'wait' && !isOpenNow(house, entry.hours)) {
    return turnedAway(call, house, entry.queue, entry.onClosed);
  }
  const key = await askKey(call, entry.greeting, 0);
  if (entry.mode === 'menu' && entry.menu !== null) {
    return { name: 'menu', menuId: entry.menu, path: entry.menu, repeats: 0, typed: key ?? null };
  }
  const chosen = key === undefined ? undefined : entry.keys[key];
  if (key === undefined || !chosen) return enterQueue(call, house, entry.queue);
  return choose(call, house, { key, chosen, path: entry.id, person: entry.queue });
}
