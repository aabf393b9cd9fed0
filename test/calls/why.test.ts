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
  const events = rig.events.map((event, index): DomainEvent => ({ ...event, seq: index + 1 }));
  const callId = rig.callId();
  const ofCall = events.filter((event) => 'callId' in event && event.callId === callId);
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
