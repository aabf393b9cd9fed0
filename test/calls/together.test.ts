import { expect, it } from 'vitest';
import { settle } from '../support/fake-clock.ts';
import { createRig } from './rig.ts';

// What happens in one moment is one transaction: each is a wait for the disk.

/** The kinds of events since the last look, and in how many transactions they were stored. */
function looks(rig: ReturnType<typeof createRig>) {
  let seen = 0;
  let commits = 0;
  return () => {
    const kinds = rig.events
      .slice(seen)
      .map((event) => (event.kind === 'call.stage' ? event.stage : event.kind));
    const count = rig.commits() - commits;
    seen = rig.events.length;
    commits = rig.commits();
    return { kinds, count };
  };
}

it('a plain call waits for the disk five times, and once more for its recording', async () => {
  const rig = createRig();
  await rig.seat('1001', 'consumer');
  const look = looks(rig);
  look();
  const line = rig.dial('12315');
  expect(look()).toEqual({ kinds: ['call.arrived', 'greeting'], count: 1 });
  await rig.clock.advance(1_000);
  expect(look()).toEqual({
    kinds: ['waiting', 'call.queued', 'call.ringing', 'seat.state', 'ringing'],
    count: 1,
  });
  rig.telephony.answer('1001');
  await settle();
  expect(look()).toEqual({
    kinds: ['call.connected', 'seat.state', 'recording.started', 'conversation'],
    count: 1,
  });
  line.leave();
  await settle();
  expect(look()).toEqual({ kinds: ['call.talk-ended', 'seat.state', 'call.ended'], count: 2 });
});
