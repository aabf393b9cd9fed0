import type { QueueConfig } from '../../../config/hotline.ts';
import type { Place } from '../../acd/types.ts';
import { sleep } from '../../kit/abort.ts';
import { type House, queueConfig } from '../house.ts';
import type { LiveCall } from '../live-call.ts';
import type { Wait } from '../stage.ts';

/** The largest number that is spoken; beyond it the caller hears "more than". */
const NUMBER_MAX = 60;
const MINUTE_MS = 60_000;
/** The key is listened for again after this long, for as long as the caller waits. */
const KEY_WAIT_MS = 600_000;

/** What could not be said or played is tried again after this long. */
const TRY_AGAIN_MS = 5_000;

/**
 * Music, and at the queue's interval how many callers are ahead and how long it may take, until the
 * signal aborts; once, the offer to be called back. Never rejects: a caller is not lost over an
 * announcement, nor left in silence over one.
 */
export async function announcePlace(
  call: LiveCall,
  house: House,
  wait: Wait,
  signal: AbortSignal,
): Promise<void> {
  // Back from a phone that rang in vain: the offer still stands.
  if (call.isOffered && wait.after === null) void listenForKey(call, signal);
  for (let isMore = true; isMore && !signal.aborted; ) {
    try {
      isMore = await announceNext(call, house, wait, signal);
    } catch (error) {
      if (signal.aborted) return;
      house.log.warn({ err: error, callId: call.callId }, 'place not announced');
      await sleep(house.clock, TRY_AGAIN_MS, signal).catch(() => {});
    }
  }
}

/** Music until the next announcement, and that. @returns is there another one to come? */
async function announceNext(
  call: LiveCall,
  house: House,
  wait: Wait,
  signal: AbortSignal,
): Promise<boolean> {
  const { clock, dispatcher } = house;
  await call.line.startMusic();
  const place = dispatcher.engine.place(call.callId);
  const queue = queueConfig(house, place?.queueId ?? '');
  const everyMs = queue?.announceEveryMs ?? 0;
  const offerInMs = offerIn(call, house, wait, queue);
  if (offerInMs !== null && (everyMs === 0 || offerInMs <= everyMs)) {
    await sleep(clock, offerInMs, signal);
    await offer(call, signal);
    return true;
  }
  if (everyMs === 0) return false;
  await sleep(clock, everyMs, signal);
  const now = dispatcher.engine.place(call.callId);
  if (now) await call.line.say(call.language, placePrompts(now), signal);
  return true;
}

/** In how long the caller is offered to be called back; null for never. */
function offerIn(
  call: LiveCall,
  { callBacks, clock }: House,
  { arrivedAt, after }: Wait,
  queue: QueueConfig | undefined,
): number | null {
  const afterMs = queue?.callBack.offerAfterMs ?? null;
  const { callerNumber } = call.line;
  // Whoever has spoken with somebody is being helped already.
  if (afterMs === null || call.isOffered || after !== null) return null;
  if (callerNumber === '' || !callBacks.canReach(callerNumber)) return null;
  return Math.max(0, arrivedAt + afterMs - clock.now());
}

async function offer(call: LiveCall, signal: AbortSignal): Promise<void> {
  call.isOffered = true;
  call.line.forgetKeys();
  void listenForKey(call, signal);
  await call.line.say(call.language, ['call-back-offer'], signal);
}

/** From the offer on the key counts, also while the offer plays. */
async function listenForKey(call: LiveCall, signal: AbortSignal): Promise<void> {
  try {
    for (;;) {
      const key = await call.line.nextKey(KEY_WAIT_MS, signal);
      if (key === '1') return call.news.put({ kind: 'call-back-wanted' });
    }
  } catch {
    // A seat was found, or the caller has left.
  }
}

/** The prompts that say where a caller stands. */
function placePrompts({ ahead, expectedWaitMs }: Place): string[] {
  const where =
    ahead === 0
      ? ['wait-next']
      : ahead > NUMBER_MAX
        ? ['wait-many']
        : ['wait-ahead', `number-${ahead}`, 'wait-callers'];
  return [...where, ...expectedPrompts(expectedWaitMs), 'wait-thanks'];
}

function expectedPrompts(expectedWaitMs: number | null): string[] {
  if (expectedWaitMs === null) return [];
  const minutes = Math.ceil(expectedWaitMs / MINUTE_MS);
  if (minutes <= 1) return ['wait-under-a-minute'];
  if (minutes > NUMBER_MAX) return ['wait-over-an-hour'];
  return ['wait-about', `number-${minutes}`, 'wait-minutes'];
}
