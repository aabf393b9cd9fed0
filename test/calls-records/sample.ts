import { projectCalls } from '../../src/calls/projection.ts';
import { type CallRepo, createCallRepo } from '../../src/calls/repo.ts';
import type { NewEvent } from '../../src/events.ts';
import { openStore, type Store } from '../../src/store/db.ts';
import { createEventLog, type EventLog } from '../../src/store/event-log.ts';

/** The evening of the day all sample calls come in. */
export const t0 = Date.parse('2026-11-21T19:30:00+08:00');
export const callerNumber = '13812345678';
export const seat = { seatId: '801', agentId: 'agent-1' };

export interface Records {
  store: Store;
  log: EventLog;
  repo: CallRepo;
}

/** A real database in memory with the calls folded into it. */
export function openRecords(): Records {
  const store = openStore(':memory:');
  const log = createEventLog(store, [projectCalls(store)], {
    error: (...args: unknown[]) => {
      throw new Error(`subscriber failed: ${JSON.stringify(args)}`);
    },
  });
  return { store, log, repo: createCallRepo(store) };
}

/** A caller who waits in a queue from `at` on. */
export function waiting(callId: string, at = t0, caller = callerNumber): NewEvent[] {
  return [
    {
      kind: 'call.arrived',
      at,
      callId,
      entryId: 'city',
      caller,
      dialled: '12345',
      language: 'zh',
      channelId: `channel-${callId}`,
    },
    { kind: 'call.stage', at, callId, stage: 'greeting', data: { name: 'greeting', caller } },
    { kind: 'call.language', at: at + 900, callId, language: 'yue' },
    { kind: 'call.choice', at: at + 1_000, callId, key: '1', choice: 'main/1' },
    {
      kind: 'call.queued',
      at: at + 2_000,
      callId,
      queueId: 'consumer',
      priority: 1,
      arrivedAt: at,
    },
    { kind: 'call.stage', at: at + 2_000, callId, stage: 'waiting', data: { name: 'waiting' } },
  ];
}

/** The rest of a call: answered after 5 s, talks `talkMs`, rated `score` when given. */
export function served(callId: string, at = t0, talkMs = 60_000, score?: number): NewEvent[] {
  const talk = { callId, queueId: 'consumer', ...seat };
  const endAt = at + 5_000 + talkMs;
  return [
    {
      kind: 'call.ringing',
      at: at + 3_000,
      ...talk,
      attempt: 1,
      chosenBy: 'longest-idle',
      level: 1,
    },
    { kind: 'call.connected', at: at + 5_000, ...talk, waitedMs: 5_000, ringMs: 2_000 },
    { kind: 'recording.started', at: at + 5_000, recordingId: `rec-${callId}`, callId, ...seat },
    { kind: 'call.talk-ended', at: endAt, ...talk, by: 'agent', talkMs },
    { kind: 'call.rating-asked', at: endAt, callId, agentId: seat.agentId },
    ...(score === undefined
      ? []
      : [{ kind: 'call.rated' as const, at: endAt + 4_000, ...talk, score }]),
    { kind: 'call.ended', at: endAt + 5_000, callId, ending: 'agent-hung-up' },
  ];
}

/** A whole call. */
export function wholeCall(callId: string, at = t0, caller = callerNumber): NewEvent[] {
  return [...waiting(callId, at, caller), ...served(callId, at)];
}
