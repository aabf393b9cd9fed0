import type { NewEvent } from '../events.ts';
import type { Clock } from '../kit/clock.ts';
import { AppError } from '../kit/errors.ts';
import type { Log } from '../kit/log.ts';
import type { SeatDispatcher, SeatLines } from './ports.ts';
import type { SeatsRepo } from './repo.ts';

/** The agent's telephone rings this long. */
const RING_MS = 45_000;

/** How the line to a seat's own telephone is. */
export type LineState = 'calling' | 'open' | 'down';

/** Lines to telephones outside that are seats' phones: called at sign-in, open until sign-out. */
export interface HomeLines {
  /** To be told what happens. */
  onEvent(event: NewEvent): void;
  /** The exchange says that the line is open or lost; harmless for other seats. */
  onPhone(seatId: string, isOpen: boolean): void;
  /** After a restart, with the seats back: lines nobody needs are hung up, lost ones are noticed. */
  restore(): void;
  /** Calls the telephone again. @throws AppError `not-now` when it is open or being called */
  callAgain(seatId: string): void;
  /** Null when the seat has another kind of phone. */
  stateOf(seatId: string): LineState | null;
}

interface HomeLinesOptions {
  repo: Pick<SeatsRepo, 'find' | 'all'>;
  dispatcher: SeatDispatcher;
  lines: SeatLines;
  clock: Clock;
  log: Log;
  record(event: NewEvent): void;
}

export function createHomeLines(options: HomeLinesOptions): HomeLines {
  const { repo, dispatcher, lines, clock, log } = options;
  const { engine } = dispatcher;
  /** Telephones that are being called, by seat. */
  const calling = new Map<string, AbortController>();

  function tell(seatId: string, state: 'calling' | 'open' | 'failed' | 'lost', why: string | null) {
    const agentId = engine.seat(seatId)?.agentId;
    if (agentId === undefined) return;
    options.record({ kind: 'seat.line', at: clock.now(), seatId, agentId, state, why });
  }

  function isOpen(seatId: string): boolean {
    return lines.seatIds().includes(seatId);
  }

  function numberOf(seatId: string): string | null {
    const seat = repo.find(seatId);
    return seat?.phone === 'outside' ? seat.number : null;
  }

  /** Never rejects. */
  async function call(seatId: string, number: string): Promise<void> {
    const stop = new AbortController();
    calling.set(seatId, stop);
    tell(seatId, 'calling', null);
    let why = 'unreachable';
    try {
      const result = await lines.open({ seatId, number, timeoutMs: RING_MS }, stop.signal);
      if (result !== 'open') why = result;
    } catch (err) {
      if (!stop.signal.aborted)
        log.warn({ err, seatId }, 'the telephone of a seat was not reached');
    }
    if (calling.get(seatId) === stop) calling.delete(seatId);
    // The agent left while it rang.
    if (stop.signal.aborted || !engine.seat(seatId)) return lines.close(seatId);
    if (isOpen(seatId)) tell(seatId, 'open', null);
    else tell(seatId, 'failed', why);
  }

  /** Callers would only ring into the void. */
  function setNotReady(seatId: string): void {
    const seat = engine.seat(seatId);
    if (!seat || seat.state === 'not-ready') return;
    dispatcher.submit({ kind: 'seat-not-ready', seatId, reason: 'unreachable' });
  }

  return {
    onEvent(event) {
      if (event.kind === 'seat.signed-in') {
        const number = numberOf(event.seatId);
        if (number !== null) void call(event.seatId, number);
      }
      if (event.kind === 'seat.signed-out') {
        calling.get(event.seatId)?.abort();
        void lines.close(event.seatId);
      }
    },
    onPhone(seatId, opened) {
      if (opened || numberOf(seatId) === null) return;
      setNotReady(seatId);
      tell(seatId, 'lost', null);
    },
    restore() {
      for (const seatId of lines.seatIds()) {
        if (!engine.seat(seatId)) void lines.close(seatId);
      }
      for (const { id } of repo.all()) {
        if (numberOf(id) !== null && !isOpen(id)) setNotReady(id);
      }
    },
    callAgain(seatId) {
      const number = numberOf(seatId);
      if (number === null || isOpen(seatId) || calling.has(seatId)) throw new AppError('not-now');
      void call(seatId, number);
    },
    stateOf(seatId) {
      if (numberOf(seatId) === null) return null;
      if (isOpen(seatId)) return 'open';
      return calling.has(seatId) ? 'calling' : 'down';
    },
  };
}
