import { sleep } from '../src/kit/abort.ts';
import type { Clock } from '../src/kit/clock.ts';
import type { Log } from '../src/kit/log.ts';
import { AriError } from './ari-error.ts';
import type { AriLink } from './ari-link.ts';

/** Between two attempts at what Asterisk did not answer. */
export const retryMs = 500;

/** Asterisk is asked what is true this often: a lost event must not leave somebody in the books for ever. */
export const auditMs = 30_000;

/**
 * Connects, however long it takes.
 * @throws AriError when the account is wrong: that does not become right by waiting
 */
export async function reach(
  link: AriLink,
  { clock, log }: { clock: Clock; log: Log },
  closed: AbortSignal,
): Promise<void> {
  for (;;) {
    try {
      return await link.connect();
    } catch (error) {
      if (error instanceof AriError && [401, 403].includes(error.status)) throw error;
      log.warn({ err: error }, 'cannot reach Asterisk yet');
      await sleep(clock, retryMs, closed);
    }
  }
}

/** Does something again and again until `closed` aborts; a failure waits for the next time. */
export function every(
  clock: Clock,
  periodMs: number,
  closed: AbortSignal,
  work: () => Promise<void>,
): void {
  const again = async () => {
    for (;;) {
      await sleep(clock, periodMs, closed);
      await work().catch(() => {});
    }
  };
  again().catch(() => {});
}
