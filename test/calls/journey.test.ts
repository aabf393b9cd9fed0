import { describe, expect, it, vi } from 'vitest';
import { settle } from '../support/fake-clock.ts';
import { createRig } from './rig.ts';

describe('the way in', () => {
  it('takes a silent caller of a direct line from the greeting to the queue', async () => {
    const rig = createRig();
    const line = rig.dial('12315');
    await rig.clock.advance(1_000);
    expect(line.answered).toBe(true);
    expect(line.heard).toEqual(['zh:greeting-12315']);
    expect(rig.told('call.queued')).toMatchObject([{ queueId: 'consumer', priority: 0 }]);
    expect(line.music).toBe(true);
  });

  it('lets a key cut the greeting short and give priority', async () => {
    const rig = createRig();
    const line = rig.dial('12315');
    await settle();
    line.press('5');
    await settle();
    expect(rig.told('call.queued')).toMatchObject([{ queueId: 'consumer', priority: 2 }]);
    expect(rig.told('call.choice')).toMatchObject([{ key: '5', choice: 'consumer-line/5' }]);
  });

  it('carries the chosen language through every later prompt', async () => {
    const rig = createRig();
    const line = rig.dial('12315');
    await settle();
    line.press('3');
    await rig.clock.advance(31_500);
    expect(rig.told('call.language')).toMatchObject([{ language: 'en' }]);
    expect(line.heard.slice(1)).toContain('en:wait-next');
    expect(line.heard.filter((heard) => heard.startsWith('zh:'))).toEqual(['zh:greeting-12315']);
  });

  it('goes on with music and announcements after one that could not be said', async () => {
    const rig = createRig();
    const line = rig.dial('12315');
    await rig.clock.advance(5_000);
    vi.spyOn(line, 'say').mockImplementationOnce(async () => {
      line.music = false;
      throw new Error('the exchange refused');
    });
    await rig.clock.advance(36_000);
    expect(line.music).toBe(true);
    await rig.clock.advance(31_000);
    expect(line.heard.slice(1)).not.toEqual([]);
  });

  it('walks two levels of the menu', async () => {
    const rig = createRig();
    const line = rig.dial('12345');
    await settle();
    line.press('1', '1');
    await rig.clock.advance(10_000);
    expect(rig.told('call.choice').map((c) => c.choice)).toEqual(['main/1', 'main/1/1']);
    expect(rig.told('call.queued')).toMatchObject([{ queueId: 'consumer' }]);
  });

  it.each([
    ['silence', []],
    ['nonsense', ['7'] as const],
    ['0', ['0'] as const],
  ])('leads %s in the menu to a person', async (_what, keys) => {
    const rig = createRig();
    const line = rig.dial('12345');
    await settle();
    line.press(...keys);
    await rig.clock.advance(9_000);
    expect(rig.told('call.queued')).toMatchObject([{ queueId: 'general' }]);
  });

  it('leads silence in the second level to a person of that branch', async () => {
    const rig = createRig();
    const line = rig.dial('12345');
    await settle();
    line.press('1');
    await rig.clock.advance(9_000);
    expect(rig.told('call.queued')).toMatchObject([{ queueId: 'consumer' }]);
  });

  it('repeats the menu on *, and goes back to it in the language chosen with #', async () => {
    const rig = createRig();
    const line = rig.dial('12345');
    await settle();
    line.press('*');
    await rig.clock.advance(500);
    line.press('#');
    await rig.clock.advance(500);
    line.press('2');
    await rig.clock.advance(500);
    expect(line.heard).toEqual([
      'zh:greeting-12345',
      'zh:menu-main',
      'zh:language-menu',
      'yue:menu-main',
    ]);
  });

  it('tells a number nobody configured so, and ends', async () => {
    const rig = createRig();
    const line = rig.dial('99999');
    await rig.clock.advance(2_000);
    expect(line.heard).toEqual(['zh:number-unknown']);
    expect(rig.endings()).toEqual(['unknown-number']);
    expect(line.hungUp).toBe(true);
  });
});

describe('a caller who hangs up', () => {
  it.each([
    ['in the greeting', 0, 'left-in-greeting'],
    ['in the menu', 2_500, 'left-in-menu'],
    ['while waiting', 60_000, 'left-while-waiting'],
  ])('%s leaves one ending and no timer', async (_where, afterMs, ending) => {
    const rig = createRig();
    const line = rig.dial('12345');
    await rig.clock.advance(afterMs);
    line.leave();
    await settle();
    expect(rig.endings()).toEqual([ending]);
    expect(rig.calls.count).toBe(0);
    expect(rig.clock.alarms).toBe(0);
  });

  it('while a seat rings stops the ring and frees the seat', async () => {
    const rig = createRig();
    await rig.seat('1001', 'consumer');
    const line = rig.dial('12315');
    await rig.clock.advance(1_000);
    expect(rig.telephony.rings).toHaveLength(1);
    line.leave();
    await settle();
    expect(rig.telephony.rings).toHaveLength(0);
    expect(rig.endings()).toEqual(['left-while-ringing']);
    expect(rig.told('call.abandoned')).toHaveLength(1);
    expect(rig.dispatcher.engine.seat('1001')?.state).toBe('ready');
    expect(rig.clock.alarms).toBe(0);
  });
});

