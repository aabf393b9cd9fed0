import { isDialling } from '../acd/dials.ts';
import type { SeatStatus } from '../acd/types.ts';
import type { NewEvent } from '../events.ts';
import type { Clock } from '../kit/clock.ts';
import { AppError } from '../kit/errors.ts';
import type { AskCall, SeatDispatcher, SeatPhones } from './ports.ts';
import type { SeatsRepo } from './repo.ts';
import type { Desk, SeatChoice } from './schema.ts';

/** What an agent does at a seat. Every verb answers with what the desk is like afterwards. */
export interface DeskService {
  of(agentId: string): Desk | null;
  /** The seat the agent is signed in at; rejects with `not-at-a-seat`. */
  seatOf(agentId: string): string;
  choices(nameOf: (agentId: string) => string): SeatChoice[];
  signIn(agentId: string, seatId: string): Desk;
  signOut(agentId: string): null;
  ready(agentId: string): Desk;
  notReady(agentId: string, reason: string): Desk;
  /** Hold, resume, hang up to the rating, release, or take the call back after a reload. */
  ask(agentId: string, request: Parameters<AskCall>[1]): Promise<Desk | null>;
  /**
   * Sends the caller to a queue, to a seat that must be ready now (`seat-not-free`), or to a number
   * outside (`number-not-allowed`, `lines-busy`).
   */
  transfer(agentId: string, to: TransferTarget): Promise<Desk | null>;
  /**
   * Calls somebody into the talk: outside, or at a seat that must be ready (`seat-not-free`). `hold`
   * keeps the caller on music meanwhile.
   */
  invite(agentId: string, who: Invited, hold: boolean): Promise<Desk | null>;
  /** The number behind an emergency key; `invalid-input` when there is none. */
  emergencyNumber(code: string): string;
  extendWrapUp(agentId: string): Desk;
  finishWrapUp(agentId: string): Desk;
  note(agentId: string, note: string, resultCode: string | null): void;
}

type Invited = { number: string } | { seatId: string };
type TransferTarget = { queueId: string } | { seatId: string } | { number: string };

interface DeskOptions {
  repo: SeatsRepo;
  dispatcher: SeatDispatcher;
  phones: SeatPhones;
  askCall: AskCall;
  clock: Clock;
  record(event: NewEvent): void;
  /** How the line to a telephone outside is that is the seat's phone; null at other seats. */
  lineOf(seatId: string): NonNullable<Desk['line']> | null;
  /** The queue a live call is served in. */
  queueOf(callId: string): string | null;
  knowsQueue(queueId: string): boolean;
  /** How a shift leader is with the talk at a seat, as far as the agent may know. */
  monitoredAt(seatId: string): Desk['monitored'];
  /** Whose talk a shift leader at the seat hears. */
  monitoringFrom(seatId: string): Desk['monitoring'];
  /** Whom the agent asked into a live call. */
  partyOf(callId: string): Desk['party'];
  /** The self-service the caller is in, and what the last one brought. */
  selfServiceOf(callId: string | null): Pick<Desk, 'selfService' | 'selfServiceResult'>;
  /** Codes an agent may give as a reason, and how long one extension of wrap-up is. */
  settings(): {
    notReadyReasons: readonly string[];
    /** Those an agent must ask a leader for. */
    approvedReasons: readonly string[];
    resultCodes: readonly string[];
    extendMs: number;
    emergency: readonly { code: string; number: string }[];
  };
}

