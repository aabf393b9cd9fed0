import type { Choice } from '../../../config/hotline.ts';
import type { House } from '../house.ts';
import type { LiveCall } from '../live-call.ts';
import type { Key } from '../ports.ts';
import type { Next } from '../stage.ts';
import { enterQueue } from './enter-queue.ts';

interface Chosen {
  key: Key;
  chosen: Choice;
  /** The way through the menus so far, e.g. `main`. */
  path: string;
  /** The queue of a person when the choice itself names none. */
  person: string;
}

/** Follows a choice: into a queue, to another menu, or on in another language. */
export function choose(call: LiveCall, house: House, { key, chosen, path, person }: Chosen): Next {
  const { callId, entry } = call;
  const at = house.clock.now();
  const choice = `${path}/${key}`;
  if ('language' in chosen) {
    call.language = chosen.language;
    house.record({ kind: 'call.language', at, callId, language: chosen.language });
    if (entry.mode === 'direct' || entry.menu === null) return enterQueue(call, house, person);
    return { name: 'menu', menuId: entry.menu, path: entry.menu, repeats: 0, typed: null };
  }
  house.record({ kind: 'call.choice', at, callId, key, choice });
  if ('service' in chosen) return { name: 'progress', queueId: person, tries: 0 };
  if ('menu' in chosen) {
    return { name: 'menu', menuId: chosen.menu, path: choice, repeats: 0, typed: null };
  }
  const { queue, priority } = chosen;
  return enterQueue(call, house, queue, { priority, choice, hasChosen: true });
}
