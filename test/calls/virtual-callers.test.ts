import { describe, expect, it, vi } from 'vitest';
import { deferred } from '../../src/kit/abort.ts';
import { settle } from '../support/fake-clock.ts';
import { askedToBeCalledBack, dialling, hungUp, phone, wish } from './called-back.ts';
import { createRig } from './rig.ts';

const MINUTE_MS = 60_000;

describe('a virtual caller', () => {
  it('is not dialled while a telephone still rings for them that a dead server dialled', async () => {
    const rig = createRig();
    await hungUp(rig, await askedToBeCalledBack(rig));
    const rings = deferred<void>();
    rig.callBacks.dialAfter(rings.promise);
    await dialling(rig);
    expect(rig.told('call.call-back-dialled')).toEqual([]);
    rings.resolve();
    await settle();
    expect(rig.told('call.call-back-dialled')).toHaveLength(1);
  });

  it('is dialled once the agent has answered, and talks, and is asked for a rating', async () => {
    const rig = createRig();
    await hungUp(rig, await askedToBeCalledBack(rig));
    expect(rig.telephony.dials).toHaveLength(0);
    const leg = await dialling(rig);
    expect(rig.dispatcher.engine.seat('1001')).toMatchObject({
      state: 'ringing',
      reason: 'call-back-dialling',
    });
    expect(wish(rig)?.state).toBe('dialling');
    const line = await phone(rig);
    await rig.clock.advance(2_000);
    expect(line.heard).toEqual(['zh:call-back-greeting']);
    const { callId } = rig.told('call.call-back-begun')[0] ?? { callId: '' };
    expect(rig.telephony.acts).toContain(`join ${callId} 1001`);
    expect(rig.dispatcher.engine.seat('1001')?.state).toBe('talking');
    expect(wish(rig)).toBeUndefined();
    leg.end('agent');
    await rig.clock.advance(500);
    expect(line.heard.at(-1)).toBe('zh:rating-ask');
    line.press('5');
    await rig.clock.advance(3_000);
    expect(rig.told('call.rated')).toMatchObject([{ callId, score: 5 }]);
    expect(rig.endings()).toEqual(['call-back-requested', 'agent-hung-up']);
    expect(rig.told('recording.started')).toHaveLength(1);
    expect(rig.finished).toHaveLength(1);
  });

  it('who does not answer is tried again after the pause, three times, and then is missed', async () => {
    const rig = createRig();
    await hungUp(rig, await askedToBeCalledBack(rig));
    rig.telephony.clock = rig.clock;
    await rig.seat('1001', 'consumer');
    for (const state of ['paused', 'paused', 'failed']) {
      const leg = rig.telephony.answer('1001');
      await settle();
      rig.telephony.failOutside('no-answer');
      await settle();
      expect(leg.gone.aborted).toBe(true);
      expect(rig.dispatcher.engine.seat('1001')?.state).toBe('ready');
      expect(wish(rig)).toMatchObject({ state, lastFailure: 'no-answer' });
      await rig.clock.advance(5 * MINUTE_MS + 1);
    }
    expect(rig.endings()).toEqual(['call-back-requested', 'call-back-failed']);
    expect(rig.dispatcher.engine.queue('consumer')?.callBacks).toBe(0);
  });

  it('ends once when the wish is closed in the moment the last attempt fails', async () => {
    const rig = createRig((doc) => {
      for (const queue of doc.queues) queue.callBack.attempts = 1;
    });
    await hungUp(rig, await askedToBeCalledBack(rig));
    await dialling(rig);
    rig.telephony.failOutside('no-answer');
    rig.callBacks.close(wish(rig)?.callId ?? '', 'cancelled', 'leader');
    await settle();
    expect(rig.endings()).toEqual(['call-back-requested', 'call-back-cancelled']);
  });

  it('goes to another seat when the agent does not answer, or hangs up while it rings there', async () => {
    const rig = createRig();
    await hungUp(rig, await askedToBeCalledBack(rig));
    const leg = await dialling(rig);
    leg.end('agent');
    await settle();
    expect(rig.dispatcher.engine.seat('1001')).toMatchObject({ state: 'not-ready' });
    expect(rig.telephony.dials).toHaveLength(0);
    expect(wish(rig)).toMatchObject({ state: 'waiting', attempts: 0 });
    await rig.seat('1002', 'consumer');
    rig.telephony.fail('1002', 'no-answer');
    await settle();
    await rig.seat('1003', 'consumer');
    expect(rig.telephony.rings.map(({ request }) => request.seatId)).toEqual(['1003']);
  });

  it('who answers when the agent has just gone waits on the line in the same place', async () => {
    const rig = createRig();
    await hungUp(rig, await askedToBeCalledBack(rig));
    const leg = await dialling(rig);
    const line = await phone(rig);
    await settle();
    leg.end('seat-lost');
    await settle();
    expect(line.hungUp).toBe(false);
    expect(rig.dispatcher.engine.queue('consumer')).toMatchObject({ waiting: 1, callBacks: 0 });
    await rig.seat('1002', 'consumer');
    rig.telephony.answer('1002');
    await settle();
    expect(rig.dispatcher.engine.seat('1002')?.state).toBe('talking');
  });

  it('need not be called who calls again and is answered', async () => {
    const rig = createRig();
    await hungUp(rig, await askedToBeCalledBack(rig));
    const again = rig.dial('12345', '13812345678');
    await rig.clock.advance(10_000);
    again.press('0');
    await rig.clock.advance(5_000);
    await rig.seat('1002', 'general');
    rig.telephony.answer('1002');
    await settle();
    expect(rig.endings()).toEqual(['call-back-requested', 'call-back-settled']);
    expect(rig.repo.callBacks(5)).toMatchObject([{ state: 'called-again' }]);
    expect(rig.dispatcher.engine.queue('consumer')?.callBacks).toBe(0);
  });

  it('is one for a number, also while nothing of it could be written down', async () => {
    const rig = createRig();
    vi.spyOn(rig.repo, 'openCallBacks').mockReturnValue([]);
    await hungUp(rig, await askedToBeCalledBack(rig));
    await hungUp(rig, await askedToBeCalledBack(rig));
    expect(rig.told('call.call-back-begun')).toHaveLength(1);
    expect(rig.told('call.call-back-closed')).toMatchObject([{ how: 'called-again' }]);
    expect(rig.dispatcher.engine.queue('consumer')?.callBacks).toBe(1);
  });

  it('who calls again into the same queue has the old place back, and is not called', async () => {
    const rig = createRig();
    await hungUp(rig, await askedToBeCalledBack(rig));
    rig.dial('12315', '13800000002');
    await rig.clock.advance(MINUTE_MS);
    rig.dial('12315', '13812345678');
    await rig.clock.advance(5_000);
    const back = rig.told('call.call-back-begun')[0]?.callId;
    const queued = rig.told('call.queued').at(-1);
    expect(queued).toMatchObject({ insteadOf: back });
    expect(rig.dispatcher.engine.queue('consumer')).toMatchObject({ waiting: 2, callBacks: 0 });
    expect(rig.dispatcher.engine.place(queued?.callId ?? '')).toMatchObject({ ahead: 0 });
    expect(rig.repo.callBacks(5)).toMatchObject([{ state: 'taken-over', doneBy: null }]);
    expect(rig.endings()).toEqual(['call-back-requested', 'call-back-settled']);
    // Written down before the engine heard of it: a restart finds the place as well.
    expect(rig.repo.call(queued?.callId ?? '')?.stageData).toMatchObject({
      creditMs: queued?.creditMs,
      insteadOf: back,
    });
  });

  it('who calls again while being dialled is not rung twice: the seat is for who is on the line', async () => {
    const rig = createRig();
    await hungUp(rig, await askedToBeCalledBack(rig));
    const leg = await dialling(rig);
    rig.dial('12315', '13812345678');
    await rig.clock.advance(5_000);
    expect(leg.gone.aborted).toBe(true);
    const again = rig.told('call.queued').at(-1)?.callId;
    expect(rig.dispatcher.engine.seat('1001')).toMatchObject({ state: 'ringing', callId: again });
    rig.telephony.answer('1001');
    await settle();
    expect(rig.dispatcher.engine.seat('1001')?.state).toBe('talking');
    expect(rig.endings()).toEqual(['call-back-requested', 'call-back-settled']);
  });

  it('has one place, however often the same number asks', async () => {
    const rig = createRig();
    await hungUp(rig, await askedToBeCalledBack(rig));
    await hungUp(rig, await askedToBeCalledBack(rig));
    expect(rig.repo.openCallBacks('13812345678')).toHaveLength(1);
    expect(rig.dispatcher.engine.queue('consumer')?.callBacks).toBe(1);
  });

  it('is dialled at once, or not any more, when a leader says so', async () => {
    const rig = createRig();
    await hungUp(rig, await askedToBeCalledBack(rig));
    await dialling(rig);
    rig.telephony.failOutside('busy');
    await settle();
    const { callId } = rig.told('call.call-back-requested')[0] ?? { callId: '' };
    rig.callBacks.callNow(callId);
    await settle();
    expect(rig.telephony.rings).toHaveLength(1);
    rig.callBacks.close(callId, 'cancelled', 'leader');
    await settle();
    expect(rig.telephony.rings).toHaveLength(0);
    expect(rig.dispatcher.engine.seat('1001')?.state).toBe('ready');
    expect(rig.endings()).toEqual(['call-back-requested', 'call-back-cancelled']);
    expect(rig.repo.callBacks(5)).toMatchObject([{ state: 'cancelled', doneBy: 'leader' }]);
    expect(() => rig.callBacks.close(callId, 'done', 'leader')).toThrow();
  });
});
