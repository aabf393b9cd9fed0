import { deferred } from '../src/kit/abort.ts';
import type { Cancel, Clock } from '../src/kit/clock.ts';
import type { Log } from '../src/kit/log.ts';
import { AriError } from './ari-error.ts';
import { type AriEvent, parseAriEvent, wantedEventTypes } from './ari-events.ts';
import type { AriOperationName, AriParams } from './ari-operations.ts';
import { type AriRequests, createAriRequests } from './ari-requests.ts';
import { createSlots } from './slots.ts';

/**
 * The wire to Asterisk. A backend only carries: time limits, the number of requests at once, reading
 * of events, reconnecting and the watchdog are the link's, once for all backends.
 */
export interface AriBackend {
  /**
   * Makes sure that Asterisk answers and accepts the account, and gets ready for requests.
   * @throws AriError with status 401 for a wrong account, 0 when there is no usable answer.
   */
  prepare(): Promise<void>;
  /** One request; resolves with the decoded body. Rejects with an `AriError`. */
  request(operation: AriOperationName, params: AriParams): Promise<unknown>;
  /**
   * Opens the event stream. Every stream calls `onClose` in the end, also one that
   * never opened, and no handler before this function has returned.
   */
  openEvents(app: string, handlers: EventHandlers): EventSocket;
  /** No further request leaves; resolves when those under way are answered. */
  close(): Promise<void>;
}

export interface EventHandlers {
  onOpen(): void;
  onMessage(text: string): void;
  onPong(): void;
  onClose(): void;
}

export interface EventSocket {
  ping(): void;
  /** Drops the connection at once, without a farewell. */
  terminate(): void;
}

/** Time limits in milliseconds, and how many requests may be under way. */
export interface AriLimits {
  requestTimeoutMs: number;
  maxInFlight: number;
  /** How many more may wait their turn; then a request counts as one that got no answer. */
  maxWaiting: number;
  /** How often the stream is asked for a sign of life; the answer must be there before the next. */
  pingEveryMs: number;
  reconnectFirstMs: number;
  reconnectMaxMs: number;
}

const defaultLimits: AriLimits = {
  requestTimeoutMs: 5_000,
  // Half of Asterisk's default of 100 HTTP sessions, which the phones' WebSockets share.
  maxInFlight: 50,
  // Some ten for each of a thousand calls: only an exchange that does not answer lets so many wait.
  maxWaiting: 10_000,
  // An open stream that falls silent is noticed after two of them at most, within five seconds.
  pingEveryMs: 2_400,
  reconnectFirstMs: 100,
  reconnectMaxMs: 2_000,
};

export interface AriLinkOptions {
  backend: AriBackend;
  app: string;
  onEvent(event: AriEvent): void;
  /** The event stream is open and filtered, or is lost. After a loss events have been missed. */
  onConnection(connected: boolean): void;
  clock: Clock;
  log: Log;
  limits?: Partial<AriLimits>;
}

/** The one connection to Asterisk: typed requests, and a stream of events that is kept open for ever. */
export interface AriLink extends AriRequests {
  /**
   * Makes the first connection; one attempt. Once it has succeeded the link reconnects by itself.
   * @throws AriError
   */
  connect(): Promise<void>;
  isConnected(): boolean;
  /**
   * Stops for good, at once; channels and bridges stay as they are. Resolves when the requests under
   * way are answered: what was asked for has happened then, and nothing comes after it.
   */
  close(): Promise<void>;
}

/** Builds the link; nothing is sent before `connect`. */
export function createAriLink(options: AriLinkOptions): AriLink {
  const { backend, app, clock } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const slots = createSlots(
    limits.maxInFlight,
    limits.maxWaiting,
    () => new AriError(0, `${limits.maxWaiting} requests wait already`),
  );
  const within = <T>(what: string, work: Promise<T>) =>
    settleWithin(clock, limits.requestTimeoutMs, what, work);
  const call = (operation: AriOperationName, params: AriParams) =>
    slots(() => within(operation, backend.request(operation, params)));
  const stream = new EventStream(options, limits, () =>
    call('applications.filter', {
      applicationName: app,
      filter: { allowed: wantedEventTypes.map((type) => ({ type })) },
    }),
  );
  return {
    ...createAriRequests(call, app),
    async connect() {
      await within('connect', backend.prepare());
      await stream.open();
    },
    isConnected: () => stream.connected,
    close() {
      stream.close();
      return backend.close();
    },
  };
}

