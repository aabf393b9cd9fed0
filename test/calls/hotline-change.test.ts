import { expect, it } from 'vitest';
import { queueRules } from '../../src/calls/queue-rules.ts';
import { settle } from '../support/fake-clock.ts';
import { createRig } from './rig.ts';

it('a queue taken away under callers who talk, ring and wait loses none of them', async () => {
  const rig = createRig((doc) => {
    for (const entry of doc.entries) entry.queue = 'consumer';
  });
  const { hotline, dispatcher, telephony } = rig;
  await rig.seat('1001', 'consumer');
  await rig.seat('1002', 'consumer', 'general');
  const talking = rig.dial('12315');
  await rig.clock.advance(1_000);
  telephony.answer('1001');
  await settle();
  const ringing = rig.dial('12315');
  await rig.clock.advance(1_000);
  const waiting = rig.dial('12315');
  await rig.clock.advance(20_000 - 7_000);
  // The administrator gives the entries another queue and removes the one they had.
  hotline.queues = hotline.queues.filter(({ id }) => id !== 'consumer');
  for (const entry of hotline.entries) entry.queue = 'general';
  dispatcher.submit({ kind: 'queues-configured', queues: hotline.queues.map(queueRules) });
  await settle();
  expect(rig.told('call.overflowed')).toMatchObject([
    { fromQueueId: 'consumer', queueId: 'general', why: 'closed' },
  ]);
  telephony.answer('1002');
  await settle();
  expect(rig.told('call.connected').map(({ seatId }) => seatId)).toEqual(['1001', '1002']);
  // The one who waited kept the time of arrival, and is served when a seat is free.
  const [last] = rig.told('call.queued').slice(-1);
  expect(last).toMatchObject({ queueId: 'general' });
  expect(last?.arrivedAt).toBeLessThan(rig.clock.now() - 10_000);
  await rig.seat('1003', 'general');
  telephony.answer('1003');
  await settle();
  for (const line of [talking, ringing, waiting]) expect(line.hungUp).toBe(false);
  expect(rig.told('call.turned-away')).toEqual([]);
  expect(rig.told('call.connected')).toHaveLength(3);
});
