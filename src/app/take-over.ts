import { adopt, compare, type Found } from '../calls/adoption.ts';
import type { CallRepo } from '../calls/repo.ts';
import { type AliveTalk, restoreSeats } from '../seats/restore.ts';
import type { Gateway } from '../realtime/gateway.ts';
import type { FloorParts } from './floor.ts';
import type { AppOptions } from './options.ts';
import type { Records } from './records.ts';

/**
 * Connects to the exchange, goes on with every call that is alive, closes those that ended while no
 * server was there, and only then takes new ones. Resolves when the floor is running.
 */
export async function takeOver(
  { clock, log, outside }: AppOptions,
  { callRepo, seatsRepo }: Records,
  { dispatcher, liveCalls, keeper, record }: FloorParts,
  gateway: Gateway,
): Promise<void> {
  const { telephony } = outside;
  const found = compare(callRepo.live(), await telephony.connect());
  restoreSeats(seatsRepo, dispatcher, aliveTalks(found, callRepo));
  await adopt(found, {
    liveCalls,
    clock,
    log,
    record,
    isHeld: (seatId) => dispatcher.engine.seat(seatId)?.state === 'hold',
  });
  await telephony.hangUpStrays(found.strayLegs.map(({ legId }) => legId));
  await keeper.recover(new Set(found.alive.flatMap(({ leg }) => leg?.recordingId ?? [])));
  telephony.listen({
    onCaller: (line) => liveCalls.begin(line),
    onPhone(seatId, reachable) {
      // A ready seat whose phone is gone would only let callers ring into the void.
      const isReady = dispatcher.engine.seat(seatId)?.state === 'ready';
      if (!reachable && isReady) {
        dispatcher.submit({ kind: 'seat-not-ready', seatId, reason: 'unreachable' });
      }
      gateway.onPhone(seatId);
    },
    onConnection: (connected) => gateway.onExchange(connected),
  });
  gateway.onExchange(true);
}

/** Conversations that go on, by call. */
function aliveTalks({ alive }: Found, callRepo: CallRepo): Map<string, AliveTalk> {
  const talks = new Map<string, AliveTalk>();
  for (const { known } of alive) {
    if (known.stage.name !== 'conversation') continue;
    const connectedAt = callRepo.call(known.callId)?.connectedAt;
    const { queueId } = known.stage.ring;
    if (connectedAt) talks.set(known.callId, { queueId, connectedAt });
  }
  return talks;
}
