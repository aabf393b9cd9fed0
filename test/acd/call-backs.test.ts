import { describe, expect, it } from 'vitest';
import { Rig, rules } from './rig.ts';

const MINUTE_MS = 60_000;

/** Two callers on the line with one who hung up to be called back between them. */
function line(): Rig {
  const rig = new Rig(rules('q', { wrapUpMs: 0 }));
  for (const callId of ['first', 'kept', 'last']) {
    rig.call(callId, 'q');
    rig.now += 1_000;
  }
  rig.do({ kind: 'caller-kept', callId: 'kept', asCallId: 'virtual' });
  return rig;
}

function dialled(rig: Rig, attempt = 1): void {
  rig.do({ kind: 'call-back-dialling', callId: 'virtual', seatId: '1', attempt });
}

function failed(rig: Rig, againAt: number | null, attempt = 1): void {
  const why = 'no-answer';
  rig.do({ kind: 'call-back-failed', callId: 'virtual', seatId: '1', attempt, why, againAt });
}

/** The caller ahead is served, and it is the virtual one's turn at seat 1. */
function turn(): Rig {
  const rig = line();
  rig.seat('1', 'q');
  rig.answer('first', '1');
  rig.end('first', '1');
  rig.after(0);
  return rig;
}

describe('a caller who hangs up to be called back', () => {
  it('stays where they were: behind who was ahead, ahead of who was behind', () => {
    const rig = line();
    expect(rig.engine.place('kept')).toBeNull();
    expect(rig.engine.place('virtual')).toMatchObject({ ahead: 1 });
    expect(rig.engine.place('last')).toMatchObject({ ahead: 2 });
    expect(rig.engine.queue('q')).toMatchObject({ waiting: 2, callBacks: 1 });
    rig.seat('1', 'q');
    expect(rig.engine.seat('1')?.callId).toBe('first');
    rig.answer('first', '1');
    rig.end('first', '1');
    rig.after(0);
    expect(rig.engine.seat('1')).toMatchObject({ callId: 'virtual', reason: 'call-back' });
  });

  it('is nobody who could be rung for meanwhile as somebody on the line', () => {
    const rig = new Rig(rules('q'));
    rig.seat('1', 'q');
    rig.call('rung', 'q');
    rig.do({ kind: 'caller-kept', callId: 'rung', asCallId: 'virtual' });
    expect(rig.engine.place('virtual')).toBeNull();
    expect(rig.engine.place('rung')).toMatchObject({ isRung: true });
  });

  it('holds a seat while being dialled, for as long as it takes', () => {
    const rig = turn();
    dialled(rig);
    rig.after(5 * MINUTE_MS);
    expect(rig.engine.seat('1')).toMatchObject({
      state: 'ringing',
      callId: 'virtual',
      reason: 'call-back-dialling',
    });
    rig.answer('virtual', '1');
    expect(rig.engine.seat('1')?.state).toBe('talking');
    expect(rig.engine.queue('q')?.callBacks).toBe(0);
  });

  it('who is not reached keeps the place and lets others go before during the pause', () => {
    const rig = turn();
    dialled(rig);
    failed(rig, rig.now + MINUTE_MS);
    expect(rig.engine.seat('1')?.callId).toBe('last');
    rig.answer('last', '1');
    rig.call('later', 'q');
    rig.after(2 * MINUTE_MS);
    expect(rig.engine.place('later')).toMatchObject({ ahead: 1 });
    rig.end('last', '1');
    rig.after(0);
    expect(rig.engine.seat('1')?.callId).toBe('virtual');
    expect(rig.told('call.call-back-failed')).toMatchObject([{ tries: 1, why: 'no-answer' }]);
  });

  it('is dialled at once when a leader says so', () => {
    const rig = turn();
    dialled(rig);
    failed(rig, rig.now + MINUTE_MS);
    rig.answer('last', '1');
    rig.do({ kind: 'call-back-due', callId: 'virtual' });
    rig.seat('2', 'q');
    expect(rig.engine.seat('2')?.callId).toBe('virtual');
  });

  it('is forgotten after the last attempt, and the seat takes the next caller', () => {
    const rig = turn();
    dialled(rig);
    failed(rig, null);
    expect(rig.engine.place('virtual')).toBeNull();
    expect(rig.engine.seat('1')?.callId).toBe('last');
  });

  it('goes to another seat when the agent does not answer or walks off', () => {
    const rig = turn();
    rig.do({
      kind: 'ring-failed',
      callId: 'virtual',
      seatId: '1',
      attempt: 1,
      why: 'refused',
    });
    expect(rig.engine.seat('1')).toMatchObject({ state: 'not-ready', reason: 'refused' });
    rig.seat('2', 'q');
    expect(rig.engine.seat('2')?.callId).toBe('virtual');
  });

  it('is let in when nobody is signed in and the queue is full, and takes nobody’s room', () => {
    const rig = new Rig(rules('q', { maxWaiting: 1, letInWhenNobody: false }));
    const claim = { tries: 1, notBefore: rig.now + MINUTE_MS };
    rig.do({
      kind: 'caller-entered',
      callId: 'virtual',
      queueId: 'q',
      priority: 0,
      arrivedAt: rig.now,
      lastAgentId: null,
      callBack: claim,
    });
    rig.seat('1', 'q');
    expect(rig.engine.seat('1')?.state).toBe('ready');
    rig.after(MINUTE_MS);
    expect(rig.engine.seat('1')?.callId).toBe('virtual');
    rig.call('real', 'q');
    expect(rig.engine.place('real')).not.toBeNull();
  });

  it('survives new rules of the queue, the pause too', () => {
    const rig = turn();
    dialled(rig);
    failed(rig, rig.now + MINUTE_MS);
    rig.answer('last', '1');
    rig.do({ kind: 'queues-configured', queues: [rules('q')] });
    rig.seat('2', 'q');
    expect(rig.engine.seat('2')?.state).toBe('ready');
    rig.after(MINUTE_MS);
    expect(rig.engine.seat('2')?.callId).toBe('virtual');
  });

  describe('and calls again', () => {
    /** The virtual caller's phone is in the hand of its owner, who stands in its place. */
    function again(rig: Rig, queueId = 'q') {
      const kept = rig.engine.place('virtual')?.placeAt ?? Number.NaN;
      return rig.do({
        kind: 'caller-entered',
        callId: 'again',
        queueId,
        priority: 0,
        arrivedAt: rig.now,
        lastAgentId: null,
        creditMs: rig.now - kept,
        insteadOf: 'virtual',
      });
    }

    it('has the very place, on the line, and stands nowhere else', () => {
      const rig = line();
      rig.now += MINUTE_MS;
      rig.call('later', 'q');
      again(rig);
      expect(rig.engine.place('virtual')).toBeNull();
      expect(rig.engine.place('again')).toMatchObject({ ahead: 1 });
      expect(rig.engine.place('last')).toMatchObject({ ahead: 2 });
      expect(rig.engine.queue('q')).toMatchObject({ waiting: 4, callBacks: 0 });
      // The wait of this call is its own.
      expect(rig.engine.place('again')?.enteredAt).toBe(rig.now);
      expect(rig.told('call.queued').at(-1)).toMatchObject({ insteadOf: 'virtual' });
    });

    it('takes the seat that was held while it was dialled', () => {
      const rig = turn();
      dialled(rig);
      const { effects } = again(rig);
      expect(effects).toMatchObject([
        { kind: 'stop-ringing', callId: 'virtual', why: 'withdrawn' },
        { kind: 'ring', callId: 'again', seatId: '1' },
      ]);
    });

    it('is rung for at once when it was only pausing', () => {
      const rig = turn();
      dialled(rig);
      failed(rig, rig.now + MINUTE_MS);
      rig.seat('2', 'q');
      again(rig);
      expect(rig.engine.seat('2')?.callId).toBe('again');
    });

    it('keeps what is kept when a leader gives another priority', () => {
      const rig = line();
      again(rig);
      rig.do({ kind: 'caller-priority', callId: 'again', priority: 1, personId: 'leader' });
      expect(rig.engine.place('again')).toMatchObject({ ahead: 0 });
    });

    it('stays to be called back when the queue does not let anybody in', () => {
      const full = rules('r', { maxWaiting: 0 });
      const rig = new Rig(rules('q'), full);
      rig.call('kept', 'q');
      rig.do({ kind: 'caller-kept', callId: 'kept', asCallId: 'virtual' });
      const { effects } = again(rig, 'r');
      expect(effects).toMatchObject([{ kind: 'not-kept', callId: 'again', why: 'full' }]);
      expect(rig.engine.place('virtual')).not.toBeNull();
    });
  });
});
