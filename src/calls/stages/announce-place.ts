import type { Place } from '../../acd/types.ts';
import { sleep } from '../../kit/abort.ts';
import { type House, queueConfig } from '../house.ts';
import type { LiveCall } from '../live-call.ts';

/** The largest number that is spoken; beyond it the caller hears "more than". */
const NUMBER_MAX = 60;
const MINUTE_MS = 60_000;

/**
 * Music, and at the queue's interval how many callers are ahead and how long it may take, until the
 * signal aborts. Never rejects: a caller is not lost over an announcement.
 */
export async function announcePlace(
  call: LiveCall,
  house: House,
  signal: AbortSignal,
): Promise<void> {
  try {
    for (;;) {
      await call.line.startMusic();
      const place = house.dispatcher.engine.place(call.callId);
      const everyMs = queueConfig(house, place?.queueId ?? '')?.announceEveryMs ?? 0;
      if (everyMs === 0) return;
      await sleep(house.clock, everyMs, signal);
      const now = house.dispatcher.engine.place(call.callId);
      if (now) await call.line.say(call.language, placePrompts(now), signal);
    }
  } catch (error) {
    if (!signal.aborted) house.log.warn({ err: error, callId: call.callId }, 'place not announced');
  }
}

/** The prompts that say where a caller stands. */
export function placePrompts({ ahead, expectedWaitMs }: Place): string[] {
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
