import type { LiveCall } from '../live-call.ts';
import type { Key } from '../ports.ts';

/** Longer than any prompt; a listening that is always ended by the prompt's own end. */
const LONGEST_PROMPT_MS = 600_000;

/**
 * Plays prompts and waits for one key. A key stops the prompt at once; silence lasts `timeoutMs`
 * after the prompt's end (0 = do not wait). Undefined means no key.
 */
export async function askKey(
  call: LiveCall,
  promptIds: readonly string[],
  timeoutMs: number,
): Promise<Key | undefined> {
  const { line } = call;
  const pressed = new AbortController();
  const spoken = new AbortController();
  const keyMeanwhile = line
    .nextKey(LONGEST_PROMPT_MS, AbortSignal.any([spoken.signal, line.gone]))
    .then((key) => {
      pressed.abort();
      return key;
    })
    .catch(() => undefined);
  try {
    await line.say(call.language, promptIds, AbortSignal.any([pressed.signal, line.gone]));
  } catch (error) {
    if (!pressed.signal.aborted) throw error;
  } finally {
    spoken.abort();
  }
  const early = await keyMeanwhile;
  line.gone.throwIfAborted();
  if (early !== undefined || timeoutMs === 0) return early;
  return line.nextKey(timeoutMs, line.gone);
}

/** Plays prompts to their end, or until the caller leaves. */
export function say(call: LiveCall, ...promptIds: string[]): Promise<void> {
  return call.line.say(call.language, promptIds, call.line.gone);
}
