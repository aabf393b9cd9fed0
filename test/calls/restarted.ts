import { adopt, closeEnded, compare } from '../../src/calls/adoption.ts';
import type { Leg, Line, OutsideLeg } from '../../src/calls/ports.ts';
import { projectCalls } from '../../src/calls/projection.ts';
import { createCallRepo } from '../../src/calls/repo.ts';
import type { NewEvent } from '../../src/events.ts';
import { openStore } from '../../src/store/db.ts';
import { createEventLog } from '../../src/store/event-log.ts';
import { settle } from '../support/fake-clock.ts';
import { FakeLeg, FakeLine, FakeOutsideLeg } from '../support/fake-telephony.ts';
import { createRig } from './rig.ts';

/** What a server that died had stored, as its successor reads it. */
function stored(events: readonly NewEvent[]) {
  const store = openStore(':memory:');
  const log = createEventLog(store, [projectCalls(store)], { error: () => {} });
  log.append(events);
  return createCallRepo(store);
}

/** A second server, with the lines and legs that are still there. */
export async function restart(
  old: ReturnType<typeof createRig>,
  lines: FakeLine[],
  legs: FakeLeg[] = [],
  outside: FakeOutsideLeg[] = [],
  rings: FakeLeg[] = [],
  readySeatId: string | null = null,
  exchangeStartedAt = 0,
  hungUp: ReadonlySet<string> = new Set(),
) {
  const rig = createRig();
  const repo = stored(old.events);
  const live = {
    lines: new Map<string, Line>(lines.map((line) => [line.channelId, line])),
    legs: new Map<string, Leg>(legs.map((leg) => [leg.legId, leg])),
    rings: new Map<string, Leg>(rings.map((leg) => [leg.legId, leg])),
    outside: new Map<string, OutsideLeg>(outside.map((leg) => [leg.legId, leg])),
    startedAt: exchangeStartedAt,
    hungUp,
  };
  const talkSince = (callId: string) => {
    const last = old.events.findLast(
      (event) =>
        (event.kind === 'call.connected' || event.kind === 'call.talk-ended') &&
        event.callId === callId,
    );
    return last?.kind === 'call.connected' ? last.at : null;
  };
  const { hasEndedOn, isKept } = repo;
  const found = compare({ records: repo.live(), talkSince, isKept, hasEndedOn }, live);
  const record = (event: NewEvent) => rig.house.record(event);
  closeEnded(found, { clock: rig.clock, record, talkSince });
  for (const { known } of found.alive) {
    if (known.stage.name !== 'conversation') continue;
    const { ring } = known.stage;
    rig.dispatcher.submit({
      kind: 'seat-restored',
      seat: {
        seatId: ring.seatId,
        agentId: ring.agentId,
        memberships: [{ queueId: ring.queueId, level: 1 }],
        state: 'talking',
        since: rig.clock.now(),
        reason: null,
        callId: known.callId,
        talk: { queueId: ring.queueId, connectedAt: rig.clock.now() },
        until: null,
        notReadyNext: null,
      },
    });
  }
  if (readySeatId !== null) await rig.seat(readySeatId, 'consumer');
  adopt(found, {
    liveCalls: rig.calls,
    restoreVirtual: rig.callBacks.restore,
    clock: rig.clock,
    log: rig.house.log,
    record,
    talkSince,
    isRecorded: (recordingId) => repo.recording(recordingId) !== undefined,
    isHeld: () => false,
  });
  for (const each of [...found.finished, ...found.strayLegs]) await each.hangUp();
  await settle();
  return rig;
}

/** The same caller's channel as the new server sees it. */
export function sameLine(rig: ReturnType<typeof createRig>, line: FakeLine): FakeLine {
  return new FakeLine(rig.clock, line.channelId, line.dialledNumber);
}

/** A server whose seat 1001 talks with a caller. */
export async function talking() {
  const old = createRig();
  return { old, ...(await old.talk()) };
}
