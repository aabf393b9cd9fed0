import { describe, expect, it } from 'vitest';
import { createCounting } from '../../src/counting/fold.ts';
import { settle } from '../support/fake-clock.ts';
import { createRig } from './rig.ts';

const number = '13812345678';

/** Seat 1001, ready, calls somebody; its own phone rings. */
async function dialled() {
  const rig = createRig();
  await rig.seat('1001', 'consumer');
  const callId = rig.calls.dial({
    seatId: '1001',
    number,
    queueId: 'consumer',
    language: 'zh',
    ofCallId: null,
  });
  await settle();
  const seat = () => rig.dispatcher.engine.seat('1001');
  return { rig, callId, seat };
}

/** They have answered. */
async function talking() {
  const dial = await dialled();
  const leg = dial.rig.telephony.answer('1001');
  await settle();
  dial.rig.telephony.answerOutside(number);
  await settle();
  const [line] = dial.rig.telephony.called;
  if (!line) throw new Error('nobody was called');
  return { ...dial, leg, line };
}

describe('a call of the agent’s own', () => {
  it('rings the own phone first, which answers by itself, and shows no whole number', async () => {
    const { rig, seat } = await dialled();
    expect(seat()).toMatchObject({ state: 'ringing', reason: 'dialling' });
    const request = rig.telephony.rings[0]?.request;
    expect(request).toMatchObject({ seatId: '1001', autoAnswer: true, display: '138****5678' });
    expect(rig.telephony.dials).toEqual([]);
    rig.telephony.answer('1001');
    await settle();
    expect(rig.telephony.dials[0]?.request.number).toBe(number);
    expect(rig.telephony.acts).toEqual(['tone ring-back at 1001']);
  });

  it('is a talk like any other when they answer, recorded, and ends in its own words', async () => {
    const { rig, callId, seat, line, leg } = await talking();
    expect(rig.telephony.acts.slice(-2)).toEqual(['tone over at 1001', `join ${callId} 1001`]);
    expect(seat()).toMatchObject({ state: 'talking', callId });
    expect(rig.told('call.placed')).toMatchObject([{ callId, caller: number, ofCallId: null }]);
    expect(rig.told('recording.started')).toHaveLength(1);
    await rig.calls.ask(callId, 'hold');
    expect(seat()?.state).toBe('hold');
    await rig.calls.ask(callId, 'resume');
    leg.end('agent');
    await settle();
    expect(line.heard).toEqual([]);
    expect(line.hungUp).toBe(true);
    expect(seat()?.state).toBe('wrap-up');
    expect(rig.endings()).toEqual(['out-agent-hung-up']);
    await rig.clock.advance(60_000);
    expect(seat()?.state).toBe('ready');
  });

  it('names the order whose citizen it is', async () => {
    const rig = createRig();
    await rig.seat('1001', 'consumer');
    const wanted = { seatId: '1001', number, queueId: 'consumer', ofCallId: null } as const;
    const callId = rig.calls.dial({ ...wanted, language: 'zh', orderId: 'order-1' });
    expect(rig.repo.call(callId)).toMatchObject({ orderId: 'order-1', caller: number });
  });

  it('is ended by the one who was called', async () => {
    const { rig, line, leg } = await talking();
    line.leave();
    await settle();
    expect(leg.gone.aborted).toBe(true);
    expect(rig.endings()).toEqual(['out-party-hung-up']);
  });

  it.each([
    ['no-answer', 'out-no-answer'],
    ['busy', 'out-busy'],
    ['refused', 'out-refused'],
    ['unreachable', 'out-unreachable'],
  ] as const)('%s: the agent is free again', async (why, ending) => {
    const { rig, seat } = await dialled();
    const leg = rig.telephony.answer('1001');
    await settle();
    rig.telephony.failOutside(why);
    await settle();
    expect(leg.gone.aborted).toBe(true);
    expect(seat()?.state).toBe('ready');
    expect(rig.endings()).toEqual([ending]);
  });

  it('is given up by the agent, at the desk or by putting the phone down', async () => {
    const { rig, callId, seat } = await dialled();
    rig.telephony.answer('1001');
    await settle();
    await rig.calls.ask(callId, 'hang-up');
    await settle();
    expect(rig.telephony.dials).toEqual([]);
    const second = await dialled();
    second.rig.telephony.answer('1001').end('agent');
    await settle();
    expect([...rig.endings(), ...second.rig.endings()]).toEqual(['out-given-up', 'out-given-up']);
    expect(seat()?.state).toBe('ready');
  });

  it('fails when the own phone does not answer', async () => {
    const { rig, seat } = await dialled();
    rig.telephony.fail('1001', 'unreachable');
    await settle();
    expect(seat()).toMatchObject({ state: 'not-ready', reason: 'unreachable' });
    expect(rig.endings()).toEqual(['out-seat-failed']);
  });

  it('leaves a seat that was not ready as it was, and is refused to one in a call', async () => {
    const { rig, callId, seat } = await talking();
    const again = () =>
      rig.calls.dial({
        seatId: '1001',
        number,
        queueId: 'consumer',
        language: 'zh',
        ofCallId: callId,
      });
    expect(again).toThrow(expect.objectContaining({ code: 'not-now' }));
    rig.dispatcher.submit({ kind: 'seat-not-ready', seatId: '1001', reason: 'rest' });
    await rig.calls.ask(callId, 'release');
    await rig.clock.advance(60_000);
    expect(seat()).toMatchObject({ state: 'not-ready', reason: 'rest' });
    again();
    await settle();
    rig.telephony.answer('1001');
    await settle();
    rig.telephony.failOutside('busy');
    await settle();
    expect(seat()).toMatchObject({ state: 'not-ready', reason: 'rest' });
  });

  it('goes only where the operator allows', async () => {
    const rig = createRig();
    await rig.seat('1001', 'consumer');
    rig.telephony.forbidden.add(number);
    const wanted = { seatId: '1001', number, queueId: 'consumer', ofCallId: null } as const;
    const dial = () => rig.calls.dial({ ...wanted, language: 'zh' });
    expect(dial).toThrow(expect.objectContaining({ code: 'number-not-allowed' }));
    expect(rig.events.filter(({ kind }) => kind === 'call.placed')).toEqual([]);
    expect(rig.dispatcher.engine.seat('1001')?.state).toBe('ready');
  });

  it('is the agent’s work and no part of the queue’s figures', async () => {
    const { rig, callId } = await talking();
    await rig.calls.ask(callId, { queueId: 'consumer', seatId: null });
    await settle();
    const sums = new Map<string, number>();
    const counting = createCounting({
      limits: { serviceLevelMs: () => 15_000, shortAbandonMs: () => 5_000 },
      count: ({ queueId, agentId }, counter, by) => {
        const key = `${counter} ${queueId}/${agentId}`;
        sums.set(key, (sums.get(key) ?? 0) + by);
      },
    });
    rig.events.forEach((event, at) => counting.apply({ ...event, seq: at + 1 }));
    const touched = [...sums.keys()].filter((key) => /^(offered|answered|conversations)/.test(key));
    expect(touched.sort()).toEqual(['conversations /', 'conversations /agent-1001']);
  });
});
