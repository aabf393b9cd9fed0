import type { EndingSlug } from '../ending.ts';
import type { Order, RelayedCall } from '../order-rules/order.ts';

/** How a call between a unit's officer and a citizen stands, by its own record. */
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

/** The unit's last call in which officer and citizen spoke: the proof that they were in contact. */
export function evidenceOf({ relays }: Order, callOf: CallFinder): { relay?: RelayedCall } {
  for (const { callId } of relays.toReversed()) {
    const call = callOf(callId);
    if (call === null || call.connectedAt === null) continue;
    return { relay: { callId, ...(call.talkMs !== null && { talkMs: call.talkMs }) } };
  }
  return {};
}
