import { describe, expect, it } from 'vitest';
import { Rig, rules } from './rig.ts';

describe('a seat after the conversation', () => {
  it('gives the seat its wrap-up and then the next caller', () => {
    const rig = new Rig(rules('q'));
    rig.seat('1', 'q');
    rig.call('a', 'q');
    rig.after(2_000);
    rig.answer('a', '1');
    rig.call('b', 'q');
    rig.now += 60_000;
    expect(Rig.rings(rig.end('a', '1'))).toEqual([]);
    expect(rig.engine.seat('1')).toMatchObject({ state: 'wrap-up', until: rig.now + 30_000 });
    expect(rig.engine.nextDueAt()).toBe(rig.now + 30_000);
    expect(Rig.rings(rig.after(30_000))).toEqual(['b>1']);
    expect(rig.told('call.connected')).toMatchObject([{ waitedMs: 2_000, ringMs: 2_000 }]);
    expect(rig.told('call.talk-ended')).toMatchObject([{ talkMs: 60_000 }]);
  });

  it('extends and ends wrap-up when the agent says so', () => {
    const rig = new Rig(rules('q'));
    rig.seat('1', 'q');
    rig.call('a', 'q');
    rig.answer('a', '1');
    rig.end('a', '1');
    rig.do({ kind: 'wrap-up-extended', seatId: '1', byMs: 30_000 });
    rig.after(30_000);
    expect(rig.engine.seat('1')?.state).toBe('wrap-up');
    rig.do({ kind: 'wrap-up-finished', seatId: '1' });
    expect(rig.engine.seat('1')?.state).toBe('ready');
    expect(rig.engine.nextDueAt()).toBeNull();
  });

  it('is not ready afterwards when that was asked for during the call', () => {
    const rig = new Rig(rules('q', { wrapUpMs: 0 }));
    rig.seat('1', 'q');
    rig.call('a', 'q');
    rig.answer('a', '1');
    rig.do({ kind: 'seat-not-ready', seatId: '1', reason: 'lunch' });
    expect(rig.engine.seat('1')).toMatchObject({ state: 'talking', notReadyNext: 'lunch' });
    rig.end('a', '1');
    rig.after(0);
    expect(rig.engine.seat('1')).toMatchObject({ state: 'not-ready', reason: 'lunch' });
  });

  it('puts a seat that lost its phone aside, and serves its caller first', () => {
    const rig = new Rig(rules('q'));
    rig.seat('1', 'q');
    const arrivedAt = rig.now;
    rig.call('a', 'q');
    rig.answer('a', '1');
    rig.now += 90_000;
    rig.call('b', 'q');
    rig.do({ kind: 'talk-ended', callId: 'a', seatId: '1', by: 'seat-lost' });
    rig.do({
      kind: 'caller-entered',
      callId: 'a',
      queueId: 'q',
      priority: 0,
      arrivedAt,
      lastAgentId: null,
    });
    expect(rig.engine.seat('1')).toMatchObject({ state: 'not-ready', reason: 'unreachable' });
    rig.seat('2', 'q');
    expect(rig.engine.seat('2')?.callId).toBe('a');
  });
});

