import { describe, expect, it } from 'vitest';
import { LegGone } from '../../src/calls/ports.ts';
import { settle } from '../support/fake-clock.ts';
import { createRig } from './rig.ts';

async function talking() {
  const rig = createRig((doc) => {
    doc.selfServices = [
      {
        id: 'score',
        name: { zh: '评价', en: 'Score' },
        prompts: ['rating-ask'],
        choices: { '5': { zh: '好', en: 'Good' } },
        digits: 0,
        timeoutMs: 5_000,
        limitMs: 30_000,
      },
      {
        id: 'identity',
        name: { zh: '核验', en: 'Identity' },
        prompts: ['self-service-identity'],
        choices: {},
        digits: 4,
        timeoutMs: 20_000,
        limitMs: 30_000,
      },
    ];
  });
  let failure: Error | null = null;
  const join = rig.telephony.join.bind(rig.telephony);
  rig.telephony.join = async (...args) => {
    const talk = await join(...args);
    const resume = () => (failure ? Promise.reject(failure) : talk.resume());
    return { ...talk, resume };
  };
  const { line, leg, callId } = await rig.talk();
  const seat = () => rig.dispatcher.engine.seat('1001')?.state;
  const send = (serviceId: string) => rig.calls.ask(callId, { do: 'self-service', serviceId });
  /** From now on the caller cannot be let into the talk. */
  const fail = (why: Error | null) => {
    failure = why;
  };
  return { rig, line, leg, callId, seat, send, fail };
}

describe('a caller sent into a self-service', () => {
  it('hears it, chooses, and is back with the same agent', async () => {
    const { rig, line, callId, seat, send } = await talking();
    await send('score');
    await settle();
    expect(seat()).toBe('hold');
    expect(rig.calls.selfService(callId).now).toMatchObject({ serviceId: 'score' });
    expect(line.heard.at(-1)).toBe('zh:rating-ask');
    line.press('5');
    await settle();
    expect(seat()).toBe('talking');
    expect(rig.telephony.acts.at(-1)).toBe(`resume ${callId}`);
    expect(rig.calls.selfService(callId)).toMatchObject({
      now: null,
      last: { serviceId: 'score', outcome: 'done', choice: '5' },
    });
    expect(rig.told('call.self-service-ended')).toMatchObject([{ outcome: 'done', choice: '5' }]);
  });

  it('types digits that only the desk sees', async () => {
    const { rig, line, callId, send } = await talking();
    await send('identity');
    await settle();
    line.press('1', '2', '3', '4');
    await settle();
    expect(rig.calls.selfService(callId).last).toMatchObject({ outcome: 'done', digits: '1234' });
    expect(JSON.stringify(rig.events)).not.toContain('1234"');
  });

  it('is back after the limit, or when nothing is pressed', async () => {
    const { rig, line, callId, seat, send } = await talking();
    await send('identity');
    await settle();
    await rig.clock.advance(10_000);
    line.press('1');
    await rig.clock.advance(15_000);
    line.press('2');
    await rig.clock.advance(6_000);
    expect(seat()).toBe('talking');
    expect(rig.calls.selfService(callId).last?.outcome).toBe('limit');
    await send('score');
    await settle();
    await rig.clock.advance(10_000);
    expect(rig.calls.selfService(callId).last?.outcome).toBe('nothing');
  });

  it('is taken back by the agent', async () => {
    const { rig, callId, seat, send } = await talking();
    await send('score');
    await settle();
    await expect(send('score')).rejects.toMatchObject({ code: 'not-now' });
    await rig.calls.ask(callId, 'resume');
    await settle();
    expect(seat()).toBe('talking');
    expect(rig.calls.selfService(callId).last?.outcome).toBe('taken-back');
  });

  it('goes to the head of the queue when the agent has gone', async () => {
    const { rig, leg, callId, send } = await talking();
    const arrivedAt = rig.told('call.queued')[0]?.arrivedAt;
    await send('score');
    await settle();
    leg.end('agent');
    await settle();
    expect(rig.told('call.self-service-ended')).toMatchObject([{ outcome: 'cut' }]);
    expect(rig.dispatcher.engine.place(callId)).toMatchObject({ ahead: 0, enteredAt: arrivedAt });
  });

  it('waits for the agent, to music, when one request fails', async () => {
    const { rig, line, callId, seat, send, fail } = await talking();
    await send('score');
    fail(new Error('refused'));
    line.press('5');
    await settle();
    expect(rig.endings()).toEqual([]);
    expect(seat()).toBe('hold');
    expect(line.music).toBe(true);
    fail(null);
    await rig.calls.ask(callId, 'resume');
    expect(seat()).toBe('talking');
    await rig.calls.ask(callId, 'hang-up');
    await settle();
    expect(line.heard.at(-1)).toBe('zh:rating-ask');
  });

  it.each(['hangs up', 'puts the phone down'])(
    'goes to the head of the queue when the agent %s as they come out',
    async (how) => {
      const { rig, line, leg, callId, send, fail } = await talking();
      await send('score');
      fail(new LegGone('agent'));
      line.press('5');
      await settle();
      if (how === 'hangs up') await rig.calls.ask(callId, 'hang-up');
      else leg.end('agent');
      await settle();
      expect(rig.endings()).toEqual([]);
      expect(rig.dispatcher.engine.place(callId)).toMatchObject({ queueId: 'consumer', ahead: 0 });
    },
  );

  it('has a lost phone’s time of grace when it is lost as they come out', async () => {
    const { rig, line, leg, callId, seat, send, fail } = await talking();
    await send('score');
    fail(new LegGone('seat-lost'));
    line.press('5');
    await settle();
    leg.end('seat-lost');
    await settle();
    expect(line.heard.at(-1)).toBe('zh:seat-lost-apology');
    fail(null);
    const back = rig.calls.ask(callId, 'rejoin');
    await settle();
    const second = rig.telephony.answer('1001');
    await back;
    expect(seat()).toBe('talking');
    second.end('agent');
    await settle();
    expect(line.heard.at(-1)).toBe('zh:rating-ask');
  });

  it('leaves: the call ends as any other', async () => {
    const { rig, line, send } = await talking();
    await send('score');
    await settle();
    line.leave();
    await settle();
    expect(rig.endings()).toEqual(['caller-hung-up']);
  });
});