describe('a seat that does not answer', () => {
  it('is set aside, and the next one rings for the same caller', async () => {
    const rig = createRig();
    await rig.seat('1001', 'consumer');
    const line = rig.dial('12315');
    await rig.clock.advance(1_000);
    await rig.clock.advance(15_000);
    expect(rig.telephony.rings).toHaveLength(0);
    expect(rig.dispatcher.engine.seat('1001')).toMatchObject({
      state: 'not-ready',
      reason: 'no-answer',
    });
    await rig.seat('1002', 'consumer');
    expect(rig.telephony.rings[0]?.request.seatId).toBe('1002');
    rig.telephony.fail('1002', 'unreachable');
    await settle();
    expect(rig.dispatcher.engine.seat('1002')?.reason).toBe('unreachable');
    expect(line.gone.aborted).toBe(false);
    expect(rig.told('call.ringing').map((r) => r.attempt)).toEqual([1, 2]);
  });
});

describe('a queue that cannot keep its caller', () => {
  it('plays the message configured for closed hours', async () => {
    const rig = createRig((doc) => {
      doc.hours.push({
        id: 'nights',
        name: { zh: '夜间', en: 'Nights' },
        open: [{ days: [1], from: '00:00', to: '01:00' }],
        keepsHolidays: true,
      });
      for (const queue of doc.queues) queue.hours = 'nights';
    });
    const line = rig.dial('12315');
    await rig.clock.advance(3_000);
    expect(line.heard.at(-1)).toBe('zh:queue-closed');
    expect(rig.told('call.turned-away')).toMatchObject([{ why: 'closed' }]);
    expect(rig.endings()).toEqual(['queue-closed']);
  });

  it('sends the caller to another queue after too long, with the time waited', async () => {
    const rig = createRig((doc) => {
      const [consumer] = doc.queues;
      if (!consumer) return;
      consumer.maxWaitMs = 60_000;
      consumer.onTooLong = { do: 'queue', queue: 'general' };
    });
    rig.dial('12315');
    await rig.clock.advance(62_000);
    expect(rig.told('call.overflowed')).toMatchObject([{ queueId: 'general', why: 'too-long' }]);
    await rig.seat('1001', 'general');
    rig.telephony.answer('1001');
    await settle();
    expect(rig.told('call.connected')[0]?.waitedMs).toBeGreaterThan(60_000);
  });

  it('registers a call-back when the caller presses 1', async () => {
    const rig = createRig((doc) => {
      for (const queue of doc.queues) queue.onNobody = { do: 'call-back' };
    });
    const line = rig.dial('12315');
    await rig.clock.advance(1_500);
    line.press('1');
    await rig.clock.advance(2_000);
    expect(rig.told('call.call-back-requested')).toMatchObject([{ queueId: 'consumer' }]);
    expect(rig.endings()).toEqual(['call-back-requested']);
  });

  it('does not run in circles', async () => {
    const rig = createRig((doc) => {
      const [consumer, general] = doc.queues;
      if (consumer) consumer.onNobody = { do: 'queue', queue: 'general' };
      if (general) general.onNobody = { do: 'queue', queue: 'consumer' };
    });
    const line = rig.dial('12315');
    await rig.clock.advance(5_000);
    expect(line.heard.at(-1)).toBe('zh:queue-nobody');
    expect(rig.endings()).toEqual(['nobody-signed-in']);
  });
});

describe('when the exchange or the server goes away', () => {
  it('ends calls with that cause when the exchange is lost', async () => {
    const rig = createRig();
    const { line } = await rig.talk();
    line.leave('telephony-lost');
    await settle();
    expect(rig.endings()).toEqual(['telephony-lost']);
  });

  it('takes no new call while draining and waits for those that live', async () => {
    const rig = createRig();
    const { line } = await rig.talk();
    const drained = rig.calls.drained(new AbortController().signal);
    const late = rig.dial('12345');
    await rig.clock.advance(2_000);
    expect(late.heard).toEqual(['zh:draining']);
    line.leave();
    await settle();
    expect(await drained).toEqual([]);
    expect(rig.endings()).toEqual(['draining', 'caller-hung-up']);
  });
});