describe('seats', () => {
  it('take callers of a new queue from the next decision on', () => {
    const rig = new Rig(rules('q'), rules('r'));
    rig.seat('1', 'q');
    rig.call('a', 'r');
    const memberships = [{ queueId: 'r', level: 1 }];
    expect(Rig.rings(rig.do({ kind: 'seat-queues', seatId: '1', memberships }))).toEqual(['a>1']);
    expect(rig.engine.queue('q')?.signedIn).toBe(0);
    expect(rig.engine.queue('r')?.signedIn).toBe(1);
  });

  it('cannot sign out with a caller on the line', () => {
    const rig = new Rig(rules('q'));
    rig.seat('1', 'q');
    rig.call('a', 'q');
    rig.answer('a', '1');
    rig.do({ kind: 'seat-signed-out', seatId: '1' });
    expect(rig.engine.seat('1')?.state).toBe('talking');
  });

  it('hand a ringing caller on when they sign out', () => {
    const rig = new Rig(rules('q'));
    rig.seat('1', 'q');
    rig.now += 1;
    rig.seat('2', 'q');
    rig.call('a', 'q');
    const decision = rig.do({ kind: 'seat-signed-out', seatId: '1' });
    expect(Rig.rings(decision)).toEqual(['a>2']);
    expect(rig.engine.seat('1')).toBeNull();
  });

  it('come back after a restart with their conversation', () => {
    const rig = new Rig(rules('q'));
    rig.do({
      kind: 'seat-restored',
      seat: {
        seatId: '1',
        agentId: 'x',
        memberships: [{ queueId: 'q', level: 1 }],
        state: 'talking',
        since: rig.now - 5_000,
        reason: null,
        callId: 'a',
        talk: { queueId: 'q', connectedAt: rig.now - 5_000 },
        until: null,
        notReadyNext: 'rest',
      },
    });
    rig.end('a', '1');
    expect(rig.told('call.talk-ended')).toMatchObject([{ talkMs: 5_000 }]);
    expect(rig.engine.seat('1')?.state).toBe('wrap-up');
    rig.after(30_000);
    expect(rig.engine.seat('1')).toMatchObject({ state: 'not-ready', reason: 'rest' });
  });

  it('begin the wrap-up of a talk that ended while no server was there', () => {
    const rig = new Rig(rules('q'));
    const who = { seatId: '1', agentId: 'x', memberships: [{ queueId: 'q', level: 1 }] };
    const was = { since: rig.now, reason: null, talk: null, until: null, notReadyNext: 'rest' };
    const seat = { ...who, ...was, state: 'wrap-up', callId: 'a', wrapUpIn: 'q' } as const;
    rig.do({ kind: 'seat-restored', seat });
    const until = rig.now + 30_000;
    expect(rig.told('seat.state')).toMatchObject([
      { state: 'wrap-up', callId: 'a', until, notReadyNext: 'rest' },
    ]);
    rig.after(30_000);
    expect(rig.engine.seat('1')).toMatchObject({ state: 'not-ready', reason: 'rest' });
  });

  it('come back after a restart with the call they write up, until its end', () => {
    const rig = new Rig(rules('q'));
    const who = { seatId: '1', agentId: 'x', memberships: [{ queueId: 'q', level: 1 }] };
    const until = rig.now + 9_000;
    const wrapUp = { state: 'wrap-up', since: rig.now, reason: null, talk: null, until } as const;
    const seat = { ...who, ...wrapUp, callId: 'a', notReadyNext: null };
    rig.do({ kind: 'seat-restored', seat });
    rig.do({ kind: 'seat-restored', seat: { ...seat, callId: 'b' } });
    expect(rig.engine.seat('1')).toMatchObject({ state: 'wrap-up', callId: 'a', until });
    expect(rig.events).toEqual([]);
    rig.do({ kind: 'wrap-up-extended', seatId: '1', byMs: 1_000 });
    expect(rig.told('seat.state')).toMatchObject([{ callId: 'a', until: until + 1_000 }]);
    rig.do({ kind: 'wrap-up-finished', seatId: '1' });
    expect(rig.engine.seat('1')).toMatchObject({ state: 'ready', callId: null });
    expect(rig.engine.nextDueAt()).toBeNull();
  });

  it('hold and resume only what they talk to', () => {
    const rig = new Rig(rules('q'));
    rig.seat('1', 'q');
    rig.call('a', 'q');
    rig.do({ kind: 'call-held', callId: 'a', seatId: '1' });
    expect(rig.engine.seat('1')?.state).toBe('ringing');
    rig.answer('a', '1');
    rig.do({ kind: 'call-held', callId: 'a', seatId: '1' });
    expect(rig.engine.seat('1')?.state).toBe('hold');
    rig.do({ kind: 'call-resumed', callId: 'a', seatId: '1' });
    expect(rig.engine.seat('1')?.state).toBe('talking');
  });
});