describe('at the desk', () => {
  it('keys go to the caller or the party, and are counted, not kept', async () => {
    const { rig, callId } = await talking();
    await rig.calls.ask(callId, { do: 'keys', keys: '12#', to: 'caller' });
    expect(rig.telephony.acts.at(-1)).toBe('keys 12# to caller');
    expect(rig.told('call.keys-sent')).toMatchObject([{ to: 'caller', count: 3 }]);
    const nobody = rig.calls.ask(callId, { do: 'keys', keys: '1', to: 'party' });
    await expect(nobody).rejects.toMatchObject({ code: 'not-now' });
  });

  it('a phone that answers by itself warns the agent before the caller is let in', async () => {
    const rig = createRig();
    rig.autoAnswers.add('1001');
    await rig.seat('1001', 'consumer');
    rig.dial('12315');
    await rig.clock.advance(1_000);
    expect(rig.telephony.rings[0]?.request.autoAnswer).toBe(true);
    rig.telephony.answer('1001');
    await settle();
    expect(rig.telephony.acts).toEqual(['tone answer at 1001', `join ${rig.callId()} 1001`]);
  });

  it('help comes from a leader’s seat that is not ready', async () => {
    const { rig, callId } = await talking();
    await rig.seat('9001');
    rig.dispatcher.submit({ kind: 'seat-not-ready', seatId: '9001', reason: 'leading' });
    await rig.calls.ask(callId, { do: 'invite', seatId: '9001', hold: true, unasked: true });
    const leader = rig.telephony.answer('9001');
    await settle();
    expect(rig.calls.party(callId)).toMatchObject({ seatId: '9001', isIn: true });
    leader.end('agent');
    await settle();
    expect(rig.dispatcher.engine.seat('9001')).toMatchObject({
      state: 'not-ready',
      reason: 'leading',
    });
  });
});
