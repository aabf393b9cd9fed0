import type { CallBack } from '../../src/calls/schema.ts';
import { endings } from '../../src/ending.ts';
import { stored } from './calls.ts';
import { demoNow } from './demo-clock.ts';

/** The call in which somebody was called back. */
const someBack = stored.find((call) => call.callBackOf !== null)?.id ?? null;

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

const settledAs = { done: 'done', cancel: 'cancelled' } as const;

/** What a leader does for one of them; undefined when nobody of that id is to be called back. */
export function actOnCallBack(callId: string, verb: 'now' | 'done' | 'cancel') {
  const found = callBacks.find((row) => row.callId === callId && row.doneAt === null);
  if (!found) return undefined;
  if (verb === 'now') return Object.assign(found, { state: 'waiting', nextAt: null });
  return Object.assign(found, { state: settledAs[verb], doneAt: demoNow(), doneBy: 'p-2' });
}

/** One of each kind first, then those that are done. */
function stateOfCallBack(at: number, since: number) {
  const open = { attempts: 0, nextAt: null, lastFailure: null, doneAt: null, doneBy: null };
  const backId = someBack;
  const nextAt = demoNow() + 214_000;
  const kinds = [
    { ...open, state: 'dialling' as const, backId },
    { ...open, state: 'waiting' as const, backId },
    { ...open, state: 'paused' as const, backId, attempts: 1, lastFailure: 'busy', nextAt },
    { ...open, state: 'waiting' as const, backId, attempts: 2, lastFailure: 'no-answer' },
    { ...open, state: 'failed' as const, backId, attempts: 3, lastFailure: 'no-answer' },
    { ...open, state: 'listed' as const },
  ];
  const over = ['reached', 'called-again', 'done', 'cancelled'] as const;
  const doneAt = since + 1_900_000;
  const state = over[at % over.length] ?? 'done';
  const doneBy = state === 'done' || state === 'cancelled' ? 'p-2' : null;
  const done = { ...open, state, doneAt, doneBy, backId: state === 'reached' ? backId : null };
  return kinds[at] ?? done;
}
