import type { Hotline } from '../../config/hotline.ts';
import type { Place } from '../acd/types.ts';
import { maskNumber } from '../kit/mask.ts';
import type { WaitingCaller } from './schema.ts';

/** A live call, as far as its waiting is concerned. */
export interface LiveCall {
  id: string;
  caller: string;
  priority: number;
  stage: string | null;
  talkEndedAt: number | null;
}

interface WaitingSources {
  liveCalls(): readonly LiveCall[];
  place(callId: string): Place | null;
  hotline(): Hotline;
  /** Did a leader give this call its priority? */
  isRaised(callId: string): boolean;
}

/** More are not listed: nobody reads them. */
const ROWS_MAX = 200;

/** Who waits, in the order of the places; of one queue, or of all. */
export function createWaitingList({ liveCalls, place, hotline, isRaised }: WaitingSources) {
  return (queueId: string | undefined): WaitingCaller[] => {
    const placed = liveCalls().flatMap((call) => {
      const at = place(call.id);
      return at && (queueId === undefined || at.queueId === queueId) ? [{ call, at }] : [];
    });
    const first = placed
      .toSorted((a, b) => a.at.ahead - b.at.ahead || a.at.enteredAt - b.at.enteredAt)
      .slice(0, ROWS_MAX);
    return first.map(({ call, at }) => ({
      callId: call.id,
      queueId: at.queueId,
      place: at.ahead + 1,
      enteredAt: at.enteredAt,
      callerMasked: maskNumber(call.caller),
      priority: call.priority,
      isRinging: call.stage === 'ringing',
      reason: isRaised(call.id) ? 'leader' : reasonOf(call, at.queueId, hotline()),
    }));
  };
}

function reasonOf(call: LiveCall, queueId: string, hotline: Hotline): WaitingCaller['reason'] {
  if (call.talkEndedAt !== null) return 'after-transfer';
  if (call.priority === 0) return 'arrival';
  const ofQueue = hotline.queues.find(({ id }) => id === queueId)?.priority ?? 0;
  return call.priority > ofQueue ? 'entry' : 'queue';
}
