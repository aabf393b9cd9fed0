import { describe, expect, it } from 'vitest';
import { settle } from '../support/fake-clock.ts';
import { FakeLeg, FakeLine } from '../support/fake-telephony.ts';
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

  it('greets a caller nobody had written down yet', async () => {
    const old = createRig();
    const line = new FakeLine(old.clock, 'channel-new', '12315');
    const rig = await restart(old, [line]);
    expect(rig.told('call.arrived')).toHaveLength(1);
    expect(line.heard).toEqual(['zh:greeting-12315']);
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
