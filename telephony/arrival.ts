import type { AriChannel } from './ari-events.ts';

/** An event that is no later than this was held up on the way: the server had stalled, the connection was gone. */
const heldUpMaxMs = 120_000;

/**
 * When the caller reached Asterisk, by Asterisk's own clock. If that clock has been set since ours
 * was read, which shows in an event from the future or long ago: so long before now as Asterisk has
 * counted. Of an adopted channel we have not heard when it came to us: then its own word, unless it
 * is unreadable or in the future.
 */
export function arrivalOf(
  { creationtime }: AriChannel,
  enteredAt: string | null,
  now: number,
): number {
  const made = Date.parse(creationtime);
  const entered = enteredAt === null ? now : Date.parse(enteredAt);
  const isSameClock = entered <= now && now - entered <= heldUpMaxMs;
  const waitedMs = Math.max(0, (isSameClock ? now : entered) - made);
  return Number.isNaN(waitedMs) ? now : now - waitedMs;
}
