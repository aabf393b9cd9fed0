import type { Membership, SeatStatus } from '../acd/types.ts';
import { AppError } from '../kit/errors.ts';
import type { AskCall, SeatDispatcher } from './ports.ts';
import type { SeatsService } from './service.ts';

/** Reason shown at a seat that was set not ready by a shift leader. */
const SET_BY_LEADER = 'by-leader';

/** What a shift leader does to somebody else's seat or to a waiting caller. */
export interface LeaderService {
  /** 强制示闲. */
  ready(seatId: string): SeatStatus;
  /** 强制示忙: at once, or after the present call. */
  notReady(seatId: string): SeatStatus;
  /** 强制签出; not while there is a caller on the line: release first. */
  signOut(seatId: string): void;
  /** 强制释放: ends the conversation; the caller is not asked for a rating. */
  release(seatId: string): Promise<void>;
  /** 拦截: the leader at `ownSeatId`, whose phone answers by itself, has the caller from now on. */
  intercept(seatId: string, ownSeatId: string): Promise<void>;
  /** Moves the seat to other queues: the next decision obeys, a call that is going on stays. */
  moveTo(seatId: string, queues: readonly Membership[]): readonly Membership[];
  /** Another priority for a waiting caller. */
  prioritise(callId: string, priority: number, personId: string): void;
}

interface LeaderOptions {
  dispatcher: SeatDispatcher;
  seats: Pick<SeatsService, 'change' | 'find'>;
  askCall: AskCall;
}

export function createLeader({ dispatcher, seats, askCall }: LeaderOptions): LeaderService {
  const { engine } = dispatcher;

  /** @throws AppError `not-found` when nobody is signed in there */
  function need(seatId: string): SeatStatus {
    const seat = engine.seat(seatId);
    if (!seat) throw new AppError('not-found');
    return seat;
  }

  return {
    ready(seatId) {
      need(seatId);
      dispatcher.submit({ kind: 'seat-ready', seatId });
      return need(seatId);
    },
    notReady(seatId) {
      need(seatId);
      dispatcher.submit({ kind: 'seat-not-ready', seatId, reason: SET_BY_LEADER });
      return need(seatId);
    },
    signOut(seatId) {
      const { state, isGuest } = need(seatId);
      if (isGuest || state === 'talking' || state === 'hold') throw new AppError('not-now');
      dispatcher.submit({ kind: 'seat-signed-out', seatId });
    },
    async release(seatId) {
      const { state, callId, isGuest } = need(seatId);
      if (callId === null || (state !== 'talking' && state !== 'hold')) {
        throw new AppError('not-now');
      }
      await askCall(callId, isGuest ? 'dismiss' : 'release');
    },
    async intercept(seatId, ownSeatId) {
      const { callId, isGuest, state } = need(seatId);
      const isTalk = callId !== null && !isGuest && (state === 'talking' || state === 'hold');
      if (!isTalk || seatId === ownSeatId) throw new AppError('not-now');
      await askCall(callId, { do: 'intercept', seatId: ownSeatId });
    },
    moveTo(seatId, queues) {
      const before = seats.find(seatId).queues;
      seats.change(seatId, { queues: [...queues] });
      return before;
    },
    prioritise(callId, priority, personId) {
      if (!engine.place(callId)) throw new AppError('not-now');
      dispatcher.submit({ kind: 'caller-priority', callId, priority, personId });
    },
  };
}
