import type { RingResult } from '../src/calls/ports.ts';
import { deferred, waitOrAbort } from '../src/kit/abort.ts';
import { isUnanswered } from './ari-error.ts';
import type { ChannelEnd, ChannelOwner, Exchange } from './exchange.ts';
import { endChannel } from './line.ts';

/** If Asterisk has told nothing this long after the ring should be over, it will not. */
const verdictGraceMs = 3_000;

/** Q.850 causes. */
const userBusy = 17;
const callRejected = 21;

type Failure = Extract<RingResult, { kind: 'failed' }>['why'];

/** A channel we dialled ourselves, from the ring to its end. */
export abstract class DialledChannel implements ChannelOwner {
  readonly legId: string;
  readonly gone: AbortSignal;
  isPlaced: boolean;
  readonly #exchange: Exchange;
  readonly #gone = new AbortController();
  readonly #verdict = deferred<'answered' | Failure>();
  #weHungUp = false;

  /** `isPlaced`: the channel exists already (an adopted one). */
  constructor(exchange: Exchange, legId: string, isPlaced: boolean) {
    this.#exchange = exchange;
    this.legId = legId;
    this.isPlaced = isPlaced;
    this.gone = this.#gone.signal;
    exchange.owners.set(legId, this);
  }

  /** The reason of `gone`; null means that we hung up ourselves. */
  protected abstract reasonOf(end: ChannelEnd | null): Error;

  /** Resolves when somebody answers or nobody will. */
  get verdict(): Promise<'answered' | Failure> {
    return this.#verdict.promise;
  }

  async hangUp(): Promise<void> {
    this.#weHungUp = true;
    if (this.gone.aborted) return;
    await endChannel(this.#exchange, this.legId, this.gone);
  }

  entered(): void {
    this.#verdict.resolve('answered');
  }

  key(): void {}

  ended(end: ChannelEnd): void {
    this.#exchange.owners.delete(this.legId);
    this.#verdict.resolve(failureOf(end));
    this.#gone.abort(this.reasonOf(this.#weHungUp ? null : end));
  }

  stillThere(): void {
    if (this.#weHungUp) void this.hangUp();
  }
}

interface Dialling {
  timeoutMs: number;
  /** Asks Asterisk to dial. */
  send(): Promise<void>;
  /** What the log says when Asterisk refuses. */
  refused: string;
}

/**
 * Dials a channel and waits for its verdict. When the signal aborts, hangs up and rejects with the
 * signal's reason.
 */
export async function dial<T extends DialledChannel>(
  exchange: Exchange,
  leg: T,
  dialling: Dialling,
  signal: AbortSignal,
): Promise<{ kind: 'answered'; leg: T } | { kind: 'failed'; why: Failure }> {
  const giveUp = exchange.clock.after(dialling.timeoutMs + verdictGraceMs, () => {
    void leg.hangUp();
    leg.ended({ why: 'vanished' });
  });
  try {
    await place(exchange, leg, dialling);
    const verdict = await waitOrAbort(leg.verdict, signal);
    return verdict === 'answered' ? { kind: 'answered', leg } : { kind: 'failed', why: verdict };
  } catch (error) {
    await leg.hangUp();
    throw error;
  } finally {
    giveUp();
  }
}

/** A refusal is a verdict; no answer leaves it open: the phone may be ringing. */
async function place(
  exchange: Exchange,
  leg: DialledChannel,
  { send, refused }: Dialling,
): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (!isUnanswered(error)) {
      // Asterisk answers 500 when a phone has no contact, that is when it is not registered.
      exchange.log.warn({ err: error, legId: leg.legId }, refused);
      leg.ended({ why: 'vanished' });
    }
  } finally {
    leg.isPlaced = true;
  }
}

/** What an end before the answer means. */
function failureOf(end: ChannelEnd): Failure {
  if (end.why !== 'hung-up') return 'unreachable';
  if (end.cause === userBusy) return 'busy';
  if (end.cause === callRejected) return 'refused';
  // Asterisk's own time-out and a phone's 480 carry the same cause; a phone that rang was there.
  return end.wasRinging ? 'no-answer' : 'unreachable';
}
