import { describe, expect, it } from 'vitest';
import { settle } from '../support/fake-clock.ts';
import { FakeLeg } from '../support/fake-telephony.ts';
import { restart, sameLine, talking } from './restarted.ts';
import { createRig } from './rig.ts';

describe('a restarted server', () => {
  it('closes calls that ended in the gap, each with one ending', async () => {
    const old = createRig();
    await old.seat('1001', 'consumer');
    old.dial('12315');
    await old.clock.advance(1_000);
    old.telephony.answer('1001');
    await settle();
    const rig = await restart(old, []);
    expect(rig.endings()).toEqual(['server-lost']);
    expect(rig.told('call.talk-ended')).toMatchObject([{ by: 'system', seatId: '1001' }]);
  });

  it('calls back whom a death of the exchange cut off, with that ending', async () => {
    const old = createRig();
    old.dial('12315');
    await old.clock.advance(1_000);
    const rig = await restart(old, [], [], [], [], null, old.clock.now() + 1_000);
    expect(rig.endings()).toEqual(['telephony-lost']);
    expect(rig.told('call.call-back-requested')).toMatchObject([{ queueId: 'consumer' }]);
  });

  it('knows the ending of who hung up before the list was made, or whose talk was noted as ended', async () => {
    const { old } = await talking();
    const callId = old.callId();
    old.dispatcher.submit({ kind: 'talk-ended', callId, seatId: '1001', by: 'caller' });
    const rig = await restart(old, []);
    expect(rig.endings()).toEqual(['caller-hung-up']);
    const waiting = createRig();
    const line = waiting.dial('12315');
    await waiting.clock.advance(5_000);
    const next = await restart(waiting, [], [], [], [], null, 0, new Set([line.channelId]));
    expect(next.endings()).toEqual(['left-while-waiting']);
  });

  it('closes the talk of a caller who was called back and has left since', async () => {
    const old = createRig();
    const line = old.dial('12315', '13812345678');
    await old.clock.advance(70_000);
    line.press('1');
    await old.clock.advance(5_000);
    old.telephony.clock = old.clock;
    await old.seat('1001', 'consumer');
    old.telephony.answer('1001');
    await settle();
    old.telephony.answerOutside();
    await old.clock.advance(3_000);
    // The server died before it could write down that they are a conversation now.
    const connected = old.events.findIndex(({ kind }) => kind === 'call.connected');
    old.events.splice(connected + 1);
    const called = old.telephony.called.at(-1)?.channelId ?? '';
    for (const [hungUp, ending] of [
      [new Set<string>(), 'server-lost'],
      [new Set([called]), 'caller-hung-up'],
    ] as const) {
      const rig = await restart(old, [], [], [], [], null, 0, hungUp);
      expect(rig.told('call.talk-ended')).toMatchObject([{ seatId: '1001' }]);
      expect(rig.endings()).toEqual([ending]);
      expect(rig.dispatcher.engine.queue('consumer')?.callBacks).toBe(0);
    }
  });

  it('takes up no conversation that has ended, and asks for the rating instead', async () => {
    const { old, line, leg } = await talking();
    old.dispatcher.submit({
      kind: 'talk-ended',
      callId: old.callId(),
      seatId: '1001',
      by: 'agent',
    });
    const [now, nowLeg] = [sameLine(old, line), new FakeLeg(leg)];
    const rig = await restart(old, [now], [nowLeg]);
    expect(nowLeg.gone.aborted).toBe(true);
    expect(rig.told('call.talk-ended')).toEqual([]);
    expect(now.heard).toEqual(['zh:rating-ask']);
  });

  it('greets nobody again whose call has ended and whose line is still up', async () => {
    const { old, line } = await talking();
    line.leave();
    await settle();
    expect(old.endings()).toEqual(['caller-hung-up']);
    const now = sameLine(old, line);
    Object.assign(now, { arrivedAt: line.arrivedAt });
    const rig = await restart(old, [now]);
    expect(now.hungUp).toBe(true);
    expect(rig.told('call.arrived')).toEqual([]);
  });

  it('asks nobody twice who has rated', async () => {
    const { old, line, leg } = await talking();
    leg.end('agent');
    await settle();
    line.press('5');
    await settle();
    expect(old.told('call.rated')).toHaveLength(1);
    const now = sameLine(old, line);
    const rig = await restart(old, [now]);
    expect(now.heard).toEqual(['zh:rating-thanks']);
    expect(rig.told('call.rating-asked')).toEqual([]);
  });
});
