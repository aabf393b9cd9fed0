import { expect, test } from 'vitest';
import type { Party } from '../../src/calls/ports.ts';
import { deferred } from '../../src/kit/abort.ts';
import { settle } from '../support/fake-clock.ts';
import { createRig } from './rig.ts';

const number = '057188886666';

/** An agent has somebody outside called; `slow`, asked of the talk, lasts until `done`. */
async function calling(slow?: 'hold' | 'close' | 'leaveTo') {
  const rig = createRig();
  const done = deferred<void>();
  const join = rig.telephony.join.bind(rig.telephony);
  rig.telephony.join = async (...args) => {
    const talk = await join(...args);
    if (!slow) return talk;
    const act: (party: Party) => Promise<void> = talk[slow];
    return { ...talk, [slow]: (party: Party) => done.promise.then(() => act(party)) };
  };
  const { leg, line, callId } = await rig.talk();
  await rig.calls.ask(callId, { do: 'invite', number, hold: false });
  return { rig, leg, line, callId, done };
}

test('who answers while the seat is away waits for it, and is hung up when it stays away', async () => {
  const { rig, leg } = await calling();
  leg.end('seat-lost');
  await settle();
  const party = rig.telephony.answerOutside();
  await settle();
  expect(party.gone.aborted).toBe(false);
  await rig.clock.advance(rig.hotline.seatGraceMs);
  expect(party.gone.aborted).toBe(true);
});

test('who answers while the seat is away is hung up when the caller leaves', async () => {
  const { rig, leg, line } = await calling();
  leg.end('seat-lost');
  await settle();
  const party = rig.telephony.answerOutside();
  await settle();
  line.leave();
  await settle();
  expect(party.gone.aborted).toBe(true);
});

test('a colleague who answers while the seat is away is free again when it stays away', async () => {
  const { rig, leg, callId } = await calling();
  await rig.calls.ask(callId, 'dismiss');
  await rig.seat('1002', 'general');
  await rig.calls.ask(callId, { do: 'invite', seatId: '1002', hold: false });
  leg.end('seat-lost');
  await settle();
  const guest = rig.telephony.answer('1002');
  await rig.clock.advance(rig.hotline.seatGraceMs);
  expect(guest.gone.aborted).toBe(true);
  expect(rig.dispatcher.engine.seat('1002')?.state).toBe('ready');
});

test('who answers while the talk is being closed is hung up', async () => {
  const { rig, leg, done } = await calling('close');
  leg.end('agent');
  await settle();
  const party = rig.telephony.answerOutside();
  await settle();
  done.resolve();
  await settle();
  expect(party.gone.aborted).toBe(true);
});

test('who answers in the moment they are sent away is hung up, and the talk goes on', async () => {
  const { rig, callId, done } = await calling('hold');
  const asked = [rig.calls.ask(callId, 'hold'), rig.calls.ask(callId, 'dismiss')];
  await settle();
  const party = rig.telephony.answerOutside();
  await settle();
  done.resolve();
  await Promise.all(asked);
  await settle();
  expect(party.gone.aborted).toBe(true);
  expect(rig.dispatcher.engine.seat('1001')?.state).toBe('hold');
});

test('who answers while a leader takes the caller over is let in with the leader', async () => {
  const { rig, callId, done } = await calling('leaveTo');
  await rig.seat('1002', 'general');
  await rig.calls.ask(callId, { do: 'intercept', seatId: '1002' });
  rig.telephony.answer('1002');
  await settle();
  const party = rig.telephony.answerOutside();
  await settle();
  done.resolve();
  await settle();
  expect(party.gone.aborted).toBe(false);
  expect(rig.calls.party(callId)).toMatchObject({ number, isIn: true });
});
