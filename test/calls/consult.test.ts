import { expect, test } from 'vitest';
import { settle } from '../support/fake-clock.ts';
import { createRig } from './rig.ts';

/** Seat 1001 talks to a caller; seat 1002 is ready. */
async function talking() {
  const rig = createRig();
  const { line, leg, callId } = await rig.talk();
  await rig.seat('1002', 'consumer');
  const seat = (seatId: string) => rig.dispatcher.engine.seat(seatId);
  return { rig, line, leg, callId, seat };
}

async function consulting() {
  const talk = await talking();
  const { rig, callId } = talk;
  await rig.calls.ask(callId, { do: 'invite', seatId: '1002', hold: true });
  const guest = rig.telephony.answer('1002');
  await settle();
  return { ...talk, guest };
}

test('the caller hears music while agent and colleague talk; return goes back', async () => {
  const { rig, callId, guest, seat } = await consulting();
  expect(seat('1001')?.state).toBe('hold');
  expect(seat('1002')).toMatchObject({ state: 'talking', callId, isGuest: true });
  expect(rig.telephony.acts.slice(-2)).toEqual([`hold ${callId}`, `admit ${callId} 1002`]);
  expect(rig.calls.party(callId)).toEqual({ number: null, seatId: '1002', isIn: true });
  expect(rig.told('recording.started').map((each) => each.seatId)).toEqual(['1001', '1002']);
  await rig.clock.advance(5_000);
  await rig.calls.ask(callId, 'return');
  expect(guest.gone.aborted).toBe(true);
  expect(seat('1001')?.state).toBe('talking');
  expect(seat('1002')?.state).toBe('ready');
  expect(rig.told('call.guest-left')).toMatchObject([{ seatId: '1002', talkMs: 5_000 }]);
});

test('completed: the colleague has the caller, and is asked what an agent is asked', async () => {
  const { rig, line, leg, callId, guest, seat } = await consulting();
  await rig.calls.ask(callId, 'hand-over');
  await settle();
  expect(leg.gone.aborted).toBe(true);
  expect(guest.gone.aborted).toBe(false);
  expect(seat('1001')?.state).toBe('wrap-up');
  expect(seat('1002')).toMatchObject({ state: 'talking', callId });
  expect(rig.told('call.transferred')).toMatchObject([{ fromSeatId: '1001', seatId: '1002' }]);
  expect(rig.told('call.connected')).toHaveLength(2);
  expect(rig.told('recording.started')).toHaveLength(2);
  await rig.calls.ask(callId, 'hold');
  expect(seat('1002')?.state).toBe('hold');
  guest.end('agent');
  await settle();
  expect(line.heard.at(-1)).toBe('zh:rating-ask');
  expect(rig.told('call.rating-asked')).toMatchObject([{ agentId: 'agent-1002' }]);
  expect(rig.told('call.talk-ended')).toMatchObject([
    { seatId: '1001', by: 'transfer' },
    { seatId: '1002', by: 'agent' },
  ]);
});

test('a talk of three; the colleague leaves by hanging up', async () => {
  const { rig, callId, guest, seat } = await consulting();
  await rig.calls.ask(callId, 'resume');
  guest.end('agent');
  await settle();
  expect(seat('1002')?.state).toBe('ready');
  expect(seat('1001')?.state).toBe('talking');
  expect(rig.calls.party(callId)).toBeNull();
});

test('only a seat that is ready; one that does not answer is set not ready', async () => {
  const { rig, callId, seat } = await talking();
  const busy = rig.calls.ask(callId, { do: 'invite', seatId: '1001', hold: true });
  await expect(busy).rejects.toMatchObject({ code: 'seat-not-free' });
  expect(seat('1001')?.state).toBe('talking');
  await rig.calls.ask(callId, { do: 'invite', seatId: '1002', hold: true });
  rig.telephony.fail('1002', 'no-answer');
  await settle();
  expect(seat('1002')).toMatchObject({ state: 'not-ready', reason: 'no-answer' });
  expect(seat('1001')?.state).toBe('hold');
});

