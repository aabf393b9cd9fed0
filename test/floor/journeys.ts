import * as fc from 'fast-check';
import type { NewEvent } from '../../src/events.ts';

/** What one made-up call does in the day, and what it must count for. */
export interface MadeCall {
  events: NewEvent[];
  /** Queues entered, in order. */
  entered: string[];
  /** Queue and wait of the first answer. */
  answer: { queueId: string; waitedMs: number } | null;
  abandonedAfterMs: number | null;
  turnedAway: boolean;
  talkMs: number;
  score: number | null;
}

export const queueIds = ['consumer', 'housing', 'traffic'] as const;

const queue = fc.constantFrom(...queueIds);
const fate = fc.record({
  arrivesAfterMs: fc.integer({ min: 0, max: 86_400_000 }),
  first: queue,
  second: fc.option(queue, { freq: 4 }),
  waitMs: fc.oneof(fc.integer({ min: 0, max: 16_000 }), fc.integer({ min: 0, max: 200_000 })),
  failedRings: fc.integer({ min: 0, max: 2 }),
  end: fc.constantFrom('talk', 'talk', 'talk', 'lost-seat', 'abandon', 'too-long', 'full'),
  talkMs: fc.integer({ min: 500, max: 400_000 }),
  score: fc.option(fc.integer({ min: 1, max: 5 })),
});
type Fate = typeof fate extends fc.Arbitrary<infer T> ? T : never;

/** A day of random calls beginning at `from`, the same for the same seed. */
export function makeCalls(count: number, from: number, seed: number): MadeCall[] {
  const fates = fc.sample(fate, { numRuns: count, seed });
  return fates.map((one, at) => makeCall(`call-${String(at)}`, from + one.arrivesAfterMs, one));
}

/** All events of the calls in the order in which they happen, numbered from 1. */
export function inOrder(calls: readonly MadeCall[]): (NewEvent & { seq: number })[] {
  const events = calls.flatMap((call) => call.events).toSorted((a, b) => a.at - b.at);
  return events.map((event, at) => ({ ...event, seq: at + 1 }));
}

function makeCall(callId: string, at: number, fate: Fate): MadeCall {
  const call: MadeCall = {
    events: [],
    entered: [],
    answer: null,
    abandonedAfterMs: null,
    turnedAway: false,
    talkMs: 0,
    score: null,
  };
  const say = (event: NewEvent) => call.events.push(event);
  say({
    kind: 'call.arrived',
    at,
    callId,
    entryId: 'main',
    caller: '',
    dialled: '12345',
    language: 'mandarin',
    channelId: callId,
  });
  if (fate.end === 'full') {
    say({ kind: 'call.turned-away', at, callId, queueId: fate.first, why: 'full' });
    return { ...call, turnedAway: true };
  }
  let queueId: string = fate.first;
  call.entered.push(queueId);
  say({ kind: 'call.queued', at, callId, queueId, priority: 0, arrivedAt: at });
  if (fate.second !== null && fate.second !== queueId) {
    const fromQueueId = queueId;
    queueId = fate.second;
    call.entered.push(queueId);
    say({ kind: 'call.overflowed', at, callId, fromQueueId, queueId, why: 'too-long' });
    say({ kind: 'call.queued', at, callId, queueId, priority: 0, arrivedAt: at });
  }
  const seat = { seatId: '801', agentId: 'agent-1' };
  for (let attempt = 1; attempt <= fate.failedRings; attempt += 1) {
    say({
      kind: 'call.ringing',
      at,
      callId,
      queueId,
      ...seat,
      attempt,
      chosenBy: 'longest-idle',
      level: 1,
    });
    say({ kind: 'call.ring-failed', at, callId, queueId, ...seat, attempt, why: 'no-answer' });
  }
  const endAt = at + fate.waitMs;
  const waitedMs = fate.waitMs;
  if (fate.end === 'abandon') {
    say({ kind: 'call.abandoned', at: endAt, callId, queueId, waitedMs });
    return { ...call, abandonedAfterMs: waitedMs };
  }
  if (fate.end === 'too-long') {
    say({ kind: 'call.turned-away', at: endAt, callId, queueId, why: 'too-long' });
    say({ kind: 'call.call-back-requested', at: endAt, callId, queueId });
    return { ...call, turnedAway: true };
  }
  call.answer = { queueId, waitedMs };
  return talk(call, callId, endAt, fate);
}

function talk(call: MadeCall, callId: string, connectedAt: number, fate: Fate): MadeCall {
  const queueId = call.answer?.queueId ?? '';
  const seat = { seatId: '801', agentId: 'agent-1' };
  const { talkMs } = fate;
  const waited = { waitedMs: fate.waitMs, ringMs: 0 };
  const at = connectedAt + talkMs;
  call.events.push({
    kind: 'call.connected',
    at: connectedAt,
    callId,
    queueId,
    ...seat,
    ...waited,
  });
  if (fate.end === 'lost-seat') {
    // Put back, and gives up in the queue: answered all the same.
    call.events.push(
      { kind: 'call.talk-ended', at, callId, queueId, ...seat, by: 'seat-lost', talkMs },
      {
        kind: 'call.queued',
        at,
        callId,
        queueId,
        priority: 0,
        arrivedAt: connectedAt - fate.waitMs,
      },
      { kind: 'call.abandoned', at: at + 100, callId, queueId, waitedMs: 100 },
    );
    return { ...call, talkMs };
  }
  call.events.push({ kind: 'call.talk-ended', at, callId, queueId, ...seat, by: 'agent', talkMs });
  if (fate.score !== null) {
    const { score } = fate;
    call.events.push({ kind: 'call.rated', at: at + 1_000, callId, queueId, ...seat, score });
  }
  return { ...call, talkMs, score: fate.score };
}
