import type { NewEvent } from '../../src/events.ts';

/**
 * What one answered, recorded and rated call writes, one list for each commit: the events between
 * two decisions are stored together, as they are in production.
 */
export function callLife(number: number, at: number): NewEvent[][] {
  const callId = `01BENCH${String(number).padStart(19, '0')}`;
  const seat = { seatId: `seat-${number % 661}`, agentId: `agent-${number % 951}` };
  const queueId = `queue-${number % 30}`;
  const call = { callId, queueId, ...seat };
  const recordingId = `${callId}-1`;
  const state = { ...seat, reason: null, callId, until: null };
  const waitedMs = 2_400;
  const phone = { caller: `1390000${String(number % 10_000).padStart(4, '0')}`, dialled: '12345' };
  const arrived = { ...phone, callId, entryId: 'main', language: 'zh', channelId: `ch-${number}` };
  const file = `2025/01/02/${recordingId}.wav`;
  const wav = { file, sha256: 'ab'.repeat(32), durationMs: 240_000, bytes: 7_680_044 };
  return [
    [
      { kind: 'call.arrived', at, ...arrived },
      { kind: 'call.stage', at, callId, stage: 'menu', data: { menu: 'main', tries: 0 } },
    ],
    [
      { kind: 'call.choice', at, callId, key: '1', choice: 'main/1' },
      { kind: 'call.stage', at, callId, stage: 'waiting', data: { queueId, priority: 0 } },
    ],
    [
      { kind: 'call.queued', at, callId, queueId, priority: 0, arrivedAt: at },
      { kind: 'call.ringing', at, ...call, attempt: 1, chosenBy: 'longest-idle', level: 1 },
      { kind: 'seat.state', at, ...state, state: 'ringing', until: at + 15_000 },
    ],
    [
      { kind: 'call.connected', at, ...call, waitedMs, ringMs: 2_300 },
      { kind: 'seat.state', at, ...state, state: 'talking' },
    ],
    [{ kind: 'recording.started', at, recordingId, callId, ...seat }],
    [
      { kind: 'call.talk-ended', at, ...call, by: 'agent', talkMs: 240_000 },
      { kind: 'seat.state', at, ...state, state: 'wrap-up', until: at + 30_000 },
      { kind: 'call.rating-asked', at, callId, agentId: seat.agentId },
    ],
    [
      { kind: 'recording.ready', at, recordingId, callId, ...wav, repaired: false },
      { kind: 'call.rated', at, ...call, score: 5 },
    ],
    [
      { kind: 'call.ended', at, callId, ending: 'agent-hung-up' },
      { kind: 'seat.state', at, ...state, state: 'ready', callId: null },
    ],
  ];
}
