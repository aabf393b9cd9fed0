import { randomBytes } from 'node:crypto';
import type { Clock } from '../kit/clock.ts';
import { AppError } from '../kit/errors.ts';
import type { SeatDispatcher, SeatPhones } from './ports.ts';
import type { SeatsRepo } from './repo.ts';
import type { NewSeat, Phone, Seat, SeatChange } from './schema.ts';

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
  newBrowserPhone(seatId: string): Promise<Phone>;
}

interface SeatsOptions {
  repo: SeatsRepo;
  dispatcher: SeatDispatcher;
  phones: SeatPhones;
  clock: Clock;
  /** Where phones find the exchange. */
  sip: { domain: string; port: number; webSocketPath: string };
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

  async function provision({ id, phone: kind }: Seat): Promise<Phone> {
    const password = randomBytes(PASSWORD_BYTES).toString('base64url');
    await phones.provisionPhone(id, kind, { user: id, password });
    return { kind, user: id, password, ...sip };
  }

  return {
    all: () => repo.all(),
    find: need,
    create(wanted) {
      checkQueues(wanted.queues);
      if (repo.find(wanted.id)) throw new AppError('conflict', { what: wanted.id });
      const queues = bestFirst(wanted.queues);
      const { autoAnswer = false } = wanted;
      const createdAt = clock.now();
      const seat: Seat = { ...wanted, queues, autoAnswer, enabled: true, createdAt };
      repo.insert(seat);
      return seat;
    },
    change(seatId, wanted) {
      need(seatId);
      checkQueues(wanted.queues);
      const change = wanted.queues ? { ...wanted, queues: bestFirst(wanted.queues) } : wanted;
      const taken = dispatcher.engine.seat(seatId) !== null;
      if (taken && (change.enabled === false || change.phone !== undefined)) {
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
    async newBrowserPhone(seatId) {
      const seat = need(seatId);
      if (seat.phone !== 'browser') throw new AppError('not-now');
      return provision(seat);
    },
  };
}
