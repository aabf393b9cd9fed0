import type { CallBack } from '../../src/calls/schema.ts';
import { endings } from '../../src/ending.ts';
import { stored } from './calls.ts';
import { demoNow } from './demo-clock.ts';

/** Who is to be called back. */
export const callBacks: CallBack[] = stored
  .filter(
    (call) =>
      endings[call.ending ?? 'error'].class === 'turned-away' ||
      call.ending === 'call-back-requested',
  )
  .map((call, at) => ({
    callId: call.id,
    callerMasked: call.callerMasked,
    queueId: call.queueId ?? 'general',
    language: call.language,
    requestedAt: call.endedAt ?? call.arrivedAt,
    isMissed: call.ending !== 'call-back-requested',
    backId: null,
    ...stateOfCallBack(at, call.endedAt ?? call.arrivedAt),
  }));

/** One of each kind first, then those that are done. */
function stateOfCallBack(at: number, since: number) {
  const open = { attempts: 0, nextAt: null, lastFailure: null, doneAt: null, doneBy: null };
  const nextAt = demoNow() + 214_000;
  const kinds = [
    { ...open, state: 'dialling' as const },
    { ...open, state: 'waiting' as const },
    { ...open, state: 'paused' as const, attempts: 1, lastFailure: 'busy', nextAt },
    { ...open, state: 'waiting' as const, attempts: 2, lastFailure: 'no-answer' },
    { ...open, state: 'failed' as const, attempts: 3, lastFailure: 'no-answer' },
    { ...open, state: 'listed' as const },
  ];
  const over = ['reached', 'called-again', 'done', 'cancelled'] as const;
  const doneAt = since + 1_900_000;
  const done = { ...open, state: over[at % over.length] ?? 'done', doneAt, doneBy: null };
  return kinds[at] ?? done;
}
