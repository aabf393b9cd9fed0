import { sleep } from '../src/kit/abort.ts';
import type { Exchange } from './exchange.ts';

/** After this long, and again, Asterisk is asked whether a prompt still plays. */
const promptCheckMs = 3_000;

/**
 * The end of a prompt is sometimes not told (seen on 22.10.1 when a prompt met the end of a bridge);
 * that must not hold the caller for ever. Runs until `stop` aborts.
 */
export async function askNowAndThen(
  { link, playbacks, clock, log }: Exchange,
  playbackId: string,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    await sleep(clock, promptCheckMs, stop).catch(() => {});
    if (stop.aborted) return;
    try {
      if (!(await link.isPlaying(playbackId))) playbacks.over(playbackId, true);
    } catch (error) {
      log.warn({ err: error }, 'cannot learn whether a prompt still plays');
    }
  }
}
