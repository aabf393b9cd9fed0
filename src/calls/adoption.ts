import type { NewEvent } from '../events.ts';
import type { Clock } from '../kit/clock.ts';
import type { Log } from '../kit/log.ts';
import type { KnownCall, LiveCalls } from './live-calls.ts';
import type { Language, Leg, Line, LiveChannels } from './ports.ts';
import type { CallRecord } from './repo.ts';
import type { Stage } from './stage.ts';

/** A stored call whose caller is still on the line, and the seat's leg if there is one. */
export interface AliveCall {
  known: KnownCall;
  line: Line;
  leg: Leg | null;
}

/** What a restarted server found: calls to go on with, and calls that ended in the gap. */
export interface Found {
  alive: AliveCall[];
  ended: CallRecord[];
  /** Callers in the exchange nobody has written down yet: new calls. */
  unknown: Line[];
  /** Seat legs no live call owns. */
  strayLegs: Leg[];
}

/** Compares what the store remembers with what the exchange says is true. */
export function compare(records: readonly CallRecord[], live: LiveChannels): Found {
  const lines = new Map(live.lines);
  const legs = new Map([...live.legs.values()].map((leg) => [leg.seatId, leg]));
  const found: Found = { alive: [], ended: [], unknown: [], strayLegs: [] };
  for (const record of records) {
    const line = lines.get(record.channelId);
    const stage = stageOf(record);
    if (!line || !stage) {
      found.ended.push(record);
      continue;
    }
    lines.delete(record.channelId);
    const leg = stage.name === 'conversation' ? (legs.get(stage.ring.seatId) ?? null) : null;
    if (leg) legs.delete(leg.seatId);
    const { id: callId, entryId } = record;
    const known = { callId, entryId, language: record.language as Language, stage };
    found.alive.push({ known, line, leg });
  }
  found.unknown = [...lines.values()];
  found.strayLegs = [...legs.values()];
  return found;
}

interface Adopter {
  liveCalls: LiveCalls;
  clock: Clock;
  log: Log;
  record(event: NewEvent): void;
  /** When the call's latest conversation began. */
  lastConnectedAt(callId: string): number | null;
  /** Is the seat's caller on hold? The stage was stored when the conversation began. */
  isHeld(seatId: string): boolean;
}

/** Goes on with what lives and closes what does not; new callers come last. */
export async function adopt(found: Found, adopter: Adopter): Promise<void> {
  const { liveCalls, clock, log, record } = adopter;
  for (const { id: callId, seatId, agentId, queueId, stage } of found.ended) {
    const at = clock.now();
    const connectedAt = stage === 'conversation' ? adopter.lastConnectedAt(callId) : null;
    if (connectedAt !== null && seatId !== null && agentId !== null && queueId !== null) {
      const talkMs = Math.max(0, at - connectedAt);
      record({
        kind: 'call.talk-ended',
        at,
        callId,
        queueId,
        seatId,
        agentId,
        by: 'system',
        talkMs,
      });
    }
    record({ kind: 'call.ended', at, callId, ending: 'server-lost' });
  }
  for (const { known, line, leg } of found.alive) {
    liveCalls.adopt(resumed(known, adopter), line, leg);
  }
  for (const leg of found.strayLegs) await leg.hangUp();
  for (const line of found.unknown) liveCalls.begin(line);
  const { alive, ended, strayLegs, unknown } = found;
  log.info(
    {
      adopted: alive.length,
      ended: ended.length,
      strays: strayLegs.length,
      unknown: unknown.length,
    },
    'calls taken over from the exchange',
  );
}

function resumed(known: KnownCall, { isHeld }: Adopter): KnownCall {
  const { stage } = known;
  if (stage.name !== 'conversation') return known;
  const held = isHeld(stage.ring.seatId);
  return { ...known, stage: { ...stage, adopted: true, held } };
}

/** The stored stage. Written by this program, so its shape is trusted; its absence is not. */
function stageOf(record: CallRecord): Stage | null {
  if (record.stage === null) return null;
  const data: object = typeof record.stageData === 'object' ? (record.stageData ?? {}) : {};
  return { name: record.stage, ...data } as Stage;
}
