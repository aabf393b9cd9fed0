import { describe, expect, it } from 'vitest';
import { settle } from '../support/fake-clock.ts';
import { FakeLeg, FakeLine, FakeOutsideLeg } from '../support/fake-telephony.ts';
import { restart, sameLine, talking } from './restarted.ts';
import { createRig } from './rig.ts';

describe('a restarted server', () => {
  it('joins a conversation that went on without it, and records on', async () => {
    const old = createRig();
    await old.seat('1001', 'consumer');
    const line = old.dial('12315');
    await old.clock.advance(1_000);
    const leg = old.telephony.answer('1001');
    await settle();
    const now = sameLine(old, line);
    const nowLeg = new FakeLeg(leg);
    const rig = await restart(old, [now], [nowLeg]);
    const callId = old.callId();
    expect(rig.telephony.acts).toEqual([`rejoin ${callId} 1001`]);
    expect(rig.told('recording.started')).toEqual([]);
    nowLeg.end('agent');
    await settle();
    expect(rig.finished).toEqual([leg.recordingId]);
    expect(now.heard).toEqual(['zh:rating-ask']);
  });

  it('finishes the recording of a caller who leaves while the conversation is taken up', async () => {
    const { old, line, leg } = await talking();
    const [now, nowLeg] = [sameLine(old, line), new FakeLeg(leg)];
    now.leave();
    const rig = await restart(old, [now], [nowLeg]);
    expect(rig.endings()).toEqual(['caller-hung-up']);
    nowLeg.end('agent');
    await settle();
    expect(rig.finished).toEqual([leg.recordingId]);
  });

  it('goes on with a conversation whose stage was not written down yet, and its recording', async () => {
    const { old, line, leg } = await talking();
    old.events.splice(old.events.findLastIndex((event) => event.kind === 'call.connected') + 2);
    const rig = await restart(old, [sameLine(old, line)], [new FakeLeg(leg)]);
    expect(rig.telephony.acts).toEqual([`rejoin ${old.callId()} 1001`]);
    expect(rig.told('recording.started')).toMatchObject([{ recordingId: leg.recordingId }]);
  });

  it('leaves caller and somebody outside talking, and calls nobody outside twice', async () => {
    const { old, line } = await talking();
    await old.calls.ask(old.callId(), { do: 'transfer-outside', number: '110' });
    await settle();
    const { legId } = old.telephony.dials[0]?.request ?? { legId: '' };
    const answeredMeanwhile = new FakeOutsideLeg({ legId, number: '110' });
    const rig = await restart(old, [sameLine(old, line)], [], [answeredMeanwhile]);
    expect(rig.telephony.acts).toEqual([`rejoin ${old.callId()} 110`]);
    answeredMeanwhile.leave();
    await settle();
    expect(rig.endings()).toEqual(['transferred-outside']);

    expect(rig.told('call.party-joined')).toHaveLength(1);

    const nobody = await restart(old, [sameLine(old, line)]);
    expect(nobody.telephony.dials).toEqual([]);
    expect(nobody.dispatcher.engine.place(old.callId())).toMatchObject({ queueId: 'consumer' });
  });

  it('goes on with caller and agent alone when a third was in the talk', async () => {
    const { old, line, leg } = await talking();
    await old.calls.ask(old.callId(), { do: 'invite', number: '110', hold: false });
    const party = old.telephony.answerOutside();
    await settle();
    const rig = await restart(old, [sameLine(old, line)], [leg], [party]);
    expect(party.gone.aborted).toBe(true);
    expect(rig.telephony.acts).toEqual([`rejoin ${old.callId()} 1001`]);
  });

  it('ends a colleague’s help, and goes on with the agent whose call it is', async () => {
    const { old, line, leg } = await talking();
    await old.seat('1002', 'consumer');
    await old.calls.ask(old.callId(), { do: 'invite', seatId: '1002', hold: true });
    const guest = old.telephony.answer('1002');
    await settle();
    const rig = await restart(old, [sameLine(old, line)], [leg, guest]);
    expect(guest.gone.aborted).toBe(true);
    expect(rig.telephony.acts).toEqual([`rejoin ${old.callId()} 1001`]);
  });
});

describe('an agent’s own call', () => {
  async function placed() {
    const rig = createRig();
    await rig.seat('1001', 'consumer');
    const wanted = { seatId: '1001', number: '13812345678', queueId: 'consumer' };
    const callId = rig.calls.dial({ ...wanted, language: 'zh', ofCallId: null });
    await settle();
    const leg = rig.telephony.answer('1001');
    await settle();
    const [dial] = rig.telephony.dials;
    const channelId = dial?.request.legId ?? '';
    return { rig, callId, leg, channelId };
  }

  /** Their line, as the new server finds it. */
  function lineOf(rig: ReturnType<typeof createRig>, channelId: string): FakeLine {
    const line = new FakeLine(rig.clock, channelId, '12345', '13812345678');
    return Object.assign(line, { direction: 'out' });
  }

  it('goes on when they had answered, and still ends in its own words', async () => {
    const { rig, callId, leg, channelId } = await placed();
    rig.telephony.answerOutside();
    await settle();
    const line = lineOf(rig, channelId);
    const next = await restart(rig, [line], [leg]);
    await settle();
    expect(next.telephony.acts).toEqual([`rejoin ${callId} 1001`]);
    line.leave();
    await settle();
    expect(next.endings()).toEqual(['out-party-hung-up']);
  });

  it('is ended when nobody had, and whoever answers meanwhile is hung up on', async () => {
    const { rig, leg, channelId } = await placed();
    const line = lineOf(rig, channelId);
    const next = await restart(rig, [line], [leg]);
    await settle();
    expect(line.hungUp).toBe(true);
    expect(next.endings()).toEqual(['server-lost']);
  });
});
