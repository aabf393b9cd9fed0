import { adopt, closeEnded, compare, type Found, type TalkSince } from '../calls/adoption.ts';
import type { Line, LiveChannels, Telephony } from '../calls/ports.ts';
import { type AliveTalk, restoreSeats } from '../seats/restore.ts';
import type { FloorParts } from './floor.ts';
import type { LeadingParts } from './leading.ts';
import type { AppOptions } from './options.ts';
import type { Records } from './records.ts';

/** Whom to tell that a phone, or the exchange, came or went. */
interface Consoles {
  onPhone(seatId: string): void;
  onExchange(): void;
}

/** A caller is told of within milliseconds, or else events have been held up. */
const LATE_MS = 1_000;
/** The exchange notes whole seconds. */
const NOTE_ROUNDING_MS = 2_000;

/**
 * Goes on with every call that is alive, closes those that ended while no server was there, and only
 * then takes new ones. Resolves when the floor is running; until then callers hear nothing, so what
 * is only tidying up never makes it reject.
 * @param live what the exchange said when it was connected to
 */
export async function takeOver(
  live: LiveChannels,
  options: AppOptions,
  records: Records,
  floor: FloorParts,
  leading: Pick<LeadingParts, 'resume' | 'onExchange'>,
  consoles: Consoles,
): Promise<void> {
  await takeUp(live, options, records, floor);
  floor.homeLines.restore();
  leading.resume();
  const { dispatcher, homeLines } = floor;
  const onConnection = (isConnected: boolean) => {
    leading.onExchange(isConnected);
    consoles.onExchange();
  };
  options.outside.telephony.listen({
    onCaller: doorFor(options, records, floor),
    onPhone(seatId, reachable) {
      // A ready seat whose phone is gone would only let callers ring into the void.
      const isReady = dispatcher.engine.seat(seatId)?.state === 'ready';
      if (!reachable && isReady) {
        dispatcher.submit({ kind: 'seat-not-ready', seatId, reason: 'unreachable' });
      }
      homeLines.onPhone(seatId, reachable);
      consoles.onPhone(seatId);
    },
    onConnection,
  });
  onConnection(true);
}

/** Everything that was going on. Nothing of it is kept here: the listeners live as long as the server. */
async function takeUp(
  live: LiveChannels,
  { clock, log, outside }: AppOptions,
  { callRepo, seatsRepo, eventLog }: Records,
  { dispatcher, liveCalls, callBacks, keeper, record }: FloorParts,
): Promise<void> {
  const talkSince = talksIn(eventLog);
  const { hasEndedOn, isKept } = callRepo;
  const memory = { records: callRepo.live(), talkSince, isKept, hasEndedOn };
  const found = compare(memory, live);
  // A thousand calls are taken over in one transaction: each by itself would wait for the disk.
  eventLog.together(() => {
    closeEnded(found, { clock, record, talkSince });
    const now = clock.now();
    const calls = { talks: aliveTalks(found, talkSince), call: callRepo.call };
    restoreSeats(seatsRepo, dispatcher, calls, { now, record });
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
  const left = (err: unknown) => log.error({ err }, 'what a former server left is not tidied up');
  const tidied = hangUpUnwanted(found, outside.telephony).catch(left);
  callBacks.dialAfter(tidied);
  await tidied;
  await keeper.recover(new Set(found.alive.flatMap(recordingsOf))).catch(left);
}

/** Lets callers in, but for those whom the exchange's own note, taken in meanwhile, says have left. */
function doorFor({ clock }: AppOptions, { callRepo }: Records, { liveCalls }: FloorParts) {
  return (line: Line): void => {
    const { channelId, arrivedAt } = line;
    const isLate = clock.now() - arrivedAt >= LATE_MS;
    if (isLate && callRepo.hasEndedOn(channelId, arrivedAt - NOTE_ROUNDING_MS)) void line.hangUp();
    else liveCalls.begin(line);
  };
}

/** Whoever was left on the line, whoever is rung for nobody any more. */
async function hangUpUnwanted(found: Found, telephony: Telephony): Promise<void> {
  const { finished, strayLegs, ringing } = found;
  await Promise.all([...finished, ...strayLegs].map((each) => each.hangUp()));
  await telephony.hangUpStrays([...strayLegs.map(({ legId }) => legId), ...ringing]);
}

/** What is being recorded in a call that lives; a phone that rang may have been answered by now. */
function recordingsOf({ known: { stage }, leg, rung }: Found['alive'][number]): string[] {
  if ('outside' in stage) return [stage.outside.recordingId ?? []].flat();
  return [leg, rung].flatMap((each) => each?.recordingId ?? []);
}

/** When a call's conversation began, if its latest one has not ended. Each call is looked up once. */
function talksIn({ last }: Records['eventLog']): TalkSince {
  const known = new Map<string, number | null>();
  return (callId) => {
    const before = known.get(callId);
    if (before !== undefined) return before;
    const latest = last({ callId }, ['call.connected', 'call.talk-ended']);
    const since = latest?.kind === 'call.connected' ? latest.at : null;
    known.set(callId, since);
    return since;
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