export function createDesk(options: DeskOptions): DeskService {
  const { repo, dispatcher, phones, askCall, clock } = options;
  const { engine } = dispatcher;

  const seatOf = (agentId: string) => engine.seatOfAgent(agentId);

  function needSeat(agentId: string) {
    const seat = seatOf(agentId);
    if (!seat) throw new AppError('not-at-a-seat');
    return seat;
  }

  function view(agentId: string): Desk | null {
    const status = seatOf(agentId);
    const seat = status && repo.find(status.seatId);
    if (!status || !seat) return null;
    const { agentId: _agent, ...rest } = status;
    return {
      ...rest,
      queueIds: [...status.queueIds],
      seatName: seat.name,
      phone: seat.phone,
      phoneReachable: phones.isPhoneReachable(seat.id),
      party: status.callId === null ? null : options.partyOf(status.callId),
      monitored: options.monitoredAt(seat.id),
      monitoring: options.monitoringFrom(seat.id),
      ...lineOf(seat.id),
      ...hostOf(status),
      ...(isDialling(status) && { dialling: true as const }),
      ...(seat.autoAnswer && { autoAnswer: true as const }),
      ...options.selfServiceOf(status.callId),
      now: clock.now(),
    };
  }

  function lineOf(seatId: string): Pick<Desk, 'line'> {
    const line = options.lineOf(seatId);
    return line === null ? {} : { line };
  }

  /** Whose call a guest helps with. */
  function hostOf({ callId, isGuest }: SeatStatus): { hostSeatId?: string } {
    if (!isGuest) return {};
    // Whoever had the call before may still write it up.
    const isHost = (one: SeatStatus) => !one.isGuest && one.state !== 'wrap-up';
    const host = engine.seats().find((one) => one.callId === callId && isHost(one));
    return host ? { hostSeatId: host.seatId } : {};
  }

  function after(agentId: string): Desk {
    const desk = view(agentId);
    if (!desk) throw new AppError('not-at-a-seat');
    return desk;
  }

  async function ask(agentId: string, request: Parameters<AskCall>[1]): Promise<Desk | null> {
    const seat = needSeat(agentId);
    const { callId, state, isGuest } = seat;
    const isTalk = state === 'talking' || state === 'hold';
    const mayGiveUp = isDialling(seat) && (request === 'hang-up' || request === 'release');
    if (callId === null || !(isTalk || mayGiveUp)) throw new AppError('not-now');
    await askCall(callId, isGuest ? asGuest(request) : request);
    return view(agentId);
  }

  return {
    of: view,
    seatOf: (agentId) => needSeat(agentId).seatId,
    choices(nameOf) {
      const enabled = repo.all().filter((seat) => seat.enabled);
      return enabled.map(({ id, name, phone }) => {
        const agentId = engine.seat(id)?.agentId;
        const takenBy = agentId === undefined ? null : nameOf(agentId);
        return { id, name, phone, takenBy, reachable: phones.isPhoneReachable(id) };
      });
    },
    signIn(agentId, seatId) {
      const present = seatOf(agentId);
      if (present) throw new AppError('already-at-a-seat', { seat: present.seatId });
      const seat = repo.find(seatId);
      if (!seat) throw new AppError('not-found');
      if (!seat.enabled) throw new AppError('seat-disabled', { seat: seatId });
      if (engine.seat(seatId)) throw new AppError('seat-taken', { seat: seatId });
      dispatcher.submit({
        kind: 'seat-signed-in',
        seatId,
        agentId,
        memberships: seat.queues,
      });
      return after(agentId);
    },
    signOut(agentId) {
      const { seatId, state, isGuest } = needSeat(agentId);
      const isBusy = isGuest || state === 'talking' || state === 'hold';
      if (isBusy || isDialling(needSeat(agentId))) throw new AppError('not-now');
      dispatcher.submit({ kind: 'seat-signed-out', seatId });
      return null;
    },
    ready(agentId) {
      const { seatId } = needSeat(agentId);
      if (!phones.isPhoneReachable(seatId)) throw new AppError('phone-unreachable');
      dispatcher.submit({ kind: 'seat-ready', seatId });
      return after(agentId);
    },
    notReady(agentId, reason) {
      const { seatId } = needSeat(agentId);
      if (!options.settings().notReadyReasons.includes(reason)) {
        throw new AppError('invalid-input', {}, [
          { pointer: '/reason', message: 'unknown reason' },
        ]);
      }
      if (options.settings().approvedReasons.includes(reason)) {
        throw new AppError('needs-approval');
      }
      dispatcher.submit({ kind: 'seat-not-ready', seatId, reason });
      return after(agentId);
    },
    ask,
    transfer(agentId, to) {
      return ask(agentId, transferTo(options, needSeat(agentId).callId, to));
    },
    async invite(agentId, who, hold) {
      return ask(agentId, { do: 'invite', ...who, hold });
    },
    emergencyNumber(code) {
      const number = options.settings().emergency.find((one) => one.code === code)?.number;
      if (number !== undefined) return number;
      throw new AppError('invalid-input', {}, [{ pointer: '/emergency', message: 'unknown code' }]);
    },
    extendWrapUp(agentId) {
      const { seatId, state } = needSeat(agentId);
      if (state !== 'wrap-up') throw new AppError('not-now');
      dispatcher.submit({ kind: 'wrap-up-extended', seatId, byMs: options.settings().extendMs });
      return after(agentId);
    },
    finishWrapUp(agentId) {
      const { seatId, state } = needSeat(agentId);
      if (state !== 'wrap-up') throw new AppError('not-now');
      dispatcher.submit({ kind: 'wrap-up-finished', seatId });
      return after(agentId);
    },
    note(agentId, note, resultCode) {
      const { callId, state, isGuest } = needSeat(agentId);
      if (callId === null || state === 'ringing' || isGuest) throw new AppError('not-now');
      if (resultCode !== null && !options.settings().resultCodes.includes(resultCode)) {
        throw new AppError('invalid-input', {}, [
          { pointer: '/resultCode', message: 'unknown result code' },
        ]);
      }
      const at = clock.now();
      options.record({
        kind: 'call.noted',
        at,
        callId,
        agentId,
        note,
        resultCode: resultCode ?? '',
      });
    },
  };
}

/** A guest may leave; everything else is for the agent whose call it is. */
function asGuest(request: Parameters<AskCall>[1]): 'dismiss' {
  if (request === 'hang-up' || request === 'release') return 'dismiss';
  throw new AppError('not-now');
}

/** A caller may wait for a queue; for one seat only while it is ready. */
function transferTo(
  { dispatcher, queueOf, knowsQueue }: DeskOptions,
  callId: string | null,
  to: TransferTarget,
): Extract<Parameters<AskCall>[1], object> {
  if ('number' in to) return { do: 'transfer-outside', number: to.number };
  if ('queueId' in to) {
    if (knowsQueue(to.queueId)) return { queueId: to.queueId, seatId: null };
    throw new AppError('invalid-input', {}, [{ pointer: '/queueId', message: 'unknown queue' }]);
  }
  const { seatId } = to;
  if (dispatcher.engine.seat(seatId)?.state !== 'ready') {
    throw new AppError('seat-not-free', { seat: seatId });
  }
  // Should the seat not answer, the caller waits for the queue they were in.
  const queueId = callId === null ? null : queueOf(callId);
  if (queueId === null) throw new AppError('not-now');
  return { queueId, seatId };
}
