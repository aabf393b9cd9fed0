import type { DialRefusal } from '../src/calls/ports.ts';
import type { Clock } from '../src/kit/clock.ts';

/** What the operator lets us call, and how. */
export interface OutboundRules {
  /** Carrier or gateway that takes our calls. */
  host: string;
  port: number;
  /** Dialled before every number, for instance to get an outside line. */
  prefix: string;
  /** Numbers that may be called: digits, `X` for any digit, a final `*` for any digits more. */
  allowed: readonly string[];
  /** The number the far side sees. */
  callerId: string;
  maxConcurrent: number;
  maxPerMinute: number;
}

const MINUTE_MS = 60_000;

/**
 * The one door to the outside, against toll fraud: only numbers on the list, only so many calls at
 * once and per minute, whoever asks and whatever asked before let through.
 */
export class OutboundDoor {
  readonly rules: OutboundRules | null;
  readonly #clock: Clock;
  readonly #allowed: RegExp[];
  #live = 0;
  #dialledAt: number[] = [];

  constructor(rules: OutboundRules | null, clock: Clock) {
    this.rules = rules;
    this.#clock = clock;
    this.#allowed = (rules?.allowed ?? []).map(patternOf);
  }

  /**
   * Why this number would not be dialled now; null when it would. A line that is kept open is not one of
   * the calls at once: there are as many as the seats administrators give one.
   */
  refusal(number: string, how: 'for-a-call' | 'kept-open' = 'for-a-call'): DialRefusal | null {
    if (!this.rules || !this.#allowed.some((pattern) => pattern.test(number))) return 'not-allowed';
    const since = this.#clock.now() - MINUTE_MS;
    this.#dialledAt = this.#dialledAt.filter((at) => at > since);
    const { maxConcurrent, maxPerMinute } = this.rules;
    const isBusy = how === 'for-a-call' && this.#live >= maxConcurrent;
    const isFull = isBusy || this.#dialledAt.length >= maxPerMinute;
    return isFull ? 'too-many' : null;
  }

  /** Somebody is called: counts for a minute. */
  dialled(): void {
    this.#dialledAt.push(this.#clock.now());
  }

  /** A call went out; it counts until `gone` aborts. */
  passed(gone: AbortSignal): void {
    this.dialled();
    this.#live += 1;
    const back = () => {
      this.#live -= 1;
    };
    if (gone.aborted) back();
    else gone.addEventListener('abort', back, { once: true });
  }
}

function patternOf(allowed: string): RegExp {
  const digits = allowed.replace('+', '\\+').replaceAll('X', '[0-9]').replace('*', '[0-9]*');
  return new RegExp(`^${digits}$`);
}
