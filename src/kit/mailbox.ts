import { type Deferred, deferred, waitOrAbort } from './abort.ts';

interface Reader<T> {
  wants: (message: T) => boolean;
  got: Deferred<T>;
}

/**
 * Messages for one reader that runs at its own pace. Each message is taken once, in order of
 * arrival among those a reader wants; the others wait for a reader who wants them.
 */
export class Mailbox<T> {
  readonly #messages: T[] = [];
  readonly #readers = new Set<Reader<T>>();

  /** How many messages wait for a reader. */
  get size(): number {
    return this.#messages.length;
  }

  put(message: T): void {
    for (const reader of this.#readers) {
      if (!reader.wants(message)) continue;
      this.#readers.delete(reader);
      reader.got.resolve(message);
      return;
    }
    this.#messages.push(message);
  }

  /** The next message of the wanted sort that is there already, or null. */
  takeNow<M extends T>(wants: (message: T) => message is M): M | null {
    const waiting = this.#messages.findIndex(wants);
    const [found] = waiting === -1 ? [] : this.#messages.splice(waiting, 1);
    return found !== undefined && wants(found) ? found : null;
  }

  /** The next message of the wanted sort, now or later; throws the signal's reason when it aborts. */
  async take<M extends T>(wants: (message: T) => message is M, signal: AbortSignal): Promise<M> {
    signal.throwIfAborted();
    const waiting = this.takeNow(wants);
    if (waiting !== null) return waiting;
    const got = deferred<T>();
    const reader = { wants, got };
    this.#readers.add(reader);
    try {
      const message = await waitOrAbort(got.promise, signal);
      return message as M;
    } finally {
      this.#readers.delete(reader);
    }
  }

  /** Throws away waiting messages of a sort, and returns them. */
  drop(unwanted: (message: T) => boolean): T[] {
    const dropped = this.#messages.filter(unwanted);
    const kept = this.#messages.filter((message) => !unwanted(message));
    this.#messages.splice(0, this.#messages.length, ...kept);
    return dropped;
  }
}
