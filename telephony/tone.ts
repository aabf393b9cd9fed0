import type { Leg } from '../src/calls/ports.ts';
import { sleep } from '../src/kit/abort.ts';
import { newId } from '../src/kit/ids.ts';
import type { Exchange } from './exchange.ts';

/** By their names in `indications.conf`; how long each is played at most. */
const tones = {
  answer: { media: 'tone:callwaiting', lastsMs: 400 },
  'ring-back': { media: 'tone:ring', lastsMs: 120_000 },
} as const;

/** Plays a tone to a phone that is in no talk; see `Telephony.playTone`. */
export async function playTone(
  { link, clock, log }: Exchange,
  leg: Leg,
  tone: keyof typeof tones,
  signal: AbortSignal,
): Promise<void> {
  const { media, lastsMs } = tones[tone];
  const over = AbortSignal.any([signal, leg.gone]);
  if (over.aborted) return;
  const playbackId = newId();
  try {
    await link.play(leg.legId, playbackId, media);
    await sleep(clock, lastsMs, over).catch(() => {});
    if (!leg.gone.aborted) await link.stopPlayback(playbackId);
  } catch (err) {
    if (!leg.gone.aborted) log.warn({ err, legId: leg.legId }, 'a tone could not be played');
  }
}
