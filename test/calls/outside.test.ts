import { describe, expect, it } from 'vitest';
import { settle } from '../support/fake-clock.ts';
import type { FakeOutsideLeg } from '../support/fake-telephony.ts';
import { createRig } from './rig.ts';

const number = '057188886666';

async function talking() {
  const rig = createRig();
  const { line, leg, callId } = await rig.talk();
  const seat = () => rig.dispatcher.engine.seat('1001')?.state;
  return { rig, line, leg, callId, seat };
}

/** Somebody outside is in the talk. */
async function three(hold = false) {
  const talk = await talking();
  const { rig, callId } = talk;
  await rig.calls.ask(callId, { do: 'invite', number, hold });
  const party = rig.telephony.answerOutside();
  await settle();
  return { ...talk, party };
}

describe('a blind transfer to the outside', () => {
  async function sent() {
    const talk = await talking();
    await talk.rig.calls.ask(talk.callId, { do: 'transfer-outside', number });
    await settle();
    return talk;
  }

  it('lets the agent go at once and joins the caller when somebody answers', async () => {
    const { rig, line, callId, seat } = await sent();
    expect(seat()).toBe('wrap-up');
    expect(line.music).toBe(true);
    expect(rig.told('call.talk-ended')).toMatchObject([{ by: 'transfer' }]);
    expect(rig.told('call.transferred')).toMatchObject([{ seatId: null, number }]);
    const party = rig.telephony.answerOutside(number);
    await settle();
    expect(rig.telephony.acts.at(-1)).toBe(`join ${callId} ${number}`);
    expect(rig.told('call.party-joined')).toHaveLength(1);
    party.leave();
    await settle();
    expect(rig.endings()).toEqual(['transferred-outside']);
    expect(line.hungUp).toBe(true);
  });

  it('ends as well when the caller leaves, and hangs up outside', async () => {
    const { rig, line } = await sent();
    const party = rig.telephony.answerOutside();
    await settle();
    line.leave();
    await settle();
    expect(party.gone.aborted).toBe(true);
    expect(rig.endings()).toEqual(['transferred-outside']);
  });

  it('gives the caller a person of the queue when nobody answers', async () => {
    const { rig, callId } = await sent();
    rig.telephony.failOutside('no-answer');
    await settle();
    expect(rig.told('call.party-failed')).toMatchObject([{ why: 'no-answer' }]);
    expect(rig.dispatcher.engine.place(callId)).toMatchObject({ queueId: 'consumer' });
  });

  it('gives the caller a person when the two cannot be joined, and hangs up outside', async () => {
    const { rig, line, callId } = await sent();
    const arrivedAt = rig.told('call.queued')[0]?.arrivedAt;
    rig.telephony.join = () => Promise.reject(new Error('refused'));
    const party = rig.telephony.answerOutside();
    await settle();
    expect(party.gone.aborted).toBe(true);
    expect(line.music).toBe(true);
    expect(rig.told('call.party-joined')).toEqual([]);
    expect(rig.told('call.party-failed')).toMatchObject([{ why: 'unreachable' }]);
    expect(rig.dispatcher.engine.place(callId)).toMatchObject({
      queueId: 'consumer',
      ahead: 0,
      enteredAt: arrivedAt,
    });
    line.leave();
    await settle();
    expect(rig.endings()).toEqual(['left-after-transfer']);
  });

  it('stops calling when the caller leaves', async () => {
    const { rig, line } = await sent();
    line.leave();
    await settle();
    expect(rig.telephony.dials).toEqual([]);
    expect(rig.endings()).toEqual(['left-after-transfer']);
  });

  it('is refused for a number that is not allowed, and the talk goes on', async () => {
    const { rig, callId, seat } = await talking();
    rig.telephony.forbidden.add(number);
    const asked = rig.calls.ask(callId, { do: 'transfer-outside', number });
    await expect(asked).rejects.toMatchObject({ code: 'number-not-allowed' });
    expect(seat()).toBe('talking');
  });
});

