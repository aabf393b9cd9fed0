import type { OutsideFailure } from './ports.ts';

/** The telephone outside that is a seat's phone. */
export interface LineRequest {
  seatId: string;
  number: string;
  /** It rings this long. */
  timeoutMs: number;
}

/** `open`, or why it is not. */
export type LineResult = 'open' | OutsideFailure;

/** Lines kept open between calls (保持线路), by seat. */
export interface OpenLines {
  /**
   * Calls the telephone and keeps the line: `ringSeat` then gives calls over it without ringing.
   * `onPhone` tells when it is open and when it is lost. When the signal aborts, gives up and rejects
   * with the signal's reason.
   */
  open(request: LineRequest, signal: AbortSignal): Promise<LineResult>;
  /** Hangs the line up; harmless when it is not open. */
  close(seatId: string): Promise<void>;
  /** Seats whose line is open. */
  seatIds(): string[];
}