test('a ring that is given up leaves the colleague ready', async () => {
  const { rig, callId, seat } = await talking();
  await rig.calls.ask(callId, { do: 'invite', seatId: '1002', hold: true });
  await rig.calls.ask(callId, 'return');
  await settle();
  expect(seat('1002')?.state).toBe('ready');
  expect(rig.telephony.rings).toEqual([]);
});

test('the caller leaves: everybody is free again', async () => {
  const { rig, line, guest, seat } = await consulting();
  line.leave();
  await settle();
  expect(guest.gone.aborted).toBe(true);
  expect(seat('1002')?.state).toBe('ready');
  expect(seat('1001')?.state).toBe('wrap-up');
  expect(rig.endings()).toEqual(['caller-hung-up']);
});

test('the agent’s phone is lost: the colleague has the caller', async () => {
  const { rig, leg, callId, seat } = await consulting();
  leg.end('seat-lost');
  await settle();
  expect(seat('1001')).toMatchObject({ state: 'not-ready', reason: 'unreachable' });
  expect(seat('1002')).toMatchObject({ state: 'talking', callId });
  expect(rig.endings()).toEqual([]);
});

test('a leader takes the caller over, from a seat that is not ready and is so again', async () => {
  const { rig, leg, callId, seat } = await talking();
  rig.dispatcher.submit({ kind: 'seat-not-ready', seatId: '1002', reason: 'by-leader' });
  const plain = rig.calls.ask(callId, { do: 'invite', seatId: '1002', hold: false });
  await expect(plain).rejects.toMatchObject({ code: 'seat-not-free' });
  await rig.calls.ask(callId, { do: 'intercept', seatId: '1002' });
  await settle();
  expect(rig.telephony.rings[0]?.request.autoAnswer).toBe(true);
  const leader = rig.telephony.answer('1002');
  await settle();
  expect(leg.gone.aborted).toBe(true);
  expect(rig.telephony.acts.at(-1)).toBe(`leave ${callId} to 1002`);
  expect(seat('1001')?.state).toBe('wrap-up');
  expect(seat('1002')).toMatchObject({ state: 'talking', callId });
  leader.end('agent');
  await rig.clock.advance(60_000);
  expect(seat('1002')).toMatchObject({ state: 'not-ready', reason: 'by-leader' });
});

test('a leader takes the caller over while somebody outside is in the talk: they stay', async () => {
  const { rig, leg, callId, seat } = await talking();
  await rig.calls.ask(callId, { do: 'invite', number: '110', hold: false });
  const party = rig.telephony.answerOutside('110');
  await settle();
  await rig.calls.ask(callId, { do: 'intercept', seatId: '1002' });
  await settle();
  rig.telephony.answer('1002');
  await settle();
  expect(leg.gone.aborted).toBe(true);
  expect(party.gone.aborted).toBe(false);
  expect(seat('1002')).toMatchObject({ state: 'talking', callId });
  expect(rig.calls.party(callId)).toMatchObject({ number: '110', isIn: true });
  await rig.calls.ask(callId, 'dismiss');
  expect(party.gone.aborted).toBe(true);
});

test('a leader who does not answer leaves everything as it is', async () => {
  const { rig, leg, callId, seat } = await talking();
  await rig.calls.ask(callId, { do: 'intercept', seatId: '1002' });
  await expect(rig.calls.ask(callId, { do: 'intercept', seatId: '1002' })).rejects.toMatchObject({
    code: 'seat-not-free',
  });
  await settle();
  rig.telephony.fail('1002', 'no-answer');
  await settle();
  expect(leg.gone.aborted).toBe(false);
  expect(seat('1001')).toMatchObject({ state: 'talking', callId });
  expect(seat('1002')?.state).toBe('not-ready');
});
