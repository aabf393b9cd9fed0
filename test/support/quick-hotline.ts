import type { Hotline } from '../../config/hotline.ts';

/**
 * The example city with short waits, so that tests need not sit them out, and nothing that looks at
 * who calls: tests that are about that say so.
 */
export function quickHotline(example: Hotline): Hotline {
  const hotline = structuredClone(example);
  for (const queue of hotline.queues) {
    queue.wrapUpMs = 0;
    queue.announceEveryMs = 0;
  }
  for (const menu of hotline.menus) menu.timeoutMs = 2_000;
  hotline.rating.timeoutMs = 2_000;
  hotline.callers = { rules: [], lastAgentWithinMs: null };
  return hotline;
}

/** One queue of a hotline, to change it. */
export function queueOf(hotline: Hotline, id: string): Hotline['queues'][number] {
  const queue = hotline.queues.find((each) => each.id === id);
  if (!queue) throw new Error(`no queue ${id}`);
  return queue;
}
