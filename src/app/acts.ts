import type { LiveCalls } from '../calls/live-calls.ts';
import type { NewEvent } from '../events.ts';
import { createActs } from '../seats/acts.ts';
import type { DeskService } from '../seats/desk.ts';
import { createExperts } from '../seats/experts.ts';
import { createExpertsRepo } from '../seats/experts-repo.ts';
import type { SeatDispatcher } from '../seats/ports.ts';
import type { Desk } from '../seats/schema.ts';
import type { AppOptions } from './options.ts';
import type { Records } from './records.ts';

interface Parts {
  desk: DeskService;
  dispatcher: SeatDispatcher;
  liveCalls: LiveCalls;
  record(event: NewEvent): void;
}

/** What agents do beside taking a call. */
export function openActs({ clock, outside }: AppOptions, records: Records, parts: Parts) {
  const { hotline, callRepo, isLeader } = records;
  const { desk, dispatcher, liveCalls, record } = parts;
  return createActs({
    desk,
    dispatcher,
    phones: outside.telephony,
    dialCall: (wanted) => liveCalls.dial(wanted),
    earlierCall: (callId) => callRepo.call(callId),
    isLeader,
    clock,
    record,
    settings() {
      const { queues, tags, help } = hotline();
      return { queueIds: queues.map(({ id }) => id), tags, helpSeats: help.seats };
    },
  });
}

/** Positions of other departments that agents bring into calls. */
export function openExperts(
  { clock, outside }: AppOptions,
  { store, seatsRepo }: Records,
  dispatcher: SeatDispatcher,
) {
  const { telephony } = outside;
  return createExperts({
    repo: createExpertsRepo(store),
    clock,
    knowsSeat: (seatId) => seatsRepo.find(seatId) !== undefined,
    isFree: (seatId) => dispatcher.engine.seat(seatId)?.state === 'ready',
    mayDial: (number) => telephony.dialRefusal(number) === null,
  });
}

/** What the desk shows of self-services. */
export function selfServiceOf(liveCalls: LiveCalls) {
  return (callId: string | null): Pick<Desk, 'selfService' | 'selfServiceResult'> => {
    if (callId === null) return {};
    const { now, last } = liveCalls.selfService(callId);
    return { ...(now && { selfService: pick(now) }), ...(last && { selfServiceResult: last }) };
  };
}

function pick({ serviceId, since, until }: NonNullable<Desk['selfService']>) {
  return { serviceId, since, until };
}
