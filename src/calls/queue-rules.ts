import type { QueueConfig } from '../../config/hotline.ts';
import type { QueueRules } from '../acd/types.ts';

/** What the engine must know of a configured queue. "Wait" as an outcome means: there is no limit. */
export function queueRules(queue: QueueConfig): QueueRules {
  return {
    id: queue.id,
    ringTimeoutMs: queue.ringTimeoutMs,
    wrapUpMs: queue.wrapUpMs,
    maxWaitMs: queue.onTooLong.do === 'wait' ? null : queue.maxWaitMs,
    maxWaiting: queue.onFull.do === 'wait' ? null : queue.maxWaiting,
    letInWhenNobody: queue.onNobody.do === 'wait',
    strategy: queue.strategy,
    widening: queue.widening,
  };
}
