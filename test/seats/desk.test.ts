import { describe, expect, it } from 'vitest';
import { createSeatsRig } from './rig.ts';

function ringing() {
  const rig = createSeatsRig();
  rig.reachable.add('1001');
  rig.desk.signIn('li', '1001');
  rig.desk.ready('li');
  const arrivedAt = rig.clock.now();
  rig.submit({
    kind: 'caller-entered',
    callId: 'a',
    queueId: 'q',
    priority: 0,
    arrivedAt,
    lastAgentId: null,
  });
  return rig;
}

function talking() {
  const rig = ringing();
  rig.submit({ kind: 'seat-answered', callId: 'a', seatId: '1001', attempt: 1 });
  return rig;
}

const code = (wanted: string) => expect.objectContaining({ code: wanted });

describe('signing in', () => {
  it('begins not ready, with the queues of the seat', () => {
    const rig = createSeatsRig();
    expect(rig.desk.signIn('li', '1001')).toMatchObject({
      seatId: '1001',
      seatName: '一号席',
      state: 'not-ready',
      reason: 'signed-in',
      queueIds: ['q'],
      phoneReachable: false,
    });
    expect(rig.desk.of('nobody')).toBeNull();
  });

  it('refuses a taken seat, a second seat, a disabled and an unknown one', () => {
    const rig = createSeatsRig();
    rig.desk.signIn('li', '1001');
    expect(() => rig.desk.signIn('wang', '1001')).toThrow(code('seat-taken'));
    expect(() => rig.desk.signIn('li', '1002')).toThrow(code('already-at-a-seat'));
    rig.seats.change('1002', { enabled: false });
    expect(() => rig.desk.signIn('wang', '1002')).toThrow(code('seat-disabled'));
    expect(() => rig.desk.signIn('wang', '9999')).toThrow(code('not-found'));
  });

  it('shows who sits where', () => {
    const rig = createSeatsRig();
    rig.desk.signIn('li', '1001');
    rig.reachable.add('1001');
    expect(rig.desk.choices(() => '李静')).toEqual([
      { id: '1001', name: '一号席', phone: 'browser', takenBy: '李静', reachable: true },
      { id: '1002', name: '二号席', phone: 'sip', takenBy: null, reachable: false },
    ]);
  });
});

describe('being ready', () => {
  it('needs a phone that can ring', () => {
    const rig = createSeatsRig();
    rig.desk.signIn('li', '1001');
    expect(() => rig.desk.ready('li')).toThrow(code('phone-unreachable'));
    rig.reachable.add('1001');
    expect(rig.desk.ready('li').state).toBe('ready');
  });

  it('is left for a configured reason only', () => {
    const rig = ringing();
    expect(() => rig.desk.notReady('li', 'bored')).toThrow(code('invalid-input'));
    expect(rig.desk.notReady('li', 'rest')).toMatchObject({ state: 'not-ready', reason: 'rest' });
  });

  it('can be asked for the time after the call', () => {
    const rig = talking();
    expect(rig.desk.notReady('li', 'rest')).toMatchObject({
      state: 'talking',
      notReadyNext: 'rest',
    });
    expect(rig.desk.ready('li').notReadyNext).toBeNull();
  });
});

