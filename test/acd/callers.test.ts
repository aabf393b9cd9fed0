import { describe, expect, it } from 'vitest';
import { Rig, rules } from './rig.ts';

describe('a caller and a seat', () => {
  it('rings the idle seat at once', () => {
    const rig = new Rig(rules('q'));
    rig.seat('1', 'q');
    const decision = rig.call('a', 'q');
    expect(decision.effects).toMatchObject([
      { kind: 'ring', callId: 'a', seatId: '1', attempt: 1, ringTimeoutMs: 15_000 },
    ]);
    expect(rig.engine.seat('1')).toMatchObject({ state: 'ringing', callId: 'a' });
  });

  it('rings the waiting caller as soon as a seat is ready', () => {
    const rig = new Rig(rules('q'));
    rig.call('a', 'q');
    rig.do({
      kind: 'seat-signed-in',
      seatId: '1',
      agentId: 'x',
      memberships: [{ queueId: 'q', level: 1 }],
    });
    expect(Rig.rings(rig.do({ kind: 'seat-ready', seatId: '1' }))).toEqual(['a>1']);
  });

  it('chooses the seat that has been idle longest', () => {
    const rig = new Rig(rules('q'));
    rig.seat('1', 'q');
    rig.now += 10;
    rig.seat('2', 'q');
    expect(Rig.rings(rig.call('a', 'q'))).toEqual(['a>1']);
    expect(Rig.rings(rig.call('b', 'q'))).toEqual(['b>2']);
  });

  it('serves first come first served across all queues of a seat', () => {
    const rig = new Rig(rules('q'), rules('r'));
    rig.call('first', 'r');
    rig.now += 5;
    rig.call('second', 'q');
    rig.do({
      kind: 'seat-signed-in',
      seatId: '1',
      agentId: 'x',
      memberships: [
        { queueId: 'q', level: 1 },
        { queueId: 'r', level: 1 },
      ],
    });
    expect(Rig.rings(rig.do({ kind: 'seat-ready', seatId: '1' }))).toEqual(['first>1']);
  });

  it('counts one step of priority as one minute of waiting, and no more', () => {
    const rig = new Rig(rules('q'));
    rig.call('old', 'q');
    rig.now += 60_001;
    rig.call('plain', 'q');
    rig.call('urgent', 'q', 1);
    rig.seat('1', 'q');
    expect(rig.engine.seat('1')?.callId).toBe('old');
    rig.seat('2', 'q');
    expect(rig.engine.seat('2')?.callId).toBe('urgent');
  });
});

describe('a ring that is not answered', () => {
  it('sets the seat not ready and returns the caller to the head', () => {
    const rig = new Rig(rules('q'));
    rig.seat('1', 'q');
    rig.call('a', 'q');
    rig.now += 1;
    rig.call('b', 'q');
    const decision = rig.after(15_000);
    expect(decision.effects).toMatchObject([
      { kind: 'stop-ringing', callId: 'a', why: 'no-answer' },
    ]);
    expect(rig.engine.seat('1')).toMatchObject({ state: 'not-ready', reason: 'no-answer' });
    rig.seat('2', 'q');
    expect(rig.engine.seat('2')?.callId).toBe('a');
  });

  it('offers the caller to the next idle seat in the same decision', () => {
    const rig = new Rig(rules('q'));
    rig.seat('1', 'q');
    rig.now += 1;
    rig.seat('2', 'q');
    rig.call('a', 'q');
    const decision = rig.do({
      kind: 'ring-failed',
      callId: 'a',
      seatId: '1',
      attempt: 1,
      why: 'busy',
    });
    expect(Rig.rings(decision)).toEqual(['a>2']);
  });

  it('ignores an answer that comes too late', () => {
    const rig = new Rig(rules('q'));
    rig.seat('1', 'q');
    rig.call('a', 'q');
    rig.after(15_000);
    expect(rig.answer('a', '1').events).toEqual([]);
    expect(rig.engine.place('a')).not.toBeNull();
  });

  it('does not cost the seat its turn when the caller hangs up', () => {
    const rig = new Rig(rules('q'));
    rig.seat('1', 'q');
    rig.now += 10;
    rig.seat('2', 'q');
    rig.call('a', 'q');
    rig.after(3_000, { kind: 'caller-left', callId: 'a', abandoned: true });
    expect(rig.engine.seat('1')?.state).toBe('ready');
    expect(Rig.rings(rig.call('b', 'q'))).toEqual(['b>1']);
    expect(rig.told('call.abandoned')).toMatchObject([{ callId: 'a', waitedMs: 3_000 }]);
  });
});

