import { adopt, closeEnded, compare, type Found, type TalkSince } from '../calls/adoption.ts';
import type { Telephony } from '../calls/ports.ts';
import type { Gateway } from '../realtime/gateway.ts';
import { type AliveTalk, restoreSeats } from '../seats/restore.ts';
import type { FloorParts } from './floor.ts';
import type { LeadingParts } from './leading.ts';
import type { AppOptions } from './options.ts';
import type { Records } from './records.ts';

/**
 * Connects to the exchange, goes on with every call that is alive, closes those that ended while no
 * server was there, and only then takes new ones. Resolves when the floor is running.
 */
export async function takeOver(
  { clock, log, outside }: AppOptions,
  { callRepo, seatsRepo, eventLog }: Records,
  { dispatcher, liveCalls, callBacks, keeper, homeLines, record }: FloorParts,
  leading: Pick<LeadingParts, 'resume' | 'onExchange'>,
  gateway: Gateway,
): Promise<void> {
  const { telephony } = outside;
  const talkSince = talksIn(eventLog);
  const live = await telephony.connect();
  const { hasEndedOn, isKept } = callRepo;
  const memory = { records: callRepo.live(), talkSince, isKept, hasEndedOn };
  const found = compare(memory, live);
  // A thousand calls are taken over in one transaction: each by itself would wait for the disk.
  eventLog.together(() => {
    closeEnded(found, { clock, record, talkSince });
    const now = clock.now();
    restoreSeats(seatsRepo, dispatcher, aliveTalks(found, talkSince), { now, record });
    adopt(found, {
      liveCalls,
      restoreVirtual: callBacks.restore,
      clock,
      log,
      record,
      talkSince,
      isRecorded: (recordingId) => callRepo.recording(recordingId) !== undefined,
      isHeld: (seatId) => dispatcher.engine.seat(seatId)?.state === 'hold',
    });
  });
  const tidied = hangUpUnwanted(found, telephony);
  callBacks.dialAfter(tidied.catch(() => {}));
  await tidied;
  await keeper.recover(new Set(found.alive.flatMap(recordingsOf)));
  homeLines.restore();
  leading.resume();
  const onConnection = (isConnected: boolean) => {
    leading.onExchange(isConnected);
    gateway.onExchange();
  };
  telephony.listen({
    onCaller: (line) => liveCalls.begin(line),
    onPhone(seatId, reachable) {
      // A ready seat whose phone is gone would only let callers ring into the void.
      const isReady = dispatcher.engine.seat(seatId)?.state === 'ready';
      if (!reachable && isReady) {
        dispatcher.submit({ kind: 'seat-not-ready', seatId, reason: 'unreachable' });
      }
      homeLines.onPhone(seatId, reachable);
      gateway.onPhone(seatId);
    },
    onConnection,
  });
  onConnection(true);
}

/** Whoever was left on the line, whoever is rung for nobody any more. */
async function hangUpUnwanted(found: Found, telephony: Telephony): Promise<void> {
  const { finished, strayLegs, ringing } = found;
  await Promise.all([...finished, ...strayLegs].map((each) => each.hangUp()));
  await telephony.hangUpStrays([...strayLegs.map(({ legId }) => legId), ...ringing]);
}

/** What is being recorded in a call that lives; a phone that rang may have been answered by now. */
function recordingsOf({ known: { stage }, leg }: Found['alive'][number]): string[] {
  if (stage.name === 'outside-talk') return [stage.outside.recordingId ?? []].flat();
  const rung = stage.name === 'ringing' ? [stage.ring.recordingId] : [];
  return leg ? [leg.recordingId, ...rung] : rung;
}

/** When a call's conversation began, if its latest one has not ended. */
function talksIn({ last }: Records['eventLog']): TalkSince {
  return (callId) => {
    const latest = last({ callId }, ['call.connected', 'call.talk-ended']);
    return latest?.kind === 'call.connected' ? latest.at : null;
  };
}

/** Conversations that go on, by call. */
function aliveTalks({ alive }: Found, talkSince: TalkSince): Map<string, AliveTalk> {
  const talks = new Map<string, AliveTalk>();
  for (const { known } of alive) {
    if (known.stage.name !== 'conversation') continue;
    const connectedAt = talkSince(known.callId);
    const { seatId, queueId } = known.stage.ring;
    if (connectedAt !== null) talks.set(known.callId, { seatId, queueId, connectedAt });
  }
  return talks;
}
