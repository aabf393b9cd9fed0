import { sleep, waitOrAbort } from '../src/kit/abort.ts';
import type { Exchange } from './exchange.ts';

const pauseMs = 200;

/**
 * Does something that may be done twice, and once more when it has failed: an answer that is refused or
 * lost once must not part two who talk. Not when `gone` aborts, that is when somebody has left: then
 * rejects with its reason.
 */
export async function onceMore(
  { clock, settled }: Pick<Exchange, 'clock' | 'settled'>,
  gone: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch {
    await waitOrAbort(settled(), gone);
    // Asterisk may refuse a channel a moment before it says that it is gone.
    await sleep(clock, pauseMs, gone);
    await work();
  }
}
