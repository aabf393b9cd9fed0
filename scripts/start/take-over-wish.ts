import { deferred } from '../../src/kit/abort.ts';

/** Somebody's wish that a newly built server takes over: kept until it is taken up, then answered once. */
export class TakeOverWish {
  readonly #tell: (failure: string | null) => void;
  #heard = deferred<void>();
  #isOpen = false;

  constructor(tell: (failure: string | null) => void) {
    this.#tell = tell;
  }

  /** Resolves when there is one. */
  get heard(): Promise<void> {
    return this.#heard.promise;
  }

  hear(): void {
    this.#heard.resolve();
  }

  takeUp(): void {
    this.#heard = deferred();
    this.#isOpen = true;
  }

  /** Tells how it went, if somebody wished it. */
  answer(failure: string | null): void {
    if (this.#isOpen) this.#tell(failure);
    this.#isOpen = false;
  }
}