describe('a call at the desk', () => {
  it('takes what the agent asks for only while there is a conversation', async () => {
    const rig = ringing();
    await expect(rig.desk.ask('li', 'hold')).rejects.toThrow(code('not-now'));
    rig.submit({ kind: 'seat-answered', callId: 'a', seatId: '1001', attempt: 1 });
    await rig.desk.ask('li', 'hang-up');
    expect(rig.asked).toEqual(['hang-up a']);
    await expect(rig.desk.ask('wang', 'hold')).rejects.toThrow(code('not-at-a-seat'));
  });

  it('is sent to a queue that exists, or to a seat that is ready', async () => {
    const rig = talking();
    await rig.desk.transfer('li', { queueId: 'r' });
    expect(rig.asked).toEqual(['{"queueId":"r","seatId":null} a']);
    expect(() => rig.desk.transfer('li', { queueId: 'gone' })).toThrow(code('invalid-input'));
    expect(() => rig.desk.transfer('li', { seatId: '1002' })).toThrow(code('seat-not-free'));
    rig.reachable.add('1002');
    rig.desk.signIn('wang', '1002');
    rig.desk.ready('wang');
    await rig.desk.transfer('li', { seatId: '1002' });
    expect(rig.asked[1]).toBe('{"queueId":"q","seatId":"1002"} a');
  });

  it('is sent to a number outside, or somebody outside is asked in', async () => {
    const rig = talking();
    await rig.desk.transfer('li', { number: '057188886666' });
    await rig.desk.invite('li', { number: rig.desk.emergencyNumber('police') }, false);
    await rig.desk.invite('li', { seatId: '1002' }, true);
    expect(rig.asked).toEqual([
      '{"do":"transfer-outside","number":"057188886666"} a',
      '{"do":"invite","number":"110","hold":false} a',
      '{"do":"invite","seatId":"1002","hold":true} a',
    ]);
    expect(() => rig.desk.emergencyNumber('pizza')).toThrow(code('invalid-input'));
  });

  it('is another agent’s for a guest, who can only leave it', async () => {
    const rig = talking();
    rig.reachable.add('1002');
    rig.desk.signIn('wang', '1002');
    rig.desk.ready('wang');
    rig.submit({ kind: 'guest-wanted', callId: 'a', seatId: '1002', bySeatId: '1001' });
    expect(() => rig.desk.signOut('wang')).toThrow(code('not-now'));
    rig.submit({ kind: 'guest-answered', callId: 'a', seatId: '1002' });
    expect(rig.desk.of('wang')).toMatchObject({
      state: 'talking',
      isGuest: true,
      hostSeatId: '1001',
    });
    expect(rig.desk.of('li')).not.toHaveProperty('hostSeatId');
    expect(() => rig.desk.note('wang', 'mine', null)).toThrow(code('not-now'));
    await expect(rig.desk.ask('wang', 'hold')).rejects.toThrow(code('not-now'));
    await rig.desk.ask('wang', 'hang-up');
    expect(rig.asked).toEqual(['dismiss a']);
  });

  it('has as its host whoever talks, not who had it before and still writes it up', () => {
    const rig = createSeatsRig();
    for (const id of ['1000', '1001', '1002']) {
      rig.seats.create({ id: `${id}0`, name: id, phone: 'sip', queues: [] });
    }
    const none = { memberships: [], since: 0, reason: null, until: null, notReadyNext: null };
    const talk = { queueId: 'q', connectedAt: 0 };
    const call = { ...none, callId: 'a' };
    const before = {
      ...call,
      seatId: '10000',
      agentId: 'chen',
      state: 'wrap-up',
      talk: null,
    } as const;
    const host = { ...call, seatId: '10010', agentId: 'li', state: 'talking', talk } as const;
    const free = { ...none, seatId: '10020', agentId: 'wang', state: 'ready' } as const;
    for (const seat of [before, host, { ...free, callId: null, talk: null }]) {
      rig.submit({ kind: 'seat-restored', seat });
    }
    rig.submit({ kind: 'guest-wanted', callId: 'a', seatId: '10020', bySeatId: '10010' });
    expect(rig.desk.of('wang')).toMatchObject({ isGuest: true, hostSeatId: '10010' });
  });

  it('forbids leaving the seat', () => {
    const rig = talking();
    expect(() => rig.desk.signOut('li')).toThrow(code('not-now'));
  });

  it('keeps note and result, also during wrap-up', () => {
    const rig = talking();
    expect(() => rig.desk.note('li', 'x', 'bogus')).toThrow(code('invalid-input'));
    rig.submit({ kind: 'talk-ended', callId: 'a', seatId: '1001', by: 'caller' });
    rig.desk.note('li', '预付卡退费', 'answered');
    expect(rig.events).toMatchObject([
      { kind: 'call.noted', callId: 'a', note: '预付卡退费', resultCode: 'answered' },
    ]);
  });

  it('lets wrap-up be extended and ended', () => {
    const rig = talking();
    expect(() => rig.desk.extendWrapUp('li')).toThrow(code('not-now'));
    rig.submit({ kind: 'talk-ended', callId: 'a', seatId: '1001', by: 'caller' });
    const until = rig.desk.of('li')?.until ?? 0;
    expect(rig.desk.extendWrapUp('li').until).toBe(until + 30_000);
    expect(rig.desk.finishWrapUp('li').state).toBe('ready');
  });
});

it('a reason that needs approval is not simply taken', () => {
  const rig = createSeatsRig();
  rig.desk.signIn('zhang', '1001');
  expect(() => rig.desk.notReady('zhang', 'meal')).toThrow('approved by a shift leader');
  expect(rig.desk.notReady('zhang', 'rest').reason).toBe('rest');
});
