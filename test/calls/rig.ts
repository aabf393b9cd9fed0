import { pino } from 'pino';
import type { Hotline } from '../../config/hotline.ts';
import { createEngine } from '../../src/acd/engine.ts';
import type { CallBulletin } from '../../src/calls/bulletins.ts';
import { createCallBacks } from '../../src/calls/call-backs.ts';
import type { KnownCaller } from '../../src/calls/caller-rules.ts';
import { createDispatcher } from '../../src/calls/dispatcher.ts';
import { type CallHistory, createDialCap } from '../../src/calls/history.ts';
import type { House, RequestDesk } from '../../src/calls/house.ts';
import { createLiveCalls } from '../../src/calls/live-calls.ts';
import { projectCalls } from '../../src/calls/projection.ts';
import { queueRules } from '../../src/calls/queue-rules.ts';
import { createCallRepo } from '../../src/calls/repo.ts';
import type { EventKind, NewEvent } from '../../src/events.ts';
import { openStore, type Store } from '../../src/store/db.ts';
import { createEventLog } from '../../src/store/event-log.ts';
import { FakeClock, settle } from '../support/fake-clock.ts';
import { FakeLine, FakeTelephony } from '../support/fake-telephony.ts';
import { smallHotline } from '../support/hotline.ts';

/** The live side of calls with a fake exchange and a clock that stands still. */
export function createRig(change: (doc: Hotline) => void = () => {}) {
  const clock = new FakeClock();
  const telephony = new FakeTelephony();
  telephony.clock = clock;
  const autoAnswers = new Set<string>();
  const events: NewEvent[] = [];
  const finished: string[] = [];
  const hotline = smallHotline(change);
  const room = { forRecordings: true };
  const followers: ((event: NewEvent) => void)[] = [];
  const log = pino({ level: 'silent' });
  const opened = openStore(':memory:');
  let commits = 0;
  const store: Store = {
    ...opened,
    transaction: (...work) => {
      if (!opened.sql.inTransaction) commits += 1;
      return opened.transaction(...work);
    },
  };
  const eventLog = createEventLog(store, [projectCalls(store)], log);
  const repo = createCallRepo(store);
  const record = (list: readonly NewEvent[]) => {
    events.push(...list);
    eventLog.append(list);
    for (const event of list) for (const follower of followers) follower(event);
  };
  const dispatcher = createDispatcher({ engine: createEngine(), clock, log, record });
  const bulletins: CallBulletin[] = [];
  const known = new Map<string, KnownCaller>();
  let history: CallHistory = () => [];
  const requests: RequestDesk = {
    find: () => null,
    words: async () => [],
    forget: () => {},
    urge: () => false,
  };
  const parts = {
    clock,
    log,
    telephony,
    dispatcher,
    record: (...list: NewEvent[]) => record(list),
    together: eventLog.together,
    hotline: () => hotline,
    finishRecording: (recordingId: string) => void finished.push(recordingId),
    seatGraceMs: () => hotline.seatGraceMs,
    knownCaller: (number: string) => known.get(number) ?? null,
    bulletins: () => bulletins,
    placeBefore: () => null,
    callHistory: ((number, since, exceptCallId) =>
      history(number, since, exceptCallId)) satisfies CallHistory,
    mayDial: createDialCap(store, clock, 5),
    mayRecord: () => room.forRecordings,
    autoAnswers: (seatId: string) => autoAnswers.has(seatId),
    requests: () => Promise.resolve(requests),
  };
  const callBacks = createCallBacks({ ...parts, repo });
  const house: House = { ...parts, callBacks };
  const calls = createLiveCalls(house);
  callBacks.handOverTo(calls);
  eventLog.subscribe(callBacks.hear);
  dispatcher.submit({ kind: 'queues-configured', queues: hotline.queues.map(queueRules) });
  let lines = 0;
  const dial = (number: string, from?: string): FakeLine => {
    lines += 1;
    const line = new FakeLine(clock, `channel-${lines}`, number, from);
    calls.begin(line);
    return line;
  };
  const seat = async (seatId: string, ...queueIds: string[]): Promise<void> => {
    const memberships = queueIds.map((queueId) => ({ queueId, level: 1 }));
    const agentId = `agent-${seatId}`;
    dispatcher.submit({ kind: 'seat-signed-in', seatId, agentId, memberships });
    dispatcher.submit({ kind: 'seat-ready', seatId });
    await settle();
  };
  const callId = (): string => {
    const last = events.findLast((e) => e.kind === 'call.arrived');
    return last?.kind === 'call.arrived' ? last.callId : '';
  };
  return {
    clock,
    telephony,
    /** Seats whose phones answer by themselves. */
    autoAnswers,
    dispatcher,
    calls,
    callBacks,
    repo,
    house,
    events,
    finished,
    hotline,
    known,
    requests,
    bulletins,
    /** Puts another history of calls in place. */
    remember: (other: CallHistory) => {
      history = other;
    },
    room,
    /** Transactions so far. */
    commits: () => commits,
    dial,
    /** Signs a seat in for these queues and makes it ready. */
    seat,
    /** Seat 1001 answers a caller of 12315, and the two talk. */
    async talk() {
      await seat('1001', 'consumer');
      const line = dial('12315');
      await clock.advance(1_000);
      const leg = telephony.answer('1001');
      await settle();
      return { line, leg, callId: callId() };
    },
    /** Tells somebody of every event from now on, as the log does. */
    follow: (follower: (event: NewEvent) => void) => void followers.push(follower),
    told<K extends EventKind>(kind: K) {
      return events.filter((e): e is Extract<NewEvent, { kind: K }> => e.kind === kind);
    },
    /** The endings so far, in order. */
    endings: () => events.flatMap((e) => (e.kind === 'call.ended' ? [e.ending] : [])),
    /** The id of the newest call. */
    callId,
  };
}
