import { describe, expect, it } from 'vitest';
import type { Talk } from '../../src/calls/ports.ts';
import { settle } from '../support/fake-clock.ts';
import { createRig } from './rig.ts';

/** A call that goes on, through a talk a test may spoil. */
async function talking(spoil: (talk: Talk) => Talk = (talk) => talk) {
  const rig = createRig();
  const join = rig.telephony.join.bind(rig.telephony);
  rig.telephony.join = async (...args) => spoil(await join(...args));
  return { rig, ...(await rig.talk()) };
}

describe('a seat that loses its phone', () => {
  it('gets the same call back when it returns in time', async () => {
    const rig = createRig();
    const { callId, leg, line } = await rig.talk();
    leg.end('seat-lost');
    await settle();
    expect(line.heard.at(-1)).toBe('zh:seat-lost-apology');
    const back = rig.calls.ask(callId, 'rejoin');
    await settle();
    expect(rig.telephony.rings[0]?.request).toMatchObject({ autoAnswer: true, seatId: '1001' });
    const second = rig.telephony.answer('1001');
    await back;
    expect(rig.told('call.rejoined')).toHaveLength(1);
    expect(rig.told('recording.started').map((r) => r.recordingId)).toEqual([
      leg.recordingId,
      second.recordingId,
    ]);
    expect(rig.dispatcher.engine.seat('1001')?.state).toBe('talking');
    line.leave();
    await settle();
    expect(rig.endings()).toEqual(['caller-hung-up']);
  });

  it('loses the caller to the head of the queue when it stays away', async () => {
    const rig = createRig();
    const { leg, line } = await rig.talk();
    await rig.clock.advance(60_000);
    rig.dial('12315');
    await rig.clock.advance(2_000);
    leg.end('seat-lost');
    await rig.clock.advance(20_000);
    await rig.seat('1002', 'consumer');
    expect(rig.telephony.rings[0]?.request.seatId).toBe('1002');
    rig.telephony.answer('1002');
    await settle();
    const [first, second] = rig.told('call.connected');
    expect(second?.callId).toBe(first?.callId);
    line.leave();
    await settle();
    expect(rig.endings()).toEqual(['caller-hung-up']);
  });
});

/** Defects the simulator found in the first days it ran. */
describe('a seat that was lost in a call', () => {
  it('hears its caller again when it comes back, and no music comes in between', async () => {
    const { rig, line, leg, callId } = await talking();
    leg.end('seat-lost');
    await settle();
    const back = rig.calls.ask(callId, 'rejoin');
    await settle();
    rig.telephony.answer('1001');
    await back;
    await rig.clock.advance(5_000);
    expect(rig.telephony.acts.slice(-3)).toEqual([
      `hold ${callId}`,
      `replace ${callId}`,
      `resume ${callId}`,
    ]);
    expect(line.music).toBe(false);
  });

  it('does not cost the caller the call when no music can be given', async () => {
    const refuse = () => Promise.reject(new Error('refused'));
    const { rig, leg } = await talking((talk) => ({ ...talk, hold: refuse }));
    leg.end('seat-lost');
    await rig.clock.advance(20_000);
    await rig.seat('1002', 'consumer');
    expect(rig.endings()).toEqual([]);
    expect(rig.telephony.rings[0]?.request.seatId).toBe('1002');
  });

  it('leaves no second leg behind when the two cannot be joined again', async () => {
    const refuse = () => Promise.reject(new Error('refused'));
    const { rig, leg, callId } = await talking((talk) => ({ ...talk, replaceLeg: refuse }));
    leg.end('seat-lost');
    await settle();
    const back = rig.calls.ask(callId, 'rejoin');
    await settle();
    const second = rig.telephony.answer('1001');
    await expect(back).rejects.toMatchObject({ code: 'not-now' });
    expect(second.gone.aborted).toBe(true);
  });
});
