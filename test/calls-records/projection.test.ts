import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callerNumber, openRecords, type Records, seat, served, t0, waiting } from './sample.ts';

let records: Records;
beforeEach(() => {
  records = openRecords();
});
afterEach(() => records.store.close());

const talk = { callId: 'c1', queueId: 'consumer', ...seat };

const held = (at: number) => ({ kind: 'call.held' as const, at, callId: 'c1', ...seat });
const resumed = (at: number) => ({ kind: 'call.resumed' as const, at, callId: 'c1', ...seat });

describe('a call as it is folded', () => {
  it('is live with its stage from the first event on', () => {
    const [arrived, ...rest] = waiting('c1');
    if (!arrived) throw new Error('no event');
    records.log.append([arrived]);
    expect(records.repo.live()).toMatchObject([{ id: 'c1', stage: 'greeting', stageData: null }]);
    records.log.append(rest);
    expect(records.repo.live()).toMatchObject([
      {
        id: 'c1',
        stage: 'waiting',
        stageData: { name: 'waiting' },
        caller: callerNumber,
        channelId: 'channel-c1',
        language: 'yue',
        choice: 'main/1',
        queueId: 'consumer',
        priority: 1,
        queuedAt: t0 + 2_000,
      },
    ]);
  });

  it('has its times, its seat and one ending when it is over', () => {
    records.log.append([...waiting('c1'), ...served('c1', t0, 60_000, 2)]);
    expect(records.repo.live()).toEqual([]);
    expect(records.repo.call('c1')).toMatchObject({
      ...seat,
      connectedAt: t0 + 5_000,
      waitedMs: 5_000,
      ringMs: 2_000,
      talkMs: 60_000,
      heldMs: 0,
      endedBy: 'agent',
      ratingAskedAt: t0 + 65_000,
      rating: 2,
      ending: 'agent-hung-up',
      endedAt: t0 + 70_000,
      stage: null,
      stageData: null,
    });
  });

  it('never takes a second ending', () => {
    records.log.append([...waiting('c1'), ...served('c1')]);
    records.log.append([{ kind: 'call.ended', at: t0 + 99_000, callId: 'c1', ending: 'error' }]);
    expect(records.repo.call('c1')).toMatchObject({
      ending: 'agent-hung-up',
      endedAt: t0 + 70_000,
    });
  });

  it('adds up what was held, also when the caller left while held', () => {
    records.log.append([
      ...waiting('c1'),
      { kind: 'call.connected', at: t0, ...talk, waitedMs: 1, ringMs: 1 },
      held(t0 + 1_000),
      resumed(t0 + 4_000),
      held(t0 + 10_000),
      { kind: 'call.talk-ended', at: t0 + 15_500, ...talk, by: 'caller', talkMs: 15_500 },
    ]);
    expect(records.repo.call('c1')).toMatchObject({ heldMs: 8_500, endedBy: 'caller' });
  });

  it('served twice: first wait, last seat, both talks', () => {
    const second = { ...talk, seatId: '802', agentId: 'agent-2' };
    records.log.append([
      ...waiting('c1'),
      { kind: 'call.connected', at: t0 + 5_000, ...talk, waitedMs: 5_000, ringMs: 2_000 },
      { kind: 'call.talk-ended', at: t0 + 9_000, ...talk, by: 'seat-lost', talkMs: 4_000 },
      {
        kind: 'call.queued',
        at: t0 + 9_000,
        callId: 'c1',
        queueId: 'consumer',
        priority: 9,
        arrivedAt: t0,
      },
      { kind: 'call.connected', at: t0 + 12_000, ...second, waitedMs: 12_000, ringMs: 500 },
      { kind: 'call.talk-ended', at: t0 + 22_000, ...second, by: 'agent', talkMs: 10_000 },
    ]);
    expect(records.repo.call('c1')).toMatchObject({
      seatId: '802',
      agentId: 'agent-2',
      waitedMs: 5_000,
      ringMs: 2_000,
      talkMs: 14_000,
      queuedAt: t0 + 2_000,
      connectedAt: t0 + 5_000,
      endedBy: 'agent',
    });
  });

  it('tells how long a caller waited who was never answered', () => {
    records.log.append([
      ...waiting('gave-up'),
      {
        kind: 'call.abandoned',
        at: t0 + 9_000,
        callId: 'gave-up',
        queueId: 'consumer',
        waitedMs: 7_000,
      },
      ...waiting('sent-away'),
      {
        kind: 'call.turned-away',
        at: t0 + 62_000,
        callId: 'sent-away',
        queueId: 'consumer',
        why: 'too-long',
      },
    ]);
    expect(records.repo.call('gave-up')).toMatchObject({ waitedMs: 7_000 });
    expect(records.repo.call('sent-away')).toMatchObject({ waitedMs: 60_000 });
  });

  it('keeps the note and the result code written after the end', () => {
    records.log.append([...waiting('c1'), ...served('c1')]);
    records.log.append([
      {
        kind: 'call.noted',
        at: t0 + 80_000,
        callId: 'c1',
        agentId: seat.agentId,
        note: '噪音投诉',
        resultCode: 'solved',
      },
    ]);
    expect(records.repo.call('c1')).toMatchObject({ note: '噪音投诉', resultCode: 'solved' });
  });
});

