import type { Engine, Input } from '../acd/types.ts';

/** What the seats need of the rest of the house; `app.ts` hands it in. */

/** The door to the queue engine. */
export interface SeatDispatcher {
  submit(input: Input): void;
  readonly engine: Pick<Engine, 'seat' | 'seatOfAgent' | 'seats' | 'place' | 'queue'>;
}

/** Accounts of seat phones in the exchange. */
export interface SeatPhones {
  provisionPhone(
    seatId: string,
    kind: 'browser' | 'sip',
    credential: { user: string; password: string },
  ): Promise<void>;
  removePhone(seatId: string): Promise<void>;
  isPhoneReachable(seatId: string): boolean;
  /** Why a number outside would not be dialled now; null when it would. */
  dialRefusal(number: string): 'not-allowed' | 'too-many' | null;
}

/** Lines to telephones outside that are seats' phones. */
export interface SeatLines {
  /** `open`, or why not. Rejects when the signal aborts. */
  open(
    request: { seatId: string; number: string; timeoutMs: number },
    signal: AbortSignal,
  ): Promise<string>;
  close(seatId: string): Promise<void>;
  seatIds(): string[];
}

/** What an agent asks of the call at the seat; rejects with `not-now` when it cannot be done. */
export type AskCall = (
  callId: string,
  request:
    | 'hold'
    | 'resume'
    | 'hang-up'
    | 'release'
    | 'rejoin'
    | 'mute'
    | 'unmute'
    | 'dismiss'
    | 'return'
    | 'hand-over'
    | { queueId: string; seatId: string | null }
    | { do: 'transfer-outside'; number: string }
    | { do: 'intercept'; seatId: string }
    | { do: 'keys'; keys: string; to: 'caller' | 'party' }
    | { do: 'self-service'; serviceId: string }
    | ({ do: 'invite'; hold: boolean } & ({ number: string } | { seatId: string; unasked?: true })),
) => Promise<void>;

/** Begins a call of the agent's own; throws `not-now`, `number-not-allowed`, `lines-busy`. */
export type DialCall = (wanted: {
  seatId: string;
  number: string;
  queueId: string;
  language: 'zh' | 'yue' | 'en';
  ofCallId: string | null;
  orderId?: string;
}) => string;

/** What the desk must know of an earlier call to call its caller again. */
export interface EarlierCall {
  agentId: string | null;
  caller: string;
  queueId: string | null;
  language: string;
}
