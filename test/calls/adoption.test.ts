import { describe, expect, it } from 'vitest';
import { settle } from '../support/fake-clock.ts';
import { FakeLeg, FakeLine, FakeOutsideLeg } from '../support/fake-telephony.ts';
import { restart, sameLine } from './restarted.ts';
import { createRig } from './rig.ts';

describe('a restarted server', () => {
  it('keeps the place of waiting callers and greets nobody twice', async () => {
    const old = createRig();
    const first = old.dial('12315');
    await old.clock.advance(5_000);
    const second = old.dial('12315');
    await old.clock.advance(5_000);
    const lines = [sameLine(old, second), sameLine(old, first)];
    const rig = await restart(old, lines);
    await rig.seat('1001', 'consumer');
    const ringing = rig.telephony.rings[0]?.request.callId;
    expect(ringing).toBe(old.told('call.arrived')[0]?.callId);
    expect(lines.flatMap((line) => line.heard)).toEqual([]);
  });

  it('knows how long a caller had waited for the server before it', async () => {
    const old = createRig();
    const arrivedAt = old.clock.now() - 180_000;
    const line = Object.assign(new FakeLine(old.clock, 'channel', '12315'), { arrivedAt });
    old.calls.begin(line);
    await settle();
    const now = Object.assign(sameLine(old, line), { arrivedAt });
    const rig = await restart(old, [now]);
    expect(now.heard).toEqual(['zh:greeting-12315']);
    await old.clock.advance(5_000);
    expect(rig.told('call.queued')).toMatchObject([{ arrivedAt }]);
  });

  it.each(['waiting', 'call-back'] as const)(
    'lets nobody wait twice who was promised a call when it died (stage %s)',
    async (stage) => {
      const old = createRig();
      const line = old.dial('12315');
      await old.clock.advance(70_000);
      const callId = old.callId();
      if (stage === 'call-back') {
        const data = { wait: old.told('call.stage').at(-1)?.data, ending: 'queue-full' };
        old.house.record({ kind: 'call.stage', at: old.clock.now(), callId, stage, data });
      }
      line.press('1');
      await settle();
      // The server died as soon as the promise was written down.
      const promised = old.events.findIndex(
        (event) => event.kind === 'call.stage' && event.stage === 'virtual',
      );
      old.events.splice(promised + 1);
      const now = sameLine(old, line);
      const rig = await restart(old, [now]);
      expect(rig.dispatcher.engine.place(callId)).toBeNull();
      const said = { waiting: 'call-back-kept', 'call-back': 'call-back-confirmed' }[stage];
      expect(now.heard).toEqual([`zh:${said}`]);
      await old.clock.advance(5_000);
      const ended = rig.told('call.ended').find((event) => event.callId === callId);
      expect(ended?.ending).toBe('call-back-requested');
    },
  );

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

  it('offers a ringing caller again, and hangs up legs nobody owns', async () => {
    const old = createRig();
    await old.seat('1001', 'consumer');
    const line = old.dial('12315');
    await old.clock.advance(1_000);
    const stray = new FakeLeg({ legId: 'leg-x', seatId: '1001', recordingId: 'r' });
    const rig = await restart(old, [sameLine(old, line)], [stray]);
    expect(stray.gone.aborted).toBe(true);
    await rig.seat('1002', 'consumer');
    expect(rig.telephony.rings[0]?.request.seatId).toBe('1002');
  });

  it('goes on with a phone that rings: nothing is rung twice, and others do not get its seat', async () => {
    const { old, lines, ring } = await ringingAndWaiting();
    const rig = await restart(old, lines, [], [], [new FakeLeg(ring)], '1001');
    expect(rig.telephony.rings.map(({ request }) => request)).toMatchObject([
      { callId: ring.callId, seatId: '1001', legId: ring.legId, recordingId: ring.recordingId },
    ]);
    rig.telephony.answer('1001');
    await settle();
    expect(rig.told('call.connected')).toMatchObject([{ callId: ring.callId, seatId: '1001' }]);
  });

  it('hangs up what is left of the call before at the same seat, and only that', async () => {
    const { old, lines, ring } = await ringingAndWaiting();
    const before = new FakeLeg({ legId: 'leg-before', seatId: '1001', recordingId: 'r' });
    const now = new FakeLeg(ring);
    const rig = await restart(old, lines, [now, before], [], [], '1001');
    expect(before.gone.aborted).toBe(true);
    expect(now.gone.aborted).toBe(false);
    expect(rig.telephony.rings.map(({ request }) => request.legId)).toEqual([ring.legId]);
  });

  it('goes on with a phone that was answered while no server was there', async () => {
    const { old, lines, ring } = await ringingAndWaiting();
    const rig = await restart(old, lines, [new FakeLeg(ring)], [], [], '1001');
    expect(rig.telephony.rings[0]?.request.legId).toBe(ring.legId);
  });

  it('hangs up a phone that rings for nobody any more', async () => {
    const { old, ring } = await ringingAndWaiting();
    const leg = new FakeLeg(ring);
    await restart(old, [], [], [], [leg]);
    expect(leg.gone.aborted).toBe(true);
  });

  it('hangs up a phone whose ring had been given up, and rings it anew when the seat is ready', async () => {
    const { old, lines, ring } = await ringingAndWaiting();
    const leg = new FakeLeg(ring);
    const rig = await restart(old, lines, [], [], [leg]);
    expect(leg.gone.aborted).toBe(true);
    await rig.seat('1001', 'consumer');
    expect(rig.telephony.rings).toMatchObject([{ request: { callId: ring.callId } }]);
    expect(rig.telephony.rings[0]?.request.legId).not.toBe(ring.legId);
  });

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

  it('greets a caller nobody had written down yet', async () => {
    const old = createRig();
    const line = new FakeLine(old.clock, 'channel-new', '12315');
    const rig = await restart(old, [line]);
    expect(rig.told('call.arrived')).toHaveLength(1);
    expect(line.heard).toEqual(['zh:greeting-12315']);
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

  it('goes on with a conversation whose stage was not written down yet, and its recording', async () => {
    const { old, line, leg } = await talking();
    old.events.splice(old.events.findLastIndex((event) => event.kind === 'call.connected') + 2);
    const rig = await restart(old, [sameLine(old, line)], [new FakeLeg(leg)]);
    expect(rig.telephony.acts).toEqual([`rejoin ${old.callId()} 1001`]);
    expect(rig.told('recording.started')).toMatchObject([{ recordingId: leg.recordingId }]);
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

/** Seat 1001 rings for one caller, another one with an earlier place waits. */
async function ringingAndWaiting() {
  const old = createRig();
  const early = old.dial('12315');
  await old.clock.advance(5_000);
  await old.seat('1001', 'consumer');
  await settle();
  const ring = old.telephony.rings[0]?.request;
  if (!ring) throw new Error('nothing rings');
  const late = old.dial('12315');
  await old.clock.advance(5_000);
  return { old, lines: [sameLine(old, early), sameLine(old, late)], ring };
}

async function talking() {
  const old = createRig();
  return { old, ...(await old.talk()) };
}

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
