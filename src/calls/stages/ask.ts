import type { LiveCall } from '../live-call.ts';
import type { Key } from '../ports.ts';

/** Longer than any prompt; a listening that is always ended by the prompt's own end. */
const LONGEST_PROMPT_MS = 600_000;

/**
 * Plays prompts and waits for one key. A key stops the prompt at once; silence lasts `timeoutMs`
 * after the prompt's end (0 = do not wait). Undefined means no key. Rejects with the reason of `stop`.
 */
export async function askKey(
  call: LiveCall,
  promptIds: readonly string[],
  timeoutMs: number,
  stop?: AbortSignal,
): Promise<Key | undefined> {
  const { line } = call;
  const over = stop ? AbortSignal.any([stop, line.gone]) : line.gone;
  const pressed = new AbortController();
  const spoken = new AbortController();
  const keyMeanwhile = line
    .nextKey(LONGEST_PROMPT_MS, AbortSignal.any([spoken.signal, over]))
    .then((key) => {
      pressed.abort();
      return key;
    })
    .catch(() => undefined);
  try {
    await line.say(call.language, promptIds, AbortSignal.any([pressed.signal, over]));
  } catch (error) {
    if (!pressed.signal.aborted) throw error;
  } finally {
    spoken.abort();
  }
  const early = await keyMeanwhile;
  over.throwIfAborted();
  if (early !== undefined || timeoutMs === 0) return early;
  return line.nextKey(timeoutMs, over);
}

/** Plays prompts to their end, or until the caller leaves. */
export function say(call: LiveCall, ...promptIds: string[]): Promise<void> {
  return call.line.say(call.language, promptIds, call.line.gone);
}
