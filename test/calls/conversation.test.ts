import { describe, expect, it } from 'vitest';
import { settle } from '../support/fake-clock.ts';
import { createRig } from './rig.ts';

describe('the conversation', () => {
  it('joins caller and seat and records from the answer', async () => {
    const rig = createRig();
    const { callId, leg } = await rig.talk();
    expect(rig.telephony.acts).toEqual([`join ${callId} 1001`]);
    expect(rig.told('call.connected')).toMatchObject([{ callId, seatId: '1001' }]);
    expect(rig.told('recording.started')).toMatchObject([{ recordingId: leg.recordingId }]);
  });

  it('goes to the rating when the agent hangs up, and keeps the score', async () => {
    const rig = createRig();
    const { line, leg } = await rig.talk();
    leg.end('agent');
    await settle();
    expect(rig.finished).toEqual([leg.recordingId]);
    expect(line.heard.at(-1)).toBe('zh:rating-ask');
    line.press('5');
    await rig.clock.advance(1_000);
    expect(rig.told('call.rated')).toMatchObject([{ score: 5, agentId: 'agent-1001' }]);
    expect(line.heard.at(-1)).toBe('zh:rating-thanks');
    expect(rig.endings()).toEqual(['agent-hung-up']);
    expect(line.hungUp).toBe(true);
  });

  it('asks for the rating once more, and never makes up a score', async () => {
    const rig = createRig();
    const { line, leg } = await rig.talk();
    leg.end('agent');
    await rig.clock.advance(20_000);
    expect(line.heard.filter((h) => h.includes('rating'))).toEqual([
      'zh:rating-ask',
      'zh:rating-repeat',
    ]);
    expect(rig.told('call.rated')).toEqual([]);
    expect(rig.endings()).toEqual(['agent-hung-up']);
  });

  it('is not rated when the caller hangs up first', async () => {
    const rig = createRig();
    const { line } = await rig.talk();
    line.leave();
    await settle();
    expect(rig.endings()).toEqual(['caller-hung-up']);
    expect(rig.told('call.rating-asked')).toEqual([]);
    expect(rig.told('call.talk-ended')).toMatchObject([{ by: 'caller' }]);
    expect(rig.dispatcher.engine.seat('1001')?.state).toBe('wrap-up');
  });

  it('holds, resumes, hangs up to the rating and releases when the agent asks', async () => {
    const rig = createRig();
    const { callId, leg } = await rig.talk();
    await rig.calls.ask(callId, 'hold');
    expect(rig.dispatcher.engine.seat('1001')?.state).toBe('hold');
    await rig.calls.ask(callId, 'resume');
    expect(rig.telephony.acts).toEqual([
      `join ${callId} 1001`,
      `hold ${callId}`,
      `resume ${callId}`,
    ]);
    await rig.calls.ask(callId, 'hang-up');
    await settle();
    expect(leg.gone.aborted).toBe(true);
    expect(rig.told('call.rating-asked')).toHaveLength(1);
    await expect(rig.calls.ask('nobody', 'hold')).rejects.toMatchObject({ code: 'not-now' });
  });

  it('sends the caller to another queue with the time waited, and then to a wanted seat', async () => {
    const rig = createRig();
    const { callId, line } = await rig.talk();
    await rig.calls.ask(callId, { queueId: 'general', seatId: null });
    await settle();
    expect(rig.dispatcher.engine.seat('1001')?.state).toBe('wrap-up');
    expect(rig.dispatcher.engine.place(callId)).toMatchObject({ queueId: 'general', ahead: 0 });
    expect(rig.told('call.transferred')).toMatchObject([{ queueId: 'general', seatId: null }]);
    expect(rig.told('call.talk-ended')).toMatchObject([{ by: 'transfer' }]);
    await rig.seat('1002', 'general');
    rig.telephony.answer('1002');
    await settle();
    await rig.seat('1003', 'consumer');
    await rig.calls.ask(callId, { queueId: 'general', seatId: '1003' });
    await settle();
    expect(rig.telephony.rings[0]?.request.seatId).toBe('1003');
    line.leave();
    await settle();
    expect(rig.endings()).toEqual(['left-after-transfer']);
    // The engine's next wake-up for two wrap-ups, and nothing of the call.
    expect(rig.clock.alarms).toBe(1);
  });

  it('releases without a rating', async () => {
    const rig = createRig();
    const { callId, line } = await rig.talk();
    await rig.calls.ask(callId, 'release');
    await settle();
    expect(rig.endings()).toEqual(['agent-hung-up']);
    expect(rig.told('call.rating-asked')).toEqual([]);
    expect(line.hungUp).toBe(true);
  });
});