async function settleWithin<T>(
  clock: Clock,
  limitMs: number,
  what: string,
  work: Promise<T>,
): Promise<T> {
  const late = deferred<never>();
  const cancel = clock.after(limitMs, () =>
    late.reject(new AriError(0, `no answer within ${limitMs} ms`)),
  );
  try {
    return await Promise.race([work, late.promise]);
  } catch (error) {
    if (error instanceof AriError) throw new AriError(error.status, `${what}: ${error.message}`);
    throw new AriError(0, `${what}: ${String(error)}`);
  } finally {
    cancel();
  }
}

/** The event stream: opened, filtered, watched, and opened again whenever it is lost. */
class EventStream {
  connected = false;
  readonly #options: AriLinkOptions;
  readonly #limits: AriLimits;
  readonly #setFilter: () => Promise<unknown>;
  #socket: EventSocket | undefined;
  #closed = false;
  #alive = false;
  #cancelTimer: Cancel = () => {};

  constructor(options: AriLinkOptions, limits: AriLimits, setFilter: () => Promise<unknown>) {
    this.#options = options;
    this.#limits = limits;
    this.#setFilter = setFilter;
  }

  /** One attempt. The filter is part of it: a stream that may lack events is not open. */
  async open(): Promise<void> {
    const opened = deferred<void>();
    const socket = this.#options.backend.openEvents(this.#options.app, {
      onOpen: opened.resolve,
      onMessage: (text) => {
        if (this.#socket === socket) this.#hear(text);
      },
      onPong: () => {
        this.#alive = true;
      },
      onClose: () => {
        opened.reject(new AriError(0, 'the event stream was closed'));
        this.#lost(socket);
      },
    });
    this.#socket = socket;
    try {
      const { requestTimeoutMs } = this.#limits;
      await settleWithin(this.#options.clock, requestTimeoutMs, 'event stream', opened.promise);
      await this.#setFilter();
    } catch (error) {
      socket.terminate();
      throw error;
    }
    if (this.#closed) return socket.terminate();
    // Nothing would ever tell of the end of a stream that was lost while the filter was on its way.
    if (this.#socket !== socket) throw new AriError(0, 'the event stream was closed');
    this.#alive = true;
    this.#tellConnected(true);
    this.#watch(socket);
  }

  /** For good: told at once, because who closes it takes apart next what would hear of it. */
  close(): void {
    const socket = this.#socket;
    this.#closed = true;
    this.#cancelTimer();
    this.#socket = undefined;
    if (this.connected) this.#tellConnected(false);
    socket?.terminate();
  }

  /** A peer that fell silent does not close the connection, so it is asked for a sign of life. */
  #watch(socket: EventSocket): void {
    this.#cancelTimer = this.#options.clock.after(this.#limits.pingEveryMs, () => {
      if (!this.#alive) {
        this.#options.log.warn('the event stream from Asterisk is silent; reconnecting');
        return socket.terminate();
      }
      this.#alive = false;
      socket.ping();
      this.#watch(socket);
    });
  }

  #lost(socket: EventSocket): void {
    if (this.#socket !== socket) return;
    this.#socket = undefined;
    if (!this.connected) return;
    this.#cancelTimer();
    this.#tellConnected(false);
    this.#reopenAfter(this.#limits.reconnectFirstMs);
  }

  #reopenAfter(delayMs: number): void {
    this.#cancelTimer = this.#options.clock.after(delayMs, () => {
      this.open().catch((error: unknown) => {
        this.#options.log.warn({ err: error }, 'cannot reach Asterisk yet');
        if (!this.#closed) this.#reopenAfter(Math.min(delayMs * 2, this.#limits.reconnectMaxMs));
      });
    });
  }

  #tellConnected(connected: boolean): void {
    this.connected = connected;
    this.#options.onConnection(connected);
  }

  /** One bad message, or one listener that fails over it, must not cost the stream. */
  #hear(text: string): void {
    try {
      const event = parseAriEvent(text);
      if (!event) return;
      if (event.kind === 'replaced') this.#standDown();
      this.#options.onEvent(event);
    } catch (error) {
      this.#options.log.error({ err: error }, 'an event from Asterisk was not understood');
    }
  }

  /** Another server has taken our application over; to fight it would split the calls. */
  #standDown(): void {
    this.#options.log.error('another server has taken over the connection to Asterisk');
    this.close();
  }
}
