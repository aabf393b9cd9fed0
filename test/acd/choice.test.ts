import { describe, expect, it } from 'vitest';
import { Rig, rules } from './rig.ts';

describe('which seat is rung', () => {
  function skilled(rig: Rig, seatId: string, level: number): void {
    const memberships = [{ queueId: 'q', level }];
    rig.now += 1;
    rig.do({ kind: 'seat-signed-in', seatId, agentId: `agent-${seatId}`, memberships });
    rig.do({ kind: 'seat-ready', seatId });
  }

  it('best level first, when the queue asks for it', () => {
    const rig = new Rig(rules('q', { strategy: 'best-level' }));
    skilled(rig, '1', 3);
    skilled(rig, '2', 1);
    expect(Rig.rings(rig.call('a', 'q'))).toEqual(['a>2']);
    expect(rig.told('call.ringing')).toMatchObject([{ chosenBy: 'best-level', level: 1 }]);
  });

  it('who answered fewest calls', () => {
    const rig = new Rig(rules('q', { strategy: 'fewest-calls', wrapUpMs: 0 }));
    skilled(rig, '1', 1);
    rig.call('a', 'q');
    rig.answer('a', '1');
    rig.end('a', '1');
    rig.after(0);
    skilled(rig, '2', 1);
    expect(Rig.rings(rig.call('b', 'q'))).toEqual(['b>2']);
  });

  it('by turns', () => {
    const rig = new Rig(rules('q', { strategy: 'round-robin' }));
    for (const seatId of ['1', '2', '3']) skilled(rig, seatId, 1);
    const rung: string[] = [];
    for (const callId of ['a', 'b', 'c', 'd']) {
      rung.push(...Rig.rings(rig.call(callId, 'q')));
      rig.after(1, { kind: 'caller-left', callId, abandoned: true });
    }
    expect(rung).toEqual(['a>1', 'b>2', 'c>3', 'd>1']);
  });

  it('a wider pool the longer the caller waits', () => {
    const widening = [
      { afterMs: 0, level: 1 },
      { afterMs: 20_000, level: 3 },
    ];
    const rig = new Rig(rules('q', { widening }));
    skilled(rig, '1', 3);
    expect(Rig.rings(rig.call('a', 'q'))).toEqual([]);
    expect(rig.engine.nextDueAt()).toBe(rig.now + 20_000);
    expect(Rig.rings(rig.after(20_000))).toEqual(['a>1']);
  });

  it('an expert passes over callers who may not have that level yet', () => {
    const widening = [{ afterMs: 30_000, level: 9 }];
    const rig = new Rig(rules('q', { widening }), rules('r'));
    rig.call('young', 'q');
    rig.now += 10;
    rig.call('other', 'r');
    rig.do({
      kind: 'seat-signed-in',
      seatId: '1',
      agentId: 'x',
      memberships: [
        { queueId: 'q', level: 5 },
        { queueId: 'r', level: 1 },
      ],
    });
    expect(Rig.rings(rig.do({ kind: 'seat-ready', seatId: '1' }))).toEqual(['other>1']);
  });

  it('the agent of the last call, if free', () => {
    const rig = new Rig(rules('q'));
    skilled(rig, '1', 1);
    skilled(rig, '2', 1);
    expect(Rig.rings(rig.call('a', 'q', 0, 'agent-2'))).toEqual(['a>2']);
    expect(Rig.rings(rig.call('b', 'q', 0, 'agent-2'))).toEqual(['b>1']);
    expect(rig.told('call.ringing').map((r) => r.chosenBy)).toEqual(['last-agent', 'longest-idle']);
  });
});

describe('a caller transferred to a seat', () => {
  const transferred = (rig: Rig, wantedSeatId: string) =>
    rig.do({
      kind: 'caller-entered',
      callId: 'a',
      queueId: 'q',
      priority: 0,
      arrivedAt: rig.now,
      lastAgentId: null,
      wantedSeatId,
    });

  it('rings there, whatever queues the seat serves', () => {
    const rig = new Rig(rules('q'), rules('r'));
    rig.seat('1', 'q');
    rig.seat('2', 'r');
    expect(Rig.rings(transferred(rig, '2'))).toEqual(['a>2']);
    expect(rig.told('call.ringing')).toMatchObject([{ chosenBy: 'wanted-seat' }]);
  });

  it('is anybody of the queue when that seat does not answer', () => {
    const rig = new Rig(rules('q'), rules('r'));
    rig.seat('1', 'q');
    rig.seat('2', 'r');
    transferred(rig, '2');
    expect(Rig.rings(rig.after(15_000))).toEqual(['a>1']);
  });

  it('does not wait for a seat that is taken', () => {
    const rig = new Rig(rules('q'));
    rig.seat('1', 'q');
    expect(Rig.rings(transferred(rig, '9'))).toEqual(['a>1']);
  });
});

describe('a change while callers wait', () => {
  it('of one caller by a shift leader moves the place', () => {
    const rig = new Rig(rules('q'));
    rig.call('a', 'q');
    rig.now += 1_000;
    rig.call('b', 'q');
    rig.do({ kind: 'caller-priority', callId: 'b', priority: 1, personId: 'leader' });
    expect(rig.engine.place('b')?.ahead).toBe(0);
    expect(rig.told('call.priority')).toMatchObject([{ callId: 'b', priority: 1 }]);
    rig.seat('1', 'q');
    expect(rig.engine.seat('1')?.callId).toBe('b');
  });

  it('of the rules keeps every place and rings nobody twice', () => {
    const rig = new Rig(rules('q', { widening: [{ afterMs: 60_000, level: 9 }] }));
    rig.call('a', 'q');
    rig.now += 1;
    rig.call('b', 'q');
    const memberships = [{ queueId: 'q', level: 4 }];
    rig.do({ kind: 'seat-signed-in', seatId: '1', agentId: 'x', memberships });
    rig.do({ kind: 'seat-ready', seatId: '1' });
    expect(rig.engine.seat('1')?.state).toBe('ready');
    const decision = rig.do({ kind: 'queues-configured', queues: [rules('q')] });
    expect(Rig.rings(decision)).toEqual(['a>1']);
    expect(rig.engine.place('b')?.ahead).toBe(0);
    expect(rig.engine.queue('q')).toMatchObject({ waiting: 2, signedIn: 1 });
  });

  it('of the rules gives the waiting caller to the seat that is free longest', () => {
    const rig = new Rig(rules('q', { widening: [{ afterMs: 60_000, level: 9 }] }));
    const memberships = [{ queueId: 'q', level: 4 }];
    for (const seatId of ['1', '2']) {
      rig.do({ kind: 'seat-signed-in', seatId, agentId: `agent-${seatId}`, memberships });
    }
    rig.do({ kind: 'seat-ready', seatId: '2' });
    rig.after(5_000, { kind: 'seat-ready', seatId: '1' });
    rig.call('a', 'q');
    const decision = rig.do({ kind: 'queues-configured', queues: [rules('q')] });
    expect(Rig.rings(decision)).toEqual(['a>2']);
  });
});
