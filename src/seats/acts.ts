import type { SeatStatus } from '../acd/types.ts';
import type { NewEvent } from '../events.ts';
import type { Clock } from '../kit/clock.ts';
import { AppError } from '../kit/errors.ts';
import type { DeskService } from './desk.ts';
import type { DialCall, EarlierCall, SeatDispatcher, SeatPhones } from './ports.ts';
import type { Desk } from './schema.ts';

/** What agents do beside taking a call; each answers with what the desk is like afterwards. */
export interface DeskActs {
  /**
   * Calls a number, or the caller of an earlier call whose number the agent never sees. Without a
   * queue it is work for the queue of the earlier call, or the seat's first.
   * @throws AppError `not-now`, `phone-unreachable`, `number-not-allowed`, `lines-busy`,
   * `number-withheld`, `not-found` for a call the agent may not see
   */
  dial(agentId: string, to: DialTarget): Desk | null;
  /** Keys into the talk; `not-now` when the party is not in it. */
  sendKeys(agentId: string, keys: string, to: 'caller' | 'party'): Promise<Desk | null>;
  selfService(agentId: string, serviceId: string): Promise<Desk | null>;
  /** All tags of the call at the desk; each offered in the call's queue. */
  tag(agentId: string, tags: readonly string[]): void;
  /** Rings a shift leader; `no-leader` when none can be reached. Answers with whose seat it is. */
  help(agentId: string, hold: boolean): Promise<Desk | null>;
}

/** `seesAll`: the agent may read all calls, not the own ones only. */
export type DialTarget = { queueId?: string | undefined } & (
  | { number: string; orderId?: string }
  | { callId: string; seesAll: boolean }
);

interface ActsOptions {
  desk: Pick<DeskService, 'of' | 'ask' | 'seatOf'>;
  dispatcher: SeatDispatcher;
  phones: Pick<SeatPhones, 'isPhoneReachable'>;
  dialCall: DialCall;
  earlierCall(callId: string): EarlierCall | undefined;
  isLeader(personId: string): boolean;
  clock: Clock;
  record(event: NewEvent): void;
  settings(): {
    queueIds: readonly string[];
    tags: readonly { code: string; queues: readonly string[] }[];
    helpSeats: readonly string[];
  };
}

export function createActs(options: ActsOptions): DeskActs {
  const { desk, dispatcher, clock, record } = options;
  const { engine } = dispatcher;

  function needSeat(agentId: string): SeatStatus {
    const seat = engine.seat(desk.seatOf(agentId));
    if (!seat) throw new AppError('not-at-a-seat');
    return seat;
  }

  return {
    dial(agentId, to) {
      const seat = needSeat(agentId);
      const { seatId } = seat;
      if (!options.phones.isPhoneReachable(seatId)) throw new AppError('phone-unreachable');
      options.dialCall({ seatId, ...whomToCall(options, seat, to) });
      return desk.of(agentId);
    },
    sendKeys: (agentId, keys, to) => desk.ask(agentId, { do: 'keys', keys, to }),
    selfService: (agentId, serviceId) => desk.ask(agentId, { do: 'self-service', serviceId }),
    tag(agentId, tags) {
      const { callId, state, isGuest } = needSeat(agentId);
      if (callId === null || state === 'ringing' || isGuest) throw new AppError('not-now');
      const queueId = options.earlierCall(callId)?.queueId ?? '';
      const offered = options
        .settings()
        .tags.filter(({ queues }) => queues.length === 0 || queues.includes(queueId));
      const at = tags.findIndex((tag) => !offered.some(({ code }) => code === tag));
      if (at !== -1) throw wrong(`/tags/${at}`, 'unknown tag');
      record({ kind: 'call.tagged', at: clock.now(), callId, agentId, tags: [...new Set(tags)] });
    },
    async help(agentId, hold) {
      const { seatId, callId } = needSeat(agentId);
      const leader = leaderFor(options, seatId);
      if (leader === undefined) throw new AppError('no-leader');
      const helped = await desk.ask(agentId, {
        do: 'invite',
        seatId: leader,
        hold,
        unasked: true,
      });
      const at = clock.now();
      if (callId !== null) {
        record({ kind: 'call.help-asked', at, callId, seatId, agentId, toSeatId: leader });
      }
      return helped;
    },
  };
}

function wrong(pointer: string, message: string): AppError {
  return new AppError('invalid-input', {}, [{ pointer, message }]);
}

/** The leaders' seats that are named first; a leader who is not ready is asked, too. */
function leaderFor(options: ActsOptions, ownSeatId: string): string | undefined {
  const { dispatcher, phones, isLeader } = options;
  const { helpSeats } = options.settings();
  const others = dispatcher.engine.seats().filter(({ agentId }) => isLeader(agentId));
  const ids = new Set([...helpSeats, ...others.map(({ seatId }) => seatId)]);
  return [...ids].find((seatId) => {
    const state = dispatcher.engine.seat(seatId)?.state;
    const isFree = state === 'ready' || state === 'not-ready';
    return seatId !== ownSeatId && isFree && phones.isPhoneReachable(seatId);
  });
}

function whomToCall(options: ActsOptions, seat: SeatStatus, to: DialTarget) {
  const { queueIds } = options.settings();
  if (to.queueId !== undefined && !queueIds.includes(to.queueId)) {
    throw wrong('/queueId', 'unknown queue');
  }
  const queueId = to.queueId ?? seat.queueIds[0] ?? queueIds[0] ?? '';
  if ('number' in to) return { ...to, language: 'zh' as const, ofCallId: null, queueId };
  const { callId: ofCallId, seesAll } = to;
  const earlier = options.earlierCall(ofCallId);
  if (!earlier || !(seesAll || earlier.agentId === seat.agentId)) throw new AppError('not-found');
  if (earlier.caller === '') throw new AppError('number-withheld');
  return {
    number: earlier.caller,
    language: languageOf(earlier),
    ofCallId,
    queueId: to.queueId ?? earlier.queueId ?? queueId,
  };
}

function languageOf({ language }: EarlierCall): 'zh' | 'yue' | 'en' {
  return language === 'yue' || language === 'en' ? language : 'zh';
}