describe('somebody outside in the talk', () => {
  it('joins, is seen at the desk, and is sent away', async () => {
    const { rig, callId, party } = await three();
    expect(rig.telephony.acts.at(-1)).toBe(`admit ${callId} ${number}`);
    expect(rig.calls.party(callId)).toEqual({ number, seatId: null, isIn: true });
    await rig.calls.ask(callId, 'dismiss');
    expect(party.gone.aborted).toBe(true);
    expect(rig.calls.party(callId)).toBeNull();
    await expect(rig.calls.ask(callId, 'dismiss')).rejects.toMatchObject({ code: 'not-now' });
    expect(rig.told('call.party-left')).toMatchObject([{ by: 'agent' }]);
  });

  it('is one at a time, and one call that is given up stops ringing', async () => {
    const { rig, callId } = await talking();
    await rig.calls.ask(callId, { do: 'invite', number, hold: false });
    const second = rig.calls.ask(callId, { do: 'invite', number: '110', hold: false });
    await expect(second).rejects.toMatchObject({ code: 'not-now' });
    expect(rig.calls.party(callId)).toEqual({ number, seatId: null, isIn: false });
    await rig.calls.ask(callId, 'dismiss');
    await settle();
    expect(rig.telephony.dials).toEqual([]);
  });

  it('may not answer, and may leave; caller and agent talk on', async () => {
    const { rig, callId, seat } = await talking();
    await rig.calls.ask(callId, { do: 'invite', number, hold: false });
    rig.telephony.failOutside('busy');
    await settle();
    expect(rig.told('call.party-failed')).toMatchObject([{ why: 'busy' }]);
    await rig.calls.ask(callId, { do: 'invite', number, hold: false });
    rig.telephony.answerOutside().leave();
    await settle();
    expect(rig.told('call.party-left')).toMatchObject([{ by: 'party' }]);
    expect(seat()).toBe('talking');
    expect(rig.calls.party(callId)).toBeNull();
  });

  it.each(['agent', 'seat-lost'] as const)(
    'goes on talking to the caller when the agent is gone (%s)',
    async (by) => {
      const { rig, leg, callId, party, line, seat } = await three();
      leg.end(by);
      await settle();
      expect(rig.telephony.acts.at(-1)).toBe(`leave ${callId} to ${number}`);
      expect(seat()).toBe(by === 'agent' ? 'wrap-up' : 'not-ready');
      expect(party.gone.aborted).toBe(false);
      expect(rig.told('call.stage').at(-1)).toMatchObject({ stage: 'outside-talk' });
      expect(rig.telephony.recordedOn).toEqual([number]);
      expect(rig.told('recording.started')).toHaveLength(2);
      expect(rig.told('call.party-joined')).toHaveLength(1);
      party.leave();
      await settle();
      expect(line.hungUp).toBe(true);
      expect(rig.endings()).toEqual(['transferred-outside']);
    },
  );

  it('is hung up on when the caller leaves, or when the agent ends it for all', async () => {
    const first = await three();
    first.line.leave();
    await settle();
    expect(first.party.gone.aborted).toBe(true);
    expect(first.rig.endings()).toEqual(['caller-hung-up']);
    const second = await three();
    await second.rig.calls.ask(second.callId, 'release');
    await settle();
    expect(second.party.gone.aborted).toBe(true);
    expect(second.rig.endings()).toEqual(['agent-hung-up']);
  });
});

describe('consulting somebody outside', () => {
  const isGone = (party: FakeOutsideLeg) => party.gone.aborted;

  it('holds the caller; return sends the other away', async () => {
    const { rig, callId, party, seat } = await three(true);
    expect(seat()).toBe('hold');
    await rig.calls.ask(callId, 'return');
    expect(isGone(party)).toBe(true);
    expect(seat()).toBe('talking');
  });

  it('becomes a talk of three by resuming', async () => {
    const { rig, callId, party, seat } = await three(true);
    await rig.calls.ask(callId, 'resume');
    expect(isGone(party)).toBe(false);
    expect(seat()).toBe('talking');
  });

  it('is completed: the other takes the caller', async () => {
    const { rig, callId, party, seat } = await three(true);
    await rig.calls.ask(callId, 'hand-over');
    await settle();
    expect(isGone(party)).toBe(false);
    expect(seat()).toBe('wrap-up');
    expect(rig.told('call.talk-ended')).toMatchObject([{ by: 'transfer' }]);
    party.leave();
    await settle();
    expect(rig.endings()).toEqual(['transferred-outside']);
  });

  it('cannot be completed before the other has answered', async () => {
    const { rig, callId, seat } = await talking();
    await rig.calls.ask(callId, { do: 'invite', number, hold: true });
    const asked = rig.calls.ask(callId, 'hand-over');
    await expect(asked).rejects.toMatchObject({ code: 'not-now' });
    expect(seat()).toBe('hold');
  });

  it('mutes and unmutes the agent', async () => {
    const { rig, callId } = await talking();
    await rig.calls.ask(callId, 'mute');
    await rig.calls.ask(callId, 'unmute');
    expect(rig.telephony.acts.slice(-2)).toEqual([`mute ${callId}`, `unmute ${callId}`]);
  });
});
