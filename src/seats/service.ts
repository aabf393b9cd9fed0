import { randomBytes } from 'node:crypto';
import type { Clock } from '../kit/clock.ts';
import { AppError } from '../kit/errors.ts';
import type { SeatDispatcher, SeatPhones } from './ports.ts';
import type { SeatsRepo } from './repo.ts';
import type { IceServer, NewSeat, Phone, Seat, SeatChange } from './schema.ts';

/** Seats as administrators arrange them, and the accounts of their phones. */
export interface SeatsService {
  all(): Seat[];
  /** @throws AppError `not-found` */
  find(seatId: string): Seat;
  create(seat: NewSeat): Seat;
  change(seatId: string, change: SeatChange): Seat;
  /** Only a seat nobody sits at; its phone's account goes too. */
  remove(seatId: string): Promise<void>;
  /** A new account for the seat's phone, put into the exchange at once; the old password is void. */
  newPhone(seatId: string): Promise<Phone>;
  /** The same for the agent's own browser; an agent never replaces the account of a desk phone. */
  newBrowserPhone(seatId: string, personId: string): Promise<Phone>;
}

interface SeatsOptions {
  repo: SeatsRepo;
  dispatcher: SeatDispatcher;
  phones: SeatPhones;
  clock: Clock;
  /** Where phones find the exchange. */
  sip: { domain: string; port: number; webSocketPath: string };
  /** STUN and TURN servers for the browser of a person. */
  iceServersFor(personId: string): IceServer[];
  knowsQueue(queueId: string): boolean;
}

/** 144 bits: nobody guesses a phone's password within the life of the hotline. */
const PASSWORD_BYTES = 18;

/** As the engine's levels mean it: the first queue of a seat is the one it is best at. */
const bestFirst = (queues: Seat['queues']) => queues.toSorted((a, b) => a.level - b.level);

export function createSeats(options: SeatsOptions): SeatsService {
  const { repo, dispatcher, phones, clock, sip } = options;

  function need(seatId: string): Seat {
    const seat = repo.find(seatId);
    if (!seat) throw new AppError('not-found');
    return seat;
  }

  function checkQueues(queues: Seat['queues'] | undefined): void {
    queues?.forEach(({ queueId }, index) => {
      if (options.knowsQueue(queueId)) return;
      const pointer = `/queues/${index}/queueId`;
      throw new AppError('invalid-input', {}, [{ pointer, message: `no queue "${queueId}"` }]);
    });
  }

  /** The number of a telephone outside; null for another phone. It must be one that may be called. */
  function numberFor(phone: Seat['phone'], number: string | null): string | null {
    if (phone !== 'outside') return null;
    const isRefused = number === null || phones.dialRefusal(number) === 'not-allowed';
    if (!isRefused) return number;
    const message = 'a number the operator lets out (sip.outbound.allowed)';
    throw new AppError('invalid-input', {}, [{ pointer: '/number', message }]);
  }

  async function provision({ id, phone: kind }: Seat): Promise<Phone> {
    if (kind === 'outside') throw new AppError('not-now');
    const password = randomBytes(PASSWORD_BYTES).toString('base64url');
    await phones.provisionPhone(id, kind, { user: id, password });
    return { kind, user: id, password, ...sip, iceServers: [] };
  }

  return {
    all: () => repo.all(),
    find: need,
    create(wanted) {
      checkQueues(wanted.queues);
      if (repo.find(wanted.id)) throw new AppError('conflict', { what: wanted.id });
      const queues = bestFirst(wanted.queues);
      const { autoAnswer = false } = wanted;
      const number = numberFor(wanted.phone, wanted.number ?? null);
      const createdAt = clock.now();
      const seat: Seat = { ...wanted, number, queues, autoAnswer, enabled: true, createdAt };
      repo.insert(seat);
      return seat;
    },
    change(seatId, wanted) {
      const before = need(seatId);
      checkQueues(wanted.queues);
      const { phone = before.phone } = wanted;
      const changesPhone = wanted.phone !== undefined || wanted.number !== undefined;
      const change = {
        ...wanted,
        ...(wanted.queues && { queues: bestFirst(wanted.queues) }),
        ...(changesPhone && { number: numberFor(phone, wanted.number ?? before.number) }),
      };
      const taken = dispatcher.engine.seat(seatId) !== null;
      if (taken && (change.enabled === false || changesPhone)) {
        throw new AppError('seat-taken', { seat: seatId });
      }
      repo.update(seatId, change);
      if (taken && change.queues) {
        dispatcher.submit({ kind: 'seat-queues', seatId, memberships: change.queues });
      }
      return need(seatId);
    },
    async remove(seatId) {
      need(seatId);
      if (dispatcher.engine.seat(seatId)) throw new AppError('seat-taken', { seat: seatId });
      await phones.removePhone(seatId);
      repo.remove(seatId);
    },
    newPhone: (seatId) => provision(need(seatId)),
    async newBrowserPhone(seatId, personId) {
      const seat = need(seatId);
      if (seat.phone !== 'browser') throw new AppError('not-now');
      return { ...(await provision(seat)), iceServers: options.iceServersFor(personId) };
    },
  };
}
