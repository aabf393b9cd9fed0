import type { House } from '../house.ts';
import type { LiveCall } from '../live-call.ts';
import type { Next, Stage } from '../stage.ts';
import { askKey } from './ask.ts';
import { choose } from './choose.ts';
import { enterQueue } from './enter-queue.ts';

/** How often a menu is said again on *, before a person answers after all. */
const REPEATS_MAX = 3;

/** One menu: a key leads on, * repeats, and 0, silence or nonsense lead to a person. */
export async function menu(
  call: LiveCall,
  house: House,
  stage: Extract<Stage, { name: 'menu' }>,
): Promise<Next> {
  const config = house.hotline().menus.find(({ id }) => id === stage.menuId);
  if (!config) return enterQueue(call, house, call.entry.queue);
  const key = stage.typed ?? (await askKey(call, [config.prompt], config.timeoutMs));
  if (key === '*' && stage.repeats < REPEATS_MAX) {
    return { ...stage, repeats: stage.repeats + 1, typed: null };
  }
  const chosen = key === undefined ? undefined : config.keys[key];
  if (key === undefined || !chosen) {
    // Whoever came as far as a second menu has chosen a subject.
    const hasChosen = stage.path !== call.entry.menu;
    return enterQueue(call, house, config.queue, { hasChosen, choice: stage.path });
  }
  return choose(call, house, { key, chosen, path: stage.path, person: config.queue });
}
