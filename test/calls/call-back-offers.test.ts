import { describe, expect, it } from 'vitest';
import { settle } from '../support/fake-clock.ts';
import { askedToBeCalledBack, hungUp, wish } from './called-back.ts';
import { createRig } from './rig.ts';

const MINUTE_MS = 60_000;

describe('a caller who waits', () => {
  it('is offered to be called back after a minute, once, and only then can press the key', async () => {
    const rig = createRig();
    const line = rig.dial('12315');
    await rig.clock.advance(30_000);
    line.press('1');
    await rig.clock.advance(20_000);
    expect(line.heard).not.toContain('zh:call-back-offer');
    await rig.clock.advance(5 * MINUTE_MS);
    expect(line.heard.filter((each) => each === 'zh:call-back-offer')).toHaveLength(1);
    expect(line.hungUp).toBe(false);
  });

  it('is not offered it when the number is withheld or may not be dialled', async () => {
    const rig = createRig();
    rig.telephony.forbidden.add('13900000000');
    const lines = [rig.dial('12315', ''), rig.dial('12315', '13900000000')];
    await rig.clock.advance(3 * MINUTE_MS);
    for (const line of lines) expect(line.heard).not.toContain('zh:call-back-offer');
  });

  it('presses the key, hears that the place is kept, and ends neither answered nor abandoned', async () => {
    const rig = createRig();
    const line = await askedToBeCalledBack(rig);
    await hungUp(rig, line);
    expect(line.heard).toContain('zh:call-back-kept');
    expect(rig.endings()).toEqual(['call-back-requested']);
    expect(rig.told('call.abandoned')).toEqual([]);
    expect(wish(rig)).toMatchObject({ state: 'waiting', isMissed: false });
    expect(rig.dispatcher.engine.queue('consumer')).toMatchObject({ waiting: 0, callBacks: 1 });
  });

  it('is taken at a word given while a phone rang in vain', async () => {
    const rig = createRig();
    const line = rig.dial('12315');
    await rig.clock.advance(70_000);
    await rig.seat('1001', 'consumer');
    line.press('1');
    await settle();
    expect(rig.endings()).toEqual([]);
    rig.telephony.fail('1001', 'no-answer');
    await rig.clock.advance(5_000);
    expect(rig.endings()).toEqual(['call-back-requested']);
  });

  it.each(['transfer', 'seat-lost'] as const)(
    'is not taken at a key of the talk when they wait again (%s)',
    async (after) => {
      const rig = createRig();
      const line = rig.dial('12315');
      await rig.clock.advance(70_000);
      await rig.seat('1001', 'consumer');
      line.press('1');
      const leg = rig.telephony.answer('1001');
      await settle();
      line.press('1');
      if (after === 'seat-lost') leg.end('seat-lost');
      else await rig.calls.ask(rig.callId(), { queueId: 'general', seatId: null });
      await rig.clock.advance(30_000);
      line.press('1');
      await rig.clock.advance(5_000);
      expect(rig.endings()).toEqual([]);
      expect(rig.dispatcher.engine.place(rig.callId())).toMatchObject({ ahead: 0 });
    },
  );

  it('is asked when the wait was too long, and a key from before is no answer', async () => {
    const rig = createRig((doc) => {
      for (const queue of doc.queues) {
        queue.maxWaitMs = MINUTE_MS;
        queue.callBack.offerAfterMs = null;
      }
    });
    const line = rig.dial('12315');
    await rig.clock.advance(10_000);
    line.press('1');
    await rig.clock.advance(MINUTE_MS + 15_000);
    expect(line.heard.slice(-2)).toEqual(['zh:call-back-offer', 'zh:goodbye']);
    expect(rig.endings()).toEqual(['waited-too-long']);
    expect(rig.repo.callBacks(5)).toEqual([]);
  });

  it('keeps the place they had between those ahead and those behind', async () => {
    const rig = createRig();
    rig.dial('12315', '13800000001');
    await rig.clock.advance(5_000);
    const line = await askedToBeCalledBack(rig);
    rig.dial('12315', '13800000003');
    await hungUp(rig, line);
    const served: string[] = [];
    for (const seatId of ['1001', '1002', '1003']) {
      await rig.seat(seatId, 'consumer');
      const callId = rig.dispatcher.engine.seat(seatId)?.callId ?? '';
      served.push(rig.repo.call(callId)?.caller ?? '');
    }
    expect(served).toEqual(['13800000001', '13812345678', '13800000003']);
  });
});