describe('what belongs to a call', () => {
  it('keeps a call-back request with number and language, once', () => {
    const request = {
      kind: 'call.call-back-requested' as const,
      at: t0,
      callId: 'c1',
      queueId: 'consumer',
    };
    records.log.append([...waiting('c1'), request, request]);
    expect(records.repo.callBacks(10)).toEqual([
      {
        callId: 'c1',
        caller: callerNumber,
        queueId: 'consumer',
        language: 'yue',
        requestedAt: t0,
        isMissed: false,
        state: 'listed',
        backId: null,
        attempts: 0,
        nextAt: null,
        lastFailure: null,
        doneAt: null,
        doneBy: null,
      },
    ]);
    const closed = { kind: 'call.call-back-closed' as const, callId: 'c1', personId: 'p1' };
    records.log.append([
      { ...closed, at: t0 + 5, how: 'done' },
      { ...closed, at: t0 + 6, how: 'cancelled' },
    ]);
    expect(records.repo.callBacks(10)).toMatchObject([
      { state: 'done', doneAt: t0 + 5, doneBy: 'p1' },
    ]);
  });

  it('follows a call-back through its attempts to the answer', () => {
    const at = t0;
    const back = { at, callId: 'b1', queueId: 'consumer' };
    const seat = { seatId: '1001', agentId: 'p1' };
    records.log.append([
      ...waiting('c1'),
      { kind: 'call.call-back-requested', at, callId: 'c1', queueId: 'consumer', isMissed: true },
      {
        ...back,
        kind: 'call.call-back-begun',
        ofCallId: 'c1',
        entryId: 'main',
        caller: callerNumber,
        dialled: '12345',
        language: 'yue',
        notBefore: at,
      },
    ]);
    const wish = () => records.repo.openCallBacks(callerNumber)[0];
    expect(wish()).toMatchObject({ state: 'waiting', isMissed: true, backId: 'b1' });
    records.log.append([{ ...back, ...seat, kind: 'call.call-back-dialled', channelId: 'back-1' }]);
    expect(wish()?.state).toBe('dialling');
    expect(records.repo.call('b1')).toMatchObject({ channelId: 'back-1', callBackOf: 'c1' });
    records.log.append([
      {
        ...back,
        ...seat,
        kind: 'call.call-back-failed',
        tries: 1,
        why: 'busy',
        againAt: at + 300_000,
      },
    ]);
    expect(wish()).toMatchObject({ state: 'paused', attempts: 1, nextAt: at + 300_000 });
    records.log.append([{ ...back, ...seat, kind: 'call.connected', waitedMs: 5, ringMs: 1 }]);
    expect(wish()).toBeUndefined();
    expect(records.repo.callBackOf('b1')).toMatchObject({ state: 'reached', doneAt: at });
  });

  it('follows a recording from start to file, or to its failure', () => {
    records.log.append([...waiting('c1'), ...served('c1')]);
    expect(records.repo.runningRecordings()).toMatchObject([
      { id: 'rec-c1', startedAt: t0 + 5_000 },
    ]);
    const ready = {
      kind: 'recording.ready' as const,
      at: t0 + 70_000,
      recordingId: 'rec-c1',
      callId: 'c1',
      file: '2026/11/rec-c1.wav',
      sha256: 'ab',
      durationMs: 60_000,
      bytes: 1_920_044,
      repaired: true,
    };
    records.log.append([ready]);
    // A late failure does not undo a file that is there.
    records.log.append([
      {
        kind: 'recording.failed',
        at: t0 + 71_000,
        recordingId: 'rec-c1',
        callId: 'c1',
        why: 'late',
      },
    ]);
    expect(records.repo.recording('rec-c1')).toMatchObject({
      state: 'repaired',
      file: '2026/11/rec-c1.wav',
      sha256: 'ab',
      durationMs: 60_000,
      bytes: 1_920_044,
      failure: null,
    });
    expect(records.repo.runningRecordings()).toEqual([]);
  });
});
