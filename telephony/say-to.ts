import type { Language, OutsideLeg } from '../src/calls/ports.ts';
import { waitOrAbort } from '../src/kit/abort.ts';
import { newId } from '../src/kit/ids.ts';
import type { Exchange } from './exchange.ts';
import { askNowAndThen } from './playback-watch.ts';

/** Plays prompts to somebody outside who is in no talk yet; see `Telephony.sayTo`. */
export async function sayTo(
  exchange: Exchange,
  leg: OutsideLeg,
  language: Language,
  promptIds: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const over = AbortSignal.any([signal, leg.gone]);
  for (const promptId of promptIds) {
    const media = await exchange.prompts.find(language, promptId);
    if (over.aborted) return;
    if (media !== undefined) await play(exchange, leg, media, over);
  }
}

async function play(
  exchange: Exchange,
  { legId, gone }: OutsideLeg,
  media: string,
  over: AbortSignal,
): Promise<void> {
  const { link, playbacks, log } = exchange;
  const playbackId = newId();
  const ended = playbacks.expect(playbackId);
  const done = new AbortController();
  void askNowAndThen(exchange, playbackId, done.signal);
  try {
    await link.play(legId, playbackId, media);
    const { failed } = await waitOrAbort(ended, over);
    if (failed && !over.aborted)
      log.error({ legId }, 'a prompt could not be played and is skipped');
  } catch (err) {
    // Whoever stays is not kept in a prompt that nobody waits for.
    if (!gone.aborted) await link.stopPlayback(playbackId).catch(() => {});
    if (!over.aborted) log.warn({ err, legId }, 'a prompt could not be played and is skipped');
  } finally {
    done.abort();
    playbacks.forget(playbackId);
  }
}
