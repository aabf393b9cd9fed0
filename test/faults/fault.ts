/** What a case is told about the run it is part of. */
export interface FaultRun {
  /** The minutes-long run of `npm test`; otherwise the full one. */
  short: boolean;
  /** `--kills N`: how often the server is killed in the loops; the case's own number otherwise. */
  kills: number | null;
  /** Says how far the case has come. */
  say(line: string): void;
}

/** What a case measured. It throws when something else than calls was wrong. */
export interface FaultResult {
  /** Calls that were going on when it happened, or all calls of a loop. */
  before: number;
  /** Calls, places or records that were lost. Anything but 0 fails the case. */
  lost: number;
  /** Calls or records there were twice. Anything but 0 fails the case. */
  doubled: number;
  /** From the fault (or its end) to everything being served again; null when nothing was away. */
  recoveryMs: number | null;
  /** What else was measured, in a few words for the table. */
  note: string;
}

/** A fault that is injected into a real house on a real Asterisk. */
export interface Fault {
  /** The number by which docs/RELIABILITY.md knows it. */
  id: `F${number}`;
  /** What breaks, for the table. */
  what: string;
  /** How it is injected, for the table. */
  injected: string;
  /** Is it part of `npm test`? It should then take no more than some twenty seconds. */
  inShortRun: boolean;
  /** An agent works in a real browser: the console and Chromium are needed. */
  inBrowser?: boolean;
  run(run: FaultRun): Promise<FaultResult>;
}

/** What was lost, each loss said aloud when it is found. */
export class Losses {
  total = 0;
  readonly #say: FaultRun['say'];

  constructor(say: FaultRun['say']) {
    this.#say = say;
  }

  /** A count of 0 is none. One too many is as wrong as one too few. */
  add(what: string, count: number): void {
    if (count === 0) return;
    this.total += Math.abs(count);
    this.#say(`LOST ${what}: ${count}`);
  }
}
