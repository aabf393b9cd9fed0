import { expect, it } from 'vitest';
import { explain } from '../../src/calls/why.ts';
import type { DomainEvent } from '../../src/events.ts';
import { settle } from '../support/fake-clock.ts';
import { createRig } from './rig.ts';

const names = {
  entry: (id: string) => id,
  queue: (id: string) => id,
  agent: (id: string) => id,
  seat: (id: string) => id,
  result: (code: string) => code,
  tag: (code: string) => code,
};

function eventsOf(rig: ReturnType<typeof createRig>, callId: string): DomainEvent[] {
  return rig.events
    .map((event, index): DomainEvent => ({ ...event, seq: index + 1 }))
    .filter((event) => 'callId' in event && event.callId === callId);
}

it('explains every turn a call took, in plain sentences', async () => {
  const rig = createRig();
  await rig.seat('1001', 'consumer');
  const line = rig.dial('12315');
  await settle();
  line.press('5');
  await rig.clock.advance(16_000);
  await rig.seat('1002', 'consumer');
  rig.telephony.answer('1002');
  await settle();
  line.leave();
  await settle();
  const ofCall = eventsOf(rig, rig.callId());
  expect(explain(ofCall, names).map(({ en }) => en)).toEqual([
    'dialled 12315: consumer-line',
    'pressed 5 (consumer-line/5)',
    'queued for consumer, priority 2: as if 120 s earlier',
    'rang at seat 1001: it had been idle longest (level 1)',
    'seat 1001 did not answer in time; the place was kept',
    'rang at seat 1002: it had been idle longest (level 1)',
    'agent-1002 answered after 16.0 s',
    'ended: Caller hung up',
  ]);
  expect(explain(ofCall, names).every(({ zh }) => /\p{Script=Han}/u.test(zh))).toBe(true);
});

it('explains why somebody was called back, and was not', async () => {
  const rig = createRig();
  const line = rig.dial('12315');
  await rig.clock.advance(70_000);
  line.press('1');
  await rig.clock.advance(5_000);
  rig.telephony.clock = rig.clock;
  await rig.seat('1001', 'consumer');
  rig.telephony.answer('1001');
  await settle();
  rig.telephony.failOutside('busy');
  await settle();
  const { callId, ofCallId } = rig.told('call.call-back-begun')[0] ?? { callId: '', ofCallId: '' };
  rig.callBacks.close(ofCallId, 'cancelled', 'leader');
  await settle();
  const asked = explain(eventsOf(rig, ofCallId), names).map(({ en }) => en);
  expect(asked).toContain('asked to be called back');
  expect(asked.at(-1)).toBe('the call-back was cancelled (leader)');
  expect(explain(eventsOf(rig, callId), names).map(({ en }) => en)).toEqual([
    'calls an earlier caller back: stands in line with those who hold; the seat answers first',
    'queued for consumer, by time of arrival',
    'rang at seat 1001: it had been idle longest (level 1)',
    'seat 1001 answered and the caller was dialled',
    'try 1: the caller was busy; the place was kept for a later try',
    'ended: Call-back cancelled',
  ]);
});

it('explains that a caller went on in the place kept for a call-back', async () => {
  const rig = createRig();
  const line = rig.dial('12315');
  await rig.clock.advance(70_000);
  line.press('1');
  await rig.clock.advance(5_000);
  rig.dial('12315');
  await rig.clock.advance(5_000);
  const { ofCallId } = rig.told('call.call-back-begun')[0] ?? { ofCallId: '' };
  expect(explain(eventsOf(rig, ofCallId), names).at(-1)?.en).toBe(
    'the caller called again and went on in the place kept',
  );
  expect(explain(eventsOf(rig, rig.callId()), names).at(-1)?.en).toMatch(
    /^queued for consumer in the place kept for a call-back: \d+ s earlier$/,
  );
});
