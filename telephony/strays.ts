import type { Exchange } from './exchange.ts';
import { isTalkBridge } from './talk.ts';

/**
 * Hangs up channels nobody owns; bridges of talks nobody has taken up again go with them. Never
 * rejects: what is refused, or not answered, must not keep everybody else waiting for a server, and
 * the next audit looks again.
 */
export async function hangUpStrays(
  { link, log }: Exchange,
  talks: ReadonlySet<string>,
  channelIds: readonly string[],
): Promise<void> {
  const orphans = async () => {
    const bridges = await link.listBridges();
    const left = bridges.filter((id) => isTalkBridge(id) && !talks.has(id));
    await Promise.all(left.map((id) => link.destroyBridge(id)));
  };
  const done = await Promise.allSettled([...channelIds.map((id) => link.hangUp(id)), orphans()]);
  for (const one of done)
    if (one.status === 'rejected') log.error({ err: one.reason }, 'a stray is left');
}
