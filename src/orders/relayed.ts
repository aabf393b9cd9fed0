import type { EndingSlug } from '../ending.ts';
import type { Act } from '../order-rules/decide.ts';
import type { Order, RelayedCall } from '../order-rules/order.ts';

/** How a call to the citizen, of a unit's officer or a visitor, stands by its own record. */
export interface RelayCall {
  /** Where it stands; null once it has ended. */
  readonly stage: string | null;
  readonly ending: EndingSlug | null;
  /** When the two were joined; null when they have not spoken. */
  readonly connectedAt: number | null;
  readonly talkMs: number | null;
}

/** Null for a call that was never placed. */
export type CallFinder = (callId: string) => RelayCall | null;

/** What is said to have been learned from the caller: a call in which they spoke proves it. */
const proven: ReadonlySet<string> = new Set(['contact', 'close', 'ask-rework', 'merged-visit']);

/**
 * The call that proves an act: the last in which they spoke to the caller; of a visit in vain, the one
 * that was made for it.
 */
export function evidenceOf(
  what: Act['do'],
  { relays, visitTries }: Order,
  callOf: CallFinder,
): { relay?: RelayedCall } {
  const last = relays.at(-1);
  if (what === 'visit-try' && last && last.at > (visitTries.at(-1)?.at ?? 0)) {
    return { relay: { callId: last.callId } };
  }
  if (!proven.has(what)) return {};
  for (const { callId } of relays.toReversed()) {
    const call = callOf(callId);
    if (call === null || call.connectedAt === null) continue;
    return { relay: { callId, ...(call.talkMs !== null && { talkMs: call.talkMs }) } };
  }
  return {};
}
