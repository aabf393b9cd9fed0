import { dueBulletins } from '../bulletins.ts';
import { farthestBackMs, lastAgentOf, privilegeOf } from '../caller-rules.ts';
import { type House, queueConfig } from '../house.ts';
import type { LiveCall } from '../live-call.ts';
import type { Next, Wait } from '../stage.ts';

/** Who waited this long in the exchange for a server to be there keeps the true time of arrival. */
const WAITED_MS = 1_000;

/** How a caller came to a queue. */
interface Way {
  /** Of the choice; otherwise the entry's. */
  priority?: number | undefined;
  /** The caller chose a subject by key: no rule leads them elsewhere. */
  hasChosen?: boolean;
  /** The path of the choice, e.g. `main/7`. */
  choice?: string;
}

/**
 * A new claim to be served, from now on: the place the published rule gives, with what the rules for
 * known callers add to it, and the agent of the last call if that was a short time ago.
 */
export function enterQueue(
  call: LiveCall,
  house: House,
  queueId: string,
  { priority = call.entry.priority, hasChosen = false, choice }: Way = {},
): Next {
  const { callId, line, language } = call;
  const now = house.clock.now();
  const { callers } = house.hotline();
  const since = now - farthestBackMs(callers);
  const earlier = since < now ? house.callHistory(line.callerNumber, since, callId) : [];
  const attributes = house.knownCaller(line.callerNumber)?.attributes ?? [];
  const given = privilegeOf(callers.rules, { attributes, language, earlier, now });
  const lastAgentId = lastAgentOf(callers, { earlier, now });
  const to = hasChosen ? queueId : (given.queueId ?? queueId);
  if (given.applied.length > 0) {
    const moved = to !== queueId;
    const rules = given.applied;
    house.record({ kind: 'call.rules-applied', at: now, callId, queueId: to, rules, moved });
  }
  // Whom a death of the exchange cut off, and who calls again, has the place from before.
  const placeBefore = house.placeBefore(line.callerNumber, callId);
  const wait: Wait = {
    queueId: to,
    priority: priority + (queueConfig(house, to)?.priority ?? 0) + given.steps,
    arrivedAt: Math.min(
      call.waitedForServerMs >= WAITED_MS ? line.arrivedAt : now - call.waitedForServerMs,
      placeBefore ?? Number.POSITIVE_INFINITY,
    ),
    hops: 0,
    after: null,
    ...(lastAgentId !== null && { lastAgentId }),
  };
  const way = { entryId: call.entry.id, queueId: to, choice };
  const bulletins = dueBulletins(house.bulletins(), way, now);
  return bulletins.length === 0
    ? { name: 'waiting', ...wait }
    : { name: 'bulletin', bulletins, wait, ...(placeBefore !== null && { keepsPlace: true }) };
}
