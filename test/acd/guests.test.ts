import { expect, test } from 'vitest';
import { Rig, rules } from './rig.ts';

/** Seat 1 talks to caller a; seats 2 and 3 are ready. */
function talking() {
  const rig = new Rig(rules('q'));
  rig.seat('1', 'q');
  rig.call('a', 'q');
  rig.answer('a', '1');
  rig.seat('2', 'q');
  rig.seat('3', 'q');
  return rig;
}

function consulting() {
  const rig = talking();
  rig.do({ kind: 'guest-wanted', callId: 'a', seatId: '2', bySeatId: '1' });
  rig.after(3_000, { kind: 'guest-answered', callId: 'a', seatId: '2' });
  return rig;
}

const over = (why: 'no-answer' | null) =>
  ({ kind: 'guest-over', callId: 'a', seatId: '2', why }) as const;

test('a guest is reserved: rung, talking, and no caller comes there meanwhile', () => {
  const rig = talking();
  rig.do({ kind: 'guest-wanted', callId: 'a', seatId: '2', bySeatId: '1' });
  expect(rig.engine.seat('2')).toMatchObject({ state: 'ringing', callId: 'a', isGuest: true });
  expect(Rig.rings(rig.call('b', 'q'))).toEqual(['b>3']);
  rig.do({ kind: 'guest-answered', callId: 'a', seatId: '2' });
  expect(rig.engine.seat('2')).toMatchObject({ state: 'talking', callId: 'a' });
  expect(Rig.rings(rig.call('c', 'q'))).toEqual([]);
});

test('only a ready seat, for a talk that goes on, and one at a time', () => {
  const rig = talking();
  rig.do({ kind: 'seat-not-ready', seatId: '3', reason: 'rest' });
  rig.do({ kind: 'guest-wanted', callId: 'a', seatId: '3', bySeatId: '1' });
  rig.do({ kind: 'guest-wanted', callId: 'z', seatId: '2', bySeatId: '1' });
  rig.do({ kind: 'guest-wanted', callId: 'a', seatId: '1', bySeatId: '1' });
  expect(rig.told('call.guest-ringing')).toEqual([]);
  rig.do({ kind: 'guest-wanted', callId: 'a', seatId: '2', bySeatId: '1' });
  rig.do({ kind: 'seat-ready', seatId: '3' });
  rig.do({ kind: 'guest-wanted', callId: 'a', seatId: '3', bySeatId: '1' });
  expect(rig.engine.seat('3')?.state).toBe('ready');
});

test('a guest who leaves is ready for the next caller; one who does not answer is not', () => {
  const rig = consulting();
  rig.call('b', 'q');
  rig.call('c', 'q');
  expect(Rig.rings(rig.after(5_000, over(null)))).toEqual(['c>2']);
  expect(rig.told('call.guest-left')).toMatchObject([{ seatId: '2', talkMs: 5_000, why: null }]);
  const silent = talking();
  silent.do({ kind: 'guest-wanted', callId: 'a', seatId: '2', bySeatId: '1' });
  silent.do(over('no-answer'));
  expect(silent.engine.seat('2')).toMatchObject({ state: 'not-ready', reason: 'no-answer' });
});

test('a call handed over credits each with their own seconds', () => {
  const rig = consulting();
  const by = 'transfer' as const;
  rig.after(7_000, { kind: 'call-handed-over', callId: 'a', seatId: '1', toSeatId: '2', by });
  expect(rig.told('call.talk-ended')).toMatchObject([{ seatId: '1', by, talkMs: 10_000 }]);
  expect(rig.told('call.guest-left')).toMatchObject([{ seatId: '2', talkMs: 7_000 }]);
  expect(rig.told('call.connected').at(-1)).toMatchObject({ seatId: '2', queueId: 'q' });
  expect(rig.engine.seat('1')?.state).toBe('wrap-up');
  expect(rig.engine.seat('2')).toMatchObject({ state: 'talking', callId: 'a' });
  expect(rig.engine.seat('2')?.isGuest).toBeUndefined();
  rig.now += 4_000;
  rig.end('a', '2');
  expect(rig.told('call.talk-ended').at(-1)).toMatchObject({ seatId: '2', talkMs: 4_000 });
});

test('the end of the talk frees the guest; a guest cannot sign out, and rests afterwards', () => {
  const rig = consulting();
  rig.do({ kind: 'seat-signed-out', seatId: '2' });
  rig.do({ kind: 'seat-not-ready', seatId: '2', reason: 'rest' });
  expect(rig.engine.seat('2')).toMatchObject({ state: 'talking', notReadyNext: 'rest' });
  rig.end('a', '1');
  expect(rig.engine.seat('2')).toMatchObject({ state: 'not-ready', reason: 'rest', callId: null });
});

test('a call cannot be handed to a guest who has not answered', () => {
  const rig = talking();
  rig.do({ kind: 'guest-wanted', callId: 'a', seatId: '2', bySeatId: '1' });
  rig.do({ kind: 'call-handed-over', callId: 'a', seatId: '1', toSeatId: '2', by: 'transfer' });
  expect(rig.engine.seat('1')?.state).toBe('talking');
});
