import type { Outcome } from '../../../config/hotline.ts';
import type { House } from '../house.ts';
import type { LiveCall } from '../live-call.ts';
import type { Next } from '../stage.ts';
import { enterQueue } from './enter-queue.ts';

/** Nobody is there on this entry now: the outcome configured with it. `queueId` is the entry's. */
export function turnedAway(call: LiveCall, house: House, queueId: string, outcome: Outcome): Next {
  if (outcome.do === 'queue') return enterQueue(call, house, outcome.queue, { hasChosen: true });
  const { callId } = call;
  const at = house.clock.now();
  house.record({ kind: 'call.turned-away', at, callId, queueId, why: 'closed' });
  if (outcome.do === 'message') {
    return { name: 'message', promptId: outcome.prompt, ending: 'queue-closed' };
  }
  const wait = { queueId, priority: call.entry.priority, arrivedAt: at, hops: 0, after: null };
  return { name: 'call-back', wait, ending: 'queue-closed' };
}
