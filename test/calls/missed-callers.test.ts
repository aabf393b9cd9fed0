import { describe, expect, it } from 'vitest';
import type { Hotline } from '../../config/hotline.ts';
import { settle } from '../support/fake-clock.ts';
import { createRig } from './rig.ts';

const MINUTE_MS = 60_000;

const missed =
  (mode: 'list' | 'dial', more: (doc: Hotline) => void = () => {}) =>
  (doc: Hotline) => {
    for (const queue of doc.queues) queue.callBack.missed = mode;
    more(doc);
  };

describe('missed callers', () => {
  it('who gave up after more than a moment are listed, those at once are not', async () => {
    const rig = createRig(missed('list'));
    const [short, long] = [rig.dial('12315', '13800000001'), rig.dial('12315', '13800000002')];
    await rig.clock.advance(4_000);
    short.leave();
    await rig.clock.advance(20_000);
    long.leave();
    await settle();
    expect(rig.repo.callBacks(5)).toMatchObject([
      { caller: '13800000002', isMissed: true, state: 'listed' },
    ]);
    expect(rig.dispatcher.engine.queue('consumer')?.callBacks).toBe(0);
  });

  it('are dialled behind everybody who holds', async () => {
    const rig = createRig(missed('dial'));
    const gaveUp = rig.dial('12315', '13800000001');
    await rig.clock.advance(10_000);
    rig.dial('12315', '13800000002');
    await rig.clock.advance(10_000);
    gaveUp.leave();
    await settle();
    await rig.seat('1001', 'consumer');
    await rig.seat('1002', 'consumer');
    const callerAt = (seatId: string) =>
      rig.repo.call(rig.dispatcher.engine.seat(seatId)?.callId ?? '')?.caller;
    expect([callerAt('1001'), callerAt('1002')]).toEqual(['13800000002', '13800000001']);
  });

  // The rig's day begins at nine.
  it('outside opening hours are dialled when the queue opens', async () => {
    const hours = { id: 'office', name: { zh: '班', en: 'Office' }, keepsHolidays: false };
    const days = [1, 2, 3, 4, 5, 6, 7];
    const rig = createRig(
      missed('dial', (doc) => {
        doc.hours = [{ ...hours, open: [{ days, from: '09:10', to: '24:00' }] }];
        for (const queue of doc.queues) queue.hours = 'office';
      }),
    );
    rig.dial('12315', '13800000001');
    await rig.clock.advance(20_000);
    await rig.seat('1001', 'consumer');
    expect(rig.endings()).toEqual(['queue-closed']);
    expect(rig.telephony.rings).toHaveLength(0);
    await rig.clock.advance(10 * MINUTE_MS - 15_000);
    expect(rig.telephony.rings).toHaveLength(1);
  });

  it('are nobody’s business when the queue does not want it', async () => {
    const rig = createRig();
    const line = rig.dial('12315');
    await rig.clock.advance(20_000);
    line.leave();
    await settle();
    expect(rig.repo.callBacks(5)).toEqual([]);
  });
});