describe('a queue that cannot keep a caller', () => {
  it('says so when it is full, but never while a seat is idle', () => {
    const rig = new Rig(rules('q', { maxWaiting: 1 }));
    rig.seat('1', 'q');
    rig.call('a', 'q');
    expect(rig.call('b', 'q').effects).toMatchObject([
      { kind: 'not-kept', callId: 'b', why: 'full' },
    ]);
    rig.answer('a', '1');
    expect(rig.call('c', 'q').effects).toEqual([]);
    expect(rig.call('d', 'q').effects).toMatchObject([{ why: 'full' }]);
  });

  it('says so when nobody is signed in and callers are not let in then', () => {
    const rig = new Rig(rules('q', { letInWhenNobody: false }));
    expect(rig.call('a', 'q').effects).toMatchObject([{ kind: 'not-kept', why: 'nobody' }]);
    rig.seat('1', 'q');
    expect(Rig.rings(rig.call('b', 'q'))).toEqual(['b>1']);
  });

  it('says so once when the wait is too long, and serves the caller until told otherwise', () => {
    const rig = new Rig(rules('q', { maxWaitMs: 60_000 }));
    rig.call('a', 'q');
    expect(rig.after(60_000).effects).toMatchObject([{ kind: 'not-kept', why: 'too-long' }]);
    expect(rig.after(60_000).effects).toEqual([]);
    rig.seat('1', 'q');
    expect(rig.engine.seat('1')?.callId).toBe('a');
  });

  it('moves a caller to another queue with the time already waited', () => {
    const rig = new Rig(rules('q', { maxWaitMs: 60_000 }), rules('r'));
    rig.call('a', 'q');
    rig.now += 30_000;
    rig.call('b', 'r');
    rig.after(30_000);
    rig.do({ kind: 'caller-moved', callId: 'a', queueId: 'r', why: 'too-long' });
    expect(rig.engine.place('a')).toMatchObject({ queueId: 'r', ahead: 0 });
    expect(rig.engine.place('b')).toMatchObject({ ahead: 1 });
    expect(rig.engine.queue('q')).toMatchObject({ waiting: 0 });
    expect(rig.told('call.overflowed')).toMatchObject([{ fromQueueId: 'q', queueId: 'r' }]);
  });

  it('hands back the callers of a queue that was taken away', () => {
    const rig = new Rig(rules('q'), rules('r'));
    rig.call('a', 'q');
    const decision = rig.do({ kind: 'queues-configured', queues: [rules('r')] });
    expect(decision.effects).toMatchObject([{ kind: 'not-kept', callId: 'a', why: 'closed' }]);
    rig.seat('1', 'q', 'r');
    rig.do({ kind: 'caller-moved', callId: 'a', queueId: 'r', why: 'closed' });
    expect(rig.engine.seat('1')?.callId).toBe('a');
  });
});

describe('the place in the queue', () => {
  it('is known with an estimate once conversations have been measured', () => {
    const rig = new Rig(rules('q', { wrapUpMs: 30_000 }));
    rig.seat('1', 'q');
    rig.call('a', 'q');
    expect(rig.engine.place('a')?.expectedWaitMs).toBeNull();
    rig.answer('a', '1');
    rig.now += 90_000;
    rig.end('a', '1');
    rig.call('b', 'q');
    rig.now += 1;
    rig.call('c', 'q');
    expect(rig.engine.place('b')).toMatchObject({ ahead: 0, expectedWaitMs: 120_000 });
    expect(rig.engine.place('c')).toMatchObject({ ahead: 1, expectedWaitMs: 240_000 });
  });
});
