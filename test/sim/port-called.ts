import type { OutgoingLine, OutsideFailure } from '../../src/calls/ports.ts';
import { deferred, waitOrAbort } from '../../src/kit/abort.ts';
import type { CallerChannel, Outcome } from './channels.ts';
import type { Port } from './port.ts';
import { PortLine } from './port-line.ts';

/** How long after the ring should be over the server gives up by itself. */
const GRACE_MS = 3_000;

/** A line to somebody outside, as one server process knows it. */
export class PortCalled extends PortLine implements OutgoingLine {
  readonly #port: Port;
  readonly #becomes: Outcome;
  readonly #verdict = deferred<'answered' | OutsideFailure>();

  constructor(port: Port, channel: CallerChannel, becomes: Outcome) {
    super(port, channel);
    this.#port = port;
    this.#becomes = becomes;
  }

  async dial(timeoutMs: number, signal: AbortSignal): Promise<'answered' | OutsideFailure> {
    signal.throwIfAborted();
    const { clock, exchange } = this.#port;
    const giveUp = clock.after(timeoutMs + GRACE_MS, () => {
      void this.hangUp();
      this.ended('vanished');
    });
    try {
      await this.#port
        .command(() => exchange.callOut(this.channel, timeoutMs, this.#becomes))
        .catch(() => this.ended('vanished'));
      return await waitOrAbort(this.#verdict.promise, signal);
    } catch (error) {
      await this.hangUp();
      throw error;
    } finally {
      giveUp();
    }
  }

  answered(): void {
    this.#verdict.resolve('answered');
  }

  failed(why: OutsideFailure): void {
    this.#verdict.resolve(why);
    this.ended('hung-up');
  }

  override ended(why: Parameters<PortLine['ended']>[0]): void {
    this.#verdict.resolve('unreachable');
    super.ended(why);
  }

  override catchUp(channel: CallerChannel): void {
    this.answered();
    super.catchUp(channel);
  }
}
